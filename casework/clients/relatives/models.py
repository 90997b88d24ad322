"""Persons around: perpetrators (several, collective), network, god man. Only what is needed, sealed.

A person may be subjected in one case and a perpetrator in another; nothing here points from one to the other (OSL 8:2).
"""

from django.db import models
from django.db.models import Q

from casework.crypto.fields import SealedField, sealed_group
from casework.records import Record


@sealed_group
class RelatedWords:
    name: str = ""
    number: str = ""
    note: str = ""
    places: str = ""


class RelatedPerson(Record):
    class Part(models.TextChoices):
        PERPETRATOR = "perpetrator", "Våldsutövare"
        COLLECTIVE = "collective", "Grupp eller släkt som utövar"
        NETWORK = "network", "Nätverk"
        GOD_MAN = "god_man", "God man eller förvaltare"
        LAWYER = "lawyer", "Målsägandebiträde eller ombud"

    class Relation(models.TextChoices):
        PARTNER = "partner", "Partner"
        FORMER_PARTNER = "former_partner", "Tidigare partner"
        PARENT = "parent", "Förälder"
        SIBLING = "sibling", "Syskon"
        CHILD = "child", "Barn"
        OTHER_CLOSE = "other_close", "Annan närstående"
        GOD_MAN = "god_man", "God man"
        TRUSTEE = "trustee", "Förvaltare"
        ASSISTANT = "assistant", "Personlig assistent"
        FOSTER_HOME = "foster_home", "Familjehem"
        CO_RESIDENT = "co_resident", "Medboende i särskilt boende"
        ACQUAINTANCE = "acquaintance", "Bekant"
        PROFESSIONAL = "professional", "I sitt yrke"
        UNKNOWN = "unknown", "Okänd"

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="related")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    part = models.CharField("roll", max_length=12, choices=Part.choices)
    relation = models.CharField("relation", max_length=16, choices=Relation.choices)
    number_index = models.BigIntegerField(null=True, blank=True, db_index=True, editable=False)
    ended_on = models.DateField("inte längre aktuell", null=True, blank=True)
    words = SealedField(RelatedWords, pad=64)

    class Meta:
        ordering = ["created_at"]
        verbose_name = "person runt omkring"
        verbose_name_plural = "personer runt omkring"
        constraints = [
            models.CheckConstraint(
                name="related_part_known",
                condition=Q(
                    part__in=[
                        "perpetrator",
                        "collective",
                        "network",
                        "god_man",
                        "lawyer",
                    ]
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class RelatedName(models.Model):
    """One truncated keyed digest for each word of the name of a person around: for comparing, never for finding."""

    person = models.ForeignKey(RelatedPerson, models.CASCADE, related_name="name_index")
    value = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "value"], name="relatedname_once")]

    def __str__(self) -> str:
        return str(self.person_id)
