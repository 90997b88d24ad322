"""Insatser: what the person needs, who gives it, on what decision or consent, and how far it has come."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casework.crypto.fields import SealedField, sealed_group
from casework.crypto.keyring import Purpose
from casework.records import Record, StaffRecord
from casework.state import StateModel, move, state_constraint, state_field


@sealed_group
class ActorWords:
    """How an actor is reached. A shelter's address is secret itself (OSL 26:14 c)."""

    contact: str = ""
    opening: str = ""
    note: str = ""


@sealed_group
class InsatsWords:
    """`who_does_what`: the parts of the work; `obstacles`: what stands in the way; `outcome`: how it went."""

    need: str = ""
    who_does_what: str = ""
    motivation: str = ""
    contents: str = ""
    delegation: str = ""
    appeal: str = ""
    obstacles: str = ""
    outcome: str = ""


@sealed_group
class FollowUpWords:
    result: str = ""
    her_view: str = ""


class Area(models.TextChoices):
    """The areas that outcomes are followed up in (domain 8)."""

    HOUSING = "area_housing", "Boende"
    ECONOMY = "area_economy", "Ekonomi och skulder"
    SCHOOL = "area_school", "Skola och förskola"
    WORK = "area_work", "Arbete och utbildning"
    HEALTH = "area_health", "Vård och hälsa"
    VISITATION = "area_visitation", "Umgänge och rättsprocess"
    POST = "area_post", "Post, bank och e-legitimation"
    AUTHORITIES = "area_authorities", "Myndighetskontakter"
    EVERYDAY = "area_everyday", "Vardag"
    PROTECTION = "area_protection", "Skydd och trygghet"


class Actor(StaffRecord):
    """Somebody who gives insatser: a unit of the city, another authority, a women's shelter. Kept by administrators."""

    class Branch(models.TextChoices):
        OWN = "own", "Samma verksamhetsgren"
        OTHER_BRANCH = "other_branch", "Annan verksamhetsgren i kommunen (OSL 8:2)"
        AUTHORITY = "actor_authority", "Annan myndighet"
        PRIVATE = "actor_private", "Enskild eller ideell verksamhet"

    class Secrecy(models.TextChoices):
        STRONG = "strong", "Omvänt skaderekvisit, som hos oss"
        WEAK = "weak", "Rakt skaderekvisit"
        DUTY = "duty", "Tystnadsplikt enligt avtal eller lag"
        NONE = "no_secrecy", "Ingen sekretess"

    name = models.CharField("namn", max_length=80, unique=True)
    branch = models.CharField("verksamhet", max_length=16, choices=Branch.choices)
    secrecy = models.CharField("sekretess", max_length=12, choices=Secrecy.choices)
    active = models.BooleanField("används", default=True)
    words = SealedField(ActorWords, purpose=Purpose.STAFF, pad=64)

    class Meta:
        ordering = ["name"]
        verbose_name = "aktör"
        verbose_name_plural = "aktörer"

    def __str__(self) -> str:
        return self.name


