"""What the files between municipalities can say: who says it, with which facts, and what it does on the other side.

Everything is coded but for one text: which home is offered, told without its address.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from casework.cases.rules import Refused
from housing.areas import MUNICIPALITIES
from housing.codes import Access, AgeBand, DeclineReason, LeaseKind, Obstacle, ThreatKind, Urgency
from housing.needs.models import SIGNS, NeedProfile

OFFER_MOST = 2_000
ASKING, ANSWERING = "asking", "answering"  # whose message it is: of the municipality that asks, or of the one asked
Check = Callable[[Any], bool]

STRANGE = "Filen är rätt undertecknad men säger något som programmet inte förstår. Ring den andra kommunen."


def _one(choices: Iterable[str], *, blank: bool = False) -> Check:
    known = {str(key) for key in choices} | ({""} if blank else set())
    return lambda value: type(value) is str and value in known


def _some(choices: Iterable[str], most: int = 20) -> Check:
    known = {str(key) for key in choices}
    return lambda value: type(value) is list and len(value) <= most and all(_one(known)(one) for one in value)


def _count(most: int) -> Check:
    return lambda value: type(value) is int and 0 <= value <= most


def _flag(value: Any) -> bool:
    return type(value) is bool


def _text(value: Any) -> bool:
    if type(value) is not str or not 0 < len(value) <= OFFER_MOST or not value.strip():
        return False
    return all(letter == "\n" or letter.isprintable() for letter in value)


def _day(value: Any) -> bool:
    try:
        return type(value) is str and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


# Field of a need (as a receiver's table of stages names it) -> what it is called in a profile, and what it may be.
PROFILE: Mapping[str, tuple[str, Check]] = {
    "household": ("adults", _count(20)),
    "children": ("children", _some(AgeBand.values)),
    "rooms": ("rooms", _count(20)),
    "avoid": ("avoid", _some(MUNICIPALITIES, len(MUNICIPALITIES))),
    "region": ("region", _some(MUNICIPALITIES, len(MUNICIPALITIES))),
    "access": ("access", _some(Access.values)),
    "pets": ("pets", _flag),
    "obstacles": ("obstacles", _some(Obstacle.values)),
    "threat": ("threat", _one(ThreatKind.values, blank=True)),
}
REQUEST: dict[str, Check] = {"urgency": _one(Urgency.values), **dict(PROFILE.values())}
WHY: dict[str, Check] = {"why": _one(DeclineReason.values)}


@dataclass(frozen=True)
class Kind:
    """A kind of message. `move` is the transition it makes where it comes; "" for one that only notes something."""

    label: str
    side: str
    move: str
    facts: Mapping[str, Check] = field(default_factory=dict)


KINDS: dict[str, Kind] = {
    "request": Kind("Förfrågan", ASKING, "send", REQUEST),
    "accepted": Kind("Tackar ja", ASKING, "accept"),
    "turned_down": Kind("Tackar nej till erbjudandet", ASKING, "turn_down", WHY),
    "withdrawn": Kind("Förfrågan återtagen", ASKING, "withdraw", WHY),
    "expired": Kind("Svarstiden gick ut", ASKING, "expire"),
    "moved": Kind("Inflyttning", ASKING, "move_in", {"day": _day}),
    "transfer_asked": Kind("Begäran om överflyttning", ASKING, "", {"day": _day}),
    "transferred": Kind("Ärendet överflyttat", ASKING, "transfer"),
    "kept": Kind("Ärendet kvar hos hemkommunen", ASKING, "keep"),
    "closed": Kind("Avslutad", ASKING, "close"),
    "acknowledged": Kind("Mottagen", ANSWERING, "acknowledge"),
    "offered": Kind("Erbjudande om bostad", ANSWERING, "offer", {"offer": _text}),
    "declined": Kind("Nej till förfrågan", ANSWERING, "decline", WHY),
    "offer_lost": Kind("Bostaden kan inte lämnas", ANSWERING, "turn_down", WHY),
    "contract": Kind("Kontrakt", ANSWERING, "sign", {"lease": _one(LeaseKind.values)}),
    "transfer_answer": Kind("Svar om överflyttning", ANSWERING, "", {"takes_over": _flag}),
}


def label(kind: str) -> str:
    return KINDS[kind].label if kind in KINDS else kind


@dataclass(frozen=True)
class Message:
    """What a file says, once it has been found to be something that can be said."""

    kind: str
    reference: str
    facts: Mapping[str, Any]

    @property
    def known(self) -> Kind:
        return KINDS[self.kind]

    def content(self) -> dict[str, Any]:
        return {"kind": self.kind, "reference": self.reference, "facts": dict(self.facts)}


def is_reference(text: Any) -> bool:
    return type(text) is str and len(text) == 10 and text.startswith("K-") and not set(text[2:]) - set(SIGNS)


def understood(content: Mapping[str, Any]) -> Message:
    """The message in a file's content. Raises Refused for an unknown kind, and for facts that it cannot have."""
    kind = content.get("kind")
    known = KINDS.get(kind) if isinstance(kind, str) else None
    facts, reference = content.get("facts"), content.get("reference")
    whole = content.keys() == {"kind", "reference", "facts"} and type(facts) is dict and is_reference(reference)
    if known is None or not whole or facts is None or reference is None or facts.keys() - known.facts.keys():
        raise Refused(STRANGE)
    needed = set() if kind == "request" else set(known.facts)
    if needed - facts.keys() or not all(known.facts[name](value) for name, value in facts.items()):
        raise Refused(STRANGE)
    return Message(str(kind), reference, facts)


def told_of(urgency: str, profile: NeedProfile, keys: Iterable[str]) -> dict[str, Any]:
    """The facts of a request: of the need exactly the fields in `keys`. Our own parts of the city mean nothing
    elsewhere, so of areas only municipalities are told.
    """
    wanted = set(keys)
    facts: dict[str, Any] = {"urgency": urgency} if "urgency" in wanted else {}
    for key, (name, _) in PROFILE.items():
        if key in wanted:
            value = getattr(profile, name)
            facts[name] = [one for one in value if one in MUNICIPALITIES] if key in {"avoid", "region"} else value
    return facts


def profile_of(facts: Mapping[str, Any]) -> NeedProfile:
    """The profile in a request that came."""
    names = {name for name, _ in PROFILE.values()}
    return NeedProfile(**{name: value for name, value in facts.items() if name in names})
