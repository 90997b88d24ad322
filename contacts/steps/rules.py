"""The rules of tying a support step to the plan, as a pair of check_x and can_x."""

from casework.cases.models import Case
from casework.cases.rules import Refused, allowed, check_can_write
from casework.signin.models import User
from contacts.goals.models import GoalState, PlanStep, StepState


def check_can_tie(user: User, case: Case, plan_step: PlanStep) -> None:
    """Raises Forbidden or Refused: the step of the plan is this case's, not ended, and its goal goes on."""
    check_can_write(user, case)
    check_tieable(case, plan_step)


def check_tieable(case: Case, plan_step: PlanStep) -> None:
    """Raises Refused for a step of another case's plan, one that has ended, or one whose goal does not go on."""
    if plan_step.case_id != case.pk:
        raise Refused("Delmålet hör till ett annat ärende. Välj ett av delmålen i listan.")
    if plan_step.state != StepState.PLANNED:
        raise Refused(f"Delmålets läge är ”{plan_step.get_state_display()}”. Välj ett annat delmål, eller inget.")
    if plan_step.goal.state != GoalState.ACTIVE:
        raise Refused(f"Målets läge är ”{plan_step.goal.get_state_display()}”. Välj ett annat delmål, eller inget.")


def can_tie(user: User, case: Case, plan_step: PlanStep) -> bool:
    return allowed(check_can_tie, user, case, plan_step)
