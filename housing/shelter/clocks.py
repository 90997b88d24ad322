"""The times a stay has to keep, as pure functions of days: what is to be done by when, and by what paragraph.

Law: lag (2024:79) 3-5 and 7 kap.; SoL (2025:400) 9:12, 22:13; lag (1930:173) om beräkning av lagstadgad tid, 1-2 §§.
Only dates are counted, so the nights when summer time begins and ends change nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models

from casework.clients.children.rules import GROWN_UP, born_on
from casework.days import months_after
from housing.shelter.models import ShelterStay, StayState

CONSIDER_MONTHS, APPLY_WEEKS, BEGIN_WEEKS = 6, 6, 4
# A birthday says much of a child: it is told of only when it draws near.
BIRTHDAY_MONTHS = 6
OVER = frozenset({StayState.ENDED, StayState.LAPSED})
Ground = ShelterStay.Ground


class ClockState(models.TextChoices):
    RUNNING = "clock_running", "Återstår"
    MISSING = "clock_missing", "Saknas"
    LATE = "clock_late", "Tiden har passerat"
    MET = "clock_met", "Klart"


@dataclass(frozen=True)
class Clock:
    """Something to be done. `met` is when it was."""

    label: str
    due: date
    paragraph: str
    state: ClockState
    met: date | None = None

    @property
    def late(self) -> bool:
        """Whether somebody should have done it already."""
        return self.state in {ClockState.LATE, ClockState.MISSING}

    @property
    def told(self) -> str:
        """How it stands, in words; the day stands after it."""
        words = {
            ClockState.RUNNING: "Senast",
            ClockState.MISSING: "Saknas sedan",
            ClockState.LATE: "Skulle ha varit gjort",
            ClockState.MET: "Gjort",
        }
        return words[self.state]

    @property
    def day(self) -> date:
        """The day that goes with the words."""
        return self.met or self.due


def of(stay: ShelterStay, today: date, number: str = "") -> list[Clock]:
    """Every clock of a stay that goes on, in the order of their days. `number` is the child's, for her birthday."""
    return [] if stay.state in OVER else sorted(_all(stay, today, number), key=lambda clock: clock.due)


def _all(stay: ShelterStay, today: date, number: str) -> Iterator[Clock]:
    if stay.ground == Ground.IMMEDIATE:
        yield from _immediate(stay, today)
    if stay.ground == Ground.COURT and stay.started_on is None and (granted := permitted_from(stay)) is not None:
        yield _clock("Börja placeringen", begin_by(granted), "lag 2024:79, 3 kap. 4 §", None, today)
    if stay.started_on is not None:
        due = consider_by(stay.considered_on or stay.started_on)
        yield _clock("Överväg om insatsen ska fortsätta", due, _consider_paragraph(stay), None, today)
        yield from _plans(stay, stay.started_on)
    grown = adult_on(number) if stay.child_id is not None else None
    if grown is not None and grown <= months_after(today, BIRTHDAY_MONTHS):
        label = "Avsluta när barnet fyller 18"
        yield _clock(label, grown, "lag 2024:79, 7 kap. 1 §", None, today)


def _immediate(stay: ShelterStay, today: date) -> Iterator[Clock]:
    due = submit_by(stay.decided_on)
    yield _clock("Underställ förvaltningsrätten", due, "lag 2024:79, 4 kap. 3–4 §§", stay.submitted_on, today)
    if stay.started_on is not None:
        last = apply_by(stay.started_on, stay.apply_extended_to)
        yield _clock("Ansök hos förvaltningsrätten", last, "lag 2024:79, 4 kap. 6–7 §§", stay.applied_on, today)


def _plans(stay: ShelterStay, start: date) -> Iterator[Clock]:
    """A plan is to be there when the stay begins (SoL 9:12, SoF 10:2-3); the law gives no number of days."""
    yield _plan("Vårdplan", "SoL 9 kap. 12 §", start, stay.care_plan_on)
    if stay.child_id is not None:
        yield _plan("Genomförandeplan", "SoL 9 kap. 12 §, SoF 10 kap. 2–3 §§", start, stay.implementation_plan_on)


def _plan(label: str, paragraph: str, start: date, met: date | None) -> Clock:
    return Clock(label, start, paragraph, ClockState.MISSING if met is None else ClockState.MET, met)


def _consider_paragraph(stay: ShelterStay) -> str:
    by_act = stay.ground in {Ground.COURT, Ground.IMMEDIATE}
    return "lag 2024:79, 5 kap. 3 och 6 §§" if by_act else "SoL 22 kap. 13 §"


