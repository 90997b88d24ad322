from typing import Any, NoReturn

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casework.crypto.fields import SealedField, sealed_group
from casework.records import Record, SignedRow


@sealed_group
class RiskWords:
    """`result` is the instrument's result in words or points; items of licensed instruments are never kept here."""

    result: str = ""
    assessor_view: str = ""
    own_view: str = ""
    gap: str = ""
    measures: str = ""


class RiskAssessment(Record):
    """The result of a standardised assessment of risk. Never changed; a new one is made (HSLF-FS 2022:39)."""

    class Instrument(models.TextChoices):
        FREDA_SHORT = "freda_short", "FREDA-kortfrågor"
        FREDA_DESCRIPTION = "freda_description", "FREDA-beskrivning"
        FREDA_DANGER = "freda_danger", "FREDA-farlighetsbedömning"
        PATRIARK = "patriark", "PATRIARK"
        SARA_SV = "sara_sv", "SARA:SV"
        SAM = "sam", "SAM"
        OWN = "own", "Professionell bedömning utan instrument"

    class Level(models.TextChoices):
        LOW = "low", "Låg"
        MEDIUM = "medium", "Medel"
        HIGH = "high", "Hög"

    class Occasion(models.TextChoices):
        FIRST = "first", "Första bedömningen"
        PLANNED = "planned", "Planerad uppföljning"
        CHANGED = "changed", "Omständigheterna har ändrats"
        EXPOSED = "exposed", "Något har röjts"

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="risks")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    instrument = models.CharField("instrument", max_length=20, choices=Instrument.choices)
    occasion = models.CharField("anledning", max_length=8, choices=Occasion.choices)
    assessed_on = models.DateField("när")
    assessed_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    assessor_level = models.CharField("bedömarens uppfattning", max_length=8, choices=Level.choices)
    own_level = models.CharField("personens egen uppfattning", max_length=8, choices=Level.choices, blank=True)
    review_on = models.DateField("görs om senast")
    words = SealedField(RiskWords, pad=64)

    class Meta:
        ordering = ["-assessed_on", "-created_at"]
        verbose_name = "riskbedömning"
        verbose_name_plural = "riskbedömningar"
        constraints = [
            models.CheckConstraint(name="risk_reviewed_later", condition=Q(review_on__gt=F("assessed_on"))),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def gap(self) -> bool:
        """She and the assessor see it differently: a reason to talk."""
        return bool(self.own_level) and self.own_level != self.assessor_level

    @property
    def old(self) -> bool:
        """It should have been done again."""
        return self.review_on < timezone.localdate()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Once. Raises SignedRow for an assessment that is saved already: what was thought then stays readable."""
        if not self._state.adding:
            raise SignedRow(str(self.pk))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise SignedRow(str(self.pk))
