"""Re-exports, so that Django finds the models where it looks for them."""

from contacts.assignments.models import Assignment
from contacts.closing.models import ClosingPlan
from contacts.cover.models import Absence, Cover, Handover
from contacts.fidelity.models import FidelityReview, FidelityScore
from contacts.goals.models import Goal, PlanStep, RecoveryPlan, StepTie
from contacts.guide.models import GuidePage
from contacts.review.models import CaseReview
from contacts.rhythm.models import ContactRhythm
from contacts.strengths.models import StrengthsAssessment, StrengthStatement
from contacts.supervision.models import GroupSession, Idea, Mentoring, Presentation
from contacts.week.models import Appointment, CalendarFeed

__all__ = [
    "Absence",
    "Appointment",
    "Assignment",
    "CalendarFeed",
    "CaseReview",
    "ClosingPlan",
    "ContactRhythm",
    "Cover",
    "FidelityReview",
    "FidelityScore",
    "Goal",
    "GroupSession",
    "GuidePage",
    "Handover",
    "Idea",
    "Mentoring",
    "PlanStep",
    "Presentation",
    "RecoveryPlan",
    "StepTie",
    "StrengthStatement",
    "StrengthsAssessment",
]
