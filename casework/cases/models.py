from typing import Any, ClassVar, NoReturn

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casework.cases import codes
from casework.crypto.fields import SealedField, sealed_group
from casework.records import Record, SignedRow
from casework.state import StateModel, move, state_constraint, state_field


@sealed_group
class Narrative:
    """What the case is about, in words."""

    referral_note: str = ""
    background: str = ""
    wishes: str = ""
    closure_note: str = ""


@sealed_group
class NoteContent:
    text: str = ""
    actor: str = ""
    next_step: str = ""


class CaseState(models.TextChoices):
    INTAKE = "intake", "Nytt"
    OPEN = "open", "Pågår"
    RESTING = "resting", "Vilar"
    CLOSING = "closing", "Avslutas"
    CLOSED = "closed", "Avslutat"


class Case(StateModel, Record):
    """Support to one person. Its number and pseudonym are made by the program and say nothing of the person."""

    State = CaseState
    states: ClassVar[type[models.TextChoices]] = CaseState

    number = models.CharField("ärendenummer", max_length=12, unique=True, editable=False)
    pseudonym = models.CharField("pseudonym", max_length=40, unique=True, editable=False)
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="cases")
    section = models.ForeignKey("casework.Section", models.PROTECT, related_name="cases")
    state = state_field(State, State.INTAKE)
    referral_source = models.CharField("kom från", max_length=24, choices=codes.ReferralSource.choices)
    legal_basis = models.CharField("lagrum", max_length=8, choices=codes.LegalBasis.choices, blank=True)
    taken_in_on = models.DateField("mottaget")
    first_contact_on = models.DateField("första kontakten", null=True, blank=True)
    closed_on = models.DateField("avslutat", null=True, blank=True)
    closure_reason = models.CharField(
        "skäl till avslut", max_length=20, choices=codes.ClosureReason.choices, blank=True
    )
    narrative = SealedField(Narrative, pad=64)

    class Meta:
        ordering = ["number"]
        verbose_name = "ärende"
        verbose_name_plural = "ärenden"
        constraints = [
            state_constraint("case_state_known", CaseState),
            models.CheckConstraint(
                name="case_closed_whole",
                condition=Q(state="closed", closed_on__isnull=False) & ~Q(closure_reason="")
                | ~Q(state="closed") & Q(closed_on__isnull=True, closure_reason=""),
            ),
            models.CheckConstraint(
                name="case_closed_after_intake",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("taken_in_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def case_number(self) -> str:
        return self.number

    @property
    def closed(self) -> bool:
        return bool(self.state == self.State.CLOSED)

    @move(State.INTAKE, State.OPEN)
    def open(self) -> None:
        """The contact person has accepted."""

    @move(State.OPEN, State.RESTING)
    def rest(self) -> None:
        """A pause that the person wants."""

    @move(State.RESTING, State.OPEN)
    def resume(self) -> None:
        """The pause is over."""

    @move([State.OPEN, State.RESTING], State.CLOSING)
    def begin_closing(self) -> None:
        """The support is being rounded off."""

    @move(State.CLOSING, State.OPEN)
    def keep_open(self) -> None:
        """It was too early to end."""

    @move([State.INTAKE, State.CLOSING], State.CLOSED)
    def close(self, *, reason: str) -> None:
        self.closed_on = timezone.localdate()
        self.closure_reason = reason

    @move(State.CLOSED, State.INTAKE)
    def reopen(self) -> None:
        self.closed_on = None
        self.closure_reason = ""


class JournalNote(Record):
    """A signed note. It is born signed and never changes: what was wrong is put right by a new note beside it."""

    class Entry(models.TextChoices):
        STEP = "step", "Stödsteg"
        CORRECTION = "correction", "Rättelse"
        OPINION = "opinion", "Personens egen mening"

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    author = models.ForeignKey("casework.User", models.PROTECT, related_name="notes")
    entry = models.CharField("anteckning", max_length=12, choices=Entry.choices)
    about = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="responses")
    occurred_at = models.DateTimeField("när")
    signed_at = models.DateTimeField("signerad", default=timezone.now)
    kind = models.CharField("slag", max_length=20, choices=codes.StepKind.choices, blank=True)
    place = models.CharField("plats", max_length=20, choices=codes.StepPlace.choices, blank=True)
    place_type = models.CharField("slags plats", max_length=12, choices=codes.PlaceType.choices, blank=True)
    exposure = models.CharField("hur det kändes", max_length=12, choices=codes.Exposure.choices, blank=True)
    way = models.CharField("sätt", max_length=20, choices=codes.StepWay.choices, blank=True)
    outcome = models.CharField("utfall", max_length=12, choices=codes.StepOutcome.choices, blank=True)
    minutes = models.PositiveSmallIntegerField("minuter", null=True, blank=True)
    next_on = models.DateField("nästa steg", null=True, blank=True)
    content = SealedField(NoteContent, pad=64)

    class Meta:
        ordering = ["-occurred_at", "-signed_at"]
        verbose_name = "journalanteckning"
        verbose_name_plural = "journalanteckningar"
        indexes = [
            models.Index(fields=["case", "-occurred_at", "-signed_at"], name="note_case_time"),
            models.Index(fields=["author", "-signed_at"], name="note_author_time"),
        ]
        constraints = [
            models.CheckConstraint(
                name="note_step_whole",
                condition=Q(entry="step", about__isnull=True, minutes__isnull=False)
                & ~Q(kind="")
                & ~Q(place="")
                & ~Q(way="")
                & ~Q(outcome="")
                | ~Q(entry="step")
                & Q(about__isnull=False, minutes__isnull=True, kind="", place="", way="", outcome=""),
            ),
            models.CheckConstraint(
                name="note_public_whole",
                condition=Q(place="community") & ~Q(place_type="") & ~Q(exposure="")
                | ~Q(place="community") & Q(place_type="", exposure=""),
            ),
            models.CheckConstraint(name="note_not_ahead", condition=Q(occurred_at__lte=F("signed_at"))),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Once. Raises SignedRow for a note that is saved already: what was signed stays readable."""
        if not self._state.adding:
            raise SignedRow(str(self.pk))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise SignedRow(str(self.pk))
