"""The rules of goals, their steps and the plan, as pairs of check_x and can_x."""

from dataclasses import dataclass

from casework import policy
from casework.cases.models import Case
from casework.cases.rules import Refused, allowed, check_open
from casework.policy import Permission
from casework.signin.models import User
from casework.state import StateModel, transitions
from contacts.goals.models import Goal, GoalState, PlanState, PlanStep, RecoveryPlan, StepState

ENDED = frozenset({GoalState.REACHED, GoalState.DROPPED})


@dataclass(frozen=True)
class GoalMove:
    """A change of a goal's state that a person may choose; `asks` is the question it has to be answered with."""

    name: str
    button: str
    explains: str
    asks: str = ""


GOAL_MOVES = {
    move.name: move
    for move in (
        GoalMove(
            "reach",
            "Markera målet som nått",
            "Personen är framme. Målet står kvar bland de avslutade.",
            "Hur blev det?",
        ),
        GoalMove("pause", "Låt målet vila", "Inte nu, men kanske senare. Delmålen står kvar som de är."),
        GoalMove("take_up", "Ta upp målet igen", "Målet blir ett av dem som pågår. Delmålen står kvar som de är."),
        GoalMove(
            "drop",
            "Avsluta målet",
            "Målet är inte längre aktuellt för personen. Det står kvar bland de avslutade.",
            "Vad hände med målet?",
        ),
    )
}
STEP_MOVES = {
    "finish": "Delmålet är klart.",
    "drop": "Delmålet är borttaget ur listan.",
    "take_up": "Delmålet är åter att göra.",
}


def check_can_write(user: User, case: Case) -> None:
    """Raises Forbidden or Refused: who may write goals here, now."""
    policy.check_case(user, case, Permission.METHOD_WRITE)
    check_open(case)


def can_write(user: User, case: Case) -> bool:
    return allowed(check_can_write, user, case)


def check_going_on(goal: Goal) -> None:
    """Raises Refused for a goal that is reached or dropped: it is taken up again before anything in it changes."""
    if goal.state in ENDED:
        raise Refused(f"Målets läge är ”{goal.get_state_display()}”. Ta upp målet igen innan du ändrar det.")


def check_can_decide(user: User, plan: RecoveryPlan) -> None:
    """Raises Forbidden or Refused: who may send a plan back."""
    policy.check_case(user, plan.case, Permission.APPROVE)
    check_open(plan.case)
    if plan.state != PlanState.SUBMITTED:
        raise Refused(f"Planen väntar inte på beslut. Dess läge är ”{plan.get_state_display()}”.")


def can_decide(user: User, plan: RecoveryPlan) -> bool:
    return allowed(check_can_decide, user, plan)


def check_can_approve(user: User, plan: RecoveryPlan) -> None:
    """Raises Forbidden or Refused: nobody approves what she handed in herself."""
    check_can_decide(user, plan)
    if plan.submitted_by_id == user.pk:
        raise Refused("Du lämnade själv in planen. Någon annan får godkänna den.")


def can_approve(user: User, plan: RecoveryPlan) -> bool:
    return allowed(check_can_approve, user, plan)


def goal_moves(goal: Goal) -> list[GoalMove]:
    """The moves that the goal's state allows, in the order of the buttons."""
    return [move for move in GOAL_MOVES.values() if _possible(goal, move.name)]


def step_moves(step: PlanStep) -> list[str]:
    return [name for name in STEP_MOVES if _possible(step, name)]


def _possible(row: StateModel, name: str) -> bool:
    state = row.state  # type: ignore[attr-defined]
    return any(source == state and move == name for source, move, _ in transitions(type(row)))


def missing(goals: list[Goal]) -> list[str]:
    """What has to be there before a plan can be handed in, each as words for a list. The steps are fetched already."""
    active = [goal for goal in goals if goal.state == GoalState.ACTIVE]
    if not active:
        return ["Ett mål som pågår"]
    if not any(step.state != StepState.DROPPED for goal in active for step in goal.steps.all()):
        numbers = " eller ".join(f"mål {goal.number}" for goal in active[:3])
        return [f"Ett delmål, i {numbers}"]
    return []
