"""Re-exports only: the models live with their subjects."""

from casework.crypto.models import WrappedKey
from casework.signin.models import Role, Section, User

__all__ = ["Role", "Section", "User", "WrappedKey"]
