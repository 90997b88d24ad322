from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casework.crypto.fields import SealedField, sealed_group
from casework.records import Record
from casework.state import StateModel, move, state_constraint, state_field


class Provision(models.TextChoices):
    """What lifts or breaks the secrecy of socialtjänsten. Generalklausulen (10:27) does not reach 26 kap. 1-6 §§."""

    CONSENT = "12:2", "Personens samtycke (OSL 10 kap. 1 §, 12 kap. 2 §)"
    NECESSARY = "10:2", "Nödvändigt för vår egen verksamhet (OSL 10 kap. 2 §)"
    POLICE_PREVENT = "10:18c", "Till polisen för att förebygga våld mot närstående (OSL 10 kap. 18 c §)"
    CRIME_CHILD = "10:21", "Misstanke om brott mot barn (OSL 10 kap. 21 §)"
    CRIME_GRAVE = "10:23", "Misstanke om allvarligt brott (OSL 10 kap. 23 §)"
    CRIME_OTHER = "10:19", "Hindra eller utreda vissa brott (OSL 10 kap. 19–24 §§)"
    DUTY = "10:28", "Uppgiftsskyldighet i lag eller förordning (OSL 10 kap. 28 §)"
    WRONG_PAYMENTS = "10:15a", "Förebygga eller utreda brott och fel, efter avvägning (OSL 10 kap. 15 a §)"
    HARMLESS = "26:1", "Det står klart att ingen lider men (OSL 26 kap. 1 §)"
    PARTY = "10:3", "Partsinsyn (OSL 10 kap. 3 §)"


class DisclosureState(models.TextChoices):
    PREPARED = "prepared", "Förberett"
    WAITING = "waiting", "Väntar på en person till"
    GIVEN = "given", "Utlämnat"
    REFUSED = "refused", "Nekat"


@sealed_group
class DisclosureWords:
    recipient: str = ""
    purpose: str = ""
    weighing: str = ""
    contents: str = ""
    fields: list[str] | None = None
    reservation: str = ""
    refusal: str = ""


class Disclosure(StateModel, Record):
    """Facts about the person given to somebody, or refused: an act with its provision, weighing and exact contents."""

    State = DisclosureState
    states: ClassVar[type[models.TextChoices]] = DisclosureState

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="disclosures")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    child = models.ForeignKey("casework.Child", models.PROTECT, null=True, blank=True, related_name="+")
    actor = models.ForeignKey("casework.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    consent = models.ForeignKey("casework.Consent", models.PROTECT, null=True, blank=True, related_name="disclosures")
    provision = models.CharField("lagrum", max_length=8, choices=Provision.choices)
    state = state_field(State, State.PREPARED)
    identifies = models.BooleanField("innehåller identitet eller plats", default=False)
    prepared_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    decided_by = models.ForeignKey("casework.User", models.PROTECT, null=True, blank=True, related_name="+")
    second_by = models.ForeignKey("casework.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("beslutat", null=True, blank=True)
    words = SealedField(DisclosureWords, pad=64)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "utlämnande"
        verbose_name_plural = "utlämnanden"
        constraints = [
            state_constraint("disclosure_state_known", DisclosureState),
            models.CheckConstraint(
                name="disclosure_decided_whole",
                condition=Q(state__in=["prepared", "waiting"], decided_by__isnull=True, decided_at__isnull=True)
                | Q(state__in=["given", "refused"], decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="disclosure_of_place_by_two",
                condition=~Q(state="given", identifies=True)
                | Q(second_by__isnull=False) & ~Q(second_by=F("decided_by")),
            ),
            models.CheckConstraint(
                name="disclosure_consent_named",
                condition=~Q(provision="12:2") | Q(consent__isnull=False) | Q(state="refused"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @move(State.PREPARED, State.WAITING)
    def hand_on(self) -> None:
        """It tells who or where she is: a second person has to agree."""

    @move([State.PREPARED, State.WAITING], State.GIVEN)
    def give(self, *, by: Any, second: Any = None) -> None:
        self.decided_by, self.second_by, self.decided_at = by, second, timezone.now()

    @move([State.PREPARED, State.WAITING], State.REFUSED)
    def refuse(self, *, by: Any) -> None:
        self.decided_by, self.decided_at = by, timezone.now()
