"""The coordinated individual plan (SoL 2025:400 10:8) and the routine for coordination (activity 4.5)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from casework.crypto.fields import SealedField, sealed_group
from casework.records import Record
from casework.state import StateModel, move, state_constraint, state_field


@sealed_group
class SipWords:
    """`responsible`: who has the whole; `others`: what is done by others than municipality and region (10:8)."""

    aim: str = ""
    parties: str = ""
    responsible: str = ""
    others: str = ""
    her_view: str = ""
    outcome: str = ""


@sealed_group
class PartWords:
    who: str = ""
    what: str = ""


@sealed_group
class CheckWords:
    note: str = ""


class SipState(models.TextChoices):
    PLANNED = "planned", "Planerad"
    HELD = "held", "Upprättad"
    ENDED = "ended", "Avslutad"
    CANCELLED = "cancelled", "Blev inte av"


class Sip(StateModel, Record):
    """A plan of municipality and region for one person or one child. Needs consent. `client` is whose key seals it."""

    State = SipState
    states: ClassVar[type[models.TextChoices]] = SipState

    class Responsible(models.TextChoices):
        MUNICIPALITY = "municipality", "Kommunen"
        REGION = "region", "Regionen"

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="sips")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    child = models.ForeignKey("casework.Child", models.PROTECT, null=True, blank=True, related_name="sips")
    consent = models.ForeignKey("casework.Consent", models.PROTECT, related_name="sips")
    state = state_field(State, State.PLANNED)
    responsible = models.CharField("huvudansvar", max_length=12, choices=Responsible.choices)
    called_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    meeting_at = models.DateTimeField("möte")
    held_on = models.DateField("upprättad", null=True, blank=True)
    review_on = models.DateField("följs upp", null=True, blank=True)
    ended_on = models.DateField("avslutad", null=True, blank=True)
    words = SealedField(SipWords, pad=64)

    class Meta:
        ordering = ["-meeting_at"]
        verbose_name = "SIP"
        verbose_name_plural = "SIP"
        constraints = [
            state_constraint("sip_state_known", SipState),
            models.CheckConstraint(
                name="sip_held_whole",
                condition=~Q(state__in=["held", "ended"]) | Q(held_on__isnull=False),
            ),
            models.CheckConstraint(
                name="sip_ended_whole",
                condition=Q(state__in=["ended", "cancelled"], ended_on__isnull=False)
                | Q(state__in=["planned", "held"], ended_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @move(State.PLANNED, State.HELD)
    def hold(self) -> None:
        """The meeting was held and the plan is made."""

    @move(State.HELD, State.HELD)
    def follow_up(self) -> None:
        """Followed up together; it goes on."""

    @move(State.HELD, State.ENDED)
    def end(self) -> None:
        self.ended_on = timezone.localdate()

    @move(State.PLANNED, State.CANCELLED)
    def cancel(self) -> None:
        self.ended_on = timezone.localdate()


class SipPart(Record):
    """One part of the plan: who does what, and by when."""

    sip = models.ForeignKey(Sip, models.PROTECT, related_name="parts")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    due_on = models.DateField("klart senast", null=True, blank=True)
    done_on = models.DateField("klart", null=True, blank=True)
    words = SealedField(PartWords, pad=64)

    class Meta:
        ordering = ["created_at"]
        verbose_name = "del i SIP"
        verbose_name_plural = "delar i SIP"

    def __str__(self) -> str:
        return str(self.pk)

    def case_number(self) -> str:
        return self.sip.case.number


class CoordinationCheck(Record):
    """One point of the coordination routine that is done, or judged not to be needed and why."""

    class Point(models.TextChoices):
        ONE_CONTACT = "one_contact", "Personen vet vem som är hennes kontakt"
        ALL_KNOWN = "all_known", "Alla som är inblandade är kartlagda"
        CONSENTS = "consents", "Samtycken finns för dem vi pratar med"
        SECRECY = "secrecy", "Vi har gått igenom vad som inte får sägas till vem"
        PROTECTION = "protection", "Alla vet att uppgifterna är skyddade och hur de ska hanteras"
        CHILDREN = "children_heard", "Varje barn har fått komma till tals"
        SHELTER_CHILD = "shelter_child", "Barn i skyddat boende: beslut, vårdplan och skola är ordnade"
        RISK = "risk_shared", "Riskbedömningen är gjord och rätt personer känner till den"
        SIP = "sip_tried", "Vi har prövat om en SIP behövs"
        WHO_DOES = "who_does", "Det är skrivet vem som gör vad och när det följs upp"
        ACUTE = "acute", "Alla vet vad som gäller om det blir akut"

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="coordination")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    point = models.CharField("punkt", max_length=20, choices=Point.choices)
    done_on = models.DateField("gjort")
    done_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    not_needed = models.BooleanField("behövs inte", default=False)
    words = SealedField(CheckWords, pad=64)

    class Meta:
        ordering = ["-done_on", "-created_at"]
        verbose_name = "punkt i samordningsrutinen"
        verbose_name_plural = "punkter i samordningsrutinen"

    def __str__(self) -> str:
        return str(self.pk)
