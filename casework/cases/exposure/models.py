from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from casework.crypto.fields import SealedField, sealed_group
from casework.records import Record
from casework.state import StateModel, move, state_constraint, state_field


class ExposureState(models.TextChoices):
    OPEN = "open", "Pågår"
    CLOSED = "closed", "Avslutad"


@sealed_group
class ExposureWords:
    what: str = ""
    how: str = ""
    who_can_know: str = ""
    lessons: str = ""


@sealed_group
class MeasureWords:
    note: str = ""


class ExposureIncident(StateModel, Record):
    """Something that protects a person has come out (röjning): what, when it was found, and everything that follows."""

    State = ExposureState
    states: ClassVar[type[models.TextChoices]] = ExposureState

    class Source(models.TextChoices):
        US = "us", "Vi"
        OTHER_UNIT = "other_unit", "Annan del av kommunen"
        AUTHORITY = "authority", "Annan myndighet"
        PRIVATE = "private", "Privat aktör"
        PERSON = "person", "Personen själv eller någon nära"
        UNKNOWN = "unknown", "Vet inte"

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="exposures")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    state = state_field(State, State.OPEN)
    found_at = models.DateTimeField("upptäckt")
    happened_at = models.DateTimeField("hände", null=True, blank=True)
    source = models.CharField("källa", max_length=12, choices=Source.choices)
    reported_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    closed_at = models.DateTimeField("avslutad", null=True, blank=True)
    words = SealedField(ExposureWords, pad=64)

    class Meta:
        ordering = ["-found_at"]
        verbose_name = "röjning"
        verbose_name_plural = "röjningar"
        constraints = [
            state_constraint("exposure_state_known", ExposureState),
            models.CheckConstraint(
                name="exposure_closed_whole",
                condition=Q(state="open", closed_at__isnull=True) | Q(state="closed", closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @move(State.OPEN, State.CLOSED)
    def close(self) -> None:
        self.closed_at = timezone.now()


class ExposureMeasure(Record):
    """One thing done, or decided not to be needed and why."""

    class Step(models.TextChoices):
        WARNED = "warned", "Personen är varnad"
        RISK = "risk", "Ny riskbedömning"
        POLICE = "police", "Polisen"
        TAX_AGENCY = "tax_agency", "Skatteverket"
        GDPR33 = "gdpr33", "Anmäld till IMY inom 72 timmar (GDPR art. 33)"
        GDPR34 = "gdpr34", "Personen är underrättad (GDPR art. 34)"
        LEX_SARAH = "lex_sarah", "Lex Sarah (SoL 27 kap.)"
        CYBER = "cyber", "Cybersäkerhetslagen prövad (24 h, 72 h, 1 månad)"
        CORRECTED = "corrected", "Källan är rättad"
        COPIES = "copies", "Spridda kopior är följda"

    incident = models.ForeignKey(ExposureIncident, models.PROTECT, related_name="measures")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    step = models.CharField("steg", max_length=12, choices=Step.choices)
    done_at = models.DateTimeField("gjort", default=timezone.now)
    done_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    not_needed = models.BooleanField("behövdes inte", default=False)
    words = SealedField(MeasureWords, pad=64)

    class Meta:
        ordering = ["done_at"]
        verbose_name = "åtgärd vid röjning"
        verbose_name_plural = "åtgärder vid röjning"
        constraints = [models.UniqueConstraint(fields=["incident", "step"], name="measure_once")]

    def __str__(self) -> str:
        return str(self.pk)

    def case_number(self) -> str:
        return self.incident.case.number
