"""What exposures put on a case's timeline: that one was found, each step, and its end. Never what came out."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from casework.cases.exposure.models import ExposureIncident, ExposureMeasure
from casework.cases.models import Case
from casework.cases.timeline.registry import Entry, Key, Moment, Source, register

FOUND, CLOSED, STEP = "found", "closed", "step"


def moments(case: Case, since: datetime | None) -> Iterator[Moment]:
    rows = ExposureIncident.objects.filter(case=case).order_by()
    for pk, found_at, closed_at, written in rows.values_list("pk", "found_at", "closed_at", "created_at"):
        if since is None or written > since:
            yield found_at, (FOUND, pk)
        if closed_at is not None and (since is None or closed_at > since):
            yield closed_at, (CLOSED, pk)
    done = ExposureMeasure.objects.filter(incident__case=case).order_by()
    for pk, done_at, written in done.values_list("pk", "done_at", "created_at"):
        if since is None or written > since:
            yield done_at, (STEP, pk)


def show(keys: list[Key]) -> dict[Key, Entry]:
    pairs: list[Any] = list(keys)
    ids = {pk for _, pk in pairs}
    incidents = ExposureIncident.objects.filter(pk__in=ids).select_related("case", "reported_by")
    measures = ExposureMeasure.objects.filter(pk__in=ids).select_related("incident__case", "done_by")
    rows: dict[Any, Any] = {row.pk: row for row in incidents.defer("case__narrative")}
    rows.update({row.pk: row for row in measures.defer("incident__case__narrative")})
    return {key: _entry(rows[key[1]], key[0]) for key in pairs if key[1] in rows}


def _entry(row: Any, what: str) -> Entry:
    if what == STEP:
        title = f"Röjning: {row.get_step_display()}"
        text = "Behövdes inte, efter bedömning." if row.not_needed else ""
        return Entry(title, text, row.done_by.display_name, _url(row.incident))
    if what == CLOSED:
        return Entry("Röjningen avslutades", url=_url(row))
    return Entry("En röjning upptäcktes", who=row.reported_by.display_name, url=_url(row))


def _url(incident: ExposureIncident) -> str:
    return reverse("exposure", args=[incident.case.number, incident.pk])


def connect() -> None:
    register(Source("exposure", "Röjningar", "warning", moments, show, 62))
