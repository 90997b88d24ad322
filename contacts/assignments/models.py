from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from casework.crypto.fields import SealedField, sealed_group
from casework.records import Record
from casework.state import StateModel, move, state_constraint, state_field


@sealed_group
class AssignmentWords:
    """What was said: the message with the offer, why it was declined, why it ended."""

    message: str = ""
    decline_reason: str = ""
    end_reason: str = ""


class AssignmentState(models.TextChoices):
    OFFERED = "offered", "Väntar på svar"
    ACTIVE = "active", "Pågår"
    DECLINED = "declined", "Tackade nej"
    WITHDRAWN = "withdrawn", "Återtaget"
    ENDED = "ended", "Avslutat"


class Assignment(StateModel, Record):
    """A kontaktperson's task for one case, from offer to end. Access follows it, in the same act."""

    class Kind(models.TextChoices):
        MAIN = "main", "Kontaktperson"
        DEPUTY = "deputy", "Ersättare"

    class Decline(models.TextChoices):
        WORKLOAD = "workload", "Hinner inte"
        CONFLICT = "conflict", "Jäv: jag känner någon i ärendet"
        SAFETY = "safety", "Min egen säkerhet"
        ABSENCE = "absence", "Är borta"
        OTHER = "other", "Annat skäl"

    State = AssignmentState
    states: ClassVar[type[models.TextChoices]] = AssignmentState

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="assignments")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    user = models.ForeignKey("casework.User", models.PROTECT, related_name="assignments")
    kind = models.CharField("uppdrag", max_length=12, choices=Kind.choices)
    state = state_field(State, State.OFFERED)
    offered_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    offered_at = models.DateTimeField("erbjudet", default=timezone.now)
    manager_cleared = models.BooleanField("sektionschefen ser inget jäv", default=False)
    user_cleared = models.BooleanField("kontaktpersonen ser inget jäv", default=False)
    answered_at = models.DateTimeField("svarat", null=True, blank=True)
    decline_code = models.CharField("skäl att tacka nej", max_length=12, choices=Decline.choices, blank=True)
    ended_at = models.DateTimeField("avslutat", null=True, blank=True)
    words = SealedField(AssignmentWords, pad=64)

    class Meta:
        ordering = ["-offered_at"]
        verbose_name = "uppdrag"
        verbose_name_plural = "uppdrag"
        indexes = [models.Index(fields=["user", "state"], name="assignment_user_state")]
        constraints = [
            state_constraint("assignment_state_known", AssignmentState),
            models.UniqueConstraint(
                fields=["case"], condition=Q(kind="main", state="active"), name="assignment_one_active_main"
            ),
            models.UniqueConstraint(
                fields=["case", "user"], condition=Q(state__in=["offered", "active"]), name="assignment_once_per_user"
            ),
            models.CheckConstraint(
                name="assignment_cleared_before_active",
                condition=~Q(state="active") | Q(manager_cleared=True, user_cleared=True, answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="assignment_declined_whole",
                condition=Q(state="declined", answered_at__isnull=False) & ~Q(decline_code="")
                | ~Q(state="declined") & Q(decline_code=""),
            ),
            models.CheckConstraint(
                name="assignment_ended_whole",
                condition=Q(state__in=["ended", "withdrawn"], ended_at__isnull=False)
                | ~Q(state__in=["ended", "withdrawn"]) & Q(ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case.number} {self.get_kind_display()}"

    @move(State.OFFERED, State.ACTIVE)
    def accept(self) -> None:
        self.user_cleared = True
        self.answered_at = timezone.now()

    @move(State.OFFERED, State.DECLINED)
    def decline(self, *, code: str) -> None:
        self.decline_code = code
        self.answered_at = timezone.now()

    @move(State.OFFERED, State.WITHDRAWN)
    def withdraw(self) -> None:
        self.ended_at = timezone.now()

    @move(State.ACTIVE, State.ENDED)
    def end(self) -> None:
        self.ended_at = timezone.now()
