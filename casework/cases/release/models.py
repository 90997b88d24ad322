"""A part of a record on its way out: chosen piece by piece, others' data covered, gone through by two, then printed."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casework.crypto.fields import SealedField, sealed_group
from casework.records import Record
from casework.state import StateModel, move, state_constraint, state_field


@sealed_group
class ReleaseWords:
    """`returned`: what the second person wants changed, as long as it is being changed."""

    note: str = ""
    returned: str = ""


@sealed_group
class PieceWords:
    """`original` is what stood in the record, `text` what the receiver gets: the same with others' data covered.

    `why` says why a piece is left out, or why it may go out although something in it is about others.
    """

    heading: str = ""
    original: str = ""
    text: str = ""
    why: str = ""


class ReleaseState(models.TextChoices):
    MARKING = "marking", "Gås igenom"
    REVIEW = "review", "Väntar på en andra person"
    READY = "ready", "Klar att lämnas ut"
    HANDED_OUT = "handed_out", "Utlämnad"
    DROPPED = "dropped", "Avbruten"


class Release(StateModel, Record):
    """One print of a record for somebody who is to have it. It rests on a disclosure and is logged with it."""

    State = ReleaseState
    states: ClassVar[type[models.TextChoices]] = ReleaseState

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="releases")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    disclosure = models.ForeignKey("casework.Disclosure", models.PROTECT, related_name="releases")
    state = state_field(State, State.MARKING)
    since = models.DateField("från", null=True, blank=True)
    until = models.DateField("till", null=True, blank=True)
    begun_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    reviewed_by = models.ForeignKey("casework.User", models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField("granskad", null=True, blank=True)
    handed_out_at = models.DateTimeField("utlämnad", null=True, blank=True)
    words = SealedField(ReleaseWords, pad=64)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "utskrift av personakt"
        verbose_name_plural = "utskrifter av personakter"
        constraints = [
            state_constraint("release_state_known", ReleaseState),
            models.CheckConstraint(
                name="release_by_two",
                condition=~Q(state__in=["ready", "handed_out"])
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False) & ~Q(reviewed_by=F("begun_by")),
            ),
            models.CheckConstraint(
                name="release_handed_whole",
                condition=Q(state="handed_out", handed_out_at__isnull=False)
                | ~Q(state="handed_out") & Q(handed_out_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @move(State.MARKING, State.REVIEW)
    def submit(self) -> None:
        """The first has gone through every piece."""

    @move(State.REVIEW, State.MARKING)
    def send_back(self) -> None:
        """The second wants something changed."""

    @move(State.REVIEW, State.READY)
    def approve(self) -> None:
        self.reviewed_at = timezone.now()

    @move(State.READY, State.HANDED_OUT)
    def hand_out(self) -> None:
        self.handed_out_at = timezone.now()

    @move([State.MARKING, State.REVIEW, State.READY], State.DROPPED)
    def drop(self) -> None:
        """It is not to be given out after all."""


class ReleasePiece(Record):
    """One piece of the record: a note, an assessment, a decision; shown, shown with others covered, or left out.

    `marked_by` is the first person who decided that, `passed_by` the second who has read it and agrees.
    """

    class Verdict(models.TextChoices):
        OPEN = "piece_open", "Inte prövad"
        SHOW = "piece_show", "Lämnas ut"
        COVERED = "piece_covered", "Lämnas ut med täckta delar"
        HELD = "piece_held", "Lämnas inte ut"

    release = models.ForeignKey(Release, models.PROTECT, related_name="pieces")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    place = models.PositiveIntegerField("ordning")
    model = models.CharField("tabell", max_length=60)
    row = models.UUIDField("rad")
    verdict = models.CharField("bedömning", max_length=16, choices=Verdict.choices, default=Verdict.OPEN)
    warned = models.BooleanField("andras uppgifter kan finnas", default=False)
    marked_by = models.ForeignKey("casework.User", models.PROTECT, null=True, blank=True, related_name="+")
    passed_by = models.ForeignKey("casework.User", models.PROTECT, null=True, blank=True, related_name="+")
    words = SealedField(PieceWords, pad=64)

    class Meta:
        ordering = ["place"]
        verbose_name = "del av utskrift"
        verbose_name_plural = "delar av utskrift"
        constraints = [
            models.UniqueConstraint(fields=["release", "place"], name="piece_place_once"),
            models.CheckConstraint(
                name="piece_marked_whole",
                condition=Q(verdict="piece_open", marked_by__isnull=True, passed_by__isnull=True)
                | Q(
                    verdict__in=["piece_show", "piece_covered", "piece_held"],
                    marked_by__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="piece_by_two", condition=Q(passed_by__isnull=True) | ~Q(passed_by=F("marked_by"))
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def case_number(self) -> str:
        return self.release.case.number
