"""What stays put on a case's timeline: decided, begun, over. Never where, with whom, or whose child."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from casework.cases.models import Case
from casework.cases.timeline.registry import Entry, Key, Moment, Source, register, start_of
from housing.shelter.models import ShelterStay

DAYS = {"decided": "decided_on", "started": "started_on", "ended": "ended_on"}
TITLES = {
    "decided": "Beslut om skyddat boende",
    "started": "Skyddat boende började",
    "ended": "Skyddat boende upphörde",
}


def moments(case: Case, since: datetime | None) -> Iterator[Moment]:
    first = timezone.localdate(since) if since is not None else date.min
    for pk, *days in ShelterStay.objects.filter(case=case).order_by().values_list("pk", *DAYS.values()):
        for what, day in zip(DAYS, days, strict=True):
            if day is not None and day >= first:
                yield start_of(day), (what, pk)


def show(keys: list[Key]) -> dict[Key, Entry]:
    pairs: list[Any] = list(keys)
    found = ShelterStay.objects.filter(pk__in={pk for _, pk in pairs}).select_related("case", "decided_by")
    rows = {row.pk: row for row in found.defer("words", "place", "case__narrative")}
    return {key: _entry(rows[key[1]], key[0]) for key in pairs if key[1] in rows}


def _entry(stay: ShelterStay, what: str) -> Entry:
    who = stay.decided_by.display_name if what == "decided" else ""
    text = "Gäller ett barn." if stay.child_id is not None else "Gäller personen."
    url = reverse("stay", args=[stay.case.number, stay.pk])
    return Entry(TITLES[what], text, who, url, timed=False)


def connect() -> None:
    register(Source("shelter", "Skyddat boende", "shield", moments, show, 82))
