"""What consents put on a case's timeline: that one was given, and taken back. Never to whom or for what."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from casework.cases.consents.models import Consent
from casework.cases.models import Case
from casework.cases.timeline.registry import Entry, Key, Moment, Source, register, start_of

GIVEN, WITHDRAWN = "given", "withdrawn"


def moments(case: Case, since: datetime | None) -> Iterator[Moment]:
    rows = Consent.objects.filter(case=case).order_by()
    for pk, given_on, withdrawn_at, written in rows.values_list("pk", "given_on", "withdrawn_at", "created_at"):
        if since is None or written > since:
            yield start_of(given_on), (GIVEN, pk)
        if withdrawn_at is not None and (since is None or withdrawn_at > since):
            yield withdrawn_at, (WITHDRAWN, pk)


def show(keys: list[Key]) -> dict[Key, Entry]:
    pairs: list[Any] = list(keys)
    found = Consent.objects.filter(pk__in={pk for _, pk in pairs}).select_related("case", "noted_by", "withdrawn_by")
    rows = {row.pk: row for row in found.defer("words", "case__narrative")}
    return {key: _entry(rows[key[1]], key[0]) for key in pairs if key[1] in rows}


def _entry(row: Consent, what: str) -> Entry:
    url = reverse("consent", args=[row.case.number, row.pk])
    if what == WITHDRAWN:
        return Entry("Samtycke återkallat", who=str(row.withdrawn_by), url=url)
    return Entry("Samtycke lämnat", row.get_given_by_display() + ".", row.noted_by.display_name, url, timed=False)


def connect() -> None:
    register(Source("consents", "Samtycken", "check", moments, show, 64))
