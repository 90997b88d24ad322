"""Tenancies: on what terms she lives there, when the law gives her the right to stay, and how it goes (JB 12 kap.)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casework.crypto.fields import SealedField, sealed_group
from casework.records import Record
from casework.state import StateModel, move, state_constraint, state_field
from housing.codes import LeaseKind


@sealed_group
class TenancyWords:
    """`address` only where no home of the register stands for it; `conditions` are special terms of the lease."""

    address: str = ""
    conditions: str = ""
    waiver: str = ""
    outcome: str = ""


@sealed_group
class VisitWords:
    text: str = ""


@sealed_group
class AlarmWords:
    """What happened, and how it was settled."""

    text: str = ""
    outcome: str = ""


class TenancyState(models.TextChoices):
    SIGNED = "signed", "Kontrakt"
    LIVING = "living", "Bor där"
    TAKEN_OVER = "taken_over", "Kontraktet är hennes eget"
    ENDED = "tenancy_ended", "Avslutat"


class Tenancy(StateModel, Record):
    """One lease of one home."""

    State = TenancyState
    states: ClassVar[type[models.TextChoices]] = TenancyState

    class Tenant(models.TextChoices):
        CITY = "tenant_city", "Kommunen"
        PERSON = "tenant_person", "Personen själv"

    class Approval(models.TextChoices):
        BOARD = "hyresnamnden", "Godkänt av hyresnämnden"
        NOT_NEEDED = "not_needed", "Godkännande behövs inte (JB 12 kap. 45 a §)"

    class EndedWhy(models.TextChoices):
        MOVED_ON = "moved_on", "Flyttade till ett annat hem"
        UNSAFE = "tenancy_unsafe", "Hemmet var inte säkert längre"
        RENT = "rent_debt", "Hyresskuld"
        DISTURBANCE = "disturbance", "Störningar"
        TIME = "time_over", "Tiden gick ut"
        LANDLORD = "landlord_ended", "Hyresvärden sade upp"
        PERSON = "person_ended", "Personen sade upp"
        RETURNED = "returned", "Flyttade tillbaka"

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="tenancies")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    track = models.OneToOneField("housing.Track", models.PROTECT, null=True, blank=True, related_name="tenancy")
    home = models.ForeignKey("housing.Home", models.PROTECT, null=True, blank=True, related_name="tenancies")
    landlord = models.ForeignKey("housing.Landlord", models.PROTECT, null=True, blank=True, related_name="+")
    state = state_field(State, State.SIGNED)
    lease = models.CharField("kontrakt", max_length=20, choices=LeaseKind.choices)
    tenant = models.CharField("står på kontraktet", max_length=16, choices=Tenant.choices)
    starts_on = models.DateField("börjar")
    trial_until = models.DateField("prövotid till och med", null=True, blank=True)
    takeover_on = models.DateField("övertagande planerat", null=True, blank=True)
    moved_in_on = models.DateField("nycklar", null=True, blank=True)
    taken_over_on = models.DateField("övertaget", null=True, blank=True)
    rent = models.PositiveIntegerField("hyra per månad")
    block_let = models.BooleanField("blockförhyrd (JB 12 kap. 45 §)", default=False)
    waiver_on = models.DateField("avstår från besittningsskydd", null=True, blank=True)
    waiver_approval = models.CharField("godkännande", max_length=16, choices=Approval.choices, blank=True)
    waiver_approved_on = models.DateField("godkänt", null=True, blank=True)
    waiver_until = models.DateField("avståendet gäller till och med", null=True, blank=True)
    has_spouse = models.BooleanField("bor med make eller sambo", default=False)
    spouse_accepted_on = models.DateField("make eller sambo har godtagit", null=True, blank=True)
    next_visit_on = models.DateField("nästa tillsyn", null=True, blank=True)
    ended_on = models.DateField("avslutat", null=True, blank=True)
    ended_why = models.CharField("varför", max_length=20, choices=EndedWhy.choices, blank=True)
    words = SealedField(TenancyWords, pad=64)

    class Meta:
        ordering = ["-starts_on", "-created_at"]
        verbose_name = "hyresförhållande"
        verbose_name_plural = "hyresförhållanden"
        constraints = [
            state_constraint("tenancy_state_known", TenancyState),
            models.CheckConstraint(
                name="tenancy_moved_in_whole",
                condition=Q(state="signed", moved_in_on__isnull=True)
                | Q(state__in=["living", "taken_over"], moved_in_on__isnull=False)
                | Q(state="tenancy_ended"),
            ),
            models.CheckConstraint(
                name="tenancy_ended_whole",
                condition=Q(state="tenancy_ended", ended_on__isnull=False) & ~Q(ended_why="")
                | ~Q(state="tenancy_ended") & Q(ended_on__isnull=True, ended_why=""),
            ),
            models.CheckConstraint(
                name="tenancy_end_forward",
                condition=Q(ended_on__isnull=True) | Q(moved_in_on__isnull=True) | Q(ended_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="tenancy_taken_over_whole",
                condition=Q(state="taken_over", taken_over_on__isnull=False, tenant="tenant_person")
                | ~Q(state="taken_over"),
            ),
            models.CheckConstraint(
                name="tenancy_waiver_whole",
                condition=Q(waiver_on__isnull=True, waiver_approval="", waiver_approved_on__isnull=True)
                | Q(waiver_on__isnull=False),
            ),
            models.CheckConstraint(
                name="tenancy_approval_whole",
                condition=~Q(waiver_approval="hyresnamnden") | Q(waiver_approved_on__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["home"],
                condition=Q(home__isnull=False) & ~Q(state="tenancy_ended"),
                name="tenancy_one_of_a_home",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @move(State.SIGNED, State.LIVING)
    def move_in(self) -> None:
        """She has the keys."""

    @move(State.LIVING, State.TAKEN_OVER)
    def take_over(self) -> None:
        """The lease is in her own name."""

    @move([State.SIGNED, State.LIVING, State.TAKEN_OVER], State.ENDED)
    def end(self) -> None:
        """She does not live there any more."""


class TakeoverStep(Record):
    """A step on the way to her own lease, done on a day."""

    class Step(models.TextChoices):
        RENT_PAID = "rent_paid", "Hyran betald i tid under prövotiden"
        NO_REMARKS = "no_remarks", "Inga anmärkningar kvar"
        ECONOMY = "own_economy", "Inkomst som hyresvärden godtar"
        LANDLORD_YES = "landlord_yes", "Hyresvärden säger ja"
        HER_YES = "her_yes", "Personen vill ta över"
        SAFE = "still_safe", "Säkerheten bedömd på nytt"
        SIGNED = "own_lease_signed", "Eget kontrakt påskrivet"

    tenancy = models.ForeignKey(Tenancy, models.PROTECT, related_name="takeover_steps")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    step = models.CharField("steg", max_length=20, choices=Step.choices)
    done_on = models.DateField("klart", default=timezone.localdate)
    by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["done_on"]
        verbose_name = "steg mot övertagande"
        verbose_name_plural = "steg mot övertagande"
        constraints = [models.UniqueConstraint(fields=["tenancy", "step"], name="takeoverstep_once")]

    def __str__(self) -> str:
        return str(self.pk)

    def case_number(self) -> str:
        return self.tenancy.case.number


class TenancyVisit(Record):
    """A visit of supervision, and what was seen. It never changes."""

    tenancy = models.ForeignKey(Tenancy, models.PROTECT, related_name="visits")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    visited_on = models.DateField("besök")
    by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    words = SealedField(VisitWords, pad=64)

    class Meta:
        ordering = ["-visited_on", "-created_at"]
        verbose_name = "tillsyn"
        verbose_name_plural = "tillsyn"

    def __str__(self) -> str:
        return str(self.pk)

    def case_number(self) -> str:
        return self.tenancy.case.number


class TenancyAlarm(Record):
    """Something that threatens the home: a disturbance or rent not paid. Open until somebody has dealt with it."""

    class Kind(models.TextChoices):
        DISTURBANCE = "alarm_disturbance", "Störning"
        RENT = "alarm_rent", "Obetald hyra"
        NOTICE = "alarm_notice", "Varning eller uppsägning"

    tenancy = models.ForeignKey(Tenancy, models.PROTECT, related_name="alarms")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    kind = models.CharField("slag", max_length=20, choices=Kind.choices)
    came_on = models.DateField("kom", default=timezone.localdate)
    noted_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    settled_on = models.DateField("löst", null=True, blank=True)
    settled_by = models.ForeignKey("casework.User", models.PROTECT, null=True, blank=True, related_name="+")
    words = SealedField(AlarmWords, pad=64)

    class Meta:
        ordering = ["-came_on", "-created_at"]
        verbose_name = "larm om hemmet"
        verbose_name_plural = "larm om hem"
        constraints = [
            models.CheckConstraint(
                name="alarm_settled_whole",
                condition=Q(settled_on__isnull=True, settled_by__isnull=True)
                | Q(settled_on__isnull=False, settled_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def case_number(self) -> str:
        return self.tenancy.case.number


class TenancyCheck(Record):
    """Whether she still lived there, 6 and 12 months after she moved in."""

    class After(models.TextChoices):
        SIX = "check_6", "6 månader"
        TWELVE = "check_12", "12 månader"

    tenancy = models.ForeignKey(Tenancy, models.PROTECT, related_name="checks")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    after = models.CharField("efter", max_length=10, choices=After.choices)
    asked_on = models.DateField("frågat", default=timezone.localdate)
    by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    lives_there = models.BooleanField("bor kvar")

    class Meta:
        ordering = ["after"]
        verbose_name = "uppföljning av boende"
        verbose_name_plural = "uppföljningar av boende"
        constraints = [models.UniqueConstraint(fields=["tenancy", "after"], name="tenancycheck_once")]

    def __str__(self) -> str:
        return str(self.pk)

    def case_number(self) -> str:
        return self.tenancy.case.number
