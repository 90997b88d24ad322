"""Kompott: municipalities house each other's inhabitants by an agreement that is data, in files without identity."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casework.crypto.fields import SealedField, sealed_group
from casework.crypto.keyring import Purpose
from casework.records import Record, StaffRecord
from casework.state import StateModel, move, state_constraint, state_field
from housing.codes import DeclineReason, LeaseKind
from housing.needs.models import NeedProfile


@sealed_group
class AgreementWords:
    cost_split: str = ""
    distance: str = ""
    note: str = ""


@sealed_group
class LiaisonWords:
    name: str = ""
    phone: str = ""
    note: str = ""


@sealed_group
class PrivateKey:
    """Raw private keys, hex: Ed25519 for signing and X25519 for opening."""

    signing: str = ""
    opening: str = ""


@sealed_group
class ExchangeWords:
    """What the two sides write to each other about a request; `offer` tells of a home without its address."""

    offer: str = ""
    answer: str = ""
    note: str = ""


class Agreement(StaffRecord):
    """What the municipalities have agreed, for a time. Terms differ between agreements, so they are data."""

    name = models.CharField("namn", max_length=80)
    valid_from = models.DateField("gäller från")
    valid_until = models.DateField("gäller till och med")
    answer_days = models.PositiveSmallIntegerField("dagar till svar")
    lease = models.CharField("kontrakt", max_length=20, choices=LeaseKind.choices)
    sublet_months = models.PositiveSmallIntegerField("månader före övertagande", default=12)
    words = SealedField(AgreementWords, purpose=Purpose.STAFF, pad=64)

    class Meta:
        ordering = ["-valid_from", "name"]
        verbose_name = "avtal om byte"
        verbose_name_plural = "avtal om byte"
        constraints = [
            models.CheckConstraint(name="agreement_time_forward", condition=Q(valid_until__gte=F("valid_from")))
        ]

    def __str__(self) -> str:
        return self.name


class AgreementMember(StaffRecord):
    """A municipality in an agreement. `code` is that of SCB; the keys are public, read to each other on the phone."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="members")
    code = models.CharField("kommunkod", max_length=4)
    name = models.CharField("kommun", max_length=60)
    own = models.BooleanField("vår egen kommun", default=False)
    verify_key = models.CharField("nyckel för underskrift", max_length=64, blank=True)
    seal_key = models.CharField("nyckel för försegling", max_length=64, blank=True)
    keys_checked_on = models.DateField("nycklarna kontrollerade", null=True, blank=True)
    active = models.BooleanField("deltar", default=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "kommun i avtal"
        verbose_name_plural = "kommuner i avtal"
        constraints = [
            models.UniqueConstraint(fields=["agreement", "code"], name="member_once"),
            models.UniqueConstraint(fields=["agreement"], condition=Q(own=True), name="member_one_own"),
            models.CheckConstraint(
                name="member_keys_whole",
                condition=Q(verify_key="", seal_key="", keys_checked_on__isnull=True)
                | ~Q(verify_key="") & ~Q(seal_key="") & Q(keys_checked_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Liaison(StaffRecord):
    """A colleague in another municipality: never a kontaktperson of ours, nor one by SoL 13:7."""

    class Role(models.TextChoices):
        KOMPOTT_LIAISON = "kompott_liaison", "Kompott-kontaktperson"
        KOMPOTT_LIAISON_MANAGER = "kompott_manager", "Samverkansperson"

    member = models.ForeignKey(AgreementMember, models.PROTECT, related_name="liaisons")
    role = models.CharField("roll", max_length=16, choices=Role.choices)
    ended_on = models.DateField("slutade", null=True, blank=True)
    words = SealedField(LiaisonWords, purpose=Purpose.STAFF, pad=64)

    class Meta:
        ordering = ["role", "created_at"]
        verbose_name = "kontakt i annan kommun"
        verbose_name_plural = "kontakter i andra kommuner"

    def __str__(self) -> str:
        return str(self.pk)


class ExchangeKey(StaffRecord):
    """Our own pair of keys for the files. A new pair puts the old away; what is on its way can still be opened."""

    verify_key = models.CharField("nyckel för underskrift", max_length=64, unique=True)
    seal_key = models.CharField("nyckel för försegling", max_length=64, unique=True)
    made_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    in_use = models.BooleanField("används", default=True)
    secret = SealedField(PrivateKey, purpose=Purpose.STAFF, pad=64)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "nyckelpar för byten"
        verbose_name_plural = "nyckelpar för byten"
        constraints = [
            models.UniqueConstraint(fields=["in_use"], condition=Q(in_use=True), name="exchangekey_one_in_use")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ExchangeState(models.TextChoices):
    NEW = "new", "Inte skickad"
    SENT = "sent", "Skickad"
    ACKNOWLEDGED = "acknowledged", "Mottagen"
    OFFERED = "offered", "Erbjudande"
    ACCEPTED = "accepted", "Tackat ja"
    CONTRACT = "contract", "Kontrakt"
    MOVED = "moved", "Inflyttad"
    TRANSFERRED = "transferred", "Ärendet överflyttat"
    KEPT = "kept", "Ärendet kvar hos hemkommunen"
    CLOSED = "closed", "Avslutad"
    DECLINED = "declined", "Fick nej"
    WITHDRAWN = "withdrawn", "Återtagen"
    EXPIRED = "expired", "Tiden gick ut"


E = ExchangeState
RUNNING = (E.SENT, E.ACKNOWLEDGED, E.OFFERED, E.ACCEPTED, E.CONTRACT)
STOPPED = (E.DECLINED, E.WITHDRAWN, E.EXPIRED)


class Exchange(StateModel):
    """What a request is on both sides: the same states, moved by the same messages."""

    State = ExchangeState
    states: ClassVar[type[models.TextChoices]] = ExchangeState

    reference = models.CharField("beteckning", max_length=16)
    state = state_field(State, State.NEW)
    sent_on = models.DateField("skickad", null=True, blank=True)
    answer_due_on = models.DateField("svar senast", null=True, blank=True)
    offered_on = models.DateField("erbjudande", null=True, blank=True)
    moved_on = models.DateField("inflyttad", null=True, blank=True)
    ended_on = models.DateField("avslutad", null=True, blank=True)
    declined = models.CharField("varför inte", max_length=20, choices=DeclineReason.choices, blank=True)
    transfer_asked_on = models.DateField("överflyttning begärd", null=True, blank=True)
    transfer_answered_on = models.DateField("överflyttning besvarad", null=True, blank=True)
    ivo_applied_on = models.DateField("ansökt hos IVO", null=True, blank=True)
    # What the other side has to be told next, a kind of message; and when a file that says so was made.
    to_tell = models.CharField("att berätta", max_length=16, blank=True)
    told_at = models.DateTimeField("fil skapad", null=True, blank=True)

    class Meta:
        abstract = True

    @move(E.NEW, E.SENT)
    def send(self) -> None:
        """The request has left us, or has come."""

    @move(E.SENT, E.ACKNOWLEDGED)
    def acknowledge(self) -> None:
        """The other side has it."""

    @move([E.SENT, E.ACKNOWLEDGED], E.OFFERED)
    def offer(self) -> None:
        """There is a home."""

    @move(E.OFFERED, E.ACCEPTED)
    def accept(self) -> None:
        """She says yes."""

    @move([E.OFFERED, E.ACCEPTED, E.CONTRACT], E.ACKNOWLEDGED)
    def turn_down(self) -> None:
        """She says no to this home, or the home is gone; the request goes on."""

    @move(E.ACCEPTED, E.CONTRACT)
    def sign(self) -> None:
        """There is a lease."""

    @move([E.ACCEPTED, E.CONTRACT], E.MOVED)
    def move_in(self) -> None:
        """She has moved."""

    @move(E.MOVED, E.TRANSFERRED)
    def transfer(self) -> None:
        """The receiving municipality has taken over the case (SoL 29:10-12)."""

    @move(E.MOVED, E.KEPT)
    def keep(self) -> None:
        """The home municipality keeps the case."""

    @move([E.TRANSFERRED, E.KEPT], E.CLOSED)
    def close(self) -> None:
        """Nothing is left to do."""

    @move([E.SENT, E.ACKNOWLEDGED, E.OFFERED], E.DECLINED)
    def decline(self) -> None:
        """The receiving side says no."""

    @move([E.NEW, *RUNNING], E.WITHDRAWN)
    def withdraw(self) -> None:
        """The sending side takes it back."""

    @move([E.SENT, E.ACKNOWLEDGED, E.OFFERED], E.EXPIRED)
    def expire(self) -> None:
        """The time to answer is over."""


class KompottRequest(Exchange, Record):
    """A request of ours to another municipality, about a need of ours. `reference` is no token of ours elsewhere."""

    track = models.ForeignKey("housing.Track", models.PROTECT, related_name="kompott_requests")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="kompott_requests")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    member = models.ForeignKey(AgreementMember, models.PROTECT, related_name="requests")
    consent = models.ForeignKey("casework.Consent", models.PROTECT, null=True, blank=True, related_name="+")
    quota = models.ForeignKey("housing.Quota", models.PROTECT, null=True, blank=True, related_name="sent")
    words = SealedField(ExchangeWords, pad=64)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "Kompott-förfrågan till annan kommun"
        verbose_name_plural = "Kompott-förfrågningar till andra kommuner"
        constraints = [
            state_constraint("kompottrequest_state_known", ExchangeState),
            models.UniqueConstraint(fields=["reference"], name="kompottrequest_once"),
            models.UniqueConstraint(
                fields=["track"],
                condition=~Q(state__in=[str(one) for one in STOPPED]),
                name="kompottrequest_one_of_a_track",
            ),
            models.CheckConstraint(
                name="kompottrequest_sent_whole",
                condition=Q(state="new", sent_on__isnull=True)
                | Q(state="withdrawn")
                | ~Q(state__in=["new", "withdrawn"]) & Q(sent_on__isnull=False, consent__isnull=False),
            ),
            models.CheckConstraint(
                name="kompottrequest_stopped_whole",
                condition=Q(state__in=[str(one) for one in STOPPED]) & ~Q(declined="")
                | ~Q(state__in=[str(one) for one in STOPPED]) & Q(declined=""),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class KompottOffer(Exchange, StaffRecord):
    """A request that another municipality sent us: a need without a person. What came lies under the staff key."""

    member = models.ForeignKey(AgreementMember, models.PROTECT, related_name="received")
    home = models.ForeignKey("housing.Home", models.PROTECT, null=True, blank=True, related_name="+")
    quota = models.ForeignKey("housing.Quota", models.PROTECT, null=True, blank=True, related_name="received")
    urgency = models.CharField("brådska", max_length=8)
    received_at = models.DateTimeField("kom", default=timezone.now)
    profile = SealedField(NeedProfile, purpose=Purpose.STAFF, pad=64)
    words = SealedField(ExchangeWords, purpose=Purpose.STAFF, pad=64)

    class Meta:
        ordering = ["-received_at"]
        verbose_name = "Kompott-förfrågan från annan kommun"
        verbose_name_plural = "Kompott-förfrågningar från andra kommuner"
        constraints = [
            state_constraint("kompottoffer_state_known", ExchangeState),
            models.UniqueConstraint(fields=["member", "reference"], name="kompottoffer_once"),
            models.CheckConstraint(
                name="kompottoffer_stopped_whole",
                condition=Q(state__in=[str(one) for one in STOPPED]) & ~Q(declined="")
                | ~Q(state__in=[str(one) for one in STOPPED]) & Q(declined=""),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class ExchangeFile(StaffRecord):
    """A file that left or came. `message` is drawn by the sender: the same file is never taken in twice."""

    class Direction(models.TextChoices):
        OUT = "out", "Skickad"
        IN = "in", "Mottagen"

    message = models.UUIDField("meddelande")
    direction = models.CharField("riktning", max_length=4, choices=Direction.choices)
    member = models.ForeignKey(AgreementMember, models.PROTECT, related_name="files")
    reference = models.CharField("beteckning", max_length=16)
    kind = models.CharField("slag", max_length=16)
    by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    expires_at = models.DateTimeField("gäller till")

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "fil mellan kommuner"
        verbose_name_plural = "filer mellan kommuner"
        constraints = [models.UniqueConstraint(fields=["direction", "message"], name="exchangefile_once")]

    def __str__(self) -> str:
        return str(self.pk)
