"""The strengths assessment (styrkebedömning): seven life domains in three columns, in the person's own words.

It grows and is never overwritten. What is said is a statement; a statement that no longer holds, or is worded anew,
leaves from a later number of the assessment and stays readable in the earlier ones. So two people who write at the same
time only add. Source: Rapp & Goscha, The Strengths Model (2011).
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from casework.crypto.fields import SealedField, sealed_group
from casework.records import Record
from casework.state import StateModel, move, state_constraint, state_field


class LifeDomain(models.TextChoices):
    DAILY_LIFE = "daily_life", "Dagligt liv och boende"
    ECONOMY = "economy", "Ekonomi"
    WORK = "work", "Arbete och utbildning"
    RELATIONS = "relations", "Stödjande relationer"
    HEALTH = "health", "Hälsa"
    LEISURE = "leisure", "Fritid"
    MEANING = "meaning", "Livsåskådning och kultur"


class Column(models.TextChoices):
    NOW = "now", "Nuvarande styrkor"
    WISH = "wish", "Önskningar"
    BEFORE = "before", "Tidigare resurser"


class SaidBy(models.TextChoices):
    PERSON = "person", "Personen själv"
    CLOSE = "close", "Någon i nätverket"
    WORKER = "worker", "Kontaktpersonen har sett det"


class ApprovalWay(models.TextChoices):
    SIGNED_PAPER = "signed_paper", "Skrev under på papper"
    SAID_MEETING = "said_meeting", "Sa ja vid mötet"
    SAID_PHONE = "said_phone", "Sa ja i telefon"
    NOT_APPROVED = "not_approved", "Ville inte godkänna"


class AssessmentState(models.TextChoices):
    WORKING = "working", "Pågår"
    SIGNED = "signed", "Signerad"


@sealed_group
class AssessmentWords:
    """The person's ranking (statement ids, most important first), and what she says of the whole."""

    ranking: list[str] | None = None
    remark: str = ""


@sealed_group
class StatementWords:
    text: str = ""
    gone_why: str = ""


class StrengthsAssessment(StateModel, Record):
    """One number of a case's assessment: what was said up to its signing."""

    State = AssessmentState
    states: ClassVar[type[models.TextChoices]] = AssessmentState

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="assessments")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("nummer")
    state = state_field(State, State.WORKING)
    opened_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField("påbörjad", default=timezone.now)
    signed_by = models.ForeignKey("casework.User", models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField("signerad", null=True, blank=True)
    approved_on = models.DateField("personen tog ställning", null=True, blank=True)
    approved_way = models.CharField("hur", max_length=16, choices=ApprovalWay.choices, blank=True)
    words = SealedField(AssessmentWords, pad=64)

    class Meta:
        ordering = ["-number"]
        verbose_name = "styrkebedömning"
        verbose_name_plural = "styrkebedömningar"
        constraints = [
            state_constraint("assessment_state_known", AssessmentState),
            models.UniqueConstraint(fields=["case", "number"], name="assessment_number_once"),
            models.UniqueConstraint(fields=["case"], condition=Q(state="working"), name="assessment_one_working"),
            models.CheckConstraint(
                name="assessment_signed_whole",
                condition=Q(state="signed", signed_by__isnull=False, signed_at__isnull=False)
                | Q(state="working", signed_by__isnull=True, signed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="assessment_approved_whole",
                condition=Q(approved_on__isnull=True, approved_way="")
                | Q(approved_on__isnull=False, state="signed") & ~Q(approved_way=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case.number} styrkebedömning {self.number}"

    @move(State.WORKING, State.SIGNED)
    def sign(self, *, by: "models.Model") -> None:
        self.signed_by = by  # type: ignore[assignment]
        self.signed_at = timezone.now()


class StrengthStatement(Record):
    """One thing that was said, in one domain and column. Its words never change."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="statements")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    assessment = models.ForeignKey(StrengthsAssessment, models.PROTECT, related_name="statements")
    gone_in = models.ForeignKey(StrengthsAssessment, models.PROTECT, null=True, blank=True, related_name="left")
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="rewordings")
    domain = models.CharField("livsområde", max_length=12, choices=LifeDomain.choices)
    column = models.CharField("kolumn", max_length=8, choices=Column.choices)
    said_by = models.CharField("vem sa det", max_length=8, choices=SaidBy.choices)
    said_on = models.DateField("när")
    may_locate = models.BooleanField("kan röja var personen är", default=False)
    author = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    words = SealedField(StatementWords, pad=64)

    class Meta:
        ordering = ["created_at"]
        verbose_name = "uttalande"
        verbose_name_plural = "uttalanden"
        indexes = [models.Index(fields=["case", "domain"], name="statement_case_domain")]
        constraints = [
            models.CheckConstraint(name="statement_domain_known", condition=Q(domain__in=LifeDomain.values)),
            models.CheckConstraint(name="statement_column_known", condition=Q(column__in=Column.values)),
        ]

    def __str__(self) -> str:
        return str(self.pk)
