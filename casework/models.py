"""Re-exports only: the models live with their subjects."""

from casework.access.models import AccessGrant
from casework.cases.consents.models import Consent
from casework.cases.disclosures.models import Disclosure
from casework.cases.documents.models import Document, DocumentChunk
from casework.cases.exposure.models import ExposureIncident, ExposureMeasure
from casework.cases.insatser.models import Actor, Insats, InsatsFollowUp, Offer
from casework.cases.letters.models import Letter, LetterTemplate
from casework.cases.models import Case, JournalNote
from casework.cases.release.models import Release, ReleasePiece
from casework.cases.risk.models import RiskAssessment
from casework.cases.safety.models import SafetyPlan
from casework.cases.sip.models import CoordinationCheck, Sip, SipPart
from casework.clients.children.models import Child, ChildTalk, ConcernReport, Guardian, Visitation
from casework.clients.models import Client, NameIndex, ProtectionMark
from casework.clients.protection.models import IdentityChange, MaskingHit
from casework.clients.relatives.models import RelatedIndex, RelatedPerson, StaffTie
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
    "IdentityChange",
    "Insats",
    "InsatsFollowUp",
    "Invite",
    "JournalNote",
    "Letter",
    "LetterTemplate",
    "MaskingHit",
    "NameIndex",
    "Offer",
    "ProtectionMark",
    "RelatedIndex",
    "RelatedPerson",
    "Release",
    "ReleasePiece",
    "RiskAssessment",
    "Role",
    "SafetyPlan",
    "Section",
    "SignIn",
    "Sip",
    "SipPart",
    "StaffTie",
    "UsedToken",
    "User",
    "Visitation",
    "WrappedKey",
]
