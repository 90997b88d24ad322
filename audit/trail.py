"""The one door to the log: acts, reads and denials are recorded here, in the transaction they describe.

- act(): one transaction; what it did is chained as the last thing before the commit. Acts inside it join.
- read(): its own transaction, before the page leaves. record(): an event without a change of a record.
- denied(): survives the roll-back it belongs to. There is no second connection to write it through (SQLite has one
  writer): a denial inside a transaction is kept aside and written when that transaction is over.

Everything here is stored in clear and for ever: ids, case numbers, codes, staff. `reason` and `detail` are what people
wrote or searched for, and are sealed.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, Error, connections, transaction

from audit import chain, checkpoints
from audit.chain import Draft
from audit.pending import SYSTEM, SYSTEM_CONTEXT, Acting, Actor, Change, Context, Pending, Ref
from audit.sealing import register_sealer
from audit.tags import Tag

__all__ = [
    "SYSTEM", "Actor", "Context", "Pending", "Ref", "TrailUnavailable", "act", "bind", "bulk", "bulk_open", "changed",
    "current", "denied", "flush_denials", "in_act", "on_rollback", "read", "record", "register_sealer", "together",
]  # fmt: skip

CHANGES = {"created": Tag.RECORD_CREATED, "changed": Tag.RECORD_CHANGED, "deleted": Tag.RECORD_DELETED}


class TrailUnavailable(Exception):
    """The log cannot be written. Nothing may be shown or saved."""


class _Group:
    """The events of one transaction, and which of them are being made now, the innermost last."""

    def __init__(self, *first: Pending) -> None:
        self.events = list(first)
        self.open = list(first)
        self.undo: list[Callable[[], None]] = []

    @contextmanager
    def joined(self, *pending: Pending) -> Iterator[None]:
        before, opened = len(self.events), len(self.open)
        self.events += pending
        self.open += pending
        try:
            with transaction.atomic():
                yield
        except BaseException:
            self.events[before:] = [event for event in self.events[before:] if event.survives]
            self.rolled_back()
            raise
        finally:
            del self.open[opened:]

    def rolled_back(self) -> None:
        for undo in self.undo:
            undo()


_context: ContextVar[Context] = ContextVar("trail_context", default=SYSTEM_CONTEXT)
_group: ContextVar[_Group | None] = ContextVar("trail_group", default=None)
_floor: ContextVar[int] = ContextVar("trail_floor", default=0)
_waiting: ContextVar[tuple[Draft, ...]] = ContextVar("trail_waiting", default=())
_bulk: ContextVar[bool] = ContextVar("trail_bulk", default=False)


@contextmanager
def bind(context: Context) -> Iterator[None]:
    """Says on whose behalf everything in the block is done. At its end, denials that still wait are written."""
    token, floor = _context.set(context), _floor.set(_depth())
    try:
        yield
    finally:
        try:
            flush_denials()
        finally:
            _floor.reset(floor)
            _context.reset(token)


def current() -> Context:
    """The bound context; the program itself when there is none."""
    return _context.get()


def in_act() -> bool:
    """Whether a transaction is open whose events are chained at its end."""
    return _group.get() is not None


@contextmanager
def act(
    tag: Tag,
    *,
    by: Acting | None = None,
    refs: Iterable[Ref] = (),
    reason_code: str = "",
    reason: str = "",
    detail: dict[str, Any] | None = None,
    owner: UUID | None = None,
) -> Iterator[Pending]:
    """One act: a transaction whose changes and event stand or fall together.

    `reason` and `detail` (JSON) are sealed for `owner` (a client), or with the log's own key. An act within an act
    joins it, as a savepoint. If the block raises, nothing is saved and the act leaves no event.
    Raises TrailUnavailable when the log cannot be written; then nothing is saved either.
    """
    pending = Pending(tag, _actor(by), list(refs), [], reason_code, reason, detail, owner)
    with _transaction(pending):
        yield pending


@contextmanager
def together() -> Iterator[None]:
    """Acts and whatever belongs to them as one transaction. Their events are chained at its end.

    Use it in place of transaction.atomic() around an act: there the log would stay locked for everybody else while
    the rest is written. Raises TrailUnavailable when the log cannot be written; then nothing is saved.
    """
    with _transaction():
        yield


@contextmanager
def _transaction(*pending: Pending) -> Iterator[None]:
    """The outermost one, or a savepoint within it."""
    group = _group.get()
    if group is not None:
        with group.joined(*pending):
            yield
        return
    group = _Group(*pending)
    token = _group.set(group)
    try:
        with transaction.atomic():
            yield
            if group.events:
                _append([_draft(event) for event in group.events])
    except BaseException:
        group.rolled_back()
        _keep(_draft(event) for event in group.events if event.survives)
        raise
    finally:
        _group.reset(token)
        flush_denials()


def record(
    tag: Tag,
    *,
    by: Acting | None = None,
    refs: Iterable[Ref] = (),
    fields: Iterable[str] = (),
    reason_code: str = "",
    reason: str = "",
    detail: dict[str, Any] | None = None,
    owner: UUID | None = None,
) -> None:
    """An event without a change of a record. Joins an open act, else a transaction of its own.

    Raises TrailUnavailable when the log cannot be written.
    """
    _write(Pending(tag, _actor(by), list(refs), list(fields), reason_code, reason, detail, owner))


def read(
    tag: Tag,
    refs: Iterable[Ref],
    *,
    by: Acting | None = None,
    fields: Iterable[str] = (),
    reason_code: str = "",
    reason: str = "",
    detail: dict[str, Any] | None = None,
    owner: UUID | None = None,
) -> None:
    """Somebody looks at `refs`, in particular at `fields`. Call it before anything is shown.

    Inside an act it is written with the act, and also when the act is rolled back.
    Raises TrailUnavailable when the log cannot be written; then nothing may be shown.
    """
    _write(Pending(tag, _actor(by), list(refs), list(fields), reason_code, reason, detail, owner, survives=True))


def denied(
    tag: Tag, refs: Iterable[Ref] = (), *, by: Acting | None = None, reason_code: str = "", reason: str = ""
) -> None:
    """Somebody was refused. Written even if the transaction it happens in is rolled back, as soon as that is over.

    Raises TrailUnavailable when the log cannot be written.
    """
    pending = Pending(tag, _actor(by), list(refs), [], reason_code, reason, survives=True)
    if not in_act() and _depth() > _floor.get():
        _keep([_draft(pending)])
    else:
        _write(pending)


def changed(change: Change) -> None:
    """A record was saved or deleted: (model, id, "created" | "changed" | "deleted", names of fields, keyed digest).

    Becomes part of the open act; without one, an event of its own.
    """
    group = _group.get()
    if group is not None and group.open:
        group.open[-1].changes.append(change)
    else:
        _write(Pending(CHANGES[change[2]], _actor(None), changes=[change]))


def on_rollback(undo: Callable[[], None]) -> None:
    """Calls `undo` if the open act is rolled back, also when it was rolled back in part."""
    group = _group.get()
    if group is not None:
        group.undo.append(undo)


@contextmanager
def bulk(
    tag: Tag, *, by: Acting | None = None, reason_code: str = "", detail: dict[str, Any] | None = None
) -> Iterator[Pending]:
    """The door for imports and seeding: an act in which logged models may be written many at a time.

    One event names every record. Nothing else may use it: a change through it has no names of fields.
    """
    with act(tag, by=by, reason_code=reason_code, detail=detail) as pending:
        token = _bulk.set(True)
        try:
            yield pending
        finally:
            _bulk.reset(token)


def bulk_open() -> Pending | None:
    """The event that bulk writing goes into; None when the door is shut."""
    group = _group.get()
    return group.open[-1] if group is not None and _bulk.get() else None


def flush_denials() -> None:
    """Writes the denials that waited for a transaction to end. Does nothing while it is still open.

    Raises TrailUnavailable when the log cannot be written.
    """
    waiting = _waiting.get()
    if waiting and _depth() <= _floor.get():
        _waiting.set(())
        _write_drafts(list(waiting))


def _actor(by: Acting | None) -> Actor:
    return _context.get().actor if by is None else by.trail_actor()


def _draft(pending: Pending) -> Draft:
    return pending.draft(_context.get())


def _keep(drafts: Iterable[Draft]) -> None:
    _waiting.set((*_waiting.get(), *drafts))


def _depth() -> int:
    """How many transactions and savepoints are open; those from before bind() are not ours to wait for."""
    connection = connections[DEFAULT_DB_ALIAS]
    return 1 + len(connection.savepoint_ids) if connection.in_atomic_block else 0


def _write(pending: Pending) -> None:
    group = _group.get()
    if group is not None:
        group.events.append(pending)
    else:
        _write_drafts([_draft(pending)])


def _write_drafts(drafts: list[Draft]) -> None:
    try:
        with transaction.atomic():
            _append(drafts)
    except Error as problem:
        raise TrailUnavailable("The log cannot be written.") from problem


def _append(drafts: list[Draft]) -> None:
    try:
        last = chain.append(connections[DEFAULT_DB_ALIAS], drafts)
    except Error as problem:
        raise TrailUnavailable("The log cannot be written.") from problem
    checkpoints.after(last, len(drafts))
