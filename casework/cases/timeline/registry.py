"""What a case's timeline is made of: each source gives its moments cheaply, and opens only what a page shows.

Rooms above register their sources at start, as they do with panels.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from casework.cases.models import Case

Key = Hashable
Moment = tuple[datetime, Key]


@dataclass(frozen=True)
class Entry:
    """One thing that happened, as the page says it. `who` did it; `url` leads to where it stands in full."""

    title: str
    text: str = ""
    who: str = ""
    url: str = ""
    timed: bool = True  # False: known to the day, not to the hour


@dataclass(frozen=True)
class Source:
    """A kind of thing that happens in a case.

    `moments(case, since)` gives (when it happened, key), in few queries and without opening a seal; with `since` only
    what was written down after that. `show(keys)` opens the rows behind the keys of one page. A key that has nothing
    to show is left out.
    """

    name: str
    label: str
    icon: str
    moments: Callable[[Case, datetime | None], Iterable[Moment]]
    show: Callable[[list[Key]], dict[Key, Entry]]
    order: int = 100


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Adds a source, or replaces the one with the same name."""
    _sources[source.name] = source


def sources() -> list[Source]:
    return sorted(_sources.values(), key=lambda source: (source.order, source.label))


def start_of(day: date) -> datetime:
    """Where a day without an hour stands: at its beginning."""
    return datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())
