"""The rules of an insats: who may write and decide, who may be asked without a ground, what a decision may not say.

Sources: OSL (2009:400) 8:1-2, 10:1, 26:1 and 26:7; SoL (2025:400) 11, 13 and 34 kap.; förvaltningslagen 31-33 §§.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from casework import policy
from casework.access import visit
from casework.cases.insatser.models import Actor, Insats, InsatsState, Offer
from casework.cases.models import Case
from casework.cases.rules import Refused, allowed, check_open
from casework.clients.children.models import Child
from casework.clients.models import Address
from casework.crypto import fields
from casework.policy import Permission
from casework.signin.models import User
from casework.state import transitions

Basis, Ground, State = Insats.LegalBasis, Insats.Ground, InsatsState
OVER = frozenset({State.ENDED, State.DECLINED, State.UNAVAILABLE})
BEGUN = frozenset({State.STARTED, State.FOLLOWED_UP})
# A lay contact person, money and shelter always take a decision after an inquiry (SoL 11:5, 12:1, 13:7).
BY_CONSENT = (Basis.UNTRIED, Basis.VICTIM, Basis.OTHER)
BY_DECISION = tuple(basis for basis in Basis if basis not in {Basis.UNTRIED, Basis.OTHER})
DECLINED_BY_HAND = tuple(code for code in Insats.Declined if code != Insats.Declined.REFUSED)
PUBLIC = "Beslutet kan vara offentligt (OSL 26 kap. 7 §). Skriv ingen adress."
GONE = "Samtycket är återkallat. Anteckna ett nytt samtycke eller ett beslut, eller avsluta insatsen."


@dataclass(frozen=True)
class Move:
    """A step of an insats that a person may take. `winds_up`: also in a case that is closed."""

    button: str
    lead: str
    said: str
    winds_up: bool = False


MOVES = {
    "ask": Move("Fråga en aktör", "Vem kan ge insatsen? Skriv när du frågade.", "Frågan är antecknad."),
    "order": Move("Beställ insatsen", "Skriv när insatsen beställdes av aktören.", "Beställningen är antecknad."),
    "start": Move("Anteckna att insatsen har börjat", "Från och med då är beslutet verkställt.", "Insatsen pågår."),
    "end": Move("Avsluta insatsen", "Skriv hur det gick, gärna med personens egna ord.", "Insatsen är avslutad.", True),
    "decline": Move(
        "Insatsen blir inte av", "Skriv varför. Behovet finns kvar att läsa.", "Det är antecknat.", winds_up=True
    ),
    "give_up": Move(
        "Insatsen finns inte", "Skriv vad som saknas. Det behövs i uppföljningen.", "Det är antecknat.", winds_up=True
    ),
    "try_again": Move("Försök igen", "Behovet finns kvar och läget är ett annat.", "Behovet är öppet igen."),
}


def check_can_note(user: User, case: Case) -> None:
    """Raises Forbidden or Refused: who may note a need, while the case is open."""
    policy.check_case(user, case, Permission.FILE_WRITE)
    check_open(case)


def can_note(user: User, case: Case) -> bool:
    return allowed(check_can_note, user, case)


def check_can_write(user: User, insats: Insats) -> None:
    """Raises Forbidden or Refused: who may take an insats further, while the case is open."""
    check_can_note(user, insats.case)


def check_can_wind_up(user: User, insats: Insats) -> None:
    """Raises Forbidden: who may end an insats or say that it came to nothing. A closed case is no hindrance."""
    policy.check_case(user, insats.case, Permission.FILE_WRITE)


def can_wind_up(user: User, insats: Insats) -> bool:
    return allowed(check_can_wind_up, user, insats)


def check_can_decide(user: User, insats: Insats) -> None:
    """Raises Forbidden or Refused: the sektionschef decides, not on what she is responsible for herself, and once."""
    policy.check_case(user, insats.case, Permission.DECIDE)
    check_open(insats.case)
    if insats.responsible_id == user.pk:
        raise Refused("Du ansvarar själv för insatsen. Låt en annan chef besluta, eller byt ansvarig först.")
    check_not_decided(insats)


def can_decide(user: User, insats: Insats) -> bool:
    return allowed(check_can_decide, user, insats)


def check_not_decided(insats: Insats) -> None:
    """Raises Refused when there is a decision, or nothing left to decide: a decision is never written over."""
    if insats.ground == Ground.DECISION:
        raise Refused("Det finns redan ett beslut, och det skrivs inte över. Notera behovet på nytt.")
    check_going_on(insats)


def check_going_on(insats: Insats) -> None:
    """Raises Refused for an insats that is over."""
    if insats.state in OVER:
        raise Refused(f"Insatsens läge är ”{insats.get_state_display()}”. Notera behovet på nytt eller försök igen.")


def check_can_write_register(user: User) -> None:
    """Raises Forbidden: the administrators keep the register."""
    policy.check_may(user, Permission.REGISTER_WRITE)


def can_write_register(user: User) -> bool:
    return allowed(check_can_write_register, user)


def possible(insats: Insats) -> list[str]:
    """The names of MOVES that the state allows, in their order."""
    found = {name for source, name, _ in transitions(Insats) if source == insats.state}
    return [name for name in MOVES if name in found]


# --- actors and grounds -----------------------------------------------------------------------------------------------


def is_outside(actor: Actor) -> bool:
    """Whether secrecy stands between us and the actor: all but our own branch with the same secrecy (OSL 8:1-2)."""
    return actor.branch != Actor.Branch.OWN or actor.secrecy != Actor.Secrecy.STRONG


def check_reach(actor: Actor, *, grounded: bool) -> None:
    """Raises Refused when the actor may be told nothing: an outside one takes a consent in force or a decision."""
    if grounded or not is_outside(actor):
        return
    paragraph = "8 kap. 2 §" if actor.branch == Actor.Branch.OTHER_BRANCH else "8 kap. 1 §"
    raise Refused(
        f"{actor} får inte veta något utan ett samtycke som gäller eller ett beslut "
        f"(OSL {paragraph}, 10 kap. 1 § och 26 kap. 1 §). Anteckna samtycket först."
    )


def check_choice(actor: Actor | None, offer: Offer | None, *, for_child: bool) -> None:
    """Raises Refused for an offer of another actor, or one for children where no child is meant."""
    if offer is not None and (actor is None or offer.actor_id != actor.pk):
        raise Refused("Insatsen ges av en annan aktör. Välj den aktören, eller lämna aktören tom.")
    if offer is not None and offer.for_children and not for_child:
        raise Refused("Insatsen är för barn. Notera behovet för barnet.")


def check_consent_enough(offer: Offer | None, legal_basis: str) -> None:
    """Raises Refused when a consent alone does not carry it: it takes a decision."""
    if offer is not None and offer.needs_decision:
        raise Refused("Insatsen kräver ett beslut. Ett samtycke räcker inte.")
    if legal_basis not in BY_CONSENT:
        raise Refused("Lagrummet kräver ett beslut. Ett samtycke räcker inte.")


def check_ground_holds(insats: Insats) -> None:
    """Raises Refused when the consent that an insats rests on no longer holds."""
    if insats.consent_gone_at is not None:
        raise Refused(GONE)
    if insats.ground == Ground.CONSENT and insats.consent is not None and not insats.consent.in_force():
        raise Refused("Samtycket gäller inte längre. Anteckna ett nytt samtycke eller ett beslut.")


def check_obstacle(obstacle: str) -> None:
    """Raises Refused for a hindrance that is not in the list."""
    if obstacle and obstacle not in Insats.Obstacle.values:
        raise Refused("Välj hinder i listan.")


def check_passed(day: date) -> None:
    """Raises Refused for a day that has not come."""
    if day > timezone.localdate():
        raise Refused("Dagen har inte kommit än. Välj i dag eller en tidigare dag.")


# --- the text of a decision -------------------------------------------------------------------------------------------

# Five digits as a postal code has them; not a sum of money and not part of a longer number.
POSTAL_CODE = re.compile(r"(?<![\d-])[1-9]\d{2}[ \u00a0]?\d{2}(?![\d-])(?!\s*(?:kr\b|kronor\b|:-))", re.I)
ADDRESS = {
    "street": "gatuadressen",
    "postal_code": "postnumret",
    "town": "postorten",
    "municipality": "kommunen",
    "court": "domstolen",
    "employer": "arbetsplatsen",
    "landlord": "hyresvärden",
    "health_centre": "vårdcentralen",
}
PLACES = {"school": "barnets skola", "care": "barnets förskola eller vård", "leisure": "barnets fritid"}


def decision_text_faults(case: Case, text: str) -> list[str]:
    """What in a text gives away where the person or a child of the case is: by what it is called, never by its words.

    Looks for the kept address and places as whole words, and for anything shaped as a postal code (OSL 26:7).
    """
    plain = _plain(text)
    found = {label for label, value in _kept(case) if value and re.search(rf"(?<!\w){re.escape(value)}(?!\w)", plain)}
    if POSTAL_CODE.search(text):
        found.add("ett postnummer")
    return sorted(found)


def _kept(case: Case) -> Iterator[tuple[str, str]]:
    """(what it is called, words) of every place that is kept about the person and her children."""
    yield from _of_address(case.client.address.open())
    children = list(Child.objects.filter(case=case).select_related("client"))
    if (now := visit.current()) is not None:
        now.owners.update({child.client_id.int: case.number for child in children})
    for child in fields.open_all(children, "places"):
        yield from _of_address(child.client.address.open())
        places = child.places.open()
        yield from ((label, _plain(getattr(places, name))) for name, label in PLACES.items())


def _of_address(address: Address) -> Iterator[tuple[str, str]]:
    for name, label in ADDRESS.items():
        yield label, _plain(getattr(address, name))
    # A street without its number is as telling, and so is a code written together.
    yield ADDRESS["street"], re.sub(r"\s*\d.*$", "", _plain(address.street))
    yield ADDRESS["postal_code"], _plain(address.postal_code).replace(" ", "")


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
