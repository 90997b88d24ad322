"""What documents put on a case's timeline: that one came, and that one was destroyed. Never what it is about."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from casework.cases.documents.models import Document
from casework.cases.models import Case
from casework.cases.timeline.registry import Entry, Key, Moment, Source, register

ADDED, DESTROYED = "added", "destroyed"


def moments(case: Case, since: datetime | None) -> Iterator[Moment]:
    rows = Document.objects.filter(case=case).order_by()
    for pk, added_at, destroyed_at in rows.values_list("pk", "created_at", "destroyed_at"):
        if since is None or added_at > since:
            yield added_at, (ADDED, pk)
        if destroyed_at is not None and (since is None or destroyed_at > since):
            yield destroyed_at, (DESTROYED, pk)


def show(keys: list[Key]) -> dict[Key, Entry]:
    pairs: list[Any] = list(keys)
    found = Document.objects.filter(pk__in={pk for _, pk in pairs}).select_related("case", "added_by", "destroyed_by")
    rows = {row.pk: row for row in found.defer("case__narrative", "details")}
    return {key: _entry(rows[key[1]], key[0]) for key in pairs if key[1] in rows}


def _entry(row: Document, what: str) -> Entry:
    url = reverse("document", args=[row.case.number, row.pk])
    if what == DESTROYED and row.destroyed_by is not None:
        return Entry(f"Dokument förstört: {row.get_kind_display()}", who=row.destroyed_by.display_name, url=url)
    return Entry(f"Dokument tillagt: {row.get_kind_display()}", who=row.added_by.display_name, url=url)


def connect() -> None:
    register(Source("documents", "Dokument", "draft", moments, show, 64))
