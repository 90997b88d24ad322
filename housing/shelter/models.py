"""Stays in skyddat boende: hers, and each child's own (SoL 9:5-6, 22:13; lag 2024:79)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casework.crypto.fields import SealedField, sealed_group
from casework.records import Record
from casework.state import StateModel, move, state_constraint, state_field


@sealed_group
class StayWords:
    """What a decision needs beside its codes; never a place (OSL 26:7)."""

    motivation: str = ""
    contents: str = ""
    visitation: str = ""
    outcome: str = ""


@sealed_group
class StayPlace:
    """Where it is: protected as an address (OSL 26:14 c). Kept once, with the adult's stay: a child is placed together
    with her (lag 2024:79, 3:2).
    """

    unit: str = ""
    address: str = ""
    note: str = ""


@sealed_group
class ReviewWords:
    """`view` is what the child says of it, in the child's words; how it was found out when she says nothing (2:2)."""

    considered: str = ""
    view: str = ""


class StayState(models.TextChoices):
    DECIDED = "decided", "Beslutad"
    WAITING_COURT = "waiting_court", "Väntar på förvaltningsrätten"
    STAYING = "staying", "Pågår"
    ENDED = "ended", "Avslutad"
    LAPSED = "lapsed", "Beslutet upphörde att gälla"


class ShelterStay(StateModel, Record):
    """One person's stay. A child's lies under the child's own key and ends with that of the guardian she is with."""

    State = StayState
    states: ClassVar[type[models.TextChoices]] = StayState

    class Ground(models.TextChoices):
        ADULT = "adult", "Den vuxnas egen insats (SoL 9 kap. 5–6 §§)"
        ALL_CONSENT = "all_consent", "Alla vårdnadshavare samtycker"
        COURT = "court", "Förvaltningsrättens beslut (lag 2024:79, 3 kap.)"
        IMMEDIATE = "immediate", "Omedelbar insats (lag 2024:79, 4 kap.)"

    class EndedWhy(models.TextChoices):
        OWN_HOME = "stay_own_home", "Flyttade till ett eget hem"
        OTHER_SHELTER = "stay_other_shelter", "Flyttade till ett annat skyddat boende"
        LEFT = "stay_left", "Lämnade på egen begäran"
        BACK = "stay_back", "Flyttade tillbaka"
        GUARDIANS_ENDED = "stay_guardians_ended", "Vårdnadshavarens insats upphörde (7 kap. 1 §)"
        ADULT = "stay_adult", "Barnet fyllde 18 år (7 kap. 1 §)"
        NO_NEED = "stay_no_need", "Behövs inte längre"
        EXPOSED = "stay_exposed", "Stället blev röjt"
        CONSENT = "stay_consent", "Samtycket gällde inte längre"

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="shelter_stays")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    child = models.ForeignKey("casework.Child", models.PROTECT, null=True, blank=True, related_name="shelter_stays")
    adult_stay = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="childrens_stays")
    track = models.ForeignKey("housing.Track", models.PROTECT, null=True, blank=True, related_name="stays")
    provider = models.ForeignKey("casework.Actor", models.PROTECT, related_name="+")
    state = state_field(State, State.DECIDED)
    ground = models.CharField("grund", max_length=12, choices=Ground.choices)
    decided_on = models.DateField("beslutad")
    decided_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    submitted_on = models.DateField("underställd förvaltningsrätten", null=True, blank=True)
    confirmed_on = models.DateField("fastställd av förvaltningsrätten", null=True, blank=True)
    applied_on = models.DateField("ansökt hos förvaltningsrätten", null=True, blank=True)
    apply_extended_to = models.DateField("förlängd tid för ansökan", null=True, blank=True)
    court_decided_on = models.DateField("förvaltningsrättens beslut", null=True, blank=True)
    court_final_on = models.DateField("beslutet fick laga kraft", null=True, blank=True)
    started_on = models.DateField("började", null=True, blank=True)
    considered_on = models.DateField("senast övervägd", null=True, blank=True)
    care_plan_on = models.DateField("vårdplan", null=True, blank=True)
    implementation_plan_on = models.DateField("genomförandeplan", null=True, blank=True)
    ended_on = models.DateField("avslutad", null=True, blank=True)
    ended_why = models.CharField("varför", max_length=20, choices=EndedWhy.choices, blank=True)
    words = SealedField(StayWords, pad=64)
    place = SealedField(StayPlace, pad=64)

    class Meta:
        ordering = ["-decided_on", "-created_at"]
        verbose_name = "vistelse i skyddat boende"
        verbose_name_plural = "vistelser i skyddat boende"
        constraints = [
            state_constraint("stay_state_known", StayState),
            models.CheckConstraint(
                name="stay_child_whole",
                condition=Q(child__isnull=True, ground="adult", adult_stay__isnull=True)
                | Q(child__isnull=False, adult_stay__isnull=False) & ~Q(ground="adult"),
            ),
            models.CheckConstraint(
                name="stay_started_whole", condition=~Q(state="staying") | Q(started_on__isnull=False)
            ),
            models.CheckConstraint(
                name="stay_ended_whole",
                condition=Q(state__in=["ended", "lapsed"], ended_on__isnull=False)
                | ~Q(state__in=["ended", "lapsed"]) & Q(ended_on__isnull=True, ended_why=""),
            ),
            models.CheckConstraint(
                name="stay_end_forward",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("decided_on")),
            ),
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(state__in=["decided", "waiting_court", "staying"]),
                name="stay_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @move(State.DECIDED, State.WAITING_COURT)
    def await_court(self) -> None:
        """The court has been asked and nothing may begin before it has decided."""

    @move([State.DECIDED, State.WAITING_COURT], State.STAYING)
    def start(self) -> None:
        """She is there."""

    @move([State.DECIDED, State.WAITING_COURT, State.STAYING], State.LAPSED)
    def lapse(self) -> None:
        """A time in the law has passed."""

    @move([State.DECIDED, State.WAITING_COURT, State.STAYING], State.ENDED)
    def end(self) -> None:
        """It is over."""


class StayReview(Record):
    """The stay was considered, as it is to be every sixth month (lag 2024:79, 5:3, 5:6; SoL 22:13)."""

    stay = models.ForeignKey(ShelterStay, models.PROTECT, related_name="reviews")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    considered_on = models.DateField("övervägd", default=timezone.localdate)
    by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    goes_on = models.BooleanField("insatsen behövs fortfarande", default=True)
    words = SealedField(ReviewWords, pad=64)

    class Meta:
        ordering = ["-considered_on", "-created_at"]
        verbose_name = "övervägande av skyddat boende"
        verbose_name_plural = "överväganden av skyddat boende"

    def __str__(self) -> str:
        return str(self.pk)

    def case_number(self) -> str:
        return self.stay.case.number