def _clock(label: str, due: date, paragraph: str, met: date | None, today: date) -> Clock:
    if met is not None:
        return Clock(label, due, paragraph, ClockState.MET, met)
    return Clock(label, due, paragraph, ClockState.LATE if today > due else ClockState.RUNNING)


# --- the days ---------------------------------------------------------------------------------------------------------


def submit_by(decided_on: date) -> date:
    """The last day to submit an immediate decision to the court: a week from its day (lag 2024:79, 4:3). An act towards
    a court: a last day that is no working day moves to the next one (lag 1930:173, 2 §).
    """
    return working_day(decided_on + timedelta(weeks=1))


def apply_by(started_on: date, extended_to: date | None = None) -> date:
    """The last day to apply to the court: six weeks from when the immediate placement began, or what the court has
    given (lag 2024:79, 4:6). Moves from a day that is no working day (lag 1930:173, 2 §).
    """
    return working_day(extended_to or started_on + timedelta(weeks=APPLY_WEEKS))


def permitted_from(stay: ShelterStay) -> date | None:
    """From when the court's permission is counted: the day it became final, the day it was given until that is known.
    So nobody is told of a later day than the law allows (lag 2024:79, 3:4).
    """
    return stay.court_final_on or stay.court_decided_on


def begin_by(permitted: date) -> date:
    """The last day to begin: four weeks from when the court's permission became final (lag 2024:79, 3:4). It is not
    moved for a weekend: a permission lapses by itself, and the safe reading is the shorter one.
    """
    return permitted + timedelta(weeks=BEGIN_WEEKS)


def consider_by(last: date) -> date:
    """Six months by the calendar from the start or the last time (lag 2024:79, 5:3, 5:6; SoL 22:13). "At least every
    sixth month" is a duty of our own, so it is not moved.
    """
    return months_after(last, CONSIDER_MONTHS)


def adult_on(number: str) -> date | None:
    """The day somebody turns 18, when the stay ends at the latest (lag 2024:79, 7:1); None without a birth date. Born
    on 29 February: 1 March, as there is no such day in that year.
    """
    born = born_on(number)
    if born is None:
        return None
    month, day = (3, 1) if (born.month, born.day) == (2, 29) else (born.month, born.day)
    return date(born.year + GROWN_UP, month, day)


def lapsed_on(stay: ShelterStay, today: date) -> date | None:
    """The first day that a decision does not hold any more because a time has passed; None while it holds.

    Not submitted (lag 2024:79, 4:4), not applied for (4:7), or permitted by the court for good and not begun (3:4).
    What is to be done by a moved last day lapses after that day, not before.
    """
    last = min(_limits(stay), default=None)
    return None if last is None or today <= last else last + timedelta(days=1)


def _limits(stay: ShelterStay) -> Iterator[date]:
    if stay.state in OVER:
        return
    if stay.ground == Ground.IMMEDIATE and stay.submitted_on is None:
        yield submit_by(stay.decided_on)
    if stay.ground == Ground.IMMEDIATE and stay.started_on is not None and stay.applied_on is None:
        yield apply_by(stay.started_on, stay.apply_extended_to)
    if stay.ground == Ground.COURT and stay.started_on is None and stay.court_final_on is not None:
        yield begin_by(stay.court_final_on)


# --- working days -----------------------------------------------------------------------------------------------------


def working_day(day: date) -> date:
    """That day, or the next that is neither Saturday, Sunday, another public holiday nor one of the eves that count as
    such (lag 1930:173, 2 §).
    """
    while day.weekday() >= 5 or day in free_days(day.year):
        day += timedelta(days=1)
    return day


def free_days(year: int) -> frozenset[date]:
    """The public holidays of a year (lag 1989:253), and midsommarafton, julafton and nyårsafton."""
    easter = easter_day(year)
    by_easter = {easter + timedelta(days=days) for days in (-2, 0, 1, 39, 49)}
    fixed = {(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)}
    midsummer = _saturday_from(date(year, 6, 20))
    moving = {midsummer, midsummer - timedelta(days=1), _saturday_from(date(year, 10, 31))}
    return frozenset(by_easter | moving | {date(year, month, day) for month, day in fixed})


def _saturday_from(day: date) -> date:
    return day + timedelta(days=(5 - day.weekday()) % 7)


def easter_day(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous computus)."""
    golden, century, rest = year % 19, year // 100, year % 100
    leaps, fourths = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - correction + 15) % 30
    quarters, years = divmod(rest, 4)
    weekday = (32 + 2 * fourths + 2 * quarters - epact - years) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
