"""Questions about goals, steps and plans that pages ask. Texts are opened together; each row carries them as `said`."""

from typing import Any, TypeVar

from django.db.models import Count, Max, Prefetch
from django.utils import timezone

from casework import policy
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.clients.children.models import Child
from casework.crypto import fields
from casework.policy import Permission
from casework.signin.models import User
from contacts.goals import rules, versions
from contacts.goals.models import (
    Goal,
    GoalState,
    GoalWords,
    PlanState,
    PlanStep,
    PlanWords,
    RecoveryPlan,
    StepState,
    StepWords,
)

SHOWN_GOALS, SHOWN_STEPS = 4, 3
Row = TypeVar("Row", Goal, PlanStep)


def sheets(case: Case) -> list[Goal]:
    """Every goal with its steps and their texts, by number. goal.steps.all() asks no more."""
    tied = PlanStep.objects.annotate(tie_count=Count("ties"), last_tie=Max("ties__note__occurred_at"))
    goals = list(Goal.objects.filter(case=case).prefetch_related(Prefetch("steps", tied.order_by("number"))))
    steps = [step for goal in goals for step in goal.steps.all()]
    _opened(goals)
    _opened(steps)
    return goals


def open_steps(case: Case) -> list[PlanStep]:
    """The steps to do in goals that go on, in the order of the plan, each with its StepWords as `said`."""
    steps = PlanStep.objects.filter(case=case, state=StepState.PLANNED, goal__state=GoalState.ACTIVE)
    return _opened(list(steps.select_related("goal")))


def in_words(case: Case, child: Child | None) -> str:
    """The goals that go on in the person's own words, one on each line: a fact that can be given out of the case."""
    goals = _opened(list(Goal.objects.filter(case=case, state=GoalState.ACTIVE)))
    return "\n".join(goal.said.words for goal in goals)


def plan_in_force(case: Case) -> RecoveryPlan | None:
    """The approved number of the plan."""
    return RecoveryPlan.objects.filter(case=case, state=PlanState.APPROVED).first()


def waiting_plan(case: Case) -> RecoveryPlan | None:
    """The number that waits for a decision."""
    plan = RecoveryPlan.objects.filter(case=case, state=PlanState.SUBMITTED).select_related("submitted_by").first()
    if plan is not None:
        plan.case = case
    return plan


def missing(case: Case) -> list[str]:
    """What a plan lacks before it can be handed in, each in words; nothing is opened."""
    return rules.missing(list(Goal.objects.filter(case=case).prefetch_related("steps")))


def plans(case: Case) -> list[RecoveryPlan]:
    """Every number of the plan, the newest first, unopened."""
    return list(RecoveryPlan.objects.filter(case=case).select_related("submitted_by", "decided_by"))


def plan_of(case: Case, number: int) -> RecoveryPlan:
    """A number of the plan. Raises NotFound."""
    plan = RecoveryPlan.objects.filter(case=case, number=number).select_related("submitted_by", "decided_by").first()
    if plan is None:
        raise policy.NotFound("Planen finns inte.", [case.ref()])
    plan.case = case
    return plan


def goal_of(case: Case, number: int) -> Goal:
    """A goal with its words. Raises NotFound."""
    goal = Goal.objects.filter(case=case, number=number).prefetch_related("steps").first()
    if goal is None:
        raise policy.NotFound("Målet finns inte.", [case.ref()])
    goal.case = case
    _opened([goal])
    return goal


def steps_of(goal: Goal) -> list[PlanStep]:
    """The steps of a goal with their words, by number."""
    return _opened(sorted(goal.steps.all(), key=lambda step: step.number))


def step_of(case: Case, goal: int, number: int) -> PlanStep:
    """A step with its words. Raises NotFound."""
    step = PlanStep.objects.filter(case=case, goal__number=goal, number=number).select_related("goal").first()
    if step is None:
        raise policy.NotFound("Delmålet finns inte.", [case.ref()])
    step.case = step.goal.case = case
    _opened([step])
    return step


def slot(case: Case, goal: int | None = None) -> str:
    """Where a goal is kept while it is being typed: a new one, or a change of one that is there."""
    return f"goal:{case.number}:{goal}" if goal else f"goal:{case.number}"


def goal_fields(goal: Goal) -> dict[str, Any]:
    """A goal as its form has it."""
    said: GoalWords = goal.said  # type: ignore[attr-defined]
    texts = {name: getattr(said, name) for name in ("words", "why", "natural", "formal")}
    return {**texts, "area": goal.area, "version": goal.version}


def step_fields(step: PlanStep) -> dict[str, Any]:
    """A step as its form has it."""
    said: StepWords = step.said  # type: ignore[attr-defined]
    texts = {name: getattr(said, name) for name in ("what", "who", "done_when", "comment")}
    return {**texts, "due_on": step.due_on, "version": step.version}


