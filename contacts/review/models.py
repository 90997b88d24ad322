from django.db import models
from django.db.models import Q
from django.utils import timezone

from casework.crypto.fields import SealedField, sealed_group
from casework.records import Record


@sealed_group
class ReviewWords:
    note: str = ""


class CaseReview(Record):
    """The sektionschef has gone through a case: what was decided, how heavy it is, and when she looks again."""

    class Decision(models.TextChoices):
        GO_ON = "go_on", "Fortsätt som nu"
        MORE = "more", "Mer stöd behövs"
        CHANGE = "change", "Ändra inriktning"
        TAPER = "taper", "Börja trappa ned"

    class Weight(models.IntegerChoices):
        LIGHT = 1, "Lätt"
        NORMAL = 2, "Vanlig"
        HEAVY = 3, "Tung"

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="reviews")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    reviewer = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField("genomgången", default=timezone.now)
    decision = models.CharField("beslut", max_length=8, choices=Decision.choices)
    weight = models.PositiveSmallIntegerField("tyngd", choices=Weight.choices, default=Weight.NORMAL)
    next_on = models.DateField("nästa genomgång")
    seen_at = models.DateTimeField("läst av kontaktpersonen", null=True, blank=True)
    words = SealedField(ReviewWords, pad=64)

    class Meta:
        ordering = ["-reviewed_at"]
        verbose_name = "ärendegenomgång"
        verbose_name_plural = "ärendegenomgångar"
        indexes = [models.Index(fields=["case", "-reviewed_at"], name="review_case_time")]
        constraints = [models.CheckConstraint(name="review_weight_known", condition=Q(weight__in=[1, 2, 3]))]

    def __str__(self) -> str:
        return str(self.pk)
