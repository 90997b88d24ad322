"""Who sets a quota: whoever keeps the agreements between municipalities, or the register of landlords."""

from casework import policy
from casework.policy import Permission
from casework.signin.models import User
from housing.kompott.models import AgreementMember


def check_can_set(user: User, member: AgreementMember | None) -> None:
    """Raises Forbidden: a municipality's quota by those who work with exchanges, a landlord's by those of landlords."""
    policy.check_may(user, Permission.KOMPOTT if member is not None else Permission.LANDLORDS)
