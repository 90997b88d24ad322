"""When the next measurement is due: a baseline, every six months for two years, then every year (Kansas' scale)."""

from collections.abc import Sequence
from datetime import date

from casework.days import months_after

HALF_YEAR, YEAR = 6, 12
# Two years of half-years, less a month: a fourth half-year that ends some days early still completes the two years.
HALF_YEARLY = 23


def next_day(ends: Sequence[date], today: date) -> date:
    """The day when a measurement is due, by the last days of those that are done: today when there is none."""
    if not ends:
        return today
    first, latest = min(ends), max(ends)
    return months_after(latest, HALF_YEAR if latest < months_after(first, HALF_YEARLY) else YEAR)


def usual_period(today: date) -> tuple[date, date]:
    """The six whole months before this one."""
    this_month = today.replace(day=1)
    last = date.fromordinal(this_month.toordinal() - 1)
    return months_after(this_month, -HALF_YEAR), last
