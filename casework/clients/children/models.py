"""Children as persons of their own: own key, own needs, own voice, own protection, guardians one by one.

A child is a Client with a key of her own, reached through the case of the adult she lives with. What is known of her
never lies in the adult's record: the adult's page names the child by her given alias only. Source: barnkonventionen
art. 12 and 19; SoL (2025:400) 3 kap.; lag (2024:79).
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casework.crypto.fields import SealedField, sealed_group
from casework.records import Record
from casework.state import StateModel, move, state_constraint, state_field


@sealed_group
class ChildWords:
    """`alias` is how staff speak of the child where others may hear or read: "äldsta barnet"."""

    alias: str = ""
    needs: str = ""
    goals: str = ""
    strengths: str = ""


@sealed_group
class ChildPlaces:
    """Place-bearing facts: they have the address's protection."""

    school: str = ""
    care: str = ""
    leisure: str = ""
    agreement: str = ""


@sealed_group
class TalkWords:
    said: str = ""
    wants: str = ""
    why_not: str = ""


@sealed_group
class GuardianWords:
    name: str = ""
    number: str = ""
    basis: str = ""
    risks: str = ""


@sealed_group
class VisitationWords:
    terms: str = ""
    risks: str = ""
    safety: str = ""


@sealed_group
class ConcernWords:
    about: str = ""
    assessment: str = ""
    outcome: str = ""


class Child(Record):
    """A child in a household that gets support."""

    class AgeBand(models.TextChoices):
        UNDER_1 = "0", "Under 1 år"
        TO_5 = "1-5", "1–5 år"
        TO_12 = "6-12", "6–12 år"
        TO_14 = "13-14", "13–14 år"
        TO_17 = "15-17", "15–17 år"
        ADULT = "18", "18 år eller äldre"

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="children")
    client = models.OneToOneField("casework.Client", models.PROTECT, related_name="child")
    born_on_known = models.BooleanField("födelsedagen är känd", default=False)
    lives_with = models.BooleanField("bor med personen i ärendet", default=True)
    left_on = models.DateField("hör inte längre till hushållet", null=True, blank=True)
    in_shelter = models.BooleanField("har varit i skyddat boende", default=False)
    words = SealedField(ChildWords, pad=64)
    places = SealedField(ChildPlaces, pad=64)

    class Meta:
        ordering = ["created_at"]
        verbose_name = "barn"
        verbose_name_plural = "barn"

    def __str__(self) -> str:
        return str(self.pk)


