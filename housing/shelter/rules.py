"""Who decides on a stay and writes of it, what it may go on to, and what its words may not say.

Sources: SoL (2025:400) 9:5-6, 22:5, 22:13; lag (2024:79); OSL (2009:400) 26:2, 26:7, 26:14 c.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from casework import policy
from casework.cases.insatser import rules as insatser
from casework.cases.insatser.models import Actor
from casework.cases.models import Case
from casework.cases.rules import Refused, allowed, check_open
from casework.crypto import fields
from casework.policy import Permission
from casework.signin.models import User
from casework.swedish import iso
from housing import doors
from housing.shelter import clocks
from housing.shelter.models import ShelterStay, StayPlace, StayState
from housing.tracks.models import TrackState

State, Ground, EndedWhy = StayState, ShelterStay.Ground, ShelterStay.EndedWhy
PUBLIC = insatser.PUBLIC
READ = "Texten kan läsas av andra vårdnadshavare (OSL 26 kap. 2 §). Skriv inga platser."
BEFORE_OFFER = (TrackState.PLANNED, TrackState.APPLIED, TrackState.QUEUED)
OF_CHILDREN = (EndedWhy.GUARDIANS_ENDED, EndedWhy.ADULT, EndedWhy.CONSENT)


@dataclass(frozen=True)
class Move:
    """A step that a person may take. `winds_up`: also in a case that is closed."""

    button: str
    lead: str
    said: str
    winds_up: bool = False


MOVES = {
    "start": Move(
        "Anteckna att vistelsen har börjat", "Skriv dagen då personen kom dit.", "Vistelsen pågår, tiderna räknas."
    ),
    "submit": Move(
        "Anteckna underställningen",
        "Beslutet ska underställas inom en vecka, annars upphör det (lag 2024:79, 4 kap. 3–4 §§).",
        "Underställningen är antecknad.",
    ),
    "confirm": Move(
        "Anteckna rättens prövning", "Fastställde rätten den omedelbara insatsen?", "Rättens prövning är antecknad."
    ),
    "apply": Move(
        "Anteckna ansökan till rätten",
        "Ansökan gäller barnets insats enligt lag 2024:79, 3 kap.",
        "Ansökan är antecknad.",
    ),
    "decided": Move(
        "Anteckna rättens beslut", "Vad beslutade förvaltningsrätten om ansökan?", "Rättens beslut är antecknat."
    ),
    "lapse": Move(
        "Anteckna att beslutet upphörde",
        "En tid i lagen har passerat. Ett nytt beslut behövs om insatsen ska fortsätta.",
        "Det är antecknat att beslutet upphörde att gälla.",
        True,
    ),
    "end": Move("Avsluta vistelsen", "Skriv när och varför.", "Vistelsen är avslutad.", True),
}


def check_can_decide(user: User, case: Case) -> None:
    """Raises Forbidden or Refused: the sektionschef decides, while the case is open."""
    policy.check_case(user, case, Permission.DECIDE)
    check_open(case)


def can_decide(user: User, case: Case) -> bool:
    return allowed(check_can_decide, user, case)


def check_can_write(user: User, stay: ShelterStay) -> None:
    """Raises Forbidden or Refused: who writes of housing in the case, as long as it and the stay go on."""
    doors.check_can_write(user, stay.case)
    check_going_on(stay)


def can_write(user: User, stay: ShelterStay) -> bool:
    return allowed(check_can_write, user, stay)


def check_can_wind_up(user: User, stay: ShelterStay) -> None:
    """Raises Forbidden or Refused: as check_can_write, but a closed case is no hindrance to end what went on."""
    policy.check_case(user, stay.case, Permission.HOUSING_WRITE)
    check_going_on(stay)


def can_wind_up(user: User, stay: ShelterStay) -> bool:
    return allowed(check_can_wind_up, user, stay)


def check_can_place(user: User, stay: ShelterStay) -> None:
    """Raises Forbidden or Refused: who writes where it is, and only with the adult's stay."""
    policy.check_case(user, stay.case, Permission.ADDRESS_REVEAL)
    check_can_write(user, stay)
    if stay.child_id is not None:
        raise Refused("Barnet bor med den vuxna. Skriv stället på den vuxnas vistelse.")


