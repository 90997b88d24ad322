"""The rules of the authority guide, as pairs of check_x and can_x."""

from casework import policy
from casework.cases.rules import allowed
from casework.policy import Permission
from casework.signin.models import User


def check_can_write(user: User) -> None:
    """Raises Forbidden: the sektionschefer keep the guide."""
    policy.check_may(user, Permission.GUIDE_WRITE)


def can_write(user: User) -> bool:
    return allowed(check_can_write, user)
