"""Re-exports only: the models live with their subjects."""

from casework.access.models import AccessGrant
from casework.cases.consents.models import Consent
from casework.cases.disclosures.models import Disclosure
from casework.cases.documents.models import Document, DocumentChunk
from casework.cases.exposure.models import ExposureIncident, ExposureMeasure
from casework.cases.insatser.models import Actor, CoordinationCheck, Insats, Offer, Sip, SipPart
from casework.cases.models import Case, JournalNote
from casework.cases.risk.models import RiskAssessment
from casework.cases.safety.models import SafetyPlan
from casework.clients.children.models import Child, ChildTalk, ConcernReport, Guardian, Visitation
from casework.clients.models import Client, NameIndex, ProtectionMark
from casework.clients.relatives.models import RelatedName, RelatedPerson
from casework.crypto.models import WrappedKey
from casework.drafts.models import Draft, UsedToken
from casework.signin.models import Invite, Role, Section, SignIn, User

__all__ = [
    "AccessGrant",
    "Actor",
    "Case",
    "Child",
    "ChildTalk",
    "Client",
    "ConcernReport",
    "Consent",
    "CoordinationCheck",
    "Disclosure",
    "Document",
    "DocumentChunk",
    "Draft",
    "ExposureIncident",
    "ExposureMeasure",
    "Guardian",
    "Insats",
    "Invite",
    "JournalNote",
    "NameIndex",
    "Offer",
    "ProtectionMark",
    "RelatedName",
    "RelatedPerson",
    "RiskAssessment",
    "Role",
    "SafetyPlan",
    "Section",
    "SignIn",
    "Sip",
    "SipPart",
    "UsedToken",
    "User",
    "Visitation",
    "WrappedKey",
]
