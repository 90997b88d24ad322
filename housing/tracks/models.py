"""The ways to a home: one machine for all of them, which of its steps a way has is data."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from casework.crypto.fields import SealedField, sealed_group
from casework.records import Record, StaffRecord
from casework.state import StateModel, move, state_constraint, state_field
from housing.codes import DeclineReason, LeaseKind


class Way(models.TextChoices):
    """What the program knows to do for a track, beside its steps."""

    SHELTER = "way_shelter", "Skyddat boende"
    KOMPOTT = "way_kompott", "Byte mellan kommuner (Kompott)"
    FORTUR = "way_fortur", "Förtur"
    PRIVATE = "way_private", "Privat hyresvärd"
    PLAIN = "way_plain", "Annan väg"


class Receiver(models.TextChoices):
    """Who is told something of the person on a track: rows of the stage table."""

    COORDINATOR = "coordinator", "Boendesamordnaren"
    PROVIDER = "provider", "Skyddat boende"
    MUNICIPALITY = "municipality", "Annan kommun"
    PUBLIC_LANDLORD = "public_landlord", "Kommunal hyresvärd"
    PRIVATE_LANDLORD = "private_landlord", "Privat hyresvärd"
    QUEUE = "housing_queue", "Bostadskö"


class TrackKind(StaffRecord):
    """A way to a home that the city has. Administrators switch it on and off, and add those of other programmes."""

    key = models.SlugField("nyckel", max_length=40, unique=True)
    name = models.CharField("namn", max_length=80, unique=True)
    way = models.CharField("slag", max_length=16, choices=Way.choices)
    receiver = models.CharField("mottagare", max_length=20, choices=Receiver.choices)
    lease = models.CharField("vanligt kontrakt", max_length=20, choices=LeaseKind.choices, blank=True)
    answer_days = models.PositiveSmallIntegerField("dagar till svar", default=30)
    decision = models.BooleanField("kräver beslut", default=False)
    viewing = models.BooleanField("har visning", default=True)
    active = models.BooleanField("används", default=True)
    order = models.PositiveSmallIntegerField("ordning", default=100)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = "väg till ett hem"
        verbose_name_plural = "vägar till ett hem"

    def __str__(self) -> str:
        return self.name


@sealed_group
class TrackWords:
    """`offer` says which home is offered, in words; `outcome` how it ended."""

    note: str = ""
    next_step: str = ""
    offer: str = ""
    outcome: str = ""


class TrackState(models.TextChoices):
    PLANNED = "planned", "Planeras"
    APPLIED = "applied", "Sökt"
    QUEUED = "queued", "Väntar på en bostad"
    OFFERED = "offered", "Erbjudande"
    VIEWING = "viewing", "Visning"
    ACCEPTED = "accepted", "Tackat ja"
    CONTRACT = "contract", "Kontrakt"
    MOVED = "moved", "Inflyttad"
    ENDED = "ended", "Avslutat"
    DECLINED = "declined", "Fick nej"
    WITHDRAWN = "withdrawn", "Återtaget"
    EXPIRED = "expired", "Tiden gick ut"


S = TrackState
OPEN = (S.PLANNED, S.APPLIED, S.QUEUED, S.OFFERED, S.VIEWING, S.ACCEPTED, S.CONTRACT)
GONE = (S.DECLINED, S.WITHDRAWN, S.EXPIRED)


class Track(StateModel, Record):
    """One way that is tried for one need. Several go on at once; each waits on somebody."""

    State = TrackState
    states: ClassVar[type[models.TextChoices]] = TrackState

    class WaitsOn(models.TextChoices):
        US = "waits_us", "Kontaktpersonen"
        COORDINATOR = "waits_coordinator", "Boendesamordnaren"
        PERSON = "waits_person", "Personen"
        RECEIVER = "waits_receiver", "Mottagaren"
        CHIEF = "waits_chief", "Sektionschefen"

    need = models.ForeignKey("housing.HousingNeed", models.PROTECT, related_name="tracks")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="housing_tracks")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    kind = models.ForeignKey(TrackKind, models.PROTECT, related_name="tracks")
    state = state_field(State, State.PLANNED)
    coordinator = models.ForeignKey(
        "casework.User", models.PROTECT, null=True, blank=True, related_name="housing_tracks"
    )
    insats = models.ForeignKey("casework.Insats", models.PROTECT, null=True, blank=True, related_name="housing_tracks")
    waits_on = models.CharField("väntar på", max_length=20, choices=WaitsOn.choices, default=WaitsOn.US)
    next_on = models.DateField("nästa dag", null=True, blank=True)
    started_on = models.DateField("började", default=timezone.localdate)
    applied_on = models.DateField("sökt", null=True, blank=True)
    answer_due_on = models.DateField("svar senast", null=True, blank=True)
    offered_on = models.DateField("erbjudande", null=True, blank=True)
    accepted_on = models.DateField("tackade ja", null=True, blank=True)
    contract_on = models.DateField("kontrakt", null=True, blank=True)
    moved_on = models.DateField("nycklar", null=True, blank=True)
    ended_on = models.DateField("avslutat", null=True, blank=True)
    declined = models.CharField("varför inte", max_length=20, choices=DeclineReason.choices, blank=True)
    offers_declined = models.PositiveSmallIntegerField("erbjudanden som blev nej", default=0)
    words = SealedField(TrackWords, pad=64)
    # Why an offer was just lost, for what hangs on the track; not kept here, since the track goes on.
    lost_for = ""

    class Meta:
        ordering = ["started_on", "created_at"]
        verbose_name = "väg i ett ärende"
        verbose_name_plural = "vägar i ärenden"
        constraints = [
            state_constraint("track_state_known", TrackState),
            models.UniqueConstraint(
                fields=["need", "kind"], condition=Q(state__in=[str(one) for one in OPEN]), name="track_one_of_a_kind"
            ),
            models.CheckConstraint(
                name="track_gone_whole",
                condition=Q(state__in=[str(one) for one in GONE], ended_on__isnull=False) & ~Q(declined="")
                | Q(state="ended", ended_on__isnull=False, declined="")
                | ~Q(state__in=["ended", *(str(one) for one in GONE)]) & Q(ended_on__isnull=True, declined=""),
            ),
            models.CheckConstraint(
                name="track_applied_whole", condition=~Q(state__in=["applied", "queued"]) | Q(applied_on__isnull=False)
            ),
            models.CheckConstraint(name="track_moved_whole", condition=~Q(state="moved") | Q(moved_on__isnull=False)),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @move(S.PLANNED, S.APPLIED)
    def apply(self) -> None:
        """The receiver has been asked."""

    @move(S.APPLIED, S.QUEUED)
    def acknowledge(self) -> None:
        """The receiver has answered that it waits for a home."""

    @move([S.PLANNED, S.APPLIED, S.QUEUED], S.OFFERED)
    def offer(self) -> None:
        """There is a home to say yes or no to."""

    @move(S.OFFERED, S.VIEWING)
    def view(self) -> None:
        """She is to see it."""

    @move([S.OFFERED, S.VIEWING], S.ACCEPTED)
    def accept(self) -> None:
        """She says yes."""

    @move([S.OFFERED, S.VIEWING, S.ACCEPTED, S.CONTRACT], S.QUEUED)
    def lose_offer(self) -> None:
        """She says no, or the home is gone; the track goes on waiting."""

    @move(S.ACCEPTED, S.CONTRACT)
    def sign(self) -> None:
        """There is a lease, or a placement."""

    @move([S.ACCEPTED, S.CONTRACT], S.MOVED)
    def move_in(self) -> None:
        """She has the keys."""

    @move(S.MOVED, S.ENDED)
    def end(self) -> None:
        """The track has done its work."""

    @move([S.APPLIED, S.QUEUED, S.OFFERED, S.VIEWING], S.DECLINED)
    def decline(self) -> None:
        """The receiver says no, or an offer turned down used up the right."""

    @move(OPEN, S.WITHDRAWN)
    def withdraw(self) -> None:
        """We take it back."""

    @move([S.APPLIED, S.QUEUED, S.OFFERED, S.VIEWING], S.EXPIRED)
    def expire(self) -> None:
        """The time to answer is over."""

    @move(GONE, S.PLANNED)
    def try_again(self) -> None:
        """The need is still there."""


class TrackStep(Record):
    """A signed support step that was about this track."""

    track = models.ForeignKey(Track, models.PROTECT, related_name="steps")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    note = models.ForeignKey("casework.JournalNote", models.PROTECT, related_name="+")
    tied_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "stödsteg om en väg"
        verbose_name_plural = "stödsteg om vägar"
        constraints = [models.UniqueConstraint(fields=["track", "note"], name="trackstep_once")]

    def __str__(self) -> str:
        return str(self.pk)

    def case_number(self) -> str:
        return self.track.case.number


class TrackObstacle(Record):
    """Something that stood in the way of a track, from one day to another. Coded, for follow-up."""

    track = models.ForeignKey(Track, models.PROTECT, related_name="obstacles")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    obstacle = models.CharField("hinder", max_length=20)
    noted_on = models.DateField("noterat", default=timezone.localdate)
    gone_on = models.DateField("borta", null=True, blank=True)

    class Meta:
        ordering = ["noted_on"]
        verbose_name = "hinder på en väg"
        verbose_name_plural = "hinder på vägar"
        constraints = [
            models.UniqueConstraint(
                fields=["track", "obstacle"], condition=Q(gone_on__isnull=True), name="trackobstacle_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def case_number(self) -> str:
        return self.track.case.number