class ChildTalk(Record):
    """Somebody has talked with the child, or has not, and why. What the child said, in the child's words."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="talks")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    talked_on = models.DateField("när")
    held = models.BooleanField("samtalet blev av", default=True)
    by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    words = SealedField(TalkWords, pad=64)

    class Meta:
        ordering = ["-talked_on", "-created_at"]
        verbose_name = "samtal med barn"
        verbose_name_plural = "samtal med barn"

    def __str__(self) -> str:
        return str(self.pk)


class Guardian(Record):
    """One guardian of one child: what this person may be told and may decide. Never "a parent may see" (OSL 26:2)."""

    class Basis(models.TextChoices):
        CUSTODY_JOINT = "custody_joint", "Gemensam vårdnad"
        CUSTODY_SOLE = "custody_sole", "Ensam vårdnad"
        APPOINTED = "appointed", "Särskilt förordnad vårdnadshavare"
        GOD_MAN = "god_man", "God man för barnet"

    child = models.ForeignKey(Child, models.PROTECT, related_name="guardians")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    basis = models.CharField("grund", max_length=16, choices=Basis.choices)
    is_case_person = models.BooleanField("är personen i ärendet", default=False)
    may_receive_location = models.BooleanField("får veta var barnet är", default=False)
    may_consent = models.BooleanField("får samtycka för barnet", default=False)
    valid_from = models.DateField("gäller från")
    ended_on = models.DateField("gällde till", null=True, blank=True)
    words = SealedField(GuardianWords, pad=64)

    class Meta:
        ordering = ["created_at"]
        verbose_name = "vårdnadshavare"
        verbose_name_plural = "vårdnadshavare"
        constraints = [
            models.CheckConstraint(
                name="guardian_time_forward", condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("valid_from"))
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Visitation(Record):
    """Contact between the child and somebody, decided or agreed, with its risks (umgänge)."""

    class Basis(models.TextChoices):
        COURT = "court", "Domstolens beslut"
        AGREEMENT = "agreement", "Avtal"
        NONE = "none", "Inget umgänge"
        PENDING = "pending", "Prövas i domstol"

    child = models.ForeignKey(Child, models.PROTECT, related_name="visitations")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    basis = models.CharField("grund", max_length=10, choices=Basis.choices)
    valid_from = models.DateField("gäller från")
    review_on = models.DateField("följs upp", null=True, blank=True)
    ended_on = models.DateField("gällde till", null=True, blank=True)
    words = SealedField(VisitationWords, pad=64)

    class Meta:
        ordering = ["-valid_from"]
        verbose_name = "umgänge"
        verbose_name_plural = "umgängen"
        constraints = [
            models.CheckConstraint(
                name="visitation_time_forward", condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("valid_from"))
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ConcernState(models.TextChoices):
    RECEIVED = "received", "Anmäld"
    ASSESSED = "assessed", "Skyddsbedömd"
    INQUIRY = "inquiry", "Utredning pågår"
    NOT_OPENED = "not_opened", "Ingen utredning"
    CLOSED = "closed", "Utredningen är klar"


class ConcernReport(StateModel, Record):
    """A report of concern for the child, made by us or received, with its clocks (SoL 2025:400 19:1, 20:1-6)."""

    State = ConcernState
    states: ClassVar[type[models.TextChoices]] = ConcernState

    class Direction(models.TextChoices):
        MADE = "made", "Vi anmälde"
        RECEIVED = "received", "Anmälan kom hit"

    child = models.ForeignKey(Child, models.PROTECT, related_name="concerns")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    direction = models.CharField("riktning", max_length=10, choices=Direction.choices)
    state = state_field(State, State.RECEIVED)
    at = models.DateTimeField("när", default=timezone.now)
    assessed_at = models.DateTimeField("skyddsbedömning", null=True, blank=True)
    decided_on = models.DateField("beslut om utredning", null=True, blank=True)
    extended_to = models.DateField("förlängd till", null=True, blank=True)
    closed_on = models.DateField("utredningen klar", null=True, blank=True)
    told_on = models.DateField("den som anmälde fick svar", null=True, blank=True)
    words = SealedField(ConcernWords, pad=64)

    class Meta:
        ordering = ["-at"]
        verbose_name = "orosanmälan"
        verbose_name_plural = "orosanmälningar"
        constraints = [
            state_constraint("concern_state_known", ConcernState),
            models.CheckConstraint(
                name="concern_assessed_whole",
                condition=Q(state="received") | Q(assessed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="concern_decided_whole",
                condition=Q(state__in=["received", "assessed"], decided_on__isnull=True)
                | Q(state__in=["inquiry", "not_opened", "closed"], decided_on__isnull=False),
            ),
            models.CheckConstraint(
                name="concern_closed_whole",
                condition=Q(state="closed", closed_on__isnull=False) | ~Q(state="closed") & Q(closed_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @move(State.RECEIVED, State.ASSESSED)
    def assess(self) -> None:
        self.assessed_at = timezone.now()

    @move(State.ASSESSED, State.INQUIRY)
    def open_inquiry(self) -> None:
        self.decided_on = timezone.localdate()

    @move(State.ASSESSED, State.NOT_OPENED)
    def leave(self) -> None:
        self.decided_on = timezone.localdate()

    @move(State.INQUIRY, State.CLOSED)
    def close(self) -> None:
        self.closed_on = timezone.localdate()