def buttons(case: Case, held: frozenset[Permission]) -> dict[str, bool]:
    """What this user may do here, from permissions already fetched."""
    return {
        "may_write": Permission.METHOD_WRITE in held and not case.closed,
        "may_decide": Permission.APPROVE in held and not case.closed,
    }


def page(case: Case) -> dict[str, Any]:
    """The goals page: what goes on, what rests, what has ended, and where the plan stands."""
    goals, standing = sheets(case), _standing(plans(case))
    working: RecoveryPlan | None = standing["working"]
    return {
        "goals": [goal for goal in goals if goal.state == GoalState.ACTIVE],
        "resting": [goal for goal in goals if goal.state == GoalState.PAUSED],
        "ended": [goal for goal in goals if goal.state in rules.ENDED],
        "returned": working.words.open().returned_why if working else "",
        **standing,
    }


def to_print(case: Case) -> list[Goal]:
    """The goals that the person takes with her on paper: those that go on, then those that rest."""
    found = [goal for goal in sheets(case) if goal.state not in rules.ENDED]
    return sorted(found, key=lambda goal: goal.state == GoalState.PAUSED)


def version(plan: RecoveryPlan) -> dict[str, Any]:
    """A number of the plan as it was handed in; one that never was, as the goals are now."""
    words: PlanWords = plan.words.open()
    kept = versions.snapshot(sheets(plan.case)) if plan.state == PlanState.WORKING else words.goals or []
    return {"plan": plan, "words": words, "kept": versions.drawn(kept), "gaps": versions.gaps(kept)}


def submission(case: Case) -> dict[str, Any]:
    """What is handed in: the number worked on, what it lacks, and what it could say more."""
    goals = sheets(case)
    kept = versions.snapshot(goals)
    working = RecoveryPlan.objects.filter(case=case, state=PlanState.WORKING).first()
    return {
        "working": working,
        "waiting": None if working else waiting_plan(case),
        "missing": rules.missing(goals),
        "gaps": versions.gaps(kept),
        "kept": versions.drawn(kept),
    }


def the_one(plan: RecoveryPlan | None) -> RecoveryPlan:
    """The plan that waits. Raises Refused when none does."""
    if plan is None:
        raise Refused("Ingen plan väntar på beslut. Någon annan kan ha hunnit före.")
    return plan


def decision(plan: RecoveryPlan | None) -> dict[str, Any]:
    """What a sektionschef reads before she decides: the plan, and what differs from the one in force."""
    if plan is None:
        return {"plan": None}
    shown, in_force = version(plan), plan_in_force(plan.case)
    before = (in_force.words.open().goals or []) if in_force else []
    found = versions.differences(before, shown["words"].goals or []) if in_force else []
    return {**shown, "in_force": in_force, "differences": found}


def goals_panel(user: User, case: Case, held: frozenset[Permission]) -> dict[str, Any] | None:
    """The goals that go on with their next steps, the overdue first, and where the plan stands. Three queries."""
    goals = list(Goal.objects.filter(case=case, state=GoalState.ACTIVE))
    steps = open_steps(case) if goals else []
    _opened(goals)
    for goal in goals:
        mine = sorted((step for step in steps if step.goal_id == goal.pk), key=_urgency)
        goal.next_steps, goal.more = mine[:SHOWN_STEPS], max(0, len(mine) - SHOWN_STEPS)
        goal.late = any(step.late for step in mine)  # type: ignore[attr-defined]
    goals.sort(key=lambda goal: (not goal.late, goal.number))
    return {
        "case": case,
        "goals": goals[:SHOWN_GOALS],
        "more": max(0, len(goals) - SHOWN_GOALS),
        **_standing(plans(case)),
        **buttons(case, held),
    }


def _standing(found: list[RecoveryPlan]) -> dict[str, Any]:
    """Where the plan stands: the number worked on, the one that waits, the one in force, and all of them."""
    by_state = {plan.state: plan for plan in reversed(found)}
    in_force = by_state.get(PlanState.APPROVED)
    if in_force is not None:
        in_force.late = in_force.follow_up_on < timezone.localdate()  # type: ignore[attr-defined,operator]
    return {
        "plans": found,
        "working": by_state.get(PlanState.WORKING),
        "waiting": by_state.get(PlanState.SUBMITTED),
        "in_force": in_force,
    }


def _opened(rows: list[Row]) -> list[Row]:
    """The rows with their words as `said`, and what may be done with them now."""
    today = timezone.localdate()
    row: Any
    for row in fields.open_all(rows, "words"):
        row.said = row.words.open()
        if isinstance(row, Goal):
            row.moves = rules.goal_moves(row)
        else:
            row.moves = rules.step_moves(row)
            row.late = row.state == StepState.PLANNED and row.due_on is not None and row.due_on < today
    return rows


def _urgency(step: PlanStep) -> tuple[bool, Any, int]:
    return (step.due_on is None, step.due_on or timezone.localdate(), step.number)
