"""What one request has looked at. The middleware writes it as one read event before the page leaves.

Every case fetched through policy and every seal opened lands here by itself: a page cannot show a client's data and
forget to say so.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from audit.tags import Tag
from audit.trail import Ref

if TYPE_CHECKING:
    from casework.cases.models import Case


@dataclass
class Visit:
    tag: Tag = Tag.PAGE_READ
    refs: dict[str, Ref] = field(default_factory=dict)
    owners: dict[int, str] = field(default_factory=dict)  # by the number of the client's uuid: hashed without Python
    opened: Counter[str] = field(default_factory=Counter)
    unknown: set[int] = field(default_factory=set)
    reason_code: str = ""
    detail: dict[str, Any] | None = None

    @property
    def empty(self) -> bool:
        return not self.refs and not self.opened and self.detail is None

    def fields(self) -> list[str]:
        """The groups that were opened and how many times: `casework.JournalNote.content x 12`."""
        return [f"{name} x {count}" for name, count in sorted(self.opened.items())]


_visit: ContextVar[Visit | None] = ContextVar("visit", default=None)


def current() -> Visit | None:
    return _visit.get()


@contextmanager
def begin() -> Iterator[Visit]:
    """Collects what is looked at until the block ends."""
    token = _visit.set(visit := Visit())
    try:
        yield visit
    finally:
        _visit.reset(token)


def saw(case: "Case") -> None:
    """Notes a case that a page is about."""
    if (visit := _visit.get()) is not None:
        visit.refs[str(case.pk)] = case.ref()
        visit.owners[case.client_id.int] = case.number
        visit.unknown.discard(case.client_id.int)


def saw_all(cases: "list[Case]") -> None:
    """Notes the cases of a list."""
    for case in cases:
        saw(case)


def purpose(tag: Tag, *, reason_code: str = "", detail: dict[str, Any] | None = None) -> None:
    """Says what kind of look this is, where `page:read` is not exact enough. A sealed `detail` is always told of."""
    if (visit := _visit.get()) is not None:
        visit.tag, visit.reason_code, visit.detail = tag, reason_code, detail


def on_open(model: str, pk: Any, owner: UUID, group: str) -> None:
    """Called by crypto at each opened seal of a saved row."""
    if (visit := _visit.get()) is not None:
        visit.opened[f"{model}.{group}"] += 1
        number = owner.int
        if number and number not in visit.owners:
            visit.unknown.add(number)
