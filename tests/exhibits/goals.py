from datetime import timedelta
from typing import Any

from django.utils import timezone

from contacts.goals import actions
from contacts.goals.models import (
    Goal,
    GoalWords,
    PlanStep,
    PlanWords,
    RecoveryPlan,
    StepTie,
    StepWords,
)

# The goal of the own case has a step; its plan was handed in and waits for the sektionschef.
TABLE = """
URL                      how  contact deputy asked colleague chief chief2 other housing planner log  admin out

goals                    GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
goals_print              GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
goal_new                 GET  +---    +---   ----  ----      x-x-  -x--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      x-x-  -x--   ->--  ----    ----    xxx- ----  <<<<
goal_change              GET  +---    +---   ----  ----      x-x-  -x--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      x-x-  -x--   ->--  ----    ----    xxx- ----  <<<<
goal_move:reach          GET  +---    +---   ----  ----      x-x-  -x--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      x-x-  -x--   ->--  ----    ----    xxx- ----  <<<<
goal_move:take_up        GET  +---    +---   ----  ----      x-x-  -x--   -+--  ----    ----    xxx- ----  <<<<
                         POST +---    +---   ----  ----      x-x-  -x--   -+--  ----    ----    xxx- ----  <<<<
goal_move:open           GET  ----    ----   ----  ----      x-x-  -x--   ----  ----    ----    xxx- ----  <<<<
                         POST ----    ----   ----  ----      x-x-  -x--   ----  ----    ----    xxx- ----  <<<<
plan_step_new            GET  +---    +---   ----  ----      x-x-  -x--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      x-x-  -x--   ->--  ----    ----    xxx- ----  <<<<
plan_step_change         GET  +---    +---   ----  ----      x-x-  -x--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      x-x-  -x--   ->--  ----    ----    xxx- ----  <<<<
plan_step_move:finish    POST >---    >---   ----  ----      x-x-  -x--   ->--  ----    ----    xxx- ----  <<<<
plan_step_move:open      POST ----    ----   ----  ----      x-x-  -x--   ----  ----    ----    xxx- ----  <<<<
plan_submit              GET  +---    +---   ----  ----      x-x-  -x--   -+--  ----    ----    xxx- ----  <<<<
                         POST +---    +---   ----  ----      x-x-  -x--   -+--  ----    ----    xxx- ----  <<<<
plan_decide              GET  x---    x---   ----  ----      +-+-  -+--   -x--  ----    ----    xxx- ----  <<<<
                         POST x---    x---   ----  ----      >-+-  ->--   -x--  ----    ----    xxx- ----  <<<<
plan_version             GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
"""


def _version(model: Any) -> Any:
    """The newest version of the case's only record of `model`."""

    def of(world: Any, record: str) -> int:
        found = world.records.get(record)
        rows = model.objects.filter(case=found.case) if found else model.objects.none()
        return rows.order_by("number").values_list("version", flat=True).first() or 1

    return of


def _goal(world: Any, record: str) -> dict[str, Any]:
    return {"words": "Jag vill ha en egen nyckel", "why": "", "area": "housing", "natural": "", "formal": ""}


def _step(world: Any, record: str) -> dict[str, Any]:
    return {"what": "Ringa om kön", "who": "Personen själv", "due_on": "", "done_when": ""}


def _plan(world: Any, record: str) -> dict[str, Any]:
    today = timezone.localdate()
    days = {"person_on": str(today), "follow_up_on": str(today + timedelta(days=90))}
    return {"person_way": "said_meeting", **days, "remark": ""}


FORMS: dict[str, Any] = {
    "goal_new": _goal,
    "goal_change": lambda world, record: {**_goal(world, record), "version": _version(Goal)(world, record)},
    "goal_move": lambda world, record: {"result": "Nyckeln är hennes"},
    "plan_step_new": _step,
    "plan_step_change": lambda world, record: {
        **_step(world, record), "comment": "", "version": _version(PlanStep)(world, record)
    },
    "plan_submit": _plan,
    "plan_decide": lambda world, record: {
        "do": "approve", "why": "", "version": _version(RecoveryPlan)(world, record)
    },
}  # fmt: skip


def _in_goal(*more: Any) -> Any:
    return lambda found, use: [found.case.number if found else "26-99999-9", *more, *([use] if use else [])]


ARGUMENTS: dict[str, Any] = {
    "goal_change": _in_goal(1),
    "goal_move": _in_goal(1),
    "plan_step_new": _in_goal(1),
    "plan_step_change": _in_goal(1, 1),
    "plan_step_move": _in_goal(1, 1),
    "plan_version": _in_goal(1),
}
TEXTS: set[str] = {"words", "why", "natural", "formal", "result", "what", "who", "done_when", "comment", "remark"}
LAST: tuple[str, ...] = ()


def lay_out(case: Any, contact: Any, chief: Any) -> dict[str, Any]:
    """A goal with a step, and a plan that waits; the case that is to be closed keeps them as they are."""
    goal = actions.set_goal(by=contact, case=case, area="everyday", words=GoalWords(words="Kunna gå ut"))
    words = StepWords(what="Gå ett varv", who="Personen själv")
    step = actions.add_step(by=contact, case=case, goal=goal, words=words, due_on=None)
    today = timezone.localdate()
    plan = actions.submit_plan(
        by=contact, case=case, person_way="said_meeting", person_on=today, follow_up_on=today + timedelta(days=90)
    )
    return {"goal": goal, "plan_step": step, "plan": plan}


def sealed(known: Any, person: Any, user: Any) -> list[Any]:
    from tests.canary_people import filled

    owner = {"case": person.case, "client_id": person.case.client_id}
    today = timezone.localdate()
    goal = Goal(**owner, number=1, area="housing", words=filled(GoalWords, known))
    step = PlanStep(**owner, goal=goal, number=1, due_on=today, words=filled(StepWords, known))
    plan = RecoveryPlan(**owner, number=1, words=filled(PlanWords, known))
    return [goal, step, plan, StepTie(**owner, note=person.note, plan_step=step)]
