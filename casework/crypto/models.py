from typing import Any

from django.db import models
from django.db.models import Q


class KeyIdField(models.BigIntegerField):
    """A number of 32 bits that is given, not counted up. `integer` makes it SQLite's own row number: no extra index."""

    def db_type(self, connection: Any) -> str:
        return "integer" if connection.vendor == "sqlite" else "bigint"


class WrappedKey(models.Model):
    """A data key, wrapped by the key-encryption key. Lives in the database `keys`, apart from what it opens.

    `id` is a random number of 32 bits and stands in every seal made with the key. `owner` is the client, or all zeros
    for the keys of the system. A destroyed key keeps its row, without its wrapped bytes.
    """

    class State(models.TextChoices):
        ACTIVE = "active", "I bruk"
        OLD = "old", "Läser äldre uppgifter"
        DESTROYED = "destroyed", "Förstörd"

    id = KeyIdField(primary_key=True, editable=False)
    purpose = models.CharField("ändamål", max_length=8, editable=False)
    owner = models.UUIDField("ägare", editable=False)
    kek_id = models.CharField("huvudnyckel", max_length=64, editable=False)
    wrapped = models.BinaryField("inslagen nyckel", editable=False)
    state = models.CharField("läge", max_length=10, choices=State.choices, default=State.ACTIVE, editable=False)
    created_at = models.DateTimeField("skapad", editable=False)
    destroyed_at = models.DateTimeField("förstörd", null=True, editable=False)

    class Meta:
        app_label = "casework"
        verbose_name = "datanyckel"
        verbose_name_plural = "datanycklar"
        constraints = [
            # Two, since nearly all keys are clients': their index need not repeat the purpose.
            models.UniqueConstraint(
                fields=["owner"], condition=Q(state="active", purpose="client"), name="wrappedkey_client_once"
            ),
            models.UniqueConstraint(
                fields=["purpose", "owner"],
                condition=Q(state="active") & ~Q(purpose="client"),
                name="wrappedkey_system_once",
            ),
            models.CheckConstraint(
                name="wrappedkey_state_whole",
                condition=Q(state__in=["active", "old"], destroyed_at__isnull=True) & ~Q(wrapped=b"")
                | Q(state="destroyed", destroyed_at__isnull=False, wrapped=b""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.id:08x}"
