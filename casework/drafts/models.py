import uuid

from django.db import models
from django.utils import timezone

from casework.crypto.fields import SealedField, SealedModel, sealed_group
from casework.crypto.keyring import SYSTEM_OWNER, Purpose


@sealed_group
class DraftContent:
    """The fields of a form as they were typed: name -> list of values."""

    path: str = ""
    fields: dict[str, list[str]] | None = None


class Draft(SealedModel):
    """What someone has typed and not yet signed. One for each user and slot; gone when signed or discarded."""

    user = models.ForeignKey("casework.User", models.CASCADE, related_name="drafts")
    slot = models.CharField(max_length=60)
    case = models.ForeignKey("casework.Case", models.CASCADE, null=True, blank=True, related_name="drafts")
    content = SealedField(DraftContent, purpose=Purpose.DRAFT, pad=64)
    created_at = models.DateTimeField("påbörjat", default=timezone.now)
    saved_at = models.DateTimeField("sparat", default=timezone.now)

    class Meta:
        ordering = ["-saved_at"]
        verbose_name = "utkast"
        verbose_name_plural = "utkast"
        constraints = [models.UniqueConstraint(fields=["user", "slot"], name="draft_one_per_slot")]

    def __str__(self) -> str:
        return self.slot

    @property
    def seal_owner(self) -> uuid.UUID:
        return SYSTEM_OWNER


class UsedToken(models.Model):
    """A form that has been carried out. The same form sent again leads to `result` and writes nothing."""

    token = models.UUIDField(primary_key=True)
    user = models.ForeignKey("casework.User", models.CASCADE, related_name="+")
    result = models.CharField(max_length=200)
    used_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.token)
