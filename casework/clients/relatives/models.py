"""Persons around: as little as possible, sealed, and compared without being shown (OSL 8:2, 21:3; FL 16-17 §§)."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casework.crypto.fields import SealedField, sealed_group
from casework.crypto.keyring import Purpose
from casework.records import Record, StaffRecord


@sealed_group
class RelatedWords:
    """`threat` is what is known of the danger; `contact` how somebody of the network is reached."""

    name: str = ""
    number: str = ""
    about: str = ""
    threat: str = ""
    contact: str = ""


@sealed_group
class TieWords:
    name: str = ""
    number: str = ""
    tie: str = ""


class RelatedPerson(Record):
    """Somebody around the person. Several may use violence, and a collective may stand behind them (heder)."""

    class Part(models.TextChoices):
        PERPETRATOR = "perpetrator", "Utövar våld"
        COLLECTIVE = "collective", "Grupp som står bakom"
        NETWORK = "network", "Stöd runt personen"
        GOD_MAN = "god_man", "God man"
        TRUSTEE = "trustee", "Förvaltare"
        COUNSEL = "counsel", "Ombud eller målsägandebiträde"

    class Relation(models.TextChoices):
        PARTNER = "partner", "Partner"
        FORMER_PARTNER = "former_partner", "Tidigare partner"
        PARENT = "parent", "Förälder"
        SIBLING = "sibling", "Syskon"
        CHILD = "child", "Barn"
        RELATIVE = "relative", "Annan närstående"
        GOD_MAN = "rel_god_man", "God man"
        TRUSTEE = "rel_trustee", "Förvaltare"
        ASSISTANT = "assistant", "Personlig assistent"
        FOSTER_HOME = "foster_home", "Familjehem"
        FELLOW_RESIDENT = "fellow_resident", "Medboende i särskilt boende"
        ACQUAINTANCE = "acquaintance", "Bekant"
        UNKNOWN = "unknown", "Okänd"

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="relatives")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    part = models.CharField("del", max_length=12, choices=Part.choices)
    relation = models.CharField("relation", max_length=16, choices=Relation.choices)
    ended_on = models.DateField("gäller inte längre", null=True, blank=True)
    noted_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    words = SealedField(RelatedWords, pad=64)

    class Meta:
        ordering = ["created_at"]
        verbose_name = "person runt omkring"
        verbose_name_plural = "personer runt omkring"

    def __str__(self) -> str:
        return str(self.pk)


class RelatedIndex(models.Model):
    """Truncated keyed digests of a related person's name and number: for comparing only, never for searching."""

    class What(models.TextChoices):
        NAME = "name", "Namn"
        NUMBER = "number", "Nummer"

    related = models.ForeignKey(RelatedPerson, models.CASCADE, related_name="index_rows")
    what = models.CharField(max_length=8, choices=What.choices)
    value = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["related", "what", "value"], name="relatedindex_once")]

    def __str__(self) -> str:
        return str(self.related_id)


class StaffTie(StaffRecord):
    """A member of staff declares somebody she is close to, so that she never gets the case of that person (jäv)."""

    user = models.ForeignKey("casework.User", models.PROTECT, related_name="ties")
    declared_on = models.DateField("anmäld", default=timezone.localdate)
    ended_on = models.DateField("gäller inte längre", null=True, blank=True)
    words = SealedField(TieWords, purpose=Purpose.STAFF, pad=64)

    class Meta:
        ordering = ["declared_on"]
        verbose_name = "egen anknytning"
        verbose_name_plural = "egna anknytningar"
        constraints = [
            models.CheckConstraint(
                name="tie_time_forward", condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("declared_on"))
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
