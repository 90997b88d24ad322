from django.db import models

from casework.crypto.fields import SealedField, sealed_group
from casework.records import Record


@sealed_group
class SafetyWords:
    """`avoid` holds values of codes.PlaceType: kinds of places where she does not want to be seen now."""

    avoid: list[str] | None = None
    advice: str = ""


class SafetyPlan(Record):
    """What the person and her kontaktperson have agreed on for her safety when they are out. One per case."""

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
