"""How much a receiver on a track has been told. Each step is a disclosure in the case's register."""

from django.db import models

from casework.records import Record


class Stage(models.TextChoices):
    """In rising order. TOKEN is where everybody begins."""

    TOKEN = "stage_token", "Bara beteckningen"
    PROFILE = "stage_profile", "Behovet, utan vem"
    MATCHED = "stage_matched", "Behovet och hemmet hör ihop"
    CONSENTED = "stage_consented", "Med samtycke, utan namn"
    NAMED = "stage_named", "Namnet"


class TrackStage(Record):
    """A stage that was asked for. It is reached while its disclosure is given and the consent behind it holds."""

    track = models.ForeignKey("housing.Track", models.PROTECT, related_name="stages")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    stage = models.CharField("steg", max_length=16, choices=Stage.choices)
    receiver = models.CharField("mottagare", max_length=20)
    disclosure = models.OneToOneField("casework.Disclosure", models.PROTECT, related_name="housing_stage")
    need_version = models.ForeignKey("housing.NeedVersion", models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["created_at"]
        verbose_name = "steg i vad en mottagare vet"
        verbose_name_plural = "steg i vad mottagare vet"

    def __str__(self) -> str:
        return str(self.pk)

    def case_number(self) -> str:
        return self.track.case.number
