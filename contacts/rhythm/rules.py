"""Who may agree on a rhythm, as a pair of check_x and can_x."""

from casework import policy
from casework.cases.models import Case
from casework.cases.rules import allowed, check_open
from casework.policy import Permission
from casework.signin.models import User


def check_can_agree(user: User, case: Case) -> None:
    """Raises Forbidden or Refused: who may note how often there is to be contact."""
    policy.check_case(user, case, Permission.METHOD_WRITE)
    check_open(case)


def can_agree(user: User, case: Case) -> bool:
    return allowed(check_can_agree, user, case)
