"""How many homes a year: a municipality's in an agreement, or those a landlord sets aside for förtur."""

from django.db import models
from django.db.models import F, Q

from casework.records import StaffRecord


class Quota(StaffRecord):
    """One year of one holder. `taken` never passes `homes`: the database holds it, whoever comes first."""

    member = models.ForeignKey("housing.AgreementMember", models.PROTECT, null=True, blank=True, related_name="quotas")
    landlord = models.ForeignKey("housing.Landlord", models.PROTECT, null=True, blank=True, related_name="quotas")
    year = models.PositiveSmallIntegerField("år")
    homes = models.PositiveSmallIntegerField("bostäder")
    taken = models.PositiveSmallIntegerField("använda", default=0)

    class Meta:
        ordering = ["year"]
        verbose_name = "kvot"
        verbose_name_plural = "kvoter"
        constraints = [
            models.CheckConstraint(name="quota_not_overdrawn", condition=Q(taken__lte=F("homes"))),
            models.CheckConstraint(
                name="quota_one_holder",
                condition=Q(member__isnull=False, landlord__isnull=True)
                | Q(member__isnull=True, landlord__isnull=False),
            ),
            models.UniqueConstraint(fields=["member", "year"], name="quota_member_once"),
            models.UniqueConstraint(fields=["landlord", "year"], name="quota_landlord_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
