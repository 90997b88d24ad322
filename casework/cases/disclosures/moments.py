"""What disclosures put on a case's timeline: that something was given out or refused. Never what, to whom or why."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from casework.cases.disclosures.models import Disclosure, DisclosureState
from casework.cases.models import Case
from casework.cases.timeline.registry import Entry, Key, Moment, Source, register

TITLES = {DisclosureState.GIVEN: "Uppgifter utlämnade", DisclosureState.REFUSED: "Utlämnande avslaget"}


def moments(case: Case, since: datetime | None) -> Iterator[Moment]:
    rows = Disclosure.objects.filter(case=case, decided_at__isnull=False).order_by()
    if since is not None:
        rows = rows.filter(decided_at__gt=since)
    for pk, decided_at in rows.values_list("pk", "decided_at"):
        yield decided_at, pk


def show(keys: list[Key]) -> dict[Key, Entry]:
    pairs: list[Any] = list(keys)
    rows = Disclosure.objects.filter(pk__in=pairs).select_related("case", "decided_by").defer("case__narrative")
    return {row.pk: _entry(row) for row in rows}


def _entry(row: Disclosure) -> Entry:
    who = row.decided_by.display_name if row.decided_by else ""
    url = reverse("disclosure", args=[row.case.number, row.pk])
    return Entry(TITLES[DisclosureState(row.state)], who=who, url=url)


def connect() -> None:
    register(Source("disclosure", "Utlämnanden", "arrow", moments, show, 66))
