from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from casework.cases.codes import ClosureReason
from casework.crypto.fields import SealedField, sealed_group
from casework.records import Record
from casework.state import StateModel, move, state_constraint, state_field


class ClosingState(models.TextChoices):
    WORKING = "working", "Arbetas fram"
    SUBMITTED = "submitted", "Väntar på godkännande"
    APPROVED = "approved", "Godkänd"
    LEFT = "left", "Stödet fortsatte"


@sealed_group
class ClosingWords:
    network: str = ""
    farewell: str = ""
    learnt: str = ""
    returned_why: str = ""


class ClosingPlan(StateModel, Record):
    """How the support is rounded off: what stays in the network, the farewell, and why it ends."""

    State = ClosingState
    states: ClassVar[type[models.TextChoices]] = ClosingState

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="closing_plans")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    state = state_field(State, State.WORKING)
    farewell_on = models.DateField("avskedsmöte", null=True, blank=True)
    reason = models.CharField("skäl till avslut", max_length=20, choices=ClosureReason.choices, blank=True)
    submitted_by = models.ForeignKey("casework.User", models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField("lämnad för godkännande", null=True, blank=True)
    decided_by = models.ForeignKey("casework.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("godkänd", null=True, blank=True)
    words = SealedField(ClosingWords, pad=64)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "plan för avslut"
        verbose_name_plural = "planer för avslut"
        constraints = [
            state_constraint("closing_state_known", ClosingState),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=["working", "submitted"]), name="closing_one_going_on"
            ),
            models.CheckConstraint(
                name="closing_submitted_whole",
                condition=Q(state__in=["working", "left"], submitted_by__isnull=True, submitted_at__isnull=True)
                | Q(state__in=["submitted", "approved"], submitted_by__isnull=False, submitted_at__isnull=False)
                & ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="closing_decided_whole",
                condition=~Q(state="approved") & Q(decided_by__isnull=True, decided_at__isnull=True)
                | Q(state="approved", decided_by__isnull=False, decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @move(State.WORKING, State.SUBMITTED)
    def submit(self, *, by: Any) -> None:
        self.submitted_by, self.submitted_at = by, timezone.now()

    @move(State.SUBMITTED, State.WORKING)
    def send_back(self) -> None:
        self.submitted_by = self.submitted_at = None

    @move(State.SUBMITTED, State.APPROVED)
    def approve(self, *, by: Any) -> None:
        self.decided_by, self.decided_at = by, timezone.now()

    @move([State.WORKING, State.SUBMITTED], State.LEFT)
    def leave(self) -> None:
        self.submitted_by = self.submitted_at = None
