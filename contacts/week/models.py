import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from audit.logged import LoggedModel
from audit.trail import Ref
from casework.crypto.fields import SealedField, sealed_group
from casework.records import Record
from casework.state import StateModel, move, state_constraint, state_field


class AppointmentState(models.TextChoices):
    PLANNED = "planned", "Inbokat"
    HELD = "held", "Klart"
    CANCELLED = "cancelled", "Inställt"


@sealed_group
class AppointmentWords:
    what: str = ""
    who: str = ""
    where: str = ""


class Appointment(StateModel, Record):
    """A meeting at an hour, or a reminder for a day, in one case. `user` is whose week it stands in."""

    class Kind(models.TextChoices):
        MEETING = "meeting", "Möte"
        REMINDER = "reminder", "Påminnelse"

    State = AppointmentState
    states: ClassVar[type[models.TextChoices]] = AppointmentState

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="appointments")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    user = models.ForeignKey("casework.User", models.PROTECT, related_name="appointments")
    kind = models.CharField("slag", max_length=10, choices=Kind.choices)
    state = state_field(State, State.PLANNED)
    starts_at = models.DateTimeField("när")
    minutes = models.PositiveSmallIntegerField("minuter", null=True, blank=True)
    words = SealedField(AppointmentWords, pad=64)

    class Meta:
        ordering = ["starts_at"]
        verbose_name = "tid"
        verbose_name_plural = "tider"
        indexes = [models.Index(fields=["user", "state", "starts_at"], name="appointment_user_time")]
        constraints = [
            state_constraint("appointment_state_known", AppointmentState),
            models.CheckConstraint(
                name="appointment_minutes_of_meeting",
                condition=Q(kind="meeting", minutes__isnull=False) | Q(kind="reminder", minutes__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @move(State.PLANNED, State.HELD)
    def hold(self) -> None:
        """It took place, or the reminder is dealt with."""

    @move(State.PLANNED, State.CANCELLED)
    def cancel(self) -> None:
        """It did not come about."""


class CalendarFeed(LoggedModel):
    """An address from which a calendar fetches one's hours, with titles that say nothing. Only a digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey("casework.User", models.PROTECT, related_name="feeds")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField("skapad", default=timezone.now)
    revoked_at = models.DateTimeField("återkallad", null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        verbose_name = "kalenderadress"
        verbose_name_plural = "kalenderadresser"
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(revoked_at__isnull=True), name="feed_one_per_user"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def ref(self) -> Ref:
        return Ref(self._meta.label, str(self.pk))
