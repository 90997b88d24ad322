from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casework.crypto.fields import SealedField, sealed_group
from casework.records import Record


@sealed_group
class ConsentWords:
    """To whom, what for, and exactly what; `fields` are names out of disclosures/contents.py."""

    recipient: str = ""
    purpose: str = ""
    contents: str = ""
    fields: list[str] | None = None
    withdrawn_how: str = ""


class Consent(Record):
    """Somebody's yes to one recipient, for one purpose, to certain facts, for a time (OSL 10:1, 12:2)."""

    class GivenBy(models.TextChoices):
        PERSON = "person", "Personen själv"
        CHILD = "child", "Barnet självt (från 15 år)"
        GUARDIAN = "guardian", "Vårdnadshavare som får samtycka"

    class Way(models.TextChoices):
        WRITTEN = "written", "Skriftligt"
        SPOKEN = "spoken", "Muntligt vid möte"
        PHONE = "phone", "Muntligt i telefon"

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="consents")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    child = models.ForeignKey("casework.Child", models.PROTECT, null=True, blank=True, related_name="consents")
    actor = models.ForeignKey("casework.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    given_by = models.CharField("gett av", max_length=10, choices=GivenBy.choices)
    guardian = models.ForeignKey("casework.Guardian", models.PROTECT, null=True, blank=True, related_name="+")
    way = models.CharField("hur", max_length=10, choices=Way.choices)
    given_on = models.DateField("gett")
    until = models.DateField("gäller till och med")
    noted_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField("återtaget", null=True, blank=True)
    words = SealedField(ConsentWords, pad=64)

    class Meta:
        ordering = ["-given_on", "-created_at"]
        verbose_name = "samtycke"
        verbose_name_plural = "samtycken"
        constraints = [
            models.CheckConstraint(name="consent_time_forward", condition=Q(until__gte=F("given_on"))),
            models.CheckConstraint(
                name="consent_by_guardian_whole",
                condition=Q(given_by="guardian", guardian__isnull=False, child__isnull=False)
                | ~Q(given_by="guardian") & Q(guardian__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def in_force(self) -> bool:
        return self.withdrawn_at is None and self.given_on <= timezone.localdate() <= self.until
