"""The chain: the exact bytes of an event, its hash, and the one place that writes it.

body = {"seq", "time", "actor", "tag", "request", "refs", then what only pages read}: compact JSON in UTF-8, in this order.
hash = SHA-256("audit:event:1" NUL | previous hash | body); the first event follows 32 zero bytes. The order is fixed so
that a reader can rebuild the head of a body from the columns and compare bytes, without parsing.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper

DOMAIN = b"audit:event:1\0"
GENESIS = bytes(32)
REFS_PER_EVENT = 1 << 20  # an EventRef's id is seq * this + its place
LOCK = int.from_bytes(b"auditlog") >> 1  # PostgreSQL's advisory lock that orders the writers
ROWS = 2000  # rows in one INSERT

dump = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode

LAST = "SELECT seq, hash FROM audit_event ORDER BY seq DESC LIMIT 1"
EVENT = "INSERT INTO audit_event (seq, time, actor, tag, request, body, previous, hash) VALUES "
REF = "INSERT INTO audit_eventref (id, event_id, model, object, case_number) VALUES "


class Draft(NamedTuple):
    """An event that has no place in the chain yet. `rest` is the JSON object that only pages read, not empty."""

    actor: str
    tag: str
    request: str
    refs: tuple[tuple[str, str, str], ...]  # model, id, case number
    rest: str


class Row(NamedTuple):
    """An event as stored. `time` is ISO 8601 in UTC ending in Z; `refs` are those of the index table."""

    seq: int
    time: str
    actor: str
    tag: str
    request: str
    refs: Sequence[Sequence[str]]
    body: bytes
    previous: bytes
    hash: bytes


def stamp(moment: datetime) -> str:
    """`moment` (UTC) as bodies have it: 2026-01-31T12:00:00.000001Z."""
    return moment.replace(tzinfo=None).isoformat() + "Z"


def head(seq: int, time: str, actor: str, tag: str, request: str, refs: Sequence[Sequence[str]]) -> str:
    """The first part of a body, up to where the rest goes on; all of it stands in columns as well."""
    facts = {"seq": seq, "time": time, "actor": actor, "tag": tag, "request": request, "refs": refs}
    return dump(facts)[:-1] + ","


def digest(previous: bytes, body: bytes) -> bytes:
    """The hash (32 bytes) of an event that follows the one with the hash `previous`."""
    return hashlib.sha256(DOMAIN + previous + body).digest()


def link(seq: int, time: str, draft: Draft, previous: bytes) -> Row:
    """`draft` as event number `seq`, after the event with the hash `previous`."""
    body = (head(seq, time, draft.actor, draft.tag, draft.request, draft.refs) + draft.rest[1:]).encode()
    return Row(seq, time, draft.actor, draft.tag, draft.request, draft.refs, body, previous, digest(previous, body))


def append(connection: BaseDatabaseWrapper, drafts: Sequence[Draft]) -> int:
    """Chains `drafts` as the newest events and gives the number of the last one.

    Call it as the last thing of a transaction: from here until the commit nobody else can append. PostgreSQL takes an
    advisory lock; SQLite needs a transaction begun IMMEDIATE. Raises DatabaseError when the log cannot be written.
    """
    with connection.cursor() as cursor:
        seq, previous = _last(connection, cursor)
        now = datetime.now(UTC)
        time = stamp(now)
        rows = []
        for draft in drafts:
            seq += 1
            row = link(seq, time, draft, previous)
            previous = row.hash
            rows.append(row)
        _insert(connection, cursor, rows, connection.ops.adapt_datetimefield_value(now))
    return seq


def _last(connection: BaseDatabaseWrapper, cursor: Any) -> tuple[int, bytes]:
    if connection.vendor == "postgresql":
        # Two statements in one message: the second one gets its snapshot after the lock is held.
        cursor.execute(f"SELECT pg_advisory_xact_lock({LOCK}); {LAST}")
        cursor.nextset()
    else:
        cursor.execute(LAST)
    found = cursor.fetchone()
    return (found[0], bytes(found[1])) if found else (0, GENESIS)


def _insert(connection: BaseDatabaseWrapper, cursor: Any, rows: list[Row], now: Any) -> None:
    events = [(r.seq, now, r.actor, r.tag, r.request, r.body, r.previous, r.hash) for r in rows]
    refs = [(r.seq * REFS_PER_EVENT + n, r.seq, *ref) for r in rows for n, ref in enumerate(r.refs)]
    if connection.vendor == "postgresql" and refs and len(events) + len(refs) <= ROWS:
        # One message less while others wait.
        both = f"WITH e AS ({EVENT}{_places(events)}) {REF}{_places(refs)}"
        cursor.execute(both, _flat(events) + _flat(refs))
        return
    for sql, all_rows in ((EVENT, events), (REF, refs)):
        for start in range(0, len(all_rows), ROWS):
            part = all_rows[start : start + ROWS]
            cursor.execute(sql + _places(part), _flat(part))


def _places(rows: Sequence[Sequence[Any]]) -> str:
    return ",".join(["(" + ",".join(["%s"] * len(rows[0])) + ")"] * len(rows))


def _flat(rows: Sequence[Sequence[Any]]) -> list[Any]:
    return [value for row in rows for value in row]
