"""Group supervision (grupphandledning) and supervision of one kontaktperson.

Those who take part without a right to the case see the sheet that the presenter has made, and nothing of the case.
Source: Rapp & Goscha, The Strengths Model (2011), group supervision and field mentoring.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from casework.crypto.fields import SealedField, sealed_group
from casework.crypto.keyring import Purpose
from casework.records import Record, StaffRecord
from casework.state import StateModel, move, state_constraint, state_field


class SessionState(models.TextChoices):
    PLANNED = "planned", "Planerad"
    GOING_ON = "going_on", "Pågår"
    HELD = "held", "Genomförd"
    CANCELLED = "cancelled", "Inställd"


@sealed_group
class SheetWords:
    """What the group sees, written or chosen by the presenter; and what she reads back at the end."""

    strengths: str = ""
    wishes: str = ""
    help_wanted: str = ""
    read_back: str = ""


@sealed_group
class IdeaWords:
    text: str = ""


@sealed_group
class MentoringWords:
    focus: str = ""
    agreement: str = ""


class GroupSession(StateModel, StaffRecord):
    """One group supervision of a section. Only those named take part."""

    State = SessionState
    states: ClassVar[type[models.TextChoices]] = SessionState

    section = models.ForeignKey("casework.Section", models.PROTECT, related_name="+")
    led_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    participants = models.ManyToManyField("casework.User", related_name="group_sessions", blank=True)
    planned_at = models.DateTimeField("när")
    state = state_field(State, State.PLANNED)
    ended_at = models.DateTimeField("avslutad", null=True, blank=True)

    class Meta:
        ordering = ["-planned_at"]
        verbose_name = "grupphandledning"
        verbose_name_plural = "grupphandledningar"
        constraints = [
            state_constraint("session_state_known", SessionState),
            models.CheckConstraint(
                name="session_ended_whole",
                condition=Q(state__in=["planned", "going_on"], ended_at__isnull=True)
                | Q(state__in=["held", "cancelled"], ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @move(State.PLANNED, State.GOING_ON)
    def begin(self) -> None:
        """The group has met."""

    @move(State.GOING_ON, State.HELD)
    def finish(self) -> None:
        self.ended_at = timezone.now()

    @move(State.PLANNED, State.CANCELLED)
    def cancel(self) -> None:
        self.ended_at = timezone.now()


class Presentation(Record):
    """A case brought to a group supervision, as a sheet without identity."""

    session = models.ForeignKey(GroupSession, models.PROTECT, related_name="presentations")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="presentations")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    presenter = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    follow_up_on = models.DateField("följs upp", null=True, blank=True)
    sheet = SealedField(SheetWords, pad=64)

    class Meta:
        ordering = ["created_at"]
        verbose_name = "presentation"
        verbose_name_plural = "presentationer"
        constraints = [models.UniqueConstraint(fields=["session", "case"], name="presentation_case_once")]

    def __str__(self) -> str:
        return str(self.pk)


class Idea(Record):
    """One line of the brainstorm. A chosen one becomes a step in the person's plan."""

    presentation = models.ForeignKey(Presentation, models.PROTECT, related_name="ideas")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    author = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField("vald", null=True, blank=True)
    plan_step = models.ForeignKey("contacts.PlanStep", models.PROTECT, null=True, blank=True, related_name="+")
    words = SealedField(IdeaWords, pad=64)

    class Meta:
        ordering = ["created_at"]
        verbose_name = "idé"
        verbose_name_plural = "idéer"
        constraints = [
            models.CheckConstraint(
                name="idea_chosen_whole",
                condition=Q(chosen_at__isnull=True, plan_step__isnull=True)
                | Q(chosen_at__isnull=False, plan_step__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def case_number(self) -> str:
        return self.presentation.case_number()


class Mentoring(StaffRecord):
    """Supervision of one kontaktperson: in the field (fälthandledning) or by talk. Names no client."""

    class Kind(models.TextChoices):
        FIELD = "field", "Fälthandledning"
        INDIVIDUAL = "individual", "Individuell handledning"

    worker = models.ForeignKey("casework.User", models.PROTECT, related_name="mentorings")
    mentor = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    section = models.ForeignKey("casework.Section", models.PROTECT, related_name="+")
    kind = models.CharField("slag", max_length=10, choices=Kind.choices)
    held_on = models.DateField("när")
    next_on = models.DateField("nästa gång", null=True, blank=True)
    words = SealedField(MentoringWords, purpose=Purpose.STAFF, pad=64)

    class Meta:
        ordering = ["-held_on", "-created_at"]
        verbose_name = "handledning"
        verbose_name_plural = "handledningar"
        constraints = [
            models.CheckConstraint(name="mentoring_kind_known", condition=Q(kind__in=["field", "individual"]))
        ]

    def __str__(self) -> str:
        return str(self.pk)
