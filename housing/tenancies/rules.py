"""The rules of a tenancy: who writes, who decides, which terms and days belong together. A closed case takes nothing.

The sektionschef alone notes that somebody abstains from the right to stay, and lets a lease be taken over before every
step is done: both are hard to take back for the person.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from casework import policy
from casework.cases.models import Case
from casework.cases.rules import Refused, allowed, check_open
from casework.days import months_after
from casework.policy import Permission
from casework.signin.models import User
from housing import doors
from housing.codes import LeaseKind
from housing.landlords.models import Landlord
from housing.tenancies.models import TakeoverStep, Tenancy, TenancyCheck, TenancyState
from housing.tracks.models import TrackState

S, Tenant, Step, After = TenancyState, Tenancy.Tenant, TakeoverStep.Step, TenancyCheck.After
CAN_SIGN = (TrackState.ACCEPTED, TrackState.CONTRACT, TrackState.MOVED)
MONTHS = {After.SIX: 6, After.TWELVE: 12}
CHIEF_TAKES_OVER = "Det här saknas: {}. Bara sektionschefen kan låta personen ta över ändå, och skriver varför."


@dataclass(frozen=True)
class Terms:
    """What the lease says. `address` and `conditions` are sealed; an empty address leaves the one there is."""

    lease: str
    tenant: str
    starts_on: date
    rent: int
    trial_until: date | None = None
    takeover_on: date | None = None
    next_visit_on: date | None = None
    block_let: bool = False
    landlord: Landlord | None = None
    address: str = ""
    conditions: str = ""


def can_write(user: User, case: Case) -> bool:
    return allowed(doors.check_can_write, user, case)


def check_can_keep(user: User, tenancy: Tenancy) -> None:
    """Raises Forbidden or Refused: who writes of a tenancy, as long as it goes on."""
    doors.check_can_write(user, tenancy.case)
    check_going_on(tenancy)


def can_keep(user: User, tenancy: Tenancy) -> bool:
    return allowed(check_can_keep, user, tenancy)


def check_can_settle(user: User, tenancy: Tenancy) -> None:
    """Raises Forbidden or Refused: who settles an alarm, also of a tenancy that has ended."""
    doors.check_can_write(user, tenancy.case)


def can_settle(user: User, tenancy: Tenancy) -> bool:
    return allowed(check_can_settle, user, tenancy)


def check_can_waive(user: User, tenancy: Tenancy) -> None:
    """Raises Forbidden or Refused: the sektionschef, of a lease in which the city is the tenant."""
    policy.check_case(user, tenancy.case, Permission.DECIDE)
    check_open(tenancy.case)
    check_going_on(tenancy)
    if tenancy.lease == LeaseKind.FIRST_HAND or tenancy.tenant == Tenant.PERSON:
        raise Refused("Personen står själv på kontraktet. Ett avstående till kommunen finns inte längre.")


def can_waive(user: User, tenancy: Tenancy) -> bool:
    return allowed(check_can_waive, user, tenancy)


def check_going_on(tenancy: Tenancy) -> None:
    """Raises Refused for a tenancy that has ended: nothing in it changes any more."""
    if tenancy.state == S.ENDED:
        raise Refused("Hyresförhållandet är avslutat och ändras inte mer.")


def check_before_takeover(tenancy: Tenancy) -> None:
    """Raises Refused once she has a first-hand lease."""
    if not before_takeover(tenancy):
        raise Refused("Personen har redan ett eget förstahandskontrakt.")


def before_takeover(tenancy: Tenancy) -> bool:
    """Whether there is a lease to take over."""
    return tenancy.state in (S.SIGNED, S.LIVING) and tenancy.lease != LeaseKind.FIRST_HAND


def check_passed(day: date) -> None:
    """Raises Refused for a day ahead."""
    if day > timezone.localdate():
        raise Refused("Dagen kan inte ligga framåt i tiden. Ändra dagen.")


def check_terms(terms: Terms, *, taken_over_on: date | None = None) -> None:
    """Raises Refused for unknown codes, a name on the lease that its kind does not allow, days in disorder."""
    if terms.lease not in LeaseKind.values or terms.tenant not in Tenant.values:
        raise Refused("Välj kontrakt, och vem som står på det, i listorna.")
    if terms.lease == LeaseKind.FIRST_HAND and terms.tenant != Tenant.PERSON:
        raise Refused("Ett förstahandskontrakt står på personen själv. Ändra kontraktet eller vem som står på det.")
    if terms.lease == LeaseKind.SUBLEASE and terms.tenant != Tenant.CITY:
        raise Refused("I andra hand står kommunen på kontraktet. Ändra kontraktet eller vem som står på det.")
    if taken_over_on is not None and terms.lease != LeaseKind.FIRST_HAND:
        raise Refused("Personen har tagit över kontraktet. Det är ett förstahandskontrakt.")
    if taken_over_on is not None and terms.starts_on > taken_over_on:
        raise Refused(f"Personen tog över kontraktet {taken_over_on}. Det började den dagen eller tidigare.")
    for day, what in ((terms.trial_until, "Prövotiden"), (terms.takeover_on, "Övertagandet")):
        if day is not None and day < terms.starts_on:
            raise Refused(f"{what} kan inte ligga före den dag kontraktet börjar. Ändra någon av dagarna.")


def check_waiver(
    *, document: str, on: date, approval: str, approved_on: date | None, until: date | None, spouse_on: date | None
) -> None:
    """Raises Refused: a waiver takes a document of its own, and its days come in order (JB 12 kap. 45 a §)."""
    if not document.strip():
        raise Refused("Skriv vilken handling avståendet står i. Den ska vara upprättad för sig.")
    if approval not in ("", *Tenancy.Approval.values):
        raise Refused("Välj godkännande i listan.")
    if (approval == Tenancy.Approval.BOARD) != (approved_on is not None):
        raise Refused("Skriv vilken dag hyresnämnden godkände, och bara om den har gjort det.")
    for day in (on, approved_on, spouse_on):
        if day is not None:
            check_passed(day)
    if approved_on is not None and approved_on < on:
        raise Refused("Hyresnämnden kan inte godkänna före den dag handlingen skrevs under. Ändra någon av dagarna.")
    if until is not None and until < on:
        raise Refused("Avståendet kan inte sluta före den dag det skrevs under. Ändra någon av dagarna.")


def steps_left(done: set[str]) -> list[str]:
    """The steps towards her own lease that nobody has noted, by their Swedish names."""
    return [str(step.label) for step in Step if step.value not in done]


def check_next_visit(visited_on: date, next_on: date | None) -> None:
    """Raises Refused for a next visit that is not later than this one."""
    if next_on is not None and next_on <= visited_on:
        raise Refused("Nästa tillsyn ska vara en senare dag. Ändra någon av dagarna.")


def next_visit(visited_on: date) -> date:
    """When to visit next, when nothing else is agreed."""
    return visited_on + timedelta(days=settings.HOUSING["visit_days"])


def check_due(tenancy: Tenancy, after: str) -> date | None:
    """The day on which it is time to ask whether she still lives there; None before she has moved in.

    The same day of the month; where that month is too short, its last day.
    """
    start = tenancy.moved_in_on
    return None if start is None else months_after(start, MONTHS[After(after)])