class Offer(StaffRecord):
    """An insats that an actor gives."""

    actor = models.ForeignKey(Actor, models.PROTECT, related_name="offers")
    name = models.CharField("namn", max_length=80)
    area = models.CharField("område", max_length=20, choices=Area.choices)
    for_children = models.BooleanField("för barn", default=False)
    needs_decision = models.BooleanField("kräver beslut", default=True)
    active = models.BooleanField("används", default=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "insats i registret"
        verbose_name_plural = "insatser i registret"
        constraints = [models.UniqueConstraint(fields=["actor", "name"], name="offer_once")]

    def __str__(self) -> str:
        return self.name


class InsatsState(models.TextChoices):
    NEED = "need", "Behov"
    ASKED = "asked", "Efterfrågad"
    GROUNDED = "grounded", "Beslutad eller med samtycke"
    ORDERED = "ordered", "Beställd"
    STARTED = "started", "Pågår"
    FOLLOWED_UP = "followed_up", "Följs upp"
    ENDED = "ended", "Avslutad"
    DECLINED = "declined", "Blev inte av"
    UNAVAILABLE = "unavailable", "Finns inte att få"


class Insats(StateModel, Record):
    """One insats for the person or for one of her children. `client` is whose key seals it.

    `consent` without a ground is what somebody was asked on. A pause stands, also when it is over: it may have to be
    reported (SoL 34 kap.).
    """

    State = InsatsState
    states: ClassVar[type[models.TextChoices]] = InsatsState

    class Ground(models.TextChoices):
        DECISION = "decision", "Beslut"
        CONSENT = "consent", "Samtycke, utan behovsprövning"

    class LegalBasis(models.TextChoices):
        """SoL (2025:400)."""

        SUPPORT = "sol_11_1", "Insatser för skälig levnadsnivå (SoL 11 kap. 1 §)"
        UNTRIED = "sol_11_5", "Insats utan behovsprövning (SoL 11 kap. 5 §)"
        ECONOMY = "sol_12_1", "Ekonomiskt bistånd (SoL 12 kap. 1 §)"
        VICTIM = "sol_13_1", "Stöd till brottsoffer (SoL 13 kap. 1 §)"
        LAY_CONTACT = "sol_13_7", "Kontaktperson enligt SoL 13 kap. 7 § (inte CM-S)"
        SHELTER = "sol_9_5", "Skyddat boende (SoL 9 kap. 5–6 §§)"
        CHILD_SHELTER = "l_2024_79", "Barn i skyddat boende (lag 2024:79)"
        OTHER = "other_law", "Annan aktörs ansvar"

    class Declined(models.TextChoices):
        PERSON = "by_person", "Personen vill inte"
        ACTOR = "by_actor", "Aktören kan inte eller säger nej"
        REFUSED = "refused", "Avslag"
        CONSENT = "consent_withdrawn", "Samtycket är återkallat"
        UNSAFE = "unsafe", "Inte säkert nog"
        QUEUE = "queue", "För lång kö"
        NONE = "nothing_there", "Insatsen finns inte"

    class Obstacle(models.TextChoices):
        QUEUE = "obst_queue", "Kö"
        HOUSING = "obst_housing", "Bostadsbrist"
        ECONOMY = "obst_economy", "Skulder eller betalningsanmärkning"
        INCOME = "obst_income", "Saknar inkomsthistorik"
        MUNICIPALITY = "obst_municipality", "Måste byta kommun"
        SCHOOL = "obst_school", "Barnens skola"
        ACCESS = "obst_access", "Tillgänglighet"
        SAFETY = "obst_safety", "Säkerheten i området"
        CONSENT = "obst_consent", "Samtycke saknas"
        PERSON = "obst_person", "Personen vill vänta"
        ACTOR = "obst_actor", "Aktören har inte svarat"

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="insatser")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    child = models.ForeignKey("casework.Child", models.PROTECT, null=True, blank=True, related_name="insatser")
    area = models.CharField("område", max_length=20, choices=Area.choices)
    actor = models.ForeignKey(Actor, models.PROTECT, null=True, blank=True, related_name="insatser")
    offer = models.ForeignKey(Offer, models.PROTECT, null=True, blank=True, related_name="insatser")
    responsible = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    state = state_field(State, State.NEED)
    noted_on = models.DateField("behovet noterat", default=timezone.localdate)
    asked_on = models.DateField("efterfrågad", null=True, blank=True)
    ground = models.CharField("grund", max_length=10, choices=Ground.choices, blank=True)
    legal_basis = models.CharField("lagrum", max_length=10, choices=LegalBasis.choices, blank=True)
    consent = models.ForeignKey("casework.Consent", models.PROTECT, null=True, blank=True, related_name="insatser")
    decided_on = models.DateField("beslutad", null=True, blank=True)
    decided_by = models.ForeignKey("casework.User", models.PROTECT, null=True, blank=True, related_name="+")
    favourable = models.BooleanField("bifall", default=False)
    ordered_on = models.DateField("beställd", null=True, blank=True)
    started_on = models.DateField("började", null=True, blank=True)
    paused_on = models.DateField("avbruten", null=True, blank=True)
    resumed_on = models.DateField("i gång igen", null=True, blank=True)
    review_on = models.DateField("följs upp", null=True, blank=True)
    ended_on = models.DateField("avslutad", null=True, blank=True)
    declined_on = models.DateField("blev inte av", null=True, blank=True)
    declined = models.CharField("varför inte", max_length=20, choices=Declined.choices, blank=True)
    obstacle = models.CharField("hinder", max_length=20, choices=Obstacle.choices, blank=True)
    consent_gone_at = models.DateTimeField("samtycket återkallat", null=True, blank=True)
    words = SealedField(InsatsWords, pad=64)

    class Meta:
        ordering = ["noted_on", "created_at"]
        verbose_name = "insats"
        verbose_name_plural = "insatser"
        constraints = [
            state_constraint("insats_state_known", InsatsState),
            models.CheckConstraint(
                name="insats_ground_whole",
                condition=Q(ground="", decided_on__isnull=True, decided_by__isnull=True)
                | Q(ground="consent", consent__isnull=False, decided_on__isnull=True, decided_by__isnull=True)
                | Q(ground="decision", decided_on__isnull=False, decided_by__isnull=False) & ~Q(legal_basis=""),
            ),
            models.CheckConstraint(
                name="insats_grounded_whole",
                condition=~Q(state__in=["grounded", "ordered", "started", "followed_up", "ended"]) | ~Q(ground=""),
            ),
            models.CheckConstraint(
                name="insats_ended_whole",
                condition=Q(state="ended", ended_on__isnull=False) | ~Q(state="ended") & Q(ended_on__isnull=True),
            ),
            models.CheckConstraint(
                name="insats_declined_whole",
                condition=Q(state__in=["declined", "unavailable"], declined_on__isnull=False) & ~Q(declined="")
                | ~Q(state__in=["declined", "unavailable"]) & Q(declined="", declined_on__isnull=True),
            ),
            models.CheckConstraint(
                name="insats_started_whole",
                condition=~Q(state__in=["started", "followed_up"]) | Q(started_on__isnull=False),
            ),
            models.CheckConstraint(
                name="insats_end_forward",
                condition=Q(ended_on__isnull=True) | Q(started_on__isnull=True) | Q(ended_on__gte=F("started_on")),
            ),
            models.CheckConstraint(
                name="insats_pause_forward",
                condition=Q(resumed_on__isnull=True) | Q(paused_on__isnull=False, resumed_on__gte=F("paused_on")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @move(State.NEED, State.ASKED)
    def ask(self) -> None:
        """The actor, or the one who decides, has been asked."""

    @move([State.NEED, State.ASKED], State.GROUNDED)
    def rest_on(self) -> None:
        """There is a decision or a consent."""

    @move(State.GROUNDED, State.ORDERED)
    def order(self) -> None:
        """It is ordered from the actor."""

    @move([State.GROUNDED, State.ORDERED], State.STARTED)
    def start(self) -> None:
        """The person has it."""

    @move([State.STARTED, State.FOLLOWED_UP], State.FOLLOWED_UP)
    def follow_up(self) -> None:
        """Looked at together; it goes on."""

    @move([State.STARTED, State.FOLLOWED_UP], State.ENDED)
    def end(self) -> None:
        """It is over."""

    @move([State.NEED, State.ASKED, State.GROUNDED, State.ORDERED], State.DECLINED)
    def decline(self) -> None:
        """It came to nothing."""

    @move([State.NEED, State.ASKED, State.GROUNDED, State.ORDERED], State.UNAVAILABLE)
    def give_up(self) -> None:
        """There is none to have."""

    @move([State.DECLINED, State.UNAVAILABLE], State.NEED)
    def try_again(self) -> None:
        """The need is still there."""


class InsatsFollowUp(Record):
    """What came of an insats so far, in our words and in hers. It never changes."""

    insats = models.ForeignKey(Insats, models.PROTECT, related_name="follow_ups")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    held_on = models.DateField("följdes upp")
    by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    words = SealedField(FollowUpWords, pad=64)

    class Meta:
        ordering = ["-held_on", "-created_at"]
        verbose_name = "uppföljning av insats"
        verbose_name_plural = "uppföljningar av insatser"

    def __str__(self) -> str:
        return str(self.pk)

    def case_number(self) -> str:
        return self.insats.case.number
