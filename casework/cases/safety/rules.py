"""The rules of a safety plan, as a pair of check_x and can_x."""

from casework import policy
from casework.cases.models import Case
from casework.cases.rules import allowed, check_open
from casework.policy import Permission
from casework.signin.models import User


def check_can_set(user: User, case: Case) -> None:
    """Raises Forbidden or Refused: who may write in the safety plan, now."""
    policy.check_case(user, case, Permission.METHOD_WRITE)
    check_open(case)


def can_set(user: User, case: Case) -> bool:
    return allowed(check_can_set, user, case)
