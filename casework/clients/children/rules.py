"""Who may write about a child, what a guardian may be told and decide, and the clocks of a report of concern."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from casework import policy
from casework.cases.models import Case
from casework.cases.rules import Refused, allowed, check_open
from casework.clients import numbers
from casework.clients.children.models import Child, ConcernReport, ConcernState, Guardian
from casework.crypto.personnummer import InvalidNumber
from casework.days import months_after
from casework.policy import Permission
from casework.signin.models import User

OWN_CONSENT, GROWN_UP = 15, 18
AgeBand = Child.AgeBand
BANDS = (
    (1, AgeBand.UNDER_1), (6, AgeBand.TO_5), (13, AgeBand.TO_12),
    (OWN_CONSENT, AgeBand.TO_14), (GROWN_UP, AgeBand.TO_17),
)  # fmt: skip
ASSESS_WITHIN = timedelta(hours=24)
DECIDE_DAYS, TELL_DAYS, INQUIRY_MONTHS = 14, 7, 4


def check_can_write(user: User, case: Case) -> None:
    """Raises Forbidden or Refused: who may write about the children of a case, now."""
    policy.check_case(user, case, Permission.FILE_WRITE)
    check_open(case)


def can_write(user: User, case: Case) -> bool:
    return allowed(check_can_write, user, case)


def check_may_tell_location(guardian: Guardian) -> None:
    """Raises Refused unless this guardian may be told where the child is, today (OSL 26:2)."""
    _check_in_force(guardian)
    if not guardian.may_receive_location:
        raise Refused("Vårdnadshavaren får inte veta var barnet är (OSL 26 kap. 2 §). Nämn inga platser.")


def may_tell_location(guardian: Guardian) -> bool:
    return allowed(check_may_tell_location, guardian)


def check_may_consent(guardian: Guardian) -> None:
    """Raises Refused unless this guardian may consent for the child, today (OSL 12:3)."""
    _check_in_force(guardian)
    if not guardian.may_consent:
        raise Refused("Vårdnadshavaren får inte samtycka för barnet (OSL 12 kap. 3 §). Fråga den som har rätten.")


def may_consent(guardian: Guardian) -> bool:
    return allowed(check_may_consent, guardian)


def _check_in_force(guardian: Guardian) -> None:
    today = timezone.localdate()
    if guardian.ended_on is not None and guardian.ended_on <= today:
        raise Refused(f"Vårdnadshavarens rätt upphörde {guardian.ended_on}. Fråga den som är vårdnadshavare nu.")
    if guardian.valid_from > today:
        raise Refused(f"Vårdnadshavarens rätt börjar gälla {guardian.valid_from}. Fråga den som är vårdnadshavare nu.")


def born_on(twelve: str) -> date | None:
    """The birth date that a number tells; None where it tells none."""
    try:
        return numbers.parse(twelve).birth_date if twelve else None
    except InvalidNumber:
        return None


def age_on(number: str, day: date) -> int | None:
    """Whole years on a day, by the number; None where it tells no birth date. Born 29 February: from 1 March."""
    born = born_on(number)
    return None if born is None else day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def age_band(number: str, day: date) -> AgeBand | None:
    """The age as it may be told of; None where no birth date is known."""
    age = age_on(number, day)
    return None if age is None else next((band for limit, band in BANDS if age < limit), AgeBand.ADULT)


def grown_up(number: str, day: date) -> bool:
    """True from the day somebody turns 18; False when no birth date is known."""
    return (age_on(number, day) or 0) >= GROWN_UP


def consents_herself(child: Child, today: date) -> bool:
    """True from the day the child turns 15, by the number (lag (2024:79) 2:3). False when no birth date is known."""
    return (age_on(child.client.identity.open().number, today) or 0) >= OWN_CONSENT


@dataclass(frozen=True)
class Clock:
    """What has to be done by when. `met` is when it was done; `late` when that was, or is now, past its time."""

    text: str
    due: date | datetime
    paragraph: str
    met: date | datetime | None
    late: bool


def clocks(concern: ConcernReport, now: datetime) -> list[Clock]:
    """The times a report of concern has to keep, those that have begun. Source: SoL (2025:400) 20:1-3, 19:6."""
    return [_assessment(concern, now), *_by_day(concern, timezone.localdate(now))]


def _assessment(concern: ConcernReport, now: datetime) -> Clock:
    due = timezone.localtime(concern.at.astimezone(UTC) + ASSESS_WITHIN)
    late = (concern.assessed_at or now) > due
    return Clock("Skyddsbedömning", due, "SoL 20 kap. 1 §", concern.assessed_at, late)


def _by_day(concern: ConcernReport, today: date) -> Iterator[Clock]:
    came, decided = timezone.localdate(concern.at), concern.decided_on
    yield _day("Beslut om utredning", came + timedelta(days=DECIDE_DAYS), "SoL 20 kap. 2 §", decided, today)
    if decided is None:
        return
    if concern.state in {ConcernState.INQUIRY, ConcernState.CLOSED}:
        due = concern.extended_to or months_after(decided, INQUIRY_MONTHS)
        yield _day("Utredningen klar", due, "SoL 20 kap. 3 §", concern.closed_on, today)
    if concern.direction == ConcernReport.Direction.RECEIVED:
        due = decided + timedelta(days=TELL_DAYS)
        yield _day("Svar till den som anmälde", due, "SoL 19 kap. 6 §", concern.told_on, today)


def _day(text: str, due: date, paragraph: str, met: date | None, today: date) -> Clock:
    return Clock(text, due, paragraph, met, (met or today) > due)
