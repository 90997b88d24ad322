"""What tracks put on a case's timeline: begun, offered, accepted, keys, came to nothing. Never which home, nor why."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from casework.cases.models import Case
from casework.cases.timeline.registry import Entry, Key, Moment, Source, register, start_of
from housing.tracks.models import GONE, Track

DAYS = {
    "started_on": "Väg till ett hem började",
    "offered_on": "Erbjudande om en bostad",
    "accepted_on": "Tackade ja till en bostad",
    "moved_on": "Fick nycklarna",
}
NOTHING = "ended_on"


def moments(case: Case, since: datetime | None) -> Iterator[Moment]:
    """Days are known, not hours: with `since`, what is dated that day or later."""
    first = timezone.localdate(since) if since else None
    rows = Track.objects.filter(case=case).order_by()
    for pk, state, ended, *days in rows.values_list("pk", "state", NOTHING, *DAYS):
        told = [*zip(DAYS, days, strict=True), *([(NOTHING, ended)] if state in GONE else [])]
        for what, day in told:
            if day is not None and (first is None or day >= first):
                yield start_of(day), (what, pk)


def show(keys: list[Key]) -> dict[Key, Entry]:
    pairs: list[Any] = list(keys)
    rows = Track.objects.filter(pk__in={pk for _, pk in pairs}).select_related("case", "kind")
    known = {row.pk: row for row in rows.defer("words", "case__narrative")}
    return {key: _entry(known[key[1]], key[0]) for key in pairs if key[1] in known}


def _entry(track: Track, what: str) -> Entry:
    nothing = f"Blev inte av: {track.get_declined_display().lower()}"
    url = reverse("track", args=[track.case.number, track.pk])
    return Entry(DAYS.get(what, nothing), track.kind.name, url=url, timed=False)


def connect() -> None:
    register(Source("tracks", "Vägar till ett hem", "house", moments, show, 58))
