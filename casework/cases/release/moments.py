"""What prints put on a case's timeline: that the record was printed and handed out. Never to whom."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from casework.cases.models import Case
from casework.cases.release.models import Release
from casework.cases.timeline.registry import Entry, Key, Moment, Source, register


def moments(case: Case, since: datetime | None) -> Iterable[Moment]:
    rows = Release.objects.filter(case=case, handed_out_at__isnull=False).order_by()
    if since:
        rows = rows.filter(handed_out_at__gt=since)
    return rows.values_list("handed_out_at", "pk")


def show(keys: list[Key]) -> dict[Key, Entry]:
    rows = Release.objects.filter(pk__in=keys).select_related("case", "reviewed_by", "disclosure")
    return {row.pk: _entry(row) for row in rows.defer("words", "case__narrative", "disclosure__words")}


def _entry(row: Release) -> Entry:
    title = "Ett barns personakt utskriven" if row.disclosure.child_id else "Personakten utskriven"
    who = row.reviewed_by.display_name if row.reviewed_by else ""
    text = f"Granskad av {who}."
    return Entry(title, text, url=reverse("release", args=[row.case.number, row.pk]))


def connect() -> None:
    register(Source("release", "Utskrifter av akten", "lock", moments, show, 66))
