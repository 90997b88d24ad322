"""The chain: the exact bytes of an event, its hash, and the one place that writes it.

body = {"seq", "time", "actor", "tag", "request", "refs", then what only pages read}: compact JSON, UTF-8, in order.
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

CALL = f"SELECT audit_append({','.join(['%s::text[]'] * 4)}, %s::int[], {','.join(['%s::text[]'] * 3)})"
APPEND_SIGNATURE = (
    "actors text[], tags text[], requests text[], tails text[], "
    "owners int[], models text[], objects text[], cases text[]"
)
# What _append_here() does, within the server: while one writer holds the lock the others wait, and each question and
# answer between client and server would be part of that wait. Statements of a function see what was committed before
# each of them begins, so the last event is read after the lock is held.
APPEND_BODY = f"""
DECLARE
    last bigint; parent bytea; digest bytea; body bytea; first bigint;
    moment timestamptz; stamp text;
BEGIN
    PERFORM pg_advisory_xact_lock({LOCK});
    SELECT e.seq, e.hash INTO last, parent FROM audit_event e ORDER BY e.seq DESC LIMIT 1;
    IF last IS NULL THEN last := 0; parent := '\\x{GENESIS.hex()}'; END IF;
    first := last;
    moment := clock_timestamp();
    stamp := to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
    FOR i IN 1 .. cardinality(tails) LOOP
        last := last + 1;
        body := convert_to('{{"seq":' || last || ',"time":"' || stamp || '",' || tails[i], 'UTF8');
        digest := sha256('\\x{DOMAIN.hex()}'::bytea || parent || body);
        INSERT INTO audit_event (seq, time, actor, tag, request, body, previous, hash)
        VALUES (last, moment, actors[i], tags[i], requests[i], body, parent, digest);
        parent := digest;
    END LOOP;
    IF cardinality(owners) > 0 THEN
        INSERT INTO audit_eventref (id, event_id, model, object, case_number)
        SELECT (first + r.owner) * {REFS_PER_EVENT} + row_number() OVER (PARTITION BY r.owner ORDER BY r.n) - 1,
               first + r.owner, r.model, r.object, r.case_number
        FROM unnest(owners, models, objects, cases) WITH ORDINALITY AS r (owner, model, object, case_number, n);
    END IF;
    RETURN last;
END;
"""  # noqa: S608 - constants only


class Draft(NamedTuple):
    """An event that has no place in the chain yet. `rest` is the JSON object that only pages read, not empty."""

    actor: str
    tag: str
    request: str
    refs: tuple[tuple[str, str, str], ...]  # model, id, case number
    rest: str

    def tail(self) -> str:
        """The body without the part that depends on its place."""
        facts = {"actor": self.actor, "tag": self.tag, "request": self.request, "refs": self.refs}
        return dump(facts)[1:-1] + "," + self.rest[1:]


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
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def head(seq: int, time: str, actor: str, tag: str, request: str, refs: Sequence[Sequence[str]]) -> str:
    """The first part of a body, up to where the rest goes on; all of it stands in columns as well."""
    facts = {"seq": seq, "time": time, "actor": actor, "tag": tag, "request": request, "refs": refs}
    return dump(facts)[:-1] + ","


def digest(previous: bytes, body: bytes) -> bytes:
    """The hash (32 bytes) of an event that follows the one with the hash `previous`."""
    return hashlib.sha256(DOMAIN + previous + body).digest()


def link(seq: int, time: str, draft: Draft, previous: bytes) -> Row:
    """`draft` as event number `seq`, after the event with the hash `previous`."""
    body = f'{{"seq":{seq},"time":"{time}",{draft.tail()}'.encode()
    return Row(seq, time, draft.actor, draft.tag, draft.request, draft.refs, body, previous, digest(previous, body))


def append(connection: BaseDatabaseWrapper, drafts: Sequence[Draft]) -> int:
    """Chains `drafts` as the newest events and gives the number of the last one.

    Call it as the last thing of a transaction: from here until the commit nobody else can append. PostgreSQL takes an
    advisory lock; SQLite needs a transaction begun IMMEDIATE. Raises DatabaseError when the log cannot be written.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            return _append_there(cursor, drafts)
        return _append_here(cursor, drafts)


def _append_there(cursor: Any, drafts: Sequence[Draft]) -> int:
    refs = [(n, *ref) for n, draft in enumerate(drafts, 1) for ref in draft.refs]
    events = [(draft.actor, draft.tag, draft.request, draft.tail()) for draft in drafts]
    columns = [list(column) for column in zip(*events, strict=True)]
    columns += [list(column) for column in zip(*refs, strict=True)] if refs else [[], [], [], []]
    cursor.execute(CALL, columns)
    last: int = cursor.fetchone()[0]
    return last


def _append_here(cursor: Any, drafts: Sequence[Draft]) -> int:
    cursor.execute(LAST)
    seq, previous = cursor.fetchone() or (0, GENESIS)
    time = stamp(datetime.now(UTC))
    rows = []
    for draft in drafts:
        seq += 1
        row = link(seq, time, draft, previous)
        previous = row.hash
        rows.append(row)
    moment = time[:-1].replace("T", " ")  # as Django stores a time
    events = [(r.seq, moment, r.actor, r.tag, r.request, r.body, r.previous, r.hash) for r in rows]
    refs = [(r.seq * REFS_PER_EVENT + n, r.seq, *ref) for r in rows for n, ref in enumerate(r.refs)]
    for sql, values in ((EVENT, events), (REF, refs)):
        for start in range(0, len(values), ROWS):
            part = values[start : start + ROWS]
            places = "(" + ",".join(["%s"] * len(part[0])) + ")"
            cursor.execute(sql + ",".join([places] * len(part)), [value for row in part for value in row])
    return seq
