"""The personal recovery plan (återhämtningsplan): goals in the person's own words, small steps, natural resources.

Goals and steps live on; each number of the plan keeps, sealed, what they were when it was handed in for approval.
Source: Rapp & Goscha, The Strengths Model (2011), Personal Recovery Plan.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from casework.crypto.fields import SealedField, sealed_group
from casework.records import Record
from casework.state import StateModel, move, state_constraint, state_field
from contacts.strengths.models import ApprovalWay


class OutcomeArea(models.TextChoices):
    HOUSING = "housing", "Boende"
    ECONOMY = "economy", "Ekonomi och skulder"
    SCHOOL = "school", "Skola och förskola"
    WORK = "work", "Arbete och utbildning"
    CARE = "care", "Vård och hälsa"
    COURT = "court", "Umgänge och rättsprocess"
    MAIL = "mail", "Post, bank och e-legitimation"
    AUTHORITIES = "authorities", "Myndighetskontakter"
    EVERYDAY = "everyday", "Vardag"


class PlanState(models.TextChoices):
    WORKING = "working", "Arbetas fram"
    SUBMITTED = "submitted", "Väntar på godkännande"
    APPROVED = "approved", "Godkänd"
    REPLACED = "replaced", "Ersatt av en nyare"


class GoalState(models.TextChoices):
    ACTIVE = "active", "Pågår"
    PAUSED = "paused", "Vilar"
    REACHED = "reached", "Nått"
    DROPPED = "dropped", "Inte längre aktuellt"


class StepState(models.TextChoices):
    PLANNED = "planned", "Att göra"
    DONE = "done", "Klart"
    DROPPED = "dropped", "Behövs inte"


@sealed_group
class PlanWords:
    """`goals` is the plan as it was handed in: a list of {number, words, why, area, natural, formal, state, steps}."""

    goals: list[dict[str, Any]] | None = None
    remark: str = ""
    returned_why: str = ""


@sealed_group
class GoalWords:
    words: str = ""
    why: str = ""
    natural: str = ""
    formal: str = ""
    result: str = ""


@sealed_group
class StepWords:
    what: str = ""
    who: str = ""
    done_when: str = ""
    comment: str = ""


class RecoveryPlan(StateModel, Record):
    """One number of a case's plan. Working until it is handed in; approved by the person and by the sektionschef."""

    State = PlanState
    states: ClassVar[type[models.TextChoices]] = PlanState

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="plans")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("nummer")
    state = state_field(State, State.WORKING)
    opened_at = models.DateTimeField("påbörjad", default=timezone.now)
    person_approved_on = models.DateField("personen tog ställning", null=True, blank=True)
    person_approved_way = models.CharField("hur", max_length=16, choices=ApprovalWay.choices, blank=True)
    follow_up_on = models.DateField("följs upp", null=True, blank=True)
    submitted_by = models.ForeignKey("casework.User", models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField("lämnad för godkännande", null=True, blank=True)
    decided_by = models.ForeignKey("casework.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("godkänd", null=True, blank=True)
    words = SealedField(PlanWords, pad=64)

    class Meta:
        ordering = ["-number"]
        verbose_name = "återhämtningsplan"
        verbose_name_plural = "återhämtningsplaner"
        constraints = [
            state_constraint("plan_state_known", PlanState),
            models.UniqueConstraint(fields=["case", "number"], name="plan_number_once"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=["working", "submitted"]), name="plan_one_not_approved"
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(state="approved"), name="plan_one_in_force"),
            models.CheckConstraint(
                name="plan_submitted_whole",
                condition=Q(state="working", submitted_by__isnull=True, submitted_at__isnull=True)
                | Q(
                    state__in=["submitted", "approved", "replaced"],
                    submitted_by__isnull=False,
                    submitted_at__isnull=False,
                    follow_up_on__isnull=False,
                    person_approved_on__isnull=False,
                )
                & ~Q(person_approved_way=""),
            ),
            models.CheckConstraint(
                name="plan_decided_whole",
                condition=Q(state__in=["working", "submitted"], decided_by__isnull=True, decided_at__isnull=True)
                | Q(state__in=["approved", "replaced"], decided_by__isnull=False, decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case.number} plan {self.number}"

    @move(State.WORKING, State.SUBMITTED)
    def submit(self, *, by: Any) -> None:
        self.submitted_by, self.submitted_at = by, timezone.now()

    @move(State.SUBMITTED, State.WORKING)
    def send_back(self) -> None:
        self.submitted_by = self.submitted_at = None

    @move(State.SUBMITTED, State.APPROVED)
    def approve(self, *, by: Any) -> None:
        self.decided_by, self.decided_at = by, timezone.now()

    @move(State.APPROVED, State.REPLACED)
    def replace(self) -> None:
        """A newer number is approved."""


class Goal(StateModel, Record):
    """What the person wants, in her own words, and why it matters to her."""

    State = GoalState
    states: ClassVar[type[models.TextChoices]] = GoalState

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="goals")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("nummer")
    area = models.CharField("område", max_length=12, choices=OutcomeArea.choices)
    state = state_field(State, State.ACTIVE)
    started_on = models.DateField("från", default=timezone.localdate)
    ended_on = models.DateField("till", null=True, blank=True)
    uses_natural = models.BooleanField("använder naturliga resurser", default=False)
    words = SealedField(GoalWords, pad=64)

    class Meta:
        ordering = ["number"]
        verbose_name = "mål"
        verbose_name_plural = "mål"
        constraints = [
            state_constraint("goal_state_known", GoalState),
            models.CheckConstraint(name="goal_area_known", condition=Q(area__in=OutcomeArea.values)),
            models.UniqueConstraint(fields=["case", "number"], name="goal_number_once"),
            models.CheckConstraint(
                name="goal_ended_whole",
                condition=Q(state__in=["active", "paused"], ended_on__isnull=True)
                | Q(state__in=["reached", "dropped"], ended_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case.number} mål {self.number}"

    @move(State.ACTIVE, State.PAUSED)
    def pause(self) -> None:
        """Not now."""

    @move([State.PAUSED, State.REACHED, State.DROPPED], State.ACTIVE)
    def take_up(self) -> None:
        self.ended_on = None

    @move([State.ACTIVE, State.PAUSED], State.REACHED)
    def reach(self) -> None:
        self.ended_on = timezone.localdate()

    @move([State.ACTIVE, State.PAUSED], State.DROPPED)
    def drop(self) -> None:
        self.ended_on = timezone.localdate()


class PlanStep(StateModel, Record):
    """A small step towards a goal that can be seen to be done (delmål)."""

    State = StepState
    states: ClassVar[type[models.TextChoices]] = StepState

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="plan_steps")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField("nummer")
    state = state_field(State, State.PLANNED)
    due_on = models.DateField("senast", null=True, blank=True)
    ended_on = models.DateField("klart", null=True, blank=True)
    words = SealedField(StepWords, pad=64)

    class Meta:
        ordering = ["goal__number", "number"]
        verbose_name = "delmål"
        verbose_name_plural = "delmål"
        indexes = [models.Index(fields=["case", "state", "due_on"], name="plan_step_due")]
        constraints = [
            state_constraint("plan_step_state_known", StepState),
            models.UniqueConstraint(fields=["goal", "number"], name="plan_step_number_once"),
            models.CheckConstraint(
                name="plan_step_ended_whole",
                condition=Q(state="planned", ended_on__isnull=True)
                | Q(state__in=["done", "dropped"], ended_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case.number} delmål {self.goal.number}.{self.number}"

    @move(State.PLANNED, State.DONE)
    def finish(self) -> None:
        self.ended_on = timezone.localdate()

    @move(State.PLANNED, State.DROPPED)
    def drop(self) -> None:
        self.ended_on = timezone.localdate()

    @move([State.DONE, State.DROPPED], State.PLANNED)
    def take_up(self) -> None:
        self.ended_on = None


class StepTie(Record):
    """A signed support step that belongs to a step of the plan; `completes` when that step was done by it."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    note = models.OneToOneField("casework.JournalNote", models.PROTECT, related_name="tie")
    plan_step = models.ForeignKey(PlanStep, models.PROTECT, related_name="ties")
    completes = models.BooleanField("blev klart", default=False)

    class Meta:
        verbose_name = "koppling till delmål"
        verbose_name_plural = "kopplingar till delmål"

    def __str__(self) -> str:
        return str(self.pk)
