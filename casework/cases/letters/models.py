"""Letters from templates. The address is chosen when the letter is printed and never kept with it."""

from dataclasses import field

from django.db import models
from django.db.models import Q
from django.utils import timezone

from casework.crypto.fields import SealedField, sealed_group
from casework.crypto.keyring import Purpose
from casework.records import Record, StaffRecord


@sealed_group
class TemplateWords:
    """`body` has places to fill in, written [[så här]]."""

    subject: str = ""
    body: str = ""
    sender: str = ""


@sealed_group
class LetterWords:
    """`filled` is what was written at each place of the template; the body is put together anew each time."""

    filled: dict = field(default_factory=dict)


class LetterTemplate(StaffRecord):
    """One version of a template. A change makes a new version; a letter keeps the one it was written from.

    `written_by` is empty for those that come with the program.
    """

    class Kind(models.TextChoices):
        NOTICE = "letter_notice", "Meddelande"
        INVITATION = "letter_invitation", "Kallelse till möte"
        DECISION = "letter_decision", "Beslut"
        REQUEST = "letter_request", "Förfrågan"

    key = models.UUIDField("mall")
    number = models.PositiveSmallIntegerField("version")
    name = models.CharField("namn", max_length=80)
    kind = models.CharField("slag", max_length=20, choices=Kind.choices)
    written_by = models.ForeignKey("casework.User", models.PROTECT, null=True, blank=True, related_name="+")
    active = models.BooleanField("används", default=True)
    words = SealedField(TemplateWords, purpose=Purpose.STAFF, pad=64)

    class Meta:
        ordering = ["name", "-number"]
        verbose_name = "brevmall"
        verbose_name_plural = "brevmallar"
        constraints = [
            models.UniqueConstraint(fields=["key", "number"], name="template_version_once"),
            models.UniqueConstraint(fields=["key"], condition=Q(active=True), name="template_one_active"),
        ]

    def __str__(self) -> str:
        return self.name


class Letter(Record):
    """A letter in a case: which template, to whom, how it went. `client` is whose key seals it."""

    class Recipient(models.TextChoices):
        PERSON = "to_person", "Personen i ärendet"
        GUARDIAN = "to_guardian", "Vårdnadshavare"
        ACTOR = "to_actor", "Aktör"

    class Channel(models.TextChoices):
        FORWARDING = "forwarding", "Skatteverkets förmedling"
        DIRECT = "direct", "Post till adress som vi säkert vet"
        HANDED = "handed", "Lämnas vid ett möte"

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="letters")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    template = models.ForeignKey(LetterTemplate, models.PROTECT, related_name="letters")
    recipient = models.CharField("till", max_length=12, choices=Recipient.choices)
    guardian = models.ForeignKey("casework.Guardian", models.PROTECT, null=True, blank=True, related_name="+")
    actor = models.ForeignKey("casework.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    written_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    written_at = models.DateTimeField("skrivet", default=timezone.now)
    channel = models.CharField("sätt", max_length=12, choices=Channel.choices, blank=True)
    printed_at = models.DateTimeField("utskrivet", null=True, blank=True)
    printed_by = models.ForeignKey("casework.User", models.PROTECT, null=True, blank=True, related_name="+")
    words = SealedField(LetterWords, pad=64)

    class Meta:
        ordering = ["-written_at"]
        verbose_name = "brev"
        verbose_name_plural = "brev"
        constraints = [
            models.CheckConstraint(
                name="letter_printed_whole",
                condition=Q(channel="", printed_at__isnull=True, printed_by__isnull=True)
                | Q(printed_at__isnull=False, printed_by__isnull=False) & ~Q(channel=""),
            ),
            models.CheckConstraint(
                name="letter_recipient_whole",
                condition=Q(recipient="to_person", guardian__isnull=True, actor__isnull=True)
                | Q(recipient="to_guardian", guardian__isnull=False, actor__isnull=True)
                | Q(recipient="to_actor", guardian__isnull=True, actor__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
