from django.db import models

from casework.crypto.fields import SealedField, sealed_group
from casework.records import Record


@sealed_group
class SafetyWords:
    """`avoid` holds values of codes.PlaceType: kinds of places where she does not want to be seen now.

    `own_copy` is what is printed for her to keep, in words that nobody else understands.
    """

    avoid: list[str] | None = None
    advice: str = ""
    signs: str = ""
    helps: str = ""
    people: str = ""
    leaving: str = ""
    digital: str = ""
    children: str = ""
    own_copy: str = ""


# What the plan says beside the places: field, what it is called, what belongs there.
PARTS = (
    ("signs", "Så märker hon att det blir farligt", "Det hon lägger märke till först, hos andra och hos sig själv."),
    ("helps", "Det här hjälper henne", "Vad hon själv gör, och vad som har hjälpt förr."),
    ("people", "Dem vänder hon sig till", "I vilken ordning. Hur de nås står under Personer."),
    ("leaving", "Om hon måste gå på en gång", "Väska, papper, mediciner, nycklar, pengar, och vem som får veta."),
    ("digital", "Telefon, konton och bil", "Delad plats, gemensamma konton, spårning, bilder."),
    ("children", "Med barnen", "Vad barnen vet och gör, vem som hämtar, och vad som sägs till skolan."),
)


class SafetyPlan(Record):
    """What the person and her kontaktperson have agreed on for her safety, a living document. One per case."""

    case = models.OneToOneField("casework.Case", models.PROTECT, related_name="safety_plan")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    review_on = models.DateField("ses över")
    written_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    words = SealedField(SafetyWords, pad=64)

    class Meta:
        verbose_name = "säkerhetsplan"
        verbose_name_plural = "säkerhetsplaner"

    def __str__(self) -> str:
        return str(self.pk)
