"""Days in the file that somebody has promised to keep: each subject tells of its own, a room above lists them.

A reminder says what is to be done, and never anything of why: it stands in a list of many cases (SoLPuL 7 a §).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

AHEAD = timedelta(days=30)


@dataclass(frozen=True)
class Reminder:
    case: UUID
    day: date
    text: str
    do: str
    url_name: str


# f(cases, last day): what is to be done by that day in these cases, in one query. Filled at start.
sources: list[Callable[[list[UUID], date], Iterable[Reminder]]] = []


def of_cases(cases: list[UUID]) -> Iterator[Reminder]:
    """Everything that is late, or to be done within AHEAD."""
    last = timezone.localdate() + AHEAD
    for source in sources if cases else ():
        yield from source(cases, last)
