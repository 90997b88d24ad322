"""The rules of users. Each is a pair: check_x raises with a reason for a person, can_x is the same as a bool."""

from casework import policy
from casework.cases.rules import Refused, allowed
from casework.policy import Permission
from casework.signin.models import Role, User


def check_can_block(by: User, user: User) -> None:
    """Raises Forbidden, or Refused for oneself: so there is always an administrator left."""
    policy.check_may(by, Permission.USERS)
    if by.pk == user.pk:
        raise Refused("Du kan inte spärra dig själv. Be en annan administratör.")


def can_block(by: User, user: User) -> bool:
    return allowed(check_can_block, by, user)


def check_can_invite(by: User, user: User) -> None:
    """Raises Forbidden, or Refused for a blocked user, and for oneself: whoever sits down at an open session of an
    administrator must not get a key to her account. Before she has come in (setup) there is nothing to take over."""
    policy.check_may(by, Permission.USERS)
    if by.pk == user.pk and user.has_usable_password():
        raise Refused("Du kan inte göra en länk till dig själv. Be en annan administratör.")
    if not user.is_active:
        raise Refused("Användaren är spärrad. Häv spärren först.")


def can_invite(by: User, user: User) -> bool:
    return allowed(check_can_invite, by, user)


def check_can_give_role(by: User, user: User, role: str) -> None:
    """Raises Forbidden, or Refused for one's own role."""
    policy.check_may(by, Permission.USERS)
    if by.pk == user.pk and role != user.role:
        raise Refused("Du kan inte ändra din egen roll. Be en annan administratör.")


def check_can_clear(by: User, user: User) -> None:
    """Raises Forbidden, or Refused for oneself: whoever guesses from her open session gets no more tries."""
    policy.check_may(by, Permission.USERS)
    if by.pk == user.pk:
        raise Refused("Du kan inte öppna ditt eget konto. Be en annan administratör, eller vänta.")


def can_clear(by: User, user: User) -> bool:
    return allowed(check_can_clear, by, user)


def check_an_administrator_remains(user: User) -> None:
    """Called in the act that takes `user` away. Two who shut each other out at the same moment: the second is refused.

    Raises Refused. Locks the rows of all administrators until the act is over.
    """
    active = User.objects.select_for_update().filter(role=Role.ADMINISTRATOR, is_active=True).order_by("pk")
    if user.role == Role.ADMINISTRATOR and not [other for other in active if other.pk != user.pk]:
        raise Refused("Det måste finnas en administratör kvar.")
