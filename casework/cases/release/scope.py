"""Whose record is printed, over what time, and what one piece of it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from casework.access import visit
from casework.cases.models import Case
from casework.clients.children.models import Child


@dataclass(frozen=True)
class Found:
    """A piece as it is collected: where it stands, its heading, its text. Empty texts are left out of the print.

    `sensitive`: somebody else may be in it, or where somebody is, though no word of it tells; it is always warned of.
    """

    model: str
    row: UUID
    heading: str
    text: str
    sensitive: bool = False


@dataclass(frozen=True)
class Scope:
    """The person's own record, or with `child` that child's and nothing else. The days are inclusive."""

    case: Case
    child: Child | None = None
    since: date | None = None
    until: date | None = None

    @property
    def owner(self) -> UUID:
        """The client whose record it is; her key seals the print."""
        owner: UUID = self.child.client_id if self.child else self.case.client_id
        return owner

    def own(self, model: Any) -> QuerySet[Any]:
        """The rows of a model that are about the owner: a child's lie in the adult's case, sealed for the child."""
        return model.objects.filter(case=self.case, client_id=self.owner)

    def within(self, rows: QuerySet[Any], column: str) -> QuerySet[Any]:
        """Those of the time asked for, by a column of days (or a moment's day, "occurred_at__date"), oldest first."""
        if self.since:
            rows = rows.filter(**{f"{column}__gte": self.since})
        if self.until:
            rows = rows.filter(**{f"{column}__lte": self.until})
        return rows.order_by(column.removesuffix("__date"), "pk")


def piece(row: Model, heading: str, *told: tuple[str, Any], sensitive: bool = False) -> Found:
    """A piece of (label, text) pairs; what is empty is not told. A pair without a label is running text."""
    lines = (f"{label}: {text}" if label else str(text) for label, text in told if text)
    return Found(row._meta.label, row.pk, heading, "\n".join(lines), sensitive)


def belong(case: Case, owners: Iterable[UUID]) -> None:
    """The page's read event says that these keys belong to the case."""
    if (now := visit.current()) is not None:
        now.owners.update({owner.int: case.number for owner in owners})
