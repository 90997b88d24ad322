"""Where a log is read from when it is checked: the database, or a file made by export_audit."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from audit import checkpoints
from audit.chain import REFS_PER_EVENT, Row
from audit.signing import BadMark, Mark

CHUNK = 5000
LOWEST = -(1 << 63)
FORMAT = "audit-export-1"

EVENTS = (
    "SELECT seq, {time}, actor, tag, request, body, previous, hash FROM audit_event WHERE seq > %s AND seq <= %s "
    "ORDER BY seq LIMIT %s"
)
REFS = "SELECT id, event_id, model, object, case_number FROM audit_eventref WHERE id > %s AND id <= %s ORDER BY id"
STRAY = "SELECT {one}(id) FROM audit_eventref WHERE id {where} %s"


class NotAnExport(ValueError):
    """The file was not made by export_audit, or is damaged. Says at which line, in Swedish."""


class Database:
    """The log in the database, as it was when this was made: events that are added later are left out."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection
        # The checkpoints first: each covers events that are already there.
        self.marks = checkpoints.stored(LOWEST)
        with connection.cursor() as cursor:
            cursor.execute("SELECT coalesce(max(seq), 0) FROM audit_event")
            self.total: int = cursor.fetchone()[0]

    def rows(self) -> Iterator[Row]:
        postgres = self.connection.vendor == "postgresql"
        # SQLite: as text, before Django makes a datetime of it.
        sql = EVENTS.format(time="time" if postgres else "time || ''")
        after = LOWEST
        with self.connection.cursor() as cursor:
            while True:
                cursor.execute(sql, [after, self.total, CHUNK])
                events = cursor.fetchall()
                if not events:
                    return
                newest = events[-1][0]
                first = max(after, LOWEST // REFS_PER_EVENT) * REFS_PER_EVENT
                cursor.execute(REFS, [first + REFS_PER_EVENT - 1, newest * REFS_PER_EVENT + REFS_PER_EVENT - 1])
                refs = _by_event(cursor.fetchall())
                yield from _joined(events, refs, postgres)
                after = newest

    def stray(self, last: int) -> int | None:
        with self.connection.cursor() as cursor:
            cursor.execute(STRAY.format(one="min", where="<"), [REFS_PER_EVENT])
            found = cursor.fetchone()[0]
            if found is None:
                cursor.execute(STRAY.format(one="min", where=">="), [(max(last, self.total) + 1) * REFS_PER_EVENT])
                found = cursor.fetchone()[0]
        return None if found is None else int(found // REFS_PER_EVENT)


def _by_event(refs: list[tuple[Any, ...]]) -> dict[int, list[tuple[str, str, str]]]:
    """Event number -> its refs in order; one whose columns disagree about the event goes where it does harm."""
    found: dict[int, list[tuple[str, str, str]]] = {}
    for key, event, model, target, case in refs:
        seq = key // REFS_PER_EVENT
        found.setdefault(seq, []).append((model, target, case) if seq == event else (f"{event}?", target, case))
    return found


def _joined(
    events: list[tuple[Any, ...]], refs: dict[int, list[tuple[str, str, str]]], postgres: bool
) -> Iterator[Row]:
    for seq, time, actor, tag, request, body, previous, digest in events:
        if postgres:
            moment = time.isoformat(timespec="microseconds")[:-6] + "Z"
            yield Row(seq, moment, actor, tag, request, refs.get(seq, ()), bytes(body), bytes(previous), bytes(digest))
        else:
            yield Row(seq, f"{time.replace(' ', 'T')}Z", actor, tag, request, refs.get(seq, ()), body, previous, digest)


class Export:
    """The log in a file made by export_audit."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.marks: list[Mark] = []
        for number, facts in self._lines():
            if number == 1:
                if facts.get("format") != FORMAT:
                    raise NotAnExport(f"{path} är inte gjord av export_audit.")
                self.total: int = facts["events"]
            elif "body" in facts:
                break
            else:
                self.marks.append(_mark(number, facts))
        if not hasattr(self, "total"):
            raise NotAnExport(f"{path} är tom.")

    def rows(self) -> Iterator[Row]:
        for number, facts in self._lines():
            if "body" in facts:
                try:
                    yield from_facts(facts)
                except (KeyError, TypeError, ValueError):
                    raise NotAnExport(f"Rad {number} är ingen händelse.") from None

    def stray(self, last: int) -> int | None:
        # In a file the index stands with each event.
        return None

    def _lines(self) -> Iterator[tuple[int, dict[str, Any]]]:
        with self.path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                try:
                    facts = json.loads(line)
                except ValueError:
                    facts = None
                if not isinstance(facts, dict):
                    raise NotAnExport(f"Rad {number} går inte att läsa.")
                yield number, facts


def write_export(source: Database, file: Any) -> Iterator[int]:
    """Writes the log to a text file as JSON lines: a head, the checkpoints, the events. Yields how many so far."""
    file.write(json.dumps({"format": FORMAT, "events": source.total}) + "\n")
    file.writelines(mark.line() for mark in source.marks)
    for done, row in enumerate(source.rows(), 1):
        file.write(json.dumps(to_facts(row)) + "\n")
        yield done


def to_facts(row: Row) -> dict[str, Any]:
    """An event as JSON. Bytes that are no text survive as surrogates, so that the hash can still be checked."""
    facts = row._asdict()
    facts["body"] = row.body.decode("utf-8", "surrogateescape")
    facts["previous"], facts["hash"] = row.previous.hex(), row.hash.hex()
    return facts


def from_facts(facts: dict[str, Any]) -> Row:
    """The event that to_facts() wrote. Raises KeyError, TypeError or ValueError for anything else."""
    refs = [(str(model), str(key), str(case)) for model, key, case in facts["refs"]]
    body = facts["body"].encode("utf-8", "surrogateescape")
    return Row(
        int(facts["seq"]),
        str(facts["time"]),
        str(facts["actor"]),
        str(facts["tag"]),
        str(facts["request"]),
        refs,
        body,
        bytes.fromhex(facts["previous"]),
        bytes.fromhex(facts["hash"]),
    )


def _mark(number: int, facts: dict[str, Any]) -> Mark:
    try:
        return Mark.from_facts(facts)
    except BadMark:
        raise NotAnExport(f"Rad {number} är ingen kontrollpunkt.") from None
