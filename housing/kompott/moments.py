"""What requests to other municipalities put on a case's timeline: which step, on which day. Never where to."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from casework.cases.models import Case
from casework.cases.timeline.registry import Entry, Key, Moment, Source, register, start_of
from housing.kompott.models import KompottRequest

DAYS = {
    "sent_on": "Förfrågan till en annan kommun",
    "offered_on": "Erbjudande från en annan kommun",
    "moved_on": "Flyttade till en annan kommun",
    "transfer_asked_on": "Överflyttning av ärendet begärdes",
    "transfer_answered_on": "Svar om överflyttning av ärendet",
    "ivo_applied_on": "Ansökan till IVO om överflyttning",
}


def moments(case: Case, since: datetime | None) -> Iterator[Moment]:
    rows = KompottRequest.objects.filter(case=case).order_by()
    for pk, *days in rows.values_list("pk", *DAYS):
        for name, day in zip(DAYS, days, strict=True):
            if day is not None and (since is None or start_of(day) > since):
                yield start_of(day), (name, pk)


def show(keys: list[Key]) -> dict[Key, Entry]:
    pairs: list[Any] = list(keys)
    found = KompottRequest.objects.filter(pk__in={pk for _, pk in pairs}).select_related("case")
    rows = {row.pk: row for row in found.defer("words", "case__narrative")}
    return {key: _entry(rows[key[1]], key[0]) for key in pairs if key[1] in rows}


def _entry(row: KompottRequest, what: str) -> Entry:
    return Entry(DAYS[what], url=reverse("kompott_request", args=[row.case.number, row.track_id]), timed=False)


def connect() -> None:
    register(Source("kompott", "Byten mellan kommuner", "handover", moments, show, 74))
