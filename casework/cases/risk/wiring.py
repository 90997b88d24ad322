from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from casework.cases import readers as cases
from casework.cases import reminders, tabs
from casework.cases.models import Case
from casework.cases.risk import readers
from casework.cases.risk.models import RiskAssessment
from casework.cases.timeline import registry
from casework.cases.timeline.registry import Entry, Key, Moment
from casework.drafts import slots
from casework.policy import Permission


def connect() -> None:
    """What other rooms are told of at start."""
    slots.register("risk", Permission.FILE_WRITE)
    tabs.register(tabs.Tab("Risk", "risks", Permission.CASE_READ, 42, "Trygghet"))
    cases.questions.append(cases.Question("risk_review", readers.newest_review(), readers.alerts))
    reminders.sources.append(readers.to_do_again)
    registry.register(registry.Source("risk", "Riskbedömningar", "warning", moments, show, 58))


def moments(case: Case, since: datetime | None) -> Iterable[Moment]:
    found = RiskAssessment.objects.filter(case=case).order_by()
    if since:
        found = found.filter(created_at__gt=since)
    return [(registry.start_of(day), pk) for day, pk in found.values_list("assessed_on", "pk")]


def show(keys: list[Key]) -> dict[Key, Entry]:
    rows = RiskAssessment.objects.filter(pk__in=keys).select_related("assessed_by", "case")
    return {row.pk: _entry(row) for row in rows.defer("words", "case__narrative")}


def _entry(row: RiskAssessment) -> Entry:
    own = row.get_own_level_display() if row.own_level else "inte sagt"
    text = f"Enligt henne: {own.lower()}. Enligt bedömaren: {row.get_assessor_level_display().lower()}."
    where = reverse("risk", args=[row.case.number, row.pk])
    title = f"Riskbedömning: {row.get_instrument_display()}"
    return Entry(title, text, row.assessed_by.display_name, where, timed=False)
