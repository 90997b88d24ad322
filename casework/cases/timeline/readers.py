"""A page of a case's timeline: all moments are known, only the page's entries are opened."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter

from django.core.paginator import Page, Paginator
from django.utils import timezone

from casework.cases.models import Case
from casework.cases.timeline import registry
from casework.cases.timeline.registry import Entry, Key, Source

PAGE = 50
LONG = 320

Place = tuple[datetime, Source, Key]


@dataclass(frozen=True)
class Shown:
    """An entry with its place in time."""

    at: datetime
    source: Source
    entry: Entry

    @property
    def long(self) -> bool:
        """Too long to stand in full among the others."""
        return len(self.entry.text) > LONG


@dataclass(frozen=True)
class Day:
    day: date
    shown: list[Shown]


def page(case: Case, *, kind: str = "", since: datetime | None = None, number: str | None = None) -> Page[Place]:
    """One page of moments, newest first; `days` puts its entries under their days."""
    chosen = [source for source in registry.sources() if kind in ("", source.name)]
    places = [(at, source, key) for source in chosen for at, key in source.moments(case, since)]
    places.sort(key=itemgetter(0), reverse=True)
    found = Paginator(places, PAGE).get_page(number)
    found.days = _days(list(found.object_list))  # type: ignore[attr-defined]
    return found


def _days(places: list[Place]) -> list[Day]:
    shown = _open(places)
    dated = groupby(shown, key=lambda one: timezone.localdate(one.at))
    return [Day(day, list(those)) for day, those in dated]


def _open(places: list[Place]) -> list[Shown]:
    wanted: dict[str, tuple[Source, list[Key]]] = {}
    for _, source, key in places:
        wanted.setdefault(source.name, (source, []))[1].append(key)
    entries = {name: source.show(keys) for name, (source, keys) in wanted.items()}
    return [Shown(at, source, entries[source.name][key]) for at, source, key in places if key in entries[source.name]]
