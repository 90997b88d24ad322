from django.db import models
from django.db.models import F, Q

from casework.crypto.fields import SealedField, sealed_group
from casework.records import Record


class Every(models.IntegerChoices):
    """How often there is to be contact, in days."""

    WEEK = 7, "En gång i veckan"
    TWO_WEEKS = 14, "Varannan vecka"
    THREE_WEEKS = 21, "Var tredje vecka"
    MONTH = 30, "En gång i månaden"
    QUARTER = 91, "Var tredje månad"


@sealed_group
class RhythmWords:
    why: str = ""


class ContactRhythm(Record):
    """How often the person and her kontaktperson have agreed to be in touch. A new agreement ends the one before."""

    class Phase(models.TextChoices):
        SUPPORT = "support", "Pågående stöd"
        TAPERING = "tapering", "Nedtrappning"

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="rhythms")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    every = models.PositiveSmallIntegerField("hur ofta", choices=Every.choices)
    phase = models.CharField("skede", max_length=10, choices=Phase.choices, default=Phase.SUPPORT)
    agreed_on = models.DateField("överenskommet")
    agreed_with_person = models.BooleanField("överenskommet med personen", default=False)
    set_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    ended_on = models.DateField("gällde till", null=True, blank=True)
    words = SealedField(RhythmWords, pad=64)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "kontaktrytm"
        verbose_name_plural = "kontaktrytmer"
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_on__isnull=True), name="rhythm_one_in_force"),
            models.CheckConstraint(name="rhythm_every_known", condition=Q(every__in=Every.values)),
            models.CheckConstraint(
                name="rhythm_ends_after_start",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("agreed_on")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
