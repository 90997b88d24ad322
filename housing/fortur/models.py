"""Förtur at a municipal landlord: the application, the landlord's decision, and what an offer turned down costs."""

from django.db import models
from django.db.models import Q

from casework.crypto.fields import SealedField, sealed_group
from casework.records import Record
from housing.codes import LeaseKind


@sealed_group
class ForturWords:
    """`certificate` is what the landlord reads: never of violence. `decider` is the named manager who decided."""

    certificate: str = ""
    conditions: str = ""
    area_limit: str = ""
    decider: str = ""
    grounds: str = ""


class ForturApplication(Record):
    """One application on one track. The track says how far it has come; this is what was asked and decided."""

    class Outcome(models.TextChoices):
        GRANTED = "granted", "Beviljad"
        REFUSED = "fortur_refused", "Avslag"

    track = models.OneToOneField("housing.Track", models.PROTECT, related_name="fortur")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="fortur_applications")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    landlord = models.ForeignKey("housing.Landlord", models.PROTECT, related_name="fortur_applications")
    lease = models.CharField("kontrakt", max_length=20, choices=LeaseKind.choices)
    written_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    approved_by = models.ForeignKey("casework.User", models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField("godkänd", null=True, blank=True)
    outcome = models.CharField("hyresvärdens beslut", max_length=16, choices=Outcome.choices, blank=True)
    decided_on = models.DateField("beslutad", null=True, blank=True)
    valid_until = models.DateField("förturen gäller till och med", null=True, blank=True)
    offers_allowed = models.PositiveSmallIntegerField("erbjudanden innan förturen är slut", default=1)
    quota = models.ForeignKey("housing.Quota", models.PROTECT, null=True, blank=True, related_name="fortur")
    words = SealedField(ForturWords, pad=64)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "ansökan om förtur"
        verbose_name_plural = "ansökningar om förtur"
        constraints = [
            models.CheckConstraint(
                name="fortur_approved_whole",
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="fortur_decided_whole",
                condition=Q(outcome="", decided_on__isnull=True, valid_until__isnull=True)
                | Q(outcome="fortur_refused", decided_on__isnull=False, valid_until__isnull=True)
                | Q(outcome="granted", decided_on__isnull=False, valid_until__isnull=False),
            ),
            models.CheckConstraint(name="fortur_lease_known", condition=Q(lease__in=["first_hand", "sublease"])),
        ]

    def __str__(self) -> str:
        return str(self.pk)
