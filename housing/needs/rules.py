"""The rules of a need: who may write one, when it may be changed, and what has to be in it before it is handed over."""

from collections.abc import Iterable

from casework.cases.models import Case
from casework.cases.rules import Refused, allowed
from casework.signin.models import User
from housing import areas, doors
from housing.codes import Access, AgeBand, Obstacle, ThreatKind, Urgency
from housing.needs.models import HousingNeed, NeedProfile, NeedState

GOING_ON = (NeedState.DRAFT, NeedState.PUBLISHED)
MOST, HIGHEST_RENT = 20, 100_000
LISTED = {"children": AgeBand, "access": Access, "obstacles": Obstacle}
UNKNOWN = "Välj bland alternativen i listan."
BOTH = "{} står både som önskat område och som område att undvika. Välj ett av dem."


def check_can_write(user: User, case: Case) -> None:
    """Raises Forbidden or Refused: who may write a need in a case, now."""
    doors.check_can_write(user, case)


def can_write(user: User, case: Case) -> bool:
    return allowed(check_can_write, user, case)


def check_can_change(user: User, need: HousingNeed) -> None:
    """Raises Forbidden or Refused: who may change a need or take it back, as long as it goes on."""
    doors.check_can_write(user, need.case)
    check_going_on(need)


def check_can_publish(user: User, need: HousingNeed) -> None:
    """Raises Forbidden or Refused: a need is handed over once; what is changed after that is seen at once."""
    check_can_change(user, need)
    if need.state != NeedState.DRAFT:
        raise Refused("Behovet är redan lämnat till boendesamordnaren. Ändringar syns direkt.")


def check_going_on(need: HousingNeed) -> None:
    """Raises Refused for a need that is met or taken back: nothing in it changes any more."""
    if need.state not in GOING_ON:
        state = need.get_state_display().lower()
        raise Refused(f"Behovets läge är ”{state}” och det ändras inte mer. Skriv ett nytt behov.")


def check_facts(urgency: str, profile: NeedProfile, kept: NeedProfile | None = None) -> None:
    """Raises Refused for a code or an area that is not known, an area both wanted and avoided, or an odd number.

    `kept` is what stood there before: an area that the city has renamed since then may stay, so that nobody forgets
    what has to be avoided.
    """
    coded = all(set(getattr(profile, name)) <= set(codes.values) for name, codes in LISTED.items())
    if not coded or urgency not in Urgency.values or profile.threat not in ("", *ThreatKind.values):
        raise Refused(UNKNOWN)
    if not places_of(profile) <= {*areas.areas(), *places_of(kept or NeedProfile())}:
        raise Refused("Välj områden i listan.")
    if twice := both(profile.areas, profile.avoid):
        raise Refused(twice)
    numbers = (profile.adults, profile.rooms, len(profile.children))
    if min(numbers) < 0 or max(numbers) > MOST or not 0 <= profile.max_rent <= HIGHEST_RENT:
        raise Refused(f"Skriv antal mellan 0 och {MOST} och en hyra på högst {HIGHEST_RENT} kr.")


def places_of(profile: NeedProfile) -> set[str]:
    """Every area that a need names."""
    return {*profile.areas, *profile.avoid, *profile.region}


def both(wanted: Iterable[str], avoid: Iterable[str]) -> str:
    """What is wrong when an area is wanted and to be avoided at once; "" when none is."""
    twice = areas.labels(set(wanted) & set(avoid))
    return BOTH.format(", ".join(twice)) if twice else ""


def check_whole(profile: NeedProfile) -> None:
    """Raises Refused when a coordinator could not look for a home by this."""
    missing = [text for text, value in (("antal vuxna", profile.adults), ("antal rum", profile.rooms)) if value < 1]
    if missing:
        raise Refused(f"Fyll i {' och '.join(missing)} innan boendesamordnaren får behovet.")
