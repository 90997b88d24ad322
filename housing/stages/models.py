"""How much a receiver on a track has been told. Each step is a disclosure in the case's register."""

from django.db import models
from django.db.models import Q

from casework.crypto.fields import SealedField, sealed_group
from casework.records import Record
from housing.tracks.models import Receiver


class Stage(models.TextChoices):
    """In rising order. TOKEN is where everybody begins."""

    TOKEN = "stage_token", "Bara beteckningen"
    PROFILE = "stage_profile", "Behovet, utan vem"
    MATCHED = "stage_matched", "Behovet och hemmet hör ihop"
    CONSENTED = "stage_consented", "Med samtycke, utan namn"
    NAMED = "stage_named", "Namnet"


@sealed_group
class StageWords:
    """`phone` is where the receiver reaches us at work."""

    phone: str = ""


class TrackStage(Record):
    """A stage that was asked for. It is reached while its disclosure is given and the consent behind it holds.

    A coordinator is our own, so nothing is disclosed to her: her stages rest on the consent alone. `need_version` is
    the need as it stood then, `hold` the home it was about: of another version, or another home, nobody is told.
    """

    track = models.ForeignKey("housing.Track", models.PROTECT, related_name="stages")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    stage = models.CharField("steg", max_length=16, choices=Stage.choices)
    receiver = models.CharField("mottagare", max_length=20, choices=Receiver.choices)
    consent = models.ForeignKey("casework.Consent", models.PROTECT, related_name="+")
    disclosure = models.OneToOneField(
        "casework.Disclosure", models.PROTECT, null=True, blank=True, related_name="housing_stage"
    )
    need_version = models.ForeignKey("housing.NeedVersion", models.PROTECT, related_name="+")
    hold = models.ForeignKey("housing.HomeHold", models.PROTECT, null=True, blank=True, related_name="+")
    asked_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    ended_at = models.DateTimeField("upphörde", null=True, blank=True)
    words = SealedField(StageWords, pad=32)

    class Meta:
        ordering = ["created_at"]
        verbose_name = "steg i vad en mottagare vet"
        verbose_name_plural = "steg i vad mottagare vet"
        constraints = [
            models.CheckConstraint(
                name="stage_disclosure_whole",
                condition=Q(receiver="coordinator", disclosure__isnull=True)
                | ~Q(receiver="coordinator") & Q(disclosure__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def case_number(self) -> str:
        return self.track.case.number
