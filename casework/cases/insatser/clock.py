"""The clock of a favourable decision that is not carried out: three months from the day it was made, or from the day
its carrying out was broken off (SoL (2025:400) 34:1-3). Reported each quarter until it is carried out, and then when.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from casework.cases.insatser.models import Insats
from casework.days import months_after

MONTHS = 3
WARN_DAYS = 30


@dataclass(frozen=True)
class Unexecuted:
    """One reason to report. `met` is when it was carried out, or came to nothing; None as long as it is neither."""

    insats: Insats
    paused: bool
    start: date
    met: date | None

    @property
    def due(self) -> date:
        return months_after(self.start, MONTHS)

    def late(self, today: date) -> bool:
        """Not carried out when the three months were over. It stays so when it is carried out afterwards."""
        return (self.met or today) > self.due

    def soon(self, today: date) -> bool:
        """Still to be carried out, with few days left."""
        return self.met is None and self.due - timedelta(days=WARN_DAYS) <= today <= self.due

    def days(self, today: date) -> int:
        return ((self.met or today) - self.start).days


def clocks(insats: Insats) -> Iterator[Unexecuted]:
    """The clocks that have begun for an insats; none without a favourable decision."""
    if not insats.favourable or insats.decided_on is None:
        return
    yield Unexecuted(insats, False, insats.decided_on, insats.started_on or insats.declined_on)
    if insats.paused_on is not None:
        yield Unexecuted(insats, True, insats.paused_on, insats.resumed_on or insats.ended_on)


@dataclass(frozen=True, order=True)
class Quarter:
    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, (day.month - 1) // 3 + 1)

    @property
    def first(self) -> date:
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last(self) -> date:
        return months_after(self.first, MONTHS) - timedelta(days=1)

    @property
    def before(self) -> Self:
        return type(self).of(self.first - timedelta(days=1))

    @property
    def code(self) -> str:
        return f"{self.year}-{self.number}"

    def __str__(self) -> str:
        return f"kvartal {self.number} {self.year}"

    def tells(self, row: Unexecuted, today: date) -> bool:
        """Whether a row belongs in this quarter's report: late by its end, and not over before it began."""
        still = row.met is None or (row.late(today) and row.met >= self.first)
        return still and row.due < min(today, self.last)
