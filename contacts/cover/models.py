import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from audit.logged import LoggedModel
from audit.trail import Ref
from casework.crypto.fields import SealedField, sealed_group
from casework.records import Record
from casework.state import StateModel, move, state_constraint, state_field


class Absence(LoggedModel):
    """A time when a member of staff is away. Why is nobody's business here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey("casework.User", models.PROTECT, related_name="absences")
    starts_on = models.DateField("från och med")
    ends_on = models.DateField("till och med", null=True, blank=True)
    set_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-starts_on"]
        verbose_name = "frånvaro"
        verbose_name_plural = "frånvaro"
        constraints = [
            models.CheckConstraint(
                name="absence_time_forward", condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def ref(self) -> Ref:
        return Ref(self._meta.label, str(self.pk))


@sealed_group
class CoverWords:
    message: str = ""


class Cover(Record):
    """A colleague covers a case for a time. Its door opens on the first day and shuts itself after the last."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="covers")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    absent = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    substitute = models.ForeignKey("casework.User", models.PROTECT, related_name="covers")
    starts_on = models.DateField("från och med")
    ends_on = models.DateField("till och med")
    extends = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="extensions")
    set_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    ended_at = models.DateTimeField("avbrutet", null=True, blank=True)
    words = SealedField(CoverWords, pad=64)

    class Meta:
        ordering = ["starts_on"]
        verbose_name = "täckning"
        verbose_name_plural = "täckningar"
        indexes = [models.Index(fields=["substitute", "ends_on"], name="cover_substitute_time")]
        constraints = [
            models.CheckConstraint(name="cover_time_forward", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(name="cover_by_another", condition=~Q(absent=F("substitute"))),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class HandoverState(models.TextChoices):
    PLANNED = "planned", "Pågår"
    DONE = "done", "Klar"
    CANCELLED = "cancelled", "Inställd"


@sealed_group
class HandoverWords:
    summary: str = ""
    missing_why: str = ""


class Handover(StateModel, Record):
    """A planned change of kontaktperson. Both have the case until it is done; then only the one who takes over."""

    State = HandoverState
    states: ClassVar[type[models.TextChoices]] = HandoverState

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="handovers")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    giver = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    taker = models.ForeignKey("casework.User", models.PROTECT, related_name="handovers")
    planned_on = models.DateField("klar senast")
    planned_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    state = state_field(State, State.PLANNED)
    met_on = models.DateField("träffats tillsammans", null=True, blank=True)
    channels_on = models.DateField("kontaktvägarna kontrollerade", null=True, blank=True)
    code_word_on = models.DateField("kodordet lämnat över", null=True, blank=True)
    steps_on = models.DateField("öppna delmål genomgångna", null=True, blank=True)
    ended_at = models.DateTimeField("avslutad", null=True, blank=True)
    words = SealedField(HandoverWords, pad=64)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "överlämning"
        verbose_name_plural = "överlämningar"
        constraints = [
            state_constraint("handover_state_known", HandoverState),
            models.UniqueConstraint(fields=["case"], condition=Q(state="planned"), name="handover_one_going_on"),
            models.CheckConstraint(name="handover_to_another", condition=~Q(giver=F("taker"))),
            models.CheckConstraint(
                name="handover_ended_whole",
                condition=Q(state="planned", ended_at__isnull=True)
                | Q(state__in=["done", "cancelled"], ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @move(State.PLANNED, State.DONE)
    def complete(self) -> None:
        self.ended_at = timezone.now()

    @move(State.PLANNED, State.CANCELLED)
    def cancel(self) -> None:
        self.ended_at = timezone.now()

    @property
    def missing(self) -> list[str]:
        """What of the checklist is not done yet, in words."""
        fields: Any = self._meta.get_field
        names = ("met_on", "channels_on", "code_word_on", "steps_on")
        return [str(fields(name).verbose_name) for name in names if getattr(self, name) is None]
