"""Homes: free, offered, reserved, taken; and what must not meet under one roof, compared without telling who."""

from dataclasses import field
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from casework.crypto.fields import SealedField, sealed_group
from casework.crypto.keyring import Purpose
from casework.records import Record, StaffRecord
from casework.state import StateModel, move, state_constraint, state_field
from housing.codes import DeclineReason, LeaseKind


@sealed_group
class HomeWords:
    """Where a home is, protected as an address; `access` are codes of Access; `safety` what the check found."""

    street: str = ""
    postal_code: str = ""
    town: str = ""
    flat: str = ""
    access: list[str] = field(default_factory=list)
    safety: str = ""
    note: str = ""


@sealed_group
class PlaceWords:
    street: str = ""
    postal_code: str = ""
    town: str = ""
    about: str = ""


@sealed_group
class HoldWords:
    note: str = ""


@sealed_group
class ColocationWords:
    reason: str = ""


class HomeState(models.TextChoices):
    FREE = "free", "Ledig"
    OFFERED = "home_offered", "Erbjuden"
    RESERVED = "reserved", "Reserverad"
    TAKEN = "taken", "Upptagen"
    GONE = "home_gone", "Finns inte längre"


class Home(StateModel, StaffRecord):
    """A home that a landlord lets us have. What a list shows is in clear and tells of no person."""

    State = HomeState
    states: ClassVar[type[models.TextChoices]] = HomeState

    class Safety(models.TextChoices):
        UNCHECKED = "unchecked", "Inte kontrollerad"
        GOOD = "safety_good", "Utan anmärkning"
        FAULTS = "safety_faults", "Med brister"
        UNFIT = "safety_unfit", "Inte lämplig"

    name = models.CharField("beteckning", max_length=16, unique=True)
    landlord = models.ForeignKey("housing.Landlord", models.PROTECT, related_name="homes")
    state = state_field(State, State.FREE)
    lease = models.CharField("kontrakt", max_length=20, choices=LeaseKind.choices)
    area = models.CharField("område", max_length=20)
    rooms = models.PositiveSmallIntegerField("rum")
    rent = models.PositiveIntegerField("hyra per månad")
    pets = models.BooleanField("djur får finnas", default=True)
    available_from = models.DateField("ledig från")
    available_until = models.DateField("svar senast", null=True, blank=True)
    safety = models.CharField("säkerhetskontroll", max_length=16, choices=Safety.choices, default=Safety.UNCHECKED)
    safety_on = models.DateField("kontrollerad", null=True, blank=True)
    block_let = models.BooleanField("blockförhyrd (minst tre lägenheter)", default=False)
    words = SealedField(HomeWords, purpose=Purpose.STAFF, pad=64)

    class Meta:
        ordering = ["available_from", "name"]
        verbose_name = "bostad"
        verbose_name_plural = "bostäder"
        constraints = [
            state_constraint("home_state_known", HomeState),
            models.CheckConstraint(
                name="home_safety_whole",
                condition=Q(safety="unchecked", safety_on__isnull=True)
                | ~Q(safety="unchecked") & Q(safety_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @move(HomeState.FREE, HomeState.OFFERED)
    def offer(self) -> None:
        """It is offered to one need."""

    @move([HomeState.FREE, HomeState.OFFERED], HomeState.RESERVED)
    def reserve(self) -> None:
        """Somebody has said yes."""

    @move(HomeState.RESERVED, HomeState.TAKEN)
    def take(self) -> None:
        """There is a lease."""

    @move([HomeState.OFFERED, HomeState.RESERVED, HomeState.TAKEN], HomeState.FREE)
    def release(self) -> None:
        """It is free again."""

    @move([HomeState.FREE, HomeState.TAKEN], HomeState.GONE)
    def remove(self) -> None:
        """The landlord has it back."""


class HoldState(models.TextChoices):
    OFFERED = "hold_offered", "Erbjuden"
    RESERVED = "hold_reserved", "Reserverad"
    TAKEN = "hold_taken", "Upptagen"
    RELEASED = "hold_released", "Släppt"


class HomeHold(StateModel, Record):
    """A home held for one track. One home has one hold that goes on, and so has one track."""

    State = HoldState
    states: ClassVar[type[models.TextChoices]] = HoldState

    home = models.ForeignKey(Home, models.PROTECT, related_name="holds")
    track = models.ForeignKey("housing.Track", models.PROTECT, related_name="holds")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    state = state_field(State, HoldState.OFFERED)
    held_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    offered_on = models.DateField("erbjuden", default=timezone.localdate)
    answer_by = models.DateField("svar senast", null=True, blank=True)
    viewing_at = models.DateTimeField("visning", null=True, blank=True)
    released_on = models.DateField("släppt", null=True, blank=True)
    released_why = models.CharField("varför", max_length=20, choices=DeclineReason.choices, blank=True)
    words = SealedField(HoldWords, pad=64)

    class Meta:
        ordering = ["-offered_on", "-created_at"]
        verbose_name = "hållen bostad"
        verbose_name_plural = "hållna bostäder"
        constraints = [
            state_constraint("hold_state_known", HoldState),
            models.UniqueConstraint(fields=["home"], condition=~Q(state="hold_released"), name="hold_one_of_a_home"),
            models.UniqueConstraint(fields=["track"], condition=~Q(state="hold_released"), name="hold_one_of_a_track"),
            models.CheckConstraint(
                name="hold_released_whole",
                condition=Q(state="hold_released", released_on__isnull=False) & ~Q(released_why="")
                | ~Q(state="hold_released") & Q(released_on__isnull=True, released_why=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @move(HoldState.OFFERED, HoldState.RESERVED)
    def reserve(self) -> None:
        """She has said yes."""

    @move(HoldState.RESERVED, HoldState.TAKEN)
    def take(self) -> None:
        """There is a lease."""

    @move([HoldState.OFFERED, HoldState.RESERVED, HoldState.TAKEN], HoldState.RELEASED)
    def release(self) -> None:
        """The home is not hers, or not any more."""


class KnownPlace(Record):
    """A place that somebody who has used violence is known to live at or visit. Compared, never shown to others."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="known_places")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    related = models.ForeignKey("casework.RelatedPerson", models.PROTECT, related_name="known_places")
    noted_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    ended_on = models.DateField("gäller inte längre", null=True, blank=True)
    words = SealedField(PlaceWords, pad=64)

    class Meta:
        ordering = ["created_at"]
        verbose_name = "känd plats"
        verbose_name_plural = "kända platser"

    def __str__(self) -> str:
        return str(self.pk)


class PlaceIndex(models.Model):
    """Truncated keyed digests of a building, for comparing only. One of `home` and `place` says what it is of."""

    home = models.ForeignKey(Home, models.CASCADE, null=True, blank=True, related_name="index_rows")
    place = models.ForeignKey(KnownPlace, models.CASCADE, null=True, blank=True, related_name="index_rows")
    value = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="placeindex_one_owner",
                condition=Q(home__isnull=False, place__isnull=True) | Q(home__isnull=True, place__isnull=False),
            ),
            models.UniqueConstraint(fields=["home", "value"], name="placeindex_home_once"),
            models.UniqueConstraint(fields=["place", "value"], name="placeindex_place_once"),
        ]

    def __str__(self) -> str:
        return str(self.home_id or self.place_id)


class ColocationDecision(Record):
    """Somebody was warned of a home and the sektionschef decides. Which other person it was about stands nowhere."""

    class Decision(models.TextChoices):
        ASKED = "asked", "Väntar på sektionschefens beslut"
        OBJECT = "object", "Nej, inte det här hemmet"
        GO_ON = "go_on", "Ja, hemmet är ändå säkert nog"

    home = models.ForeignKey(Home, models.PROTECT, related_name="colocation_decisions")
    track = models.ForeignKey("housing.Track", models.PROTECT, related_name="colocation_decisions")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    decision = models.CharField("beslut", max_length=8, choices=Decision.choices, default=Decision.ASKED)
    same_building = models.BooleanField("någon annan i samma hus", default=False)
    near_perpetrator = models.BooleanField("känd plats för någon som använt våld", default=False)
    asked_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("frågat", default=timezone.now)
    decided_by = models.ForeignKey("casework.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("beslutat", null=True, blank=True)
    words = SealedField(ColocationWords, pad=64)

    class Meta:
        ordering = ["-asked_at", "-created_at"]
        verbose_name = "beslut efter varning"
        verbose_name_plural = "beslut efter varningar"
        constraints = [
            models.CheckConstraint(
                name="colocation_has_cause", condition=Q(same_building=True) | Q(near_perpetrator=True)
            ),
            models.CheckConstraint(
                name="colocation_decided_whole",
                condition=Q(decision="asked", decided_by__isnull=True, decided_at__isnull=True)
                | Q(decision__in=["object", "go_on"], decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["home", "track"], condition=Q(decision="asked"), name="colocation_one_question"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
