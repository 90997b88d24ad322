"""Two numbers of an assessment beside each other: what came, what left, and what was worded anew."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from contacts.strengths import readers
from contacts.strengths.models import StrengthsAssessment, StrengthStatement
from contacts.strengths.talks import TALKS, Talk


@dataclass(frozen=True)
class Change:
    """`old` is None for what came, `new` for what left; both are there for what was worded anew."""

    old: StrengthStatement | None
    new: StrengthStatement | None

    @property
    def any(self) -> StrengthStatement:
        found = self.new or self.old
        assert found is not None
        return found


@dataclass(frozen=True)
class Changes:
    talk: Talk
    came: list[Change] = field(default_factory=list)
    left: list[Change] = field(default_factory=list)
    reworded: list[Change] = field(default_factory=list)

    @property
    def all(self) -> list[Change]:
        return [*self.reworded, *self.came, *self.left]


@dataclass(frozen=True)
class Comparison:
    domains: list[Changes]
    same: int


def compare(earlier: StrengthsAssessment, later: StrengthsAssessment) -> Comparison:
    """The difference between two numbers of one case. Opens only the texts that differ."""
    between = Q(gone_in__isnull=True) | Q(gone_in__number__gt=earlier.number)
    rows = {each.pk: each for each in readers.held(later.case, later.number, between)}
    before = {pk for pk, each in rows.items() if each.assessment.number <= earlier.number}
    after = {pk for pk, each in rows.items() if each.gone_in is None or each.gone_in.number > later.number}
    origins = {pk: _origin(rows, pk, before) for pk in after - before}
    changes = [Change(rows.get(old) if old else None, rows[pk]) for pk, old in origins.items()]
    changes += [Change(rows[pk], None) for pk in before - after - set(origins.values())]
    readers.opened({side.pk: side for change in changes for side in (change.old, change.new) if side}.values())
    return Comparison(_by_domain(changes), len(before & after))


def _origin(rows: dict[UUID, StrengthStatement], pk: UUID, before: set[UUID]) -> UUID | None:
    """The statement of the earlier number that this one, perhaps in several steps, words anew."""
    step = rows[pk].replaces_id
    while step in rows and step not in before:
        step = rows[step].replaces_id
    return step if step in before else None


def _by_domain(changes: list[Change]) -> list[Changes]:
    found = {talk.code: Changes(talk) for talk in TALKS}
    for change in sorted(changes, key=lambda change: change.any.created_at):
        at = found[change.any.domain]
        (at.left if change.new is None else at.came if change.old is None else at.reworded).append(change)
    return [at for at in found.values() if at.all]
