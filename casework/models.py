"""Re-exports only: the models live with their subjects."""

from casework.access.models import AccessGrant
from casework.cases.exposure.models import ExposureIncident, ExposureMeasure
from casework.cases.models import Case, JournalNote
from casework.cases.risk.models import RiskAssessment
from casework.cases.safety.models import SafetyPlan
from casework.clients.children.models import Child, ChildTalk, ConcernReport, Guardian, Visitation
from casework.clients.models import Client, NameIndex, ProtectionMark
from casework.crypto.models import WrappedKey
from casework.drafts.models import Draft, UsedToken
from casework.signin.models import Invite, Role, Section, SignIn, User

__all__ = [
    "AccessGrant",
    "Case",
    "Child",
    "ChildTalk",
    "Client",
    "ConcernReport",
    "Draft",
    "ExposureIncident",
    "ExposureMeasure",
    "Guardian",
    "Invite",
    "JournalNote",
    "NameIndex",
    "ProtectionMark",
    "RiskAssessment",
    "Role",
    "SafetyPlan",
    "Section",
    "SignIn",
    "UsedToken",
    "User",
    "Visitation",
    "WrappedKey",
]
