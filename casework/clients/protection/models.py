"""A change of identity and what it leaves to do: every place where the old name or number stands in running text.

A hit says where, never what: the earlier identity is kept nowhere. Source: domain 5.1; lag (1991:483).
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casework.crypto.fields import SealedField, sealed_group
from casework.records import Record
from casework.state import StateModel, move, state_constraint, state_field


class ChangeState(models.TextChoices):
    OPEN = "open", "Texter ska gås igenom"
    DONE = "done", "Klart"


@sealed_group
class ChangeWords:
    grounds: str = ""


@sealed_group
class HitWords:
    """Why a hit is left as it is. Never the hit's own wording."""

    why: str = ""


class IdentityChange(StateModel, Record):
    """A person has got a new name or number. The new has replaced the old at once; the texts are gone through after."""

    State = ChangeState
    states: ClassVar[type[models.TextChoices]] = ChangeState

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="identity_changes")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    state = state_field(State, State.OPEN)
    begun_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    done_at = models.DateTimeField("klart", null=True, blank=True)
    done_by = models.ForeignKey("casework.User", models.PROTECT, null=True, blank=True, related_name="+")
    words = SealedField(ChangeWords, pad=64)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "byte av identitet"
        verbose_name_plural = "byten av identitet"
        constraints = [
            state_constraint("identitychange_state_known", ChangeState),
            models.CheckConstraint(
                name="identitychange_done_whole",
                condition=Q(state="open", done_at__isnull=True, done_by__isnull=True)
                | Q(state="done", done_at__isnull=False, done_by__isnull=False),
            ),
            models.UniqueConstraint(fields=["client"], condition=Q(state="open"), name="identitychange_one_open"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @move(State.OPEN, State.DONE)
    def finish(self) -> None:
        self.done_at = timezone.now()


class HitState(models.TextChoices):
    FOUND = "found", "Inte prövad"
    PROPOSED = "proposed", "Väntar på en andra person"
    MASKED = "masked", "Maskerad"
    LEFT = "left", "Lämnad som den är"


class MaskingHit(StateModel, Record):
    """One place where the old identity may stand: table, row, sealed group, field, and from where to where."""

    State = HitState
    states: ClassVar[type[models.TextChoices]] = HitState
    FILE = "file"  # the field of a hit that is a whole document: nobody can search in it but a person

    change = models.ForeignKey(IdentityChange, models.PROTECT, related_name="hits")
    client = models.ForeignKey("casework.Client", models.PROTECT, related_name="+")
    model = models.CharField("tabell", max_length=60)
    row = models.UUIDField("rad")
    group = models.CharField("grupp", max_length=40)
    field = models.CharField("fält", max_length=60)
    start = models.PositiveIntegerField("från")
    end = models.PositiveIntegerField("till")
    length = models.PositiveIntegerField("textens längd")
    state = state_field(State, State.FOUND)
    mask = models.BooleanField("maskeras", default=True)
    proposed_by = models.ForeignKey("casework.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_by = models.ForeignKey("casework.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("beslutad", null=True, blank=True)
    words = SealedField(HitWords, pad=64)

    class Meta:
        ordering = ["created_at", "model", "row", "start"]
        verbose_name = "träff att maskera"
        verbose_name_plural = "träffar att maskera"
        constraints = [
            state_constraint("hit_state_known", HitState),
            models.CheckConstraint(name="hit_span_forward", condition=Q(end__gte=F("start"))),
            models.CheckConstraint(
                name="hit_by_two",
                condition=Q(state="found", proposed_by__isnull=True, decided_by__isnull=True)
                | Q(state="proposed", proposed_by__isnull=False, decided_by__isnull=True)
                | Q(state__in=["masked", "left"], proposed_by__isnull=False, decided_by__isnull=False)
                & ~Q(proposed_by=F("decided_by")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_file(self) -> bool:
        return self.field == self.FILE

    @move([State.FOUND, State.PROPOSED], State.PROPOSED)
    def propose(self) -> None:
        """One person says what should be done; she may say it anew before somebody else has decided."""

    @move(State.PROPOSED, State.MASKED)
    def cover(self) -> None:
        self.decided_at = timezone.now()

    @move(State.PROPOSED, State.LEFT)
    def leave(self) -> None:
        self.decided_at = timezone.now()

    def case_number(self) -> str:
        return self.change.case.number
