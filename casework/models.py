"""Re-exports only: the models live with their subjects."""

from casework.signin.models import Role, Section, User

__all__ = ["Role", "Section", "User"]
