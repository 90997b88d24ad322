import uuid

from django.db import models
from django.db.models import F, Q

from casework.crypto.fields import SealedField, sealed_group
from casework.records import Record


@sealed_group
class Identity:
    """Who she is. `number` is twelve characters, or empty when it is not known or may not be written down."""

    given_name: str = ""
    family_name: str = ""
    number: str = ""
    number_kind: str = ""
    language: str = ""
    interpreter: bool = False

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


@sealed_group
class Address:
    """Where she is, and what tells where. Empty by default: an address here may be the only copy at any authority
    (domain: 5.1). The municipality, the court or the school has given away as many as the street has (5.3).
    """

    street: str = ""
    postal_code: str = ""
    town: str = ""
    note: str = ""
    municipality: str = ""
    court: str = ""
    employer: str = ""
    landlord: str = ""
    health_centre: str = ""

    @property
    def known(self) -> bool:
        return any(vars(self).values())


@sealed_group
class Channels:
    """How she can be reached safely."""

    safe_way: str = ""
    phone: str = ""
    when: str = ""
    code_word: str = ""
    do_not: str = ""
    readers: str = ""
    call_back: str = ""
    interpreter_gender: str = ""
    interpreter_place: str = ""


@sealed_group
class MarkDetails:
    kind: str = ""
    decided_by: str = ""
    end_grounds: str = ""


class Client(Record):
    """A person who gets support. One seal for each access group; str() is the row's id, never a name."""

    pseudonymous = models.BooleanField("utan identitet (SoL 14 kap. 5 §)", default=False)
    identity = SealedField(Identity, pad=64)
    address = SealedField(Address, pad=64)
    address_review_on = models.DateField("adressen ska omprövas", null=True, blank=True)
    protection_checked_on = models.DateField("skyddet kontrollerat", null=True, blank=True)
    channels = SealedField(Channels, pad=64)
    number_index = models.BigIntegerField(null=True, blank=True, db_index=True, editable=False)

    class Meta:
        verbose_name = "klient"
        verbose_name_plural = "klienter"
        constraints = [
            models.CheckConstraint(
                name="client_pseudonymous_unindexed",
                condition=Q(pseudonymous=False) | Q(number_index__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def seal_owner(self) -> uuid.UUID:
        return self.id


class NameIndex(models.Model):
    """One truncated keyed digest for each word of a client's name and one for the whole (crypto/blindindex)."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="name_index")
    value = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "value"], name="nameindex_once")]

    def __str__(self) -> str:
        return str(self.client_id)


class ProtectionMark(Record):
    """A dated protection of personal data. Which kind it is lies sealed: a list can never show it."""

    class Kind(models.TextChoices):
        SECRECY_MARKING = "SECRECY_MARKING", "Sekretessmarkering"
        PROTECTED_REGISTRATION = "PROTECTED_REGISTRATION", "Skyddad folkbokföring"
        FICTITIOUS_IDENTITY = "FICTITIOUS_IDENTITY", "Fingerade personuppgifter"

    client = models.ForeignKey(Client, models.PROTECT, related_name="marks")
    details = SealedField(MarkDetails, pad=64)
    valid_from = models.DateField("gäller från")
    review_on = models.DateField("följs upp", null=True, blank=True)
    ended_on = models.DateField("upphörde", null=True, blank=True)

    class Meta:
        ordering = ["valid_from"]
        verbose_name = "skyddsmarkering"
        verbose_name_plural = "skyddsmarkeringar"
        constraints = [
            models.CheckConstraint(
                name="mark_ended_after_start",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
