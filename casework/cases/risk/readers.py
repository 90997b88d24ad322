"""What the pages show of risk assessments. Every opened seal ends in the page's read event by itself."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from casework import policy
from casework.cases.codes import Exposure
from casework.cases.models import Case, JournalNote
from casework.cases.reminders import Reminder
from casework.cases.risk.models import RiskAssessment
from casework.cases.risk.triggers import Reason, Since, triggers
from casework.swedish import iso

NO_ASSESSMENT_AFTER = timedelta(days=30)
EXPOSED = {
    str(Exposure.RECOGNISED): "Någon kan ha känt igen henne under ett stödsteg",
    str(Exposure.BROKEN_OFF): "Ett stödsteg ute i samhället avbröts",
}
ICONS = {"low": "down", "medium": "arrow", "high": "up"}


def assessments(case: Case) -> QuerySet[RiskAssessment]:
    """The case's risk assessments, newest first."""
    return RiskAssessment.objects.filter(case=case).select_related("assessed_by")


def overview(case: Case) -> dict[str, Any]:
    """The newest assessment opened, those before it by their levels only, and what calls for a new one."""
    found = list(assessments(case))
    newest = opened(found[0]) if found else None
    return {"newest": newest, "earlier": [with_icons(row) for row in found[1:]], "reasons": _since(case, newest)}


def assessment_of(case: Case, pk: UUID) -> RiskAssessment:
    """An assessment of this case, opened. Raises NotFound."""
    found = assessments(case).filter(pk=pk).first()
    if found is None:
        raise policy.NotFound("Riskbedömningen finns inte.", [case.ref()])
    return opened(found)


def opened(row: RiskAssessment) -> Any:
    """With its words as `said`."""
    shown: Any = with_icons(row)
    shown.said = shown.words.open()
    return shown


def with_icons(row: Any) -> Any:
    row.assessor_icon, row.own_icon = ICONS[row.assessor_level], ICONS.get(row.own_level, "")
    return row


def newest(case: Case) -> RiskAssessment | None:
    """The assessment that holds now, its words sealed."""
    return RiskAssessment.objects.filter(case=case).first()


def reassess(case: Case) -> list[Reason]:
    """What has happened since the newest assessment that calls for a new one, the latest first."""
    return _since(case, newest(case))


def _since(case: Case, latest: RiskAssessment | None) -> list[Reason]:
    reasons = [*_exposed(case, latest), *(reason for trigger in triggers for reason in trigger(case))]
    kept = [(text, since) for text, since in reasons if latest is None or _unknown_to(latest, since)]
    return sorted(kept, key=lambda reason: _day(reason[1]), reverse=True)


def _exposed(case: Case, latest: RiskAssessment | None) -> list[Reason]:
    """Steps where she may have been recognised. One signed after the assessment was unknown to it, whenever it was."""
    notes = JournalNote.objects.filter(case=case, entry="step", exposure__in=EXPOSED).order_by()
    rows = notes.values_list("exposure", "occurred_at", "signed_at")
    return [(EXPOSED[code], signed if latest and signed > latest.created_at else when) for code, when, signed in rows]


def _unknown_to(latest: RiskAssessment, since: Since) -> bool:
    late = isinstance(since, datetime) and since > latest.created_at
    return late or _day(since) > latest.assessed_on


def _day(since: Since) -> date:
    return timezone.localdate(since) if isinstance(since, datetime) else since


def newest_review() -> Subquery:
    """When the assessment that holds now is to be made anew."""
    return Subquery(RiskAssessment.objects.filter(case=OuterRef("pk")).values("review_on")[:1])


def alerts(case: Case, latest: date | None) -> list[str]:
    """For the header of every page of the case: none though it is time, or one that is too old."""
    if case.closed:
        return []
    today = timezone.localdate()
    if latest is None:
        overdue = case.taken_in_on < today - NO_ASSESSMENT_AFTER
        return ["Ingen riskbedömning är gjord."] if overdue else []
    return [f"Riskbedömningen skulle ha gjorts om {iso(latest)}."] if latest < today else []


def to_do_again(cases: list[UUID], last: date) -> Iterator[Reminder]:
    """The newest assessment of each case, where its day comes."""
    found = Case.objects.filter(pk__in=cases).order_by().annotate(again=newest_review())
    for pk, day in found.filter(again__lte=last).values_list("pk", "again"):
        yield Reminder(pk, day, "Gör om bedömningen", "Bedömningen", "risks")
