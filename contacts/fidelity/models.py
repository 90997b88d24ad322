"""Fidelity (programtrohet): how closely the section works after the model, 11 items of 1-5 points each.

Source: the University of Kansas' strengths model fidelity scale (draft 2007-08-19); anchors are settings, since only
those for the job's contents could be verified.
"""

from decimal import Decimal
from typing import Any, ClassVar, NoReturn

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casework.crypto.fields import SealedField, sealed_group
from casework.crypto.keyring import Purpose
from casework.records import SignedRow, StaffRecord
from casework.state import StateModel, move, state_constraint, state_field


class FidelityState(models.TextChoices):
    WORKING = "working", "Pågår"
    DONE = "done", "Klar"


class FidelityItem(models.TextChoices):
    """In the order of the page. The first seven are computed, the rest are judged by the sektionschef."""

    CASELOAD = "caseload", "Ärenden per kontaktperson"
    SUPERVISOR = "supervisor", "Kontaktpersoner per sektionschef"
    COMMUNITY = "community", "Kontakter hemma och i samhället"
    ASSESSMENTS = "assessments", "Aktuella styrkebedömningar"
    TIED = "tied", "Kontakter som hör till ett delmål"
    NATURAL = "natural", "Mål som använder naturliga resurser"
    GROUP = "group", "Grupphandledning"
    JOB = "job", "Tid för ärendena"
    MENTORING = "mentoring", "Fälthandledning"
    QUALITY = "quality", "Bedömningar och planer: kvalitet och användning"
    HOPE = "hope", "Att inge hopp"


@sealed_group
class ScoreWords:
    grounds: str = ""


class FidelityReview(StateModel, StaffRecord):
    """One review of one section over a period."""

    State = FidelityState
    states: ClassVar[type[models.TextChoices]] = FidelityState

    section = models.ForeignKey("casework.Section", models.PROTECT, related_name="+")
    state = state_field(State, State.WORKING)
    from_day = models.DateField("från och med")
    to_day = models.DateField("till och med")
    begun_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    done_at = models.DateTimeField("klar", null=True, blank=True)
    total = models.PositiveSmallIntegerField("summa", null=True, blank=True)

    class Meta:
        ordering = ["-to_day", "-created_at"]
        verbose_name = "programtrohetsmätning"
        verbose_name_plural = "programtrohetsmätningar"
        constraints = [
            state_constraint("fidelity_state_known", FidelityState),
            models.UniqueConstraint(fields=["section"], condition=Q(state="working"), name="fidelity_one_going_on"),
            models.CheckConstraint(name="fidelity_time_forward", condition=Q(to_day__gte=F("from_day"))),
            models.CheckConstraint(
                name="fidelity_done_whole",
                condition=Q(state="working", done_at__isnull=True, total__isnull=True)
                | Q(state="done", done_at__isnull=False, total__isnull=False, total__gte=11, total__lte=55),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises SignedRow for a review that is done: its figures stay what they were."""
        if not self._state.adding:
            check_not_done(self.pk)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise SignedRow(str(self.pk))

    @move(State.WORKING, State.DONE)
    def finish(self, *, total: int) -> None:
        self.total, self.done_at = total, timezone.now()


def check_not_done(review: Any) -> None:
    """Raises SignedRow when the review with this id is finished."""
    if FidelityReview.objects.filter(pk=review, state=FidelityState.DONE).exists():
        raise SignedRow(str(review))


class FidelityScore(StaffRecord):
    """The points of one item. A computed one keeps the figures it was computed from; a human one its grounds.

    An item that could not be computed, for want of anything to divide by, is judged like a human one.
    """

    review = models.ForeignKey(FidelityReview, models.PROTECT, related_name="scores")
    item = models.CharField("punkt", max_length=24, choices=FidelityItem.choices)
    points = models.PositiveSmallIntegerField("poäng", null=True, blank=True)
    computed = models.BooleanField("uträknad", default=False)
    above = models.DecimalField("täljare", max_digits=12, decimal_places=2, null=True, blank=True)
    below = models.DecimalField("nämnare", max_digits=12, decimal_places=2, null=True, blank=True)
    scored_by = models.ForeignKey("casework.User", models.PROTECT, null=True, blank=True, related_name="+")
    words = SealedField(ScoreWords, purpose=Purpose.STAFF, pad=64)

    class Meta:
        ordering = ["item"]
        verbose_name = "poäng"
        verbose_name_plural = "poäng"
        constraints = [
            models.UniqueConstraint(fields=["review", "item"], name="score_item_once"),
            models.CheckConstraint(name="score_item_known", condition=Q(item__in=FidelityItem.values)),
            models.CheckConstraint(
                name="score_points_in_range", condition=Q(points__isnull=True) | Q(points__gte=1, points__lte=5)
            ),
            models.CheckConstraint(
                name="score_computed_whole",
                condition=Q(
                    computed=True,
                    points__isnull=False,
                    scored_by__isnull=True,
                    above__isnull=False,
                    below__isnull=False,
                    below__gt=0,
                )
                | Q(computed=False, points__isnull=True, scored_by__isnull=True, above__isnull=True, below__isnull=True)
                | Q(
                    computed=False,
                    points__isnull=False,
                    scored_by__isnull=False,
                    above__isnull=True,
                    below__isnull=True,
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises SignedRow when the review is done."""
        if not self._state.adding:
            check_not_done(self.review_id)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise SignedRow(str(self.pk))

    @property
    def value(self) -> Decimal | None:
        return self.above / self.below if self.above is not None and self.below else None
