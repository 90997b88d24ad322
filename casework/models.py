"""Re-exports only: the models live with their subjects."""

from casework.access.models import AccessGrant
from casework.cases.models import Case, JournalNote
from casework.cases.safety.models import SafetyPlan
from casework.clients.models import Client, NameIndex, ProtectionMark
from casework.crypto.models import WrappedKey
from casework.drafts.models import Draft, UsedToken
from casework.signin.models import Invite, Role, Section, SignIn, User

__all__ = [
    "AccessGrant",
    "Case",
    "Client",
    "Draft",
    "Invite",
    "JournalNote",
    "NameIndex",
    "ProtectionMark",
    "Role",
    "SafetyPlan",
    "Section",
    "SignIn",
    "UsedToken",
    "User",
    "WrappedKey",
]
