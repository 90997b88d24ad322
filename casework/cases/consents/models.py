"""What a person has agreed to: to whom, what for, what of it, until when. Withdrawn, it ends at once."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casework.crypto.fields import SealedField, sealed_group
from casework.records import Record


@sealed_group
class ConsentWords:
    """`contents` is what may be told, in words; `withdrawn` why it was taken back, if she said."""

    recipient: str = ""
    purpose: str = ""
    contents: str = ""
    note: str = ""
    withdrawn: str = ""


class Consent(Record):
    """A consent by the person, by a child of 15, or by a guardian who may consent (OSL 10:1, 12:2; SoL 10:8).

    `client` is whose data it is about: the person in the case, or the child, whose key then seals it.
    """

    class GivenBy(models.TextChoices):
        PERSON = "person", "Personen själv"
        CHILD = "child_15", "Barnet själv, 15 år eller äldre"
        GUARDIAN = "guardian", "Vårdnadshavare"

    class Way(models.TextChoices):
        WRITTEN = "written", "Skriftligt"
        ORAL = "oral", "Muntligt"

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="consents")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    child = models.ForeignKey("casework.Child", models.PROTECT, null=True, blank=True, related_name="consents")
    given_by = models.CharField("lämnat av", max_length=10, choices=GivenBy.choices)
    guardian = models.ForeignKey("casework.Guardian", models.PROTECT, null=True, blank=True, related_name="+")
    way = models.CharField("hur", max_length=8, choices=Way.choices)
    given_on = models.DateField("lämnat")
    until = models.DateField("gäller till och med")
    noted_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField("återkallat", null=True, blank=True)
    withdrawn_by = models.ForeignKey("casework.User", models.PROTECT, null=True, blank=True, related_name="+")
    words = SealedField(ConsentWords, pad=64)

    class Meta:
        ordering = ["-given_on", "-created_at"]
        verbose_name = "samtycke"
        verbose_name_plural = "samtycken"
        constraints = [
            models.CheckConstraint(name="consent_time_forward", condition=Q(until__gte=F("given_on"))),
            models.CheckConstraint(
                name="consent_withdrawn_whole",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
            models.CheckConstraint(
                name="consent_giver_whole",
                condition=Q(given_by="person", child__isnull=True, guardian__isnull=True)
                | Q(given_by="child_15", child__isnull=False, guardian__isnull=True)
                | Q(given_by="guardian", child__isnull=False, guardian__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def in_force(self, day: date | None = None) -> bool:
        """Whether it may be relied on that day: begun, not run out, not withdrawn, and by one who still may consent."""
        today = day or timezone.localdate()
        return self.withdrawn_at is None and self.given_on <= today <= self.until and self.giver_still_may(today)

    def giver_still_may(self, day: date) -> bool:
        """False when it rests on a guardian whose right was taken back or has ended by that day (OSL 12:3)."""
        guardian = self.guardian
        if guardian is None:
            return True
        return guardian.may_consent and (guardian.ended_on is None or day < guardian.ended_on)
