"""What the kontaktperson's work puts on the summary: people, rhythm, goals, times, decisions, what is left."""

from typing import Any

from django.utils import timezone

from casework.cases.models import Case
from casework.cases.panels import Held, Panel
from casework.cases.timeline import summary
from casework.crypto import fields
from casework.signin.models import User
from contacts.assignments.models import Assignment
from contacts.closing.models import ClosingPlan, ClosingState
from contacts.cover.models import Cover, Handover
from contacts.goals.models import Goal, GoalState, PlanState, PlanStep, RecoveryPlan, StepState
from contacts.review.models import CaseReview
from contacts.rhythm import flags
from contacts.rhythm.models import Every
from contacts.week.models import Appointment

TIMES = 5


def people_part(user: User, case: Case, held: Held) -> dict[str, Any] | None:
    """Who has the case, who covers it now, how often there is contact and when there was."""
    today = timezone.localdate()
    rows = Assignment.objects.filter(case=case, state=Assignment.State.ACTIVE).select_related("user")
    covers = Cover.objects.filter(case=case, ended_at=None, starts_on__lte=today, ends_on__gte=today)
    standing = flags.standings([case])[case.pk]
    return {
        "tasks": sorted(rows, key=lambda row: row.kind != Assignment.Kind.MAIN),
        "covers": list(covers.select_related("substitute")),
        "every": Every(standing.every).label if standing.every else "",
        "last_contact": standing.last_contact or case.first_contact_on,
        "contact_due": standing.contact_due,
    }


def goals_part(user: User, case: Case, held: Held) -> dict[str, Any] | None:
    """The goals she works towards, with the steps that are left."""
    goals = list(Goal.objects.filter(case=case, state=GoalState.ACTIVE))
    steps = PlanStep.objects.filter(goal__in=goals, state=StepState.PLANNED).select_related("goal").order_by("number")
    left: dict[Any, list[Any]] = {}
    for step in fields.open_all(steps, "words"):
        step.what = step.words.open().what
        left.setdefault(step.goal_id, []).append(step)
    for goal in fields.open_all(goals, "words"):
        goal.said, goal.left = goal.words.open().words, left.get(goal.pk, [])
    return {"goals": goals, "today": timezone.localdate()}


def times_part(user: User, case: Case, held: Held) -> dict[str, Any] | None:
    """What is booked. Where it is stands in the week only: a sheet of paper may be left behind."""
    ahead = Appointment.objects.filter(case=case, state=Appointment.State.PLANNED, starts_at__gte=timezone.now())
    times = list(ahead.select_related("user").order_by("starts_at")[:TIMES])
    for time in fields.open_all(times, "words"):
        time.what = time.words.open().what
    return {"times": times}


def decisions_part(user: User, case: Case, held: Held) -> dict[str, Any] | None:
    """What waits for the sektionschef, and what she said when she last went through the case."""
    waiting = {"case": case, "state": PlanState.SUBMITTED}
    review = CaseReview.objects.filter(case=case).select_related("reviewer").first()
    return {
        "plan": RecoveryPlan.objects.filter(**waiting).first(),
        "closing": ClosingPlan.objects.filter(case=case, state=ClosingState.SUBMITTED).first(),
        "review": review,
        "note": review.words.open().note if review else "",
    }


def left_part(user: User, case: Case, held: Held) -> dict[str, Any] | None:
    """What the one who takes over has to see to: what is not in time, and what is left of a handover."""
    handover = Handover.objects.filter(case=case, state=Handover.State.PLANNED).select_related("giver", "taker").first()
    return {
        "flags": flags.of_cases([case])[case.pk],
        "handover": handover,
        "told": handover.words.open().summary if handover else "",
    }


PARTS = (
    Panel("people", "contacts/review/_sheet_people.html", people_part, order=10),
    Panel("left", "contacts/review/_sheet_left.html", left_part, order=20),
    Panel("goals", "contacts/review/_sheet_goals.html", goals_part, order=40),
    Panel("times", "contacts/review/_sheet_times.html", times_part, order=50),
    Panel("decisions", "contacts/review/_sheet_decisions.html", decisions_part, order=60),
)


def connect() -> None:
    for part in PARTS:
        summary.register(part)
