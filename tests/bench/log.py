"""The log on its own: how fast many processes append, and what checking costs beside reading."""

import json
import multiprocessing
import statistics
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connection, connections, transaction

from audit import chain, sources, trail, verifying
from audit.chain import Draft
from audit.signing import load_public_keys, public_path
from audit.tags import Tag
from tests.bench.measure import Line, interleaved

WRITERS = 8
REST = (
    '{"label":"Person staff7","role":"kontaktperson","unit":"5f0c","session":"0123456789abcdef","address":"192.0.2.7"'
    ',"fields":["casework.JournalNote.content x 30","casework.Case.narrative x 1"]}'
)


def append(seconds: float, rounds: int) -> Line:
    """Events per second with eight processes, each event a transaction of its own."""
    rates = [_rate(seconds) for _ in range(rounds)]
    return Line(f"append, {WRITERS} writers", statistics.median(rates), None, 900, unit="events/s", least=True)


def _rate(seconds: float) -> float:
    connections.close_all()
    context = multiprocessing.get_context("fork")
    barrier, done = context.Barrier(WRITERS + 1), context.Queue()
    writers = [context.Process(target=_write, args=(seconds, barrier, done)) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    barrier.wait()
    total = sum(done.get() for _ in writers)
    for writer in writers:
        writer.join()
    return total / seconds


def _write(seconds: float, barrier: Any, done: Any) -> None:
    actor = trail.Actor(str(uuid4()), "Person staff7", "kontaktperson", str(uuid4()))
    count = 0
    with trail.bind(trail.Context(actor, "0123456789abcdef", "192.0.2.7", uuid4().hex)):
        connection.ensure_connection()
        barrier.wait()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            ref = trail.Ref("casework.Case", str(uuid4()), "26-48173-5")
            trail.read(Tag.PAGE_READ, [ref], fields=["casework.JournalNote.content x 30"])
            count += 1
    done.put(count)
    connections.close_all()


def verify(events: int, rounds: int) -> Line:
    """The check as a share of what reading and parsing the rows costs: 1 is a check that costs nothing more."""
    _fill(events)
    took = interleaved(rounds, {"verify": _verify, "read": _read})
    # Turned about: how much of the pace of reading is left.
    return Line(f"pace of verify / of reading, {events:,} events", events / took["verify"], events / took["read"], 0.85,
                unit="events/ms", least=True)  # fmt: skip


def _fill(events: int) -> None:
    actors = [str(uuid4()) for _ in range(20)]
    for start in range(0, events, 1000):
        drafts = [_draft(actors[at % 20], at) for at in range(start, min(start + 1000, events))]
        with transaction.atomic():
            chain.append(connection, drafts)


def _draft(actor: str, at: int) -> Draft:
    refs = tuple(("casework.Case", str(uuid4()), f"26-{at:05d}-5") for _ in range(1 + at % 3))
    return Draft(actor, Tag.PAGE_READ, uuid4().hex, refs, REST)


def _verify() -> None:
    keys = load_public_keys(public_path(Path(settings.AUDIT_SIGNING_KEY_FILE)))
    verdict = verifying.verify(sources.Database(connection), keys)
    if verdict.fault:
        raise SystemExit(str(verdict.fault))


def _read() -> None:
    for row in sources.Database(connection).rows():
        json.loads(row.body)