def can_place(user: User, stay: ShelterStay) -> bool:
    return allowed(check_can_place, user, stay)


def check_going_on(stay: ShelterStay) -> None:
    """Raises Refused for a stay that is over."""
    if stay.state in clocks.OVER:
        raise Refused(f"Vistelsens läge är ”{stay.get_state_display().lower()}”. Besluta om en ny vistelse.")


def possible(stay: ShelterStay, today: date) -> list[str]:
    """The names of MOVES that may be taken now, in their order."""
    here = {"end": True, "lapse": clocks.lapsed_on(stay, today) is not None, **_of_court(stay)}
    granted = stay.ground != Ground.COURT or stay.court_decided_on is not None
    here["start"] = stay.started_on is None and granted
    return [name for name in MOVES if here[name]] if stay.state not in clocks.OVER else []


def _of_court(stay: ShelterStay) -> dict[str, bool]:
    immediate = stay.ground == Ground.IMMEDIATE
    waits = stay.submitted_on is not None and stay.confirmed_on is None
    return {
        "submit": immediate and stay.submitted_on is None,
        "confirm": immediate and waits,
        "apply": (immediate or stay.ground == Ground.COURT) and stay.applied_on is None,
        "decided": stay.applied_on is not None and stay.court_decided_on is None,
    }


def check_possible(stay: ShelterStay, name: str) -> None:
    """Raises Refused for a step that the stay is not ready for."""
    if name not in possible(stay, timezone.localdate()):
        raise Refused(f"Det går inte nu: vistelsens läge är ”{stay.get_state_display().lower()}”.")


def check_passed(day: date, *after: date | None) -> None:
    """Raises Refused for a day that has not come, or before any of those in `after`."""
    if day > timezone.localdate():
        raise Refused("Dagen har inte kommit än. Välj i dag eller en tidigare dag.")
    if (first := max((one for one in after if one is not None), default=day)) > day:
        raise Refused(f"Dagen kan inte ligga före {iso(first)}. Ändra dagen.")


def check_in_time(day: date, last: date, paragraph: str) -> None:
    """Raises Refused when a last day in the law has passed."""
    if day > last:
        raise Refused(
            f"Tiden gick ut {iso(last)} ({paragraph}). Anteckna att beslutet upphörde och fatta ett nytt beslut."
        )


# --- words ------------------------------------------------------------------------------------------------------------


def check_words(case: Case, provider: Actor, *texts: str, place: StayPlace | None = None, why: str = READ) -> None:
    """Raises Refused when a text tells where she or a child is: what is kept of her and her children, the place and
    the name of the shelter. A decision may be public (OSL 26:7), and what is of a child is read by other guardians.
    """
    text = "\n".join(texts)
    faults = set(insatser.decision_text_faults(case, text))
    plain = _plain(text)
    if any(_holds(plain, words) for words in _places(case, place)):
        faults.add("det skyddade boendets ställe")
    names = ShelterStay.objects.filter(case=case).values_list("provider__name", flat=True)
    if any(_holds(plain, name) for name in {provider.name, *names}):
        faults.add("det skyddade boendets namn")
    if faults:
        raise Refused(f"{why} I texten står: {', '.join(sorted(faults))}.")


def _places(case: Case, place: StayPlace | None) -> Iterator[str]:
    rows = ShelterStay.objects.filter(case=case, child=None)
    for known in [*([place] if place else []), *(row.place.open() for row in fields.open_all(rows, "place"))]:
        # A street without its number is as telling.
        yield from (known.unit, known.address, re.sub(r"\s*\d.*$", "", known.address))


def _holds(plain: str, words: str) -> bool:
    wanted = _plain(words)
    return bool(wanted) and re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", plain) is not None


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
