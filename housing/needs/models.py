"""What somebody needs of a home, told without telling who she is."""

import secrets
from dataclasses import field
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from casework.crypto.fields import SealedField, sealed_group
from casework.records import Record
from casework.state import StateModel, move, state_constraint, state_field

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_token() -> str:
    """By what a need is called where nobody may know whose it is: drawn by chance, made of nothing in the case."""
    return "B-" + "".join(secrets.choice(SIGNS) for _ in range(6))


@sealed_group
class NeedProfile:
    """Coded but for `note`, which is read by the case's own staff alone. `children` are values of AgeBand, one for each
    child; `areas`, `avoid` and `region` (where school or work is) are keys of areas; `obstacles` and `access` codes.
    """

    adults: int = 0
    children: list[str] = field(default_factory=list)
    rooms: int = 0
    max_rent: int = 0
    areas: list[str] = field(default_factory=list)
    avoid: list[str] = field(default_factory=list)
    region: list[str] = field(default_factory=list)
    access: list[str] = field(default_factory=list)
    pets: bool = False
    obstacles: list[str] = field(default_factory=list)
    threat: str = ""
    note: str = ""


class NeedState(models.TextChoices):
    DRAFT = "draft", "Under arbete"
    PUBLISHED = "published", "Hos boendesamordnaren"
    MET = "met", "Har ett hem"
    WITHDRAWN = "withdrawn", "Återtaget"


class HousingNeed(StateModel, Record):
    """The need of one household; its newest version says what. `token` is all that a list shows."""

    State = NeedState
    states: ClassVar[type[models.TextChoices]] = NeedState

    class WithdrawnWhy(models.TextChoices):
        PERSON = "need_person", "Personen vill inte längre"
        OWN_HOME = "need_own_home", "Löste boendet själv"
        MOVED_AWAY = "need_moved_away", "Flyttade från kommunen"
        CASE_CLOSED = "need_case_closed", "Stödet avslutades"
        RECAST = "need_recast", "Ersätts av ett nytt behov"

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="housing_needs")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    token = models.CharField("beteckning", max_length=8, unique=True, default=new_token, editable=False)
    state = state_field(State, State.DRAFT)
    urgency = models.CharField("brådska", max_length=8)
    written_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    published_at = models.DateTimeField("till boendesamordnaren", null=True, blank=True)
    ended_on = models.DateField("avslutat", null=True, blank=True)
    withdrawn_why = models.CharField("varför återtaget", max_length=20, choices=WithdrawnWhy.choices, blank=True)

    class Meta:
        ordering = ["published_at", "created_at"]
        verbose_name = "boendebehov"
        verbose_name_plural = "boendebehov"
        constraints = [
            state_constraint("need_state_known", NeedState),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=["draft", "published"]), name="need_one_at_a_time"
            ),
            models.CheckConstraint(
                name="need_published_whole", condition=~Q(state="published") | Q(published_at__isnull=False)
            ),
            models.CheckConstraint(
                name="need_ended_whole",
                condition=Q(state__in=["met", "withdrawn"], ended_on__isnull=False)
                | Q(state__in=["draft", "published"], ended_on__isnull=True),
            ),
            models.CheckConstraint(
                name="need_withdrawn_whole",
                condition=Q(state="withdrawn") & ~Q(withdrawn_why="") | ~Q(state="withdrawn") & Q(withdrawn_why=""),
            ),
        ]

    def __str__(self) -> str:
        return self.token

    @move(State.DRAFT, State.PUBLISHED)
    def publish(self) -> None:
        self.published_at = timezone.now()

    @move([State.DRAFT, State.PUBLISHED], State.MET)
    def meet(self) -> None:
        self.ended_on = timezone.localdate()

    @move([State.DRAFT, State.PUBLISHED], State.WITHDRAWN)
    def withdraw(self) -> None:
        self.ended_on = timezone.localdate()


class NeedVersion(Record):
    """The need as it stood from one day on. A change makes a new one; what somebody was told can be seen afterwards."""

    need = models.ForeignKey(HousingNeed, models.PROTECT, related_name="versions")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("version")
    written_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    written_at = models.DateTimeField("skriven", default=timezone.now)
    profile = SealedField(NeedProfile, pad=64)

    class Meta:
        ordering = ["-number"]
        verbose_name = "version av boendebehov"
        verbose_name_plural = "versioner av boendebehov"
        constraints = [models.UniqueConstraint(fields=["need", "number"], name="needversion_once")]

    def __str__(self) -> str:
        return str(self.pk)

    def case_number(self) -> str:
        return self.need.case.number
