"""Landlords: who they are, what they have learnt, what is agreed and how it goes. Nothing here is about a tenant."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casework.crypto.fields import SealedField, sealed_group
from casework.crypto.keyring import Purpose
from casework.records import StaffRecord


@sealed_group
class LandlordWords:
    address: str = ""
    phone: str = ""
    note: str = ""


@sealed_group
class ContactWords:
    name: str = ""
    phone: str = ""
    role: str = ""


@sealed_group
class NoteWords:
    text: str = ""


class Landlord(StaffRecord):
    class Kind(models.TextChoices):
        PUBLIC = "public", "Kommunal hyresvärd"
        PRIVATE = "private", "Privat hyresvärd"
        CITY = "city", "Staden själv"

    name = models.CharField("namn", max_length=80, unique=True)
    kind = models.CharField("slag", max_length=8, choices=Kind.choices)
    pilot = models.BooleanField("med i piloten med Fastighetsägarna Syd", default=False)
    active = models.BooleanField("samarbetar med oss", default=True)
    words = SealedField(LandlordWords, purpose=Purpose.STAFF, pad=64)

    class Meta:
        ordering = ["name"]
        verbose_name = "hyresvärd"
        verbose_name_plural = "hyresvärdar"

    def __str__(self) -> str:
        return self.name


class LandlordContact(StaffRecord):
    landlord = models.ForeignKey(Landlord, models.PROTECT, related_name="contacts")
    ended_on = models.DateField("slutade", null=True, blank=True)
    words = SealedField(ContactWords, purpose=Purpose.STAFF, pad=64)

    class Meta:
        ordering = ["created_at"]
        verbose_name = "kontakt hos hyresvärd"
        verbose_name_plural = "kontakter hos hyresvärdar"

    def __str__(self) -> str:
        return str(self.pk)


class Training(StaffRecord):
    """A training that was held with a landlord: who held it, what about, when the next is to be."""

    class Content(models.TextChoices):
        BASICS = "training_basics", "Våld och skyddade personuppgifter"
        HONOUR = "training_honour", "Hedersrelaterat våld och förtryck"
        SECRECY = "training_secrecy", "Att hålla uppgifter för sig själv"
        LETTING = "training_letting", "Att hyra ut tryggt"

    landlord = models.ForeignKey(Landlord, models.PROTECT, related_name="trainings")
    held_on = models.DateField("hölls")
    held_by = models.CharField("av", max_length=80)
    content = models.CharField("innehåll", max_length=20, choices=Content.choices)
    took_part = models.PositiveSmallIntegerField("deltagare", default=1)
    next_on = models.DateField("nästa", null=True, blank=True)

    class Meta:
        ordering = ["-held_on"]
        verbose_name = "utbildning"
        verbose_name_plural = "utbildningar"
        constraints = [
            models.CheckConstraint(
                name="training_next_forward", condition=Q(next_on__isnull=True) | Q(next_on__gt=F("held_on"))
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Cooperation(StaffRecord):
    """An agreement to work together: what the landlord sets aside, for how long."""

    landlord = models.ForeignKey(Landlord, models.PROTECT, related_name="cooperations")
    valid_from = models.DateField("gäller från")
    valid_until = models.DateField("gäller till och med")
    homes_a_year = models.PositiveSmallIntegerField("bostäder om året", default=0)
    words = SealedField(NoteWords, purpose=Purpose.STAFF, pad=64)

    class Meta:
        ordering = ["-valid_from"]
        verbose_name = "samarbetsavtal"
        verbose_name_plural = "samarbetsavtal"
        constraints = [
            models.CheckConstraint(name="cooperation_time_forward", condition=Q(valid_until__gte=F("valid_from")))
        ]

    def __str__(self) -> str:
        return str(self.pk)


class LandlordTalk(StaffRecord):
    """A conversation with a landlord. Signed when written; it can never name a tenant or her background."""

    landlord = models.ForeignKey(Landlord, models.PROTECT, related_name="talks")
    talked_on = models.DateField("när", default=timezone.localdate)
    by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    words = SealedField(NoteWords, purpose=Purpose.STAFF, pad=64)

    class Meta:
        ordering = ["-talked_on", "-created_at"]
        verbose_name = "samtal med hyresvärd"
        verbose_name_plural = "samtal med hyresvärdar"

    def __str__(self) -> str:
        return str(self.pk)


class PilotFollowUp(StaffRecord):
    """How the co-operation went, 3, 6 and 12 months after it began."""

    class After(models.TextChoices):
        THREE = "m3", "3 månader"
        SIX = "m6", "6 månader"
        TWELVE = "m12", "12 månader"

    class Result(models.TextChoices):
        WELL = "went_well", "Gick bra"
        MIXED = "went_mixed", "Gick delvis bra"
        BADLY = "went_badly", "Gick inte bra"

    landlord = models.ForeignKey(Landlord, models.PROTECT, related_name="pilot_follow_ups")
    after = models.CharField("efter", max_length=4, choices=After.choices)
    held_on = models.DateField("gjordes")
    by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    result = models.CharField("resultat", max_length=12, choices=Result.choices)
    goes_on = models.BooleanField("samarbetet fortsätter", default=True)
    words = SealedField(NoteWords, purpose=Purpose.STAFF, pad=64)

    class Meta:
        ordering = ["held_on"]
        verbose_name = "uppföljning av pilot"
        verbose_name_plural = "uppföljningar av pilot"
        constraints = [models.UniqueConstraint(fields=["landlord", "after"], name="pilotfollowup_once")]

    def __str__(self) -> str:
        return str(self.pk)
