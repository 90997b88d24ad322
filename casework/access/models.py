from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casework.crypto.fields import SealedField, sealed_group
from casework.records import Record


@sealed_group
class GrantReason:
    text: str = ""


class AccessGrant(Record):
    """Who may open which case, from when to when, why, and who opened the door. Rows are closed, never removed."""

    class Kind(models.TextChoices):
        ASSIGNMENT = "assignment", "Kontaktperson"
        DEPUTY = "deputy", "Ersättare"
        COVER = "cover", "Täcker för en kollega"
        HOUSING = "housing", "Boendesamordnare"

    class Close(models.TextChoices):
        ENDED = "ended", "Uppdraget avslutades"
        HANDED_OVER = "handed_over", "Lämnades över till någon annan"
        CASE_CLOSED = "case_closed", "Ärendet avslutades"
        CONFLICT = "conflict", "Jäv"
        EXPIRED = "expired", "Tiden gick ut"
        HOUSING_DONE = "housing_done", "Boendesamordnaren behöver inte veta mer"

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="grants")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    user = models.ForeignKey("casework.User", models.PROTECT, related_name="grants")
    kind = models.CharField("behörighet", max_length=20, choices=Kind.choices)
    source = models.UUIDField("uppdrag", help_text="Det uppdrag som öppnade dörren.")
    opened_at = models.DateTimeField("från", default=timezone.now)
    opened_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    ends_at = models.DateTimeField("längst till", null=True, blank=True)
    closed_at = models.DateTimeField("till", null=True, blank=True)
    closed_by = models.ForeignKey("casework.User", models.PROTECT, null=True, blank=True, related_name="+")
    close_reason = models.CharField("varför stängd", max_length=20, choices=Close.choices, blank=True)
    reason = SealedField(GrantReason, pad=32)

    class Meta:
        ordering = ["opened_at"]
        verbose_name = "behörighet"
        verbose_name_plural = "behörigheter"
        indexes = [models.Index(fields=["user", "closed_at"], name="grant_user_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user"],
                condition=Q(closed_at__isnull=True, ends_at__isnull=True),
                name="grant_one_open_per_user",
            ),
            models.CheckConstraint(
                name="grant_closed_whole",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, close_reason="")
                | Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(close_reason=""),
            ),
            models.CheckConstraint(
                name="grant_time_forward",
                condition=(Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")))
                & (Q(ends_at__isnull=True) | Q(ends_at__gt=F("opened_at"))),
            ),
        ]
