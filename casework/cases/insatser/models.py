"""Insatser: what the city and others do for a person, from need to end; who can do it; and the coordinated plan (SIP).

Actors and offers are a register without any client. An Insats belongs to a case. Source: SoL (2025:400) 10:8, 11:1,
11:5, 34:1-3; förvaltningslagen (2017:900) 31-32 §§.
"""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from audit.logged import LoggedModel
from audit.trail import Ref
from casework.crypto.fields import SealedField, sealed_group
from casework.records import Record
from casework.state import StateModel, move, state_constraint, state_field


class Actor(LoggedModel):
    """Somebody who can give support: a unit, an authority, an organisation. About no client, so in clear."""

    class Branch(models.TextChoices):
        """Secrecy holds between independent branches too (OSL 8:2)."""

        SAME = "same", "Samma verksamhet"
        OTHER_BRANCH = "other_branch", "Annan verksamhetsgren i kommunen"
        REGION = "region", "Regionen"
        STATE = "state", "Statlig myndighet"
        CIVIL = "civil", "Ideell organisation"
        PRIVATE = "private", "Privat aktör"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("namn", max_length=120, unique=True)
    branch = models.CharField("verksamhet", max_length=14, choices=Branch.choices)
    opening = models.CharField("öppet", max_length=200, blank=True)
    contact_way = models.TextField("så når man dem", blank=True)
    secrecy = models.TextField("sekretess", blank=True)
    sees_perpetrators = models.BooleanField("möter våldsutövare", default=False)
    active = models.BooleanField("används", default=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["name"]
        verbose_name = "aktör"
        verbose_name_plural = "aktörer"

    def __str__(self) -> str:
        return self.name

    def ref(self) -> Ref:
        return Ref(self._meta.label, str(self.pk))


class Offer(LoggedModel):
    """One thing that an actor can do."""

    class Area(models.TextChoices):
        PROTECTION = "protection", "Skydd och boende"
        TALK = "talk", "Samtal och behandling"
        CHILDREN = "children", "Barn"
        ECONOMY = "economy", "Ekonomi"
        WORK = "work", "Arbete och utbildning"
        CARE = "care", "Vård"
        LEGAL = "legal", "Rätt och polis"
        OTHER = "other", "Annat"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="offers")
    name = models.CharField("insats", max_length=120)
    area = models.CharField("område", max_length=12, choices=Area.choices)
    needs_decision = models.BooleanField("kräver beslut", default=False)
    for_children = models.BooleanField("för barn", default=False)
    active = models.BooleanField("finns", default=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["actor__name", "name"]
        verbose_name = "insats i registret"
        verbose_name_plural = "insatser i registret"
        constraints = [models.UniqueConstraint(fields=["actor", "name"], name="offer_once")]

    def __str__(self) -> str:
        return self.name

    def ref(self) -> Ref:
        return Ref(self._meta.label, str(self.pk))


class InsatsState(models.TextChoices):
    NEED = "need", "Behov"
    ASKED = "asked", "Efterfrågad"
    DECIDED = "decided", "Beslutad"
    ORDERED = "ordered", "Beställd"
    STARTED = "started", "Pågår"
    FOLLOWED_UP = "followed_up", "Följd upp"
    ENDED = "ended", "Avslutad"
    DECLINED = "declined", "Avslag eller nej"
    UNAVAILABLE = "unavailable", "Går inte att få"


@sealed_group
class InsatsWords:
    need: str = ""
    order: str = ""
    obstacle: str = ""
    follow_up: str = ""
    result: str = ""


@sealed_group
class DecisionWords:
    """What förvaltningslagen 31-32 §§ asks for. A decision's text never holds an address (OSL 26:7)."""

    content: str = ""
    motivation: str = ""
    decider_title: str = ""


class Insats(StateModel, Record):
    State = InsatsState
    states: ClassVar[type[models.TextChoices]] = InsatsState

    class Basis(models.TextChoices):
        DECISION = "11:1", "Beslut om insats (SoL 11 kap. 1 §)"
        WITHOUT_ASSESSMENT = "11:5", "Utan behovsprövning (SoL 11 kap. 5 §)"
        ECONOMY = "12:1", "Ekonomiskt bistånd (SoL 12 kap. 1 §)"
        CRIME_VICTIM = "13:1", "Stöd till brottsoffer (SoL 13 kap. 1 §)"
        LAY_CONTACT = "13:7", "Kontaktperson enligt SoL 13 kap. 7 §"
        SHELTER = "9:5", "Skyddat boende (SoL 9 kap. 5 §)"
        CARE = "care", "Hälso- och sjukvård"
        OTHER = "other", "Annan lag eller frivilligt stöd"

    class Obstacle(models.TextChoices):
        QUEUE = "queue", "Kö"
        NO_CONSENT = "no_consent", "Samtycke saknas"
        NOT_ELIGIBLE = "not_eligible", "Uppfyller inte villkoren"
        SAFETY = "safety", "Inte säkert"
        OWN_NO = "own_no", "Personen vill inte"
        MISSING = "missing", "Finns inte"
        OTHER = "other", "Annat"

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="insatser")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    child = models.ForeignKey("casework.Child", models.PROTECT, null=True, blank=True, related_name="insatser")
    offer = models.ForeignKey(Offer, models.PROTECT, null=True, blank=True, related_name="+")
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="+")
    area = models.CharField("område", max_length=12, choices=Offer.Area.choices)
    basis = models.CharField("lagrum", max_length=6, choices=Basis.choices)
    state = state_field(State, State.NEED)
    responsible = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    waits_on = models.CharField(
        "väntar på",
        max_length=8,
        choices=[("us", "Oss"), ("actor", "Aktören"), ("person", "Personen"), ("nobody", "Ingen")],
        default="us",
    )
    asked_on = models.DateField("efterfrågad", null=True, blank=True)
    decided_on = models.DateField("beslutad", null=True, blank=True)
    favourable = models.BooleanField("gynnande beslut", null=True, blank=True)
    decider = models.ForeignKey("casework.User", models.PROTECT, null=True, blank=True, related_name="+")
    delegation = models.CharField("delegation", max_length=40, blank=True)
    appeal_until = models.DateField("kan överklagas till", null=True, blank=True)
    started_on = models.DateField("började", null=True, blank=True)
    ended_on = models.DateField("slutade", null=True, blank=True)
    review_on = models.DateField("följs upp", null=True, blank=True)
    obstacle = models.CharField("hinder", max_length=12, choices=Obstacle.choices, blank=True)
    words = SealedField(InsatsWords, pad=64)
    decision = SealedField(DecisionWords, pad=64)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "insats"
        verbose_name_plural = "insatser"
        indexes = [models.Index(fields=["case", "state"], name="insats_case_state")]
        constraints = [
            state_constraint("insats_state_known", InsatsState),
            models.CheckConstraint(
                name="insats_started_whole",
                condition=Q(state__in=["started", "followed_up"], started_on__isnull=False)
                | ~Q(state__in=["started", "followed_up"]),
            ),
            models.CheckConstraint(
                name="insats_ended_whole",
                condition=Q(state__in=["ended", "declined", "unavailable"], ended_on__isnull=False)
                | ~Q(state__in=["ended", "declined", "unavailable"]) & Q(ended_on__isnull=True),
            ),
            models.CheckConstraint(
                name="insats_decided_whole",
                condition=Q(decided_on__isnull=True, decider__isnull=True, favourable__isnull=True)
                | Q(decided_on__isnull=False, decider__isnull=False, favourable__isnull=False),
            ),
            models.CheckConstraint(
                name="insats_time_forward",
                condition=Q(started_on__isnull=True) | Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @move(State.NEED, State.ASKED)
    def ask(self) -> None:
        self.asked_on = timezone.localdate()

    @move([State.NEED, State.ASKED], State.DECIDED)
    def decide(self, *, by: Any, favourable: bool) -> None:
        self.decided_on, self.decider, self.favourable = timezone.localdate(), by, favourable

    @move([State.ASKED, State.DECIDED], State.ORDERED)
    def order(self) -> None:
        """The actor has been asked to begin: with her consent, or on a decision."""

    @move(State.ORDERED, State.STARTED)
    def start(self) -> None:
        self.started_on = timezone.localdate()

    @move([State.STARTED, State.FOLLOWED_UP], State.FOLLOWED_UP)
    def follow_up(self) -> None:
        """Looked at together; it goes on."""

    @move([State.STARTED, State.FOLLOWED_UP, State.ORDERED, State.DECIDED], State.ENDED)
    def end(self) -> None:
        self.ended_on = timezone.localdate()

    @move([State.NEED, State.ASKED, State.DECIDED, State.ORDERED], State.DECLINED)
    def decline(self) -> None:
        self.ended_on = timezone.localdate()

    @move([State.NEED, State.ASKED, State.ORDERED], State.UNAVAILABLE)
    def give_up(self) -> None:
        self.ended_on = timezone.localdate()

    @move([State.DECLINED, State.UNAVAILABLE], State.NEED)
    def take_up(self) -> None:
        self.ended_on = None


@sealed_group
class SipWords:
    aims: str = ""
    own_wishes: str = ""
    follow_up: str = ""


@sealed_group
class SipPartWords:
    does: str = ""
    contact: str = ""


class Sip(Record):
    """A coordinated individual plan (SoL 10:8): needs consent, names who does what and who is responsible."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="sips")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    consent = models.ForeignKey("casework.Consent", models.PROTECT, related_name="+")
    lead = models.ForeignKey(Actor, models.PROTECT, related_name="+")
    meeting_on = models.DateField("möte")
    follow_up_on = models.DateField("följs upp")
    ended_on = models.DateField("avslutad", null=True, blank=True)
    words = SealedField(SipWords, pad=64)

    class Meta:
        ordering = ["-meeting_on"]
        verbose_name = "SIP"
        verbose_name_plural = "SIP"
        constraints = [models.CheckConstraint(name="sip_followed_later", condition=Q(follow_up_on__gt=F("meeting_on")))]

    def __str__(self) -> str:
        return str(self.pk)


class SipPart(Record):
    sip = models.ForeignKey(Sip, models.PROTECT, related_name="parts")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="+")
    until = models.DateField("till", null=True, blank=True)
    done_on = models.DateField("klart", null=True, blank=True)
    words = SealedField(SipPartWords, pad=64)

    class Meta:
        ordering = ["created_at"]
        verbose_name = "del av SIP"
        verbose_name_plural = "delar av SIP"

    def __str__(self) -> str:
        return str(self.pk)


class CoordinationCheck(Record):
    """One point of the coordination routine (4.5), ticked in a case."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="coordination")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    point = models.CharField("punkt", max_length=24)
    done_on = models.DateField("klart")
    done_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["done_on"]
        verbose_name = "punkt i samordningsrutinen"
        verbose_name_plural = "punkter i samordningsrutinen"
        constraints = [models.UniqueConstraint(fields=["case", "point"], name="coordination_point_once")]

    def __str__(self) -> str:
        return str(self.pk)
