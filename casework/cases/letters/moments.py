"""What letters put on a case's timeline: that one was printed, and of what kind. Never to whom."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from casework.cases.letters.models import Letter
from casework.cases.models import Case
from casework.cases.timeline.registry import Entry, Key, Moment, Source, register


def moments(case: Case, since: datetime | None) -> Iterator[Moment]:
    rows = Letter.objects.filter(case=case, printed_at__isnull=False).order_by()
    if since is not None:
        rows = rows.filter(printed_at__gt=since)
    for pk, printed_at in rows.values_list("pk", "printed_at"):
        if printed_at is not None:
            yield printed_at, pk


def show(keys: list[Key]) -> dict[Key, Entry]:
    rows = Letter.objects.filter(pk__in=keys).select_related("case", "template", "printed_by")
    return {row.pk: _entry(row) for row in rows.defer("words", "template__words", "case__narrative")}


def _entry(letter: Letter) -> Entry:
    who = letter.printed_by.display_name if letter.printed_by else ""
    url = reverse("letter", args=[letter.case.number, letter.pk])
    return Entry(f"Brev utskrivet: {letter.template.get_kind_display()}", who=who, url=url)


def connect() -> None:
    register(Source("letters", "Brev", "print", moments, show, 74))
