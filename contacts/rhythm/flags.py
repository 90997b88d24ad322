"""What is no longer in time in a case: at most one flag of each code, and never a word about violence.

A flag is "due" from its first day, for the kontaktperson; "late" METHOD["grace_days"] later, when the sektionschef is
to see it too. What is to be done within N days is in time on day N and flagged on day N + 1. Contact is flagged on the
very day it falls due, as `silent` in the caseload, so that it can be kept that day.

Which flags make sense depends on the state of the case (WATCHED). A new case, which nobody has taken yet, waits for its
first contact and for the sektionschef. A resting one is left in peace: only the sektionschef's review and what was
agreed for safety do not rest. In one that is being rounded off, nothing new is asked for, but contact is kept at the
agreed rhythm and what was promised is done. A closed case has no flags.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from casework.cases.models import Case
from contacts.caseload.readers import Row, contacts_of_case
from contacts.goals.models import GoalState, PlanState, PlanStep, RecoveryPlan, StepState
from contacts.review.models import CaseReview
from contacts.rhythm.models import ContactRhythm
from contacts.strengths.models import AssessmentState, StrengthsAssessment

DUE, LATE = "due", "late"


@dataclass(frozen=True)
class Flag:
    """`since` is the first day when it was no longer in time; `text` may stand in a list."""

    code: str
    text: str
    since: date
    grade: str


@dataclass(frozen=True)
class Standing:
    """How a case stands today. `every` is what is agreed, None where the section's own days count; `follow_up_on` is
    that of the approved plan, where one is to be followed up."""

    every: int | None = None
    last_contact: datetime | None = None
    contact_due: date | None = None
    follow_up_on: date | None = None
    flags: list[Flag] = field(default_factory=list)


Facts = Any
Found = tuple[str, date] | None


def of_cases(cases: Iterable[Case]) -> dict[UUID, list[Flag]]:
    """The flags of each case today, in the order of CHECKS; one query whatever the number of cases."""
    return {pk: standing.flags for pk, standing in standings(cases).items()}


def standings(cases: Iterable[Case]) -> dict[UUID, Standing]:
    """Rhythm, latest contact and flags of each case today, in one query. The cases are taken to be allowed to see."""
    wanted = [case.pk for case in cases]
    found = {facts.pk: _standing(facts, timezone.localdate()) for facts in _facts(wanted)}
    return {pk: found.get(pk, Standing()) for pk in wanted}


def beside(rows: list[Row]) -> list[Row]:
    """The rows of a caseload with their flags."""
    found = of_cases([row.case for row in rows])
    for row in rows:
        row.flags = found[row.case.pk]
    return rows


def late(flags: Iterable[Flag]) -> list[Flag]:
    """Those that are for the sektionschef to see."""
    return [flag for flag in flags if flag.grade == LATE]


# --- each flag: the text, and the last day on which all was in time; None where there is nothing to keep to ----------


def _first_contact(facts: Facts) -> Found:
    if facts.met_on or facts.state == Case.State.CLOSED:
        return None
    return "Ingen första kontakt", _days(facts.taken_in_on, "first_contact_days")


def _contact(facts: Facts) -> Found:
    """Before the first contact, that flag speaks alone."""
    if not facts.met_on:
        return None
    return "Dags för kontakt", facts.met_on + timedelta(days=facts.days - 1)


def _assessment(facts: Facts) -> Found:
    if facts.assessed_at is None:
        return "Styrkebedömning saknas", _days(facts.taken_in_on, "assessment_days")
    return "Styrkebedömning att förnya", _days(timezone.localdate(facts.assessed_at), "assessment_age_days")


def _plan(facts: Facts) -> Found:
    """An approved plan always has a day on which it is followed up."""
    return None if facts.follow_up_on else ("Ingen godkänd plan", _days(facts.taken_in_on, "plan_days"))


def _plan_follow_up(facts: Facts) -> Found:
    return ("Plan att följa upp", facts.follow_up_on) if facts.follow_up_on else None


def _steps_due(facts: Facts) -> Found:
    if not facts.step_due_on:
        return None
    return "Delmål försenat" if facts.steps == 1 else f"{facts.steps} delmål försenade", facts.step_due_on


def _review(facts: Facts) -> Found:
    if facts.review_on is None:
        return "Genomgång saknas", _days(facts.taken_in_on, "review_days")
    return "Dags för genomgång", facts.review_on


def _safety_review(facts: Facts) -> Found:
    """In a list it may not be told of what kind the agreement is."""
    return ("Överenskommelse att se över", facts.safety_on) if facts.safety_on else None


CHECKS: dict[str, Callable[[Facts], Found]] = {
    "first_contact": _first_contact,
    "contact": _contact,
    "assessment": _assessment,
    "plan": _plan,
    "plan_follow_up": _plan_follow_up,
    "steps_due": _steps_due,
    "review": _review,
    "safety_review": _safety_review,
}
WATCHED: dict[str, frozenset[str]] = {
    Case.State.INTAKE: frozenset({"first_contact", "review", "safety_review"}),
    Case.State.OPEN: frozenset(CHECKS),
    Case.State.RESTING: frozenset({"review", "safety_review"}),
    Case.State.CLOSING: frozenset({"contact", "steps_due", "review", "safety_review"}),
    Case.State.CLOSED: frozenset(),
}


def _standing(facts: Facts, today: date) -> Standing:
    watched = WATCHED[facts.state]
    return Standing(
        every=facts.every,
        last_contact=facts.last_contact,
        contact_due=_contact_due(facts, watched),
        follow_up_on=facts.follow_up_on if "plan_follow_up" in watched else None,
        flags=list(_raised(facts, watched, today)),
    )


def _raised(facts: Facts, watched: frozenset[str], today: date) -> Iterator[Flag]:
    for code, check in CHECKS.items():
        found = check(facts) if code in watched else None
        if found is not None and today > found[1]:
            since = found[1] + timedelta(days=1)
            grade = LATE if (today - since).days >= settings.METHOD["grace_days"] else DUE
            yield Flag(code, found[0], since, grade)


def _contact_due(facts: Facts, watched: frozenset[str]) -> date | None:
    """The day by which there is to be contact; None in a state where nobody waits for it."""
    if facts.met_on:
        return facts.met_on + timedelta(days=facts.days) if "contact" in watched else None
    return _days(facts.taken_in_on, "first_contact_days") if "first_contact" in watched else None


def _days(since: date, key: str) -> date:
    day: date = since + timedelta(days=settings.METHOD[key])
    return day


# --- what the flags are drawn from ------------------------------------------------------------------------------------


def _facts(wanted: list[UUID]) -> Iterator[Facts]:
    """One row for each case. `met_on` is the day she was last reached, as a signed step or the intake tells."""
    found = Case.objects.filter(pk__in=wanted).order_by().annotate(**_columns())
    for row in found.values("pk", "state", "taken_in_on", "first_contact_on", *_columns()):
        facts = SimpleNamespace(**row)
        last = facts.last_contact
        facts.met_on = timezone.localdate(last) if last else facts.first_contact_on
        facts.days = facts.every or settings.METHOD["rhythm_days"]
        yield facts


def _columns() -> dict[str, Any]:
    steps = _of_case(PlanStep.objects, state=StepState.PLANNED, goal__state=GoalState.ACTIVE)
    late_steps = steps.filter(due_on__lt=timezone.localdate())
    return {
        "every": _first(_of_case(ContactRhythm.objects, ended_on__isnull=True), "every"),
        "last_contact": _first(contacts_of_case().order_by("-occurred_at"), "occurred_at"),
        "assessed_at": _first(
            _of_case(StrengthsAssessment.objects, state=AssessmentState.SIGNED).order_by("-signed_at"), "signed_at"
        ),
        "follow_up_on": _first(_of_case(RecoveryPlan.objects, state=PlanState.APPROVED), "follow_up_on"),
        "step_due_on": _first(late_steps.order_by("due_on"), "due_on"),
        "steps": Subquery(late_steps.order_by().values("case").annotate(n=Count("pk")).values("n")),
        "review_on": _first(_of_case(CaseReview.objects).order_by("-reviewed_at"), "next_on"),
        "safety_on": F("safety_plan__review_on"),
    }


def _of_case(rows: Any, **which: Any) -> QuerySet[Any]:
    found: QuerySet[Any] = rows.filter(case=OuterRef("pk"), **which)
    return found


def _first(rows: QuerySet[Any], column: str) -> Subquery:
    return Subquery(rows.values(column)[:1])
