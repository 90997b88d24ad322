"""The rules of rounding off, as pairs of check_x and can_x."""

from casework import policy
from casework.cases.codes import ClosureReason
from casework.cases.models import Case
from casework.cases.rules import Refused, allowed, check_open
from casework.policy import Permission
from casework.signin.models import User
from contacts.closing.models import ClosingPlan, ClosingWords
from contacts.goals.models import Goal, GoalState

# Where there is nobody to meet, there is no farewell either.
NO_FAREWELL = frozenset({ClosureReason.NO_CONTACT, ClosureReason.DECEASED})


def check_can_write(user: User, case: Case) -> None:
    """Raises Forbidden or Refused: who may write the closing plan, and that the support has begun."""
    policy.check_case(user, case, Permission.METHOD_WRITE)
    check_open(case)
    if case.state == Case.State.INTAKE:
        raise Refused("Stödet har inte börjat än, så det finns inget att runda av.")


def can_write(user: User, case: Case) -> bool:
    return allowed(check_can_write, user, case)


def check_working(plan: ClosingPlan) -> None:
    """Raises Refused for a plan that is handed in or over: what the sektionschef reads does not change under her."""
    if plan.state != ClosingPlan.State.WORKING:
        raise Refused(f"Planen är i läget ”{plan.get_state_display()}” och går inte att ändra.")


def check_can_decide(user: User, plan: ClosingPlan) -> None:
    """Raises Forbidden or Refused: who may approve a closing or send it back."""
    policy.check_case(user, plan.case, Permission.APPROVE)
    check_open(plan.case)
    if plan.state != ClosingPlan.State.SUBMITTED:
        raise Refused(f"Avslutet väntar inte på beslut. Dess läge är ”{plan.get_state_display()}”.")


def can_decide(user: User, plan: ClosingPlan) -> bool:
    return allowed(check_can_decide, user, plan)


def check_can_approve(user: User, plan: ClosingPlan) -> None:
    """Raises Forbidden or Refused: nobody approves what she handed in herself."""
    check_can_decide(user, plan)
    if plan.submitted_by_id == user.pk:
        raise Refused("Du lämnade själv in avslutet. Någon annan får godkänna det.")


def can_approve(user: User, plan: ClosingPlan) -> bool:
    return allowed(check_can_approve, user, plan)


def check_can_leave(user: User, plan: ClosingPlan) -> None:
    """Raises Forbidden or Refused: who may say that the support goes on."""
    policy.check_case(user, plan.case, Permission.CASE_STATE)
    check_open(plan.case)
    if plan.state not in {ClosingPlan.State.WORKING, ClosingPlan.State.SUBMITTED}:
        raise Refused(f"Planen är redan i läget ”{plan.get_state_display()}”.")


def can_leave(user: User, plan: ClosingPlan) -> bool:
    return allowed(check_can_leave, user, plan)


def missing(plan: ClosingPlan | None, words: ClosingWords, goals: list[Goal]) -> list[str]:
    """What has to be there before a closing can be handed in, each as words for a list."""
    found = []
    if not words.network.strip():
        found.append("Vad som finns kvar i hennes nätverk")
    if plan is None or not plan.reason:
        found.append("Skälet till avslutet")
    if plan is None or (plan.farewell_on is None and plan.reason not in NO_FAREWELL):
        found.append("Dagen för avskedsmötet")
    going_on = [goal.number for goal in goals if goal.state == GoalState.ACTIVE]
    found += [f"Hur det blev med mål {number}" for number in going_on]
    return found
