"""What insatser put on a case's timeline: each step with its area and day. Never what is needed, and never for whom."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from casework.cases.insatser.models import Insats, InsatsFollowUp
from casework.cases.models import Case
from casework.cases.timeline.registry import Entry, Key, Moment, Source, register, start_of

STEPS = {
    "asked_on": "Aktör tillfrågades",
    "consent__given_on": "Samtycke till insats",
    "decided_on": "Beslut om insats",
    "ordered_on": "Insats beställdes",
    "started_on": "Insats började",
    "ended_on": "Insats avslutades",
}
FOLLOWED = "followed"


def moments(case: Case, since: datetime | None) -> Iterator[Moment]:
    """Days are known, not hours: with `since`, what is dated that day or later."""
    first = timezone.localdate(since) if since else None
    rows = Insats.objects.filter(case=case).exclude(ground="", consent__isnull=False)
    for pk, *days in rows.order_by().values_list("pk", *STEPS):
        for step, day in zip(STEPS, days, strict=True):
            if day is not None and (first is None or day >= first):
                yield start_of(day), (step, pk)
    for pk, day in InsatsFollowUp.objects.filter(insats__case=case).order_by().values_list("pk", "held_on"):
        if first is None or day >= first:
            yield start_of(day), (FOLLOWED, pk)


def show(keys: list[Key]) -> dict[Key, Entry]:
    pairs: list[Any] = list(keys)
    ids = {pk for _, pk in pairs}
    insatser = Insats.objects.filter(pk__in=ids).select_related("case", "responsible", "decided_by")
    followed = InsatsFollowUp.objects.filter(pk__in=ids).select_related("insats__case", "by")
    rows: dict[Any, Any] = {row.pk: row for row in insatser.defer("words", "case__narrative")}
    rows.update({row.pk: row for row in followed.defer("words", "insats__words", "insats__case__narrative")})
    return {key: _entry(rows[key[1]], key[0]) for key in pairs if key[1] in rows}


def _entry(row: Any, step: str) -> Entry:
    if step == FOLLOWED:
        title = f"Insats följdes upp: {row.insats.get_area_display()}"
        return Entry(title, "", row.by.display_name, _url(row.insats), timed=False)
    who = row.decided_by if step == "decided_on" else row.responsible
    return Entry(f"{STEPS[step]}: {row.get_area_display()}", "", who.display_name, _url(row), timed=False)


def _url(insats: Insats) -> str:
    return reverse("insats", args=[insats.case.number, insats.pk])


def connect() -> None:
    register(Source("insatser", "Insatser", "handover", moments, show, 57))
