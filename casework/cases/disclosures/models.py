"""What is given out of a case, or refused: to whom, by which provision, weighed how, exactly what, decided by whom."""

from dataclasses import field
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casework.crypto.fields import SealedField, sealed_group
from casework.records import Record
from casework.state import StateModel, move, state_constraint, state_field


@sealed_group
class DisclosureWords:
    """`facts` are keys of contents.FACTS; `other` what else is given out, in words, and `other_grave` whether that
    tells who or where somebody is; `reservation` the förbehåll.
    """

    recipient: str = ""
    purpose: str = ""
    weighing: str = ""
    facts: list[str] = field(default_factory=list)
    other: str = ""
    other_grave: bool = False
    reservation: str = ""
    grounds: str = ""


class DisclosureState(models.TextChoices):
    PROPOSED = "proposed", "Förslag"
    GIVEN = "given", "Utlämnad"
    REFUSED = "refused", "Avslagen"


class Disclosure(StateModel, Record):
    """One question of giving out data. Where identity or place is among it, two persons have said yes."""

    State = DisclosureState
    states: ClassVar[type[models.TextChoices]] = DisclosureState

    class Provision(models.TextChoices):
        """OSL (2009:400). Generalklausulen (10:27) does not reach 26 kap. 1-6 §§ and is not here."""

        CONSENT = "osl_12_2", "Personens samtycke (OSL 12 kap. 2 §, 10 kap. 1 §)"
        PARTY = "osl_10_3", "Partens rätt till insyn (OSL 10 kap. 3 §)"
        NECESSARY = "osl_10_2", "Nödvändigt för vår egen verksamhet (OSL 10 kap. 2 §)"
        RELATION_CRIME = (
            "osl_10_18c",
            "Polisen, mot allvarligt våld mot närstående (OSL 10 kap. 18 c §)",
        )
        CHILD_CRIME = "osl_10_21", "Misstanke om brott mot barn (OSL 10 kap. 21 §)"
        GRAVE_CRIME = "osl_10_23", "Misstanke om allvarligt brott (OSL 10 kap. 22–24 §§)"
        PRIOR_CRIME = "osl_10_19", "Förebygga brott av den som är under 21 (OSL 10 kap. 18 a–20 §§)"
        DUTY = "osl_10_28", "Uppgiftsskyldighet i lag eller förordning (OSL 10 kap. 28 §)"
        WEIGHED = (
            "osl_10_15a",
            "Brott eller fel betalningar, efter avvägning (OSL 10 kap. 15 a §)",
        )
        HARMLESS = "osl_26_1", "Det står klart att ingen lider men (OSL 26 kap. 1 §)"

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="disclosures")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    child = models.ForeignKey("casework.Child", models.PROTECT, null=True, blank=True, related_name="disclosures")
    state = state_field(State, State.PROPOSED)
    guardian = models.ForeignKey("casework.Guardian", models.PROTECT, null=True, blank=True, related_name="+")
    provision = models.CharField("stöd", max_length=12, choices=Provision.choices)
    consent = models.ForeignKey("casework.Consent", models.PROTECT, null=True, blank=True, related_name="disclosures")
    actor = models.ForeignKey("casework.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    grave = models.BooleanField("identitet eller plats", default=False)
    asked_on = models.DateField("begärd", default=timezone.localdate)
    proposed_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    decided_by = models.ForeignKey("casework.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("beslutad", null=True, blank=True)
    words = SealedField(DisclosureWords, pad=64)

    class Meta:
        ordering = ["-asked_on", "-created_at"]
        verbose_name = "utlämnande"
        verbose_name_plural = "utlämnanden"
        constraints = [
            state_constraint("disclosure_state_known", DisclosureState),
            models.CheckConstraint(
                name="disclosure_decided_whole",
                condition=Q(state="proposed", decided_by__isnull=True, decided_at__isnull=True)
                | Q(state__in=["given", "refused"], decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="disclosure_by_two",
                condition=Q(grave=False) | ~Q(state="given") | ~Q(proposed_by=F("decided_by")),
            ),
            models.CheckConstraint(
                name="disclosure_consent_whole",
                condition=Q(provision="osl_12_2", consent__isnull=False)
                | ~Q(provision="osl_12_2") & Q(consent__isnull=True),
            ),
            models.CheckConstraint(
                name="disclosure_guardian_whole", condition=Q(guardian__isnull=True) | Q(child__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @move(State.PROPOSED, State.GIVEN)
    def give(self) -> None:
        self.decided_at = timezone.now()

    @move(State.PROPOSED, State.REFUSED)
    def refuse(self) -> None:
        self.decided_at = timezone.now()
