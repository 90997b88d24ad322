# ruff: noqa: PT012 - what is rolled back is always more than one statement
import hashlib
import json
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, connections, transaction

from audit import chain, sources, trail, verifying
from audit.chain import GENESIS, Draft
from audit.models import Event, EventRef
from audit.tags import Tag
from tests.audit import logs


def drafts(count: int, seed: int = 1) -> list[Draft]:
    chance = random.Random(seed)
    return [logs.draft(chance) for _ in range(count)]


def append(*many: Draft) -> int:
    with transaction.atomic():
        return chain.append(connection, many)


def verify() -> verifying.Verdict:
    return verifying.verify(sources.Database(connection), {})


def test_a_body_is_compact_json_in_a_fixed_order_that_starts_with_its_head() -> None:
    draft = Draft("åsa", "case:open", "r1", (("casework.Case", "id", "26-1"),), '{"label":"Åsa"}')
    row = chain.link(7, "2026-03-01T12:00:00.000000Z", draft, GENESIS)
    assert row.body.decode() == (
        '{"seq":7,"time":"2026-03-01T12:00:00.000000Z","actor":"åsa","tag":"case:open","request":"r1",'
        '"refs":[["casework.Case","id","26-1"]],"label":"Åsa"}'
    )
    assert row.body.startswith(chain.head(*row[:6]).encode())
    assert row.hash == hashlib.sha256(b"audit:event:1\0" + bytes(32) + row.body).digest()


def test_times_always_have_six_decimals() -> None:
    assert chain.stamp(datetime(2026, 3, 1, 12, tzinfo=UTC)) == "2026-03-01T12:00:00.000000Z"


@pytest.mark.django_db
def test_events_are_numbered_without_gaps_and_each_builds_on_the_one_before() -> None:
    assert append(*drafts(2)) == 2
    assert append(*drafts(1)) == 3
    rows = list(sources.Database(connection).rows())
    assert [row.seq for row in rows] == [1, 2, 3]
    assert [row.previous for row in rows] == [GENESIS, rows[0].hash, rows[1].hash]
    assert verify().events == 3
    assert verify().fault is None


@pytest.mark.django_db
def test_columns_repeat_the_head_of_the_body() -> None:
    append(Draft("a", "case:open", "r", (("m", "i", "26-1"), ("m", "j", "")), '{"label":"Å \\u0000"}'))
    event = Event.objects.get()
    body = json.loads(bytes(event.body))
    assert body["label"] == "Å \0"
    assert (event.seq, event.actor, event.tag, event.request) == (1, "a", "case:open", "r")
    assert event.time == datetime.fromisoformat(body["time"])
    refs = EventRef.objects.order_by("id").values_list("id", "event_id", "model", "object", "case")
    assert list(refs) == [(2**20, 1, "m", "i", "26-1"), (2**20 + 1, 1, "m", "j", "")]


@pytest.mark.django_db
def test_many_at_once_go_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "ROWS", 7)
    made = drafts(30)
    assert append(*made) == 30
    assert verify().fault is None
    assert EventRef.objects.count() == sum(len(draft.refs) for draft in made)


class Server:
    """Stands in for a PostgreSQL connection and its cursor, and keeps what it is asked."""

    vendor = "postgresql"

    def __init__(self) -> None:
        self.asked: list[Any] = []

    @contextmanager
    def cursor(self) -> Iterator["Server"]:
        yield self

    def execute(self, sql: str, params: Any) -> None:
        self.asked.append((sql, params))

    def fetchone(self) -> tuple[int]:
        return (7,)


def test_on_postgresql_an_event_is_one_call() -> None:
    server, one = Server(), Draft("a", "case:open", "r", (("m", "i", "c"), ("m", "j", "")), '{"label":"L"}')
    other = one._replace(refs=())
    assert chain.append(server, [one, other]) == 7  # type: ignore[arg-type]
    assert chain.append(server, [other]) == 7  # type: ignore[arg-type]
    tails = [
        '"actor":"a","tag":"case:open","request":"r","refs":[["m","i","c"],["m","j",""]],"label":"L"}',
        '"actor":"a","tag":"case:open","request":"r","refs":[],"label":"L"}',
    ]
    refs: list[Any] = [[1, 1], ["m", "m"], ["i", "j"], ["c", ""]]
    assert server.asked == [
        (chain.CALL, [["a", "a"], ["case:open"] * 2, ["r", "r"], tails, *refs]),
        (chain.CALL, [["a"], ["case:open"], ["r"], tails[1:], [], [], [], []]),
    ]


@pytest.mark.django_db
def test_whatever_people_are_called_the_log_is_whole() -> None:
    odd = ['"', "\\", "\n", "\u2028", "å", "🙂", "{}", "%s", "'; --", "\x7f"]
    append(*[Draft(text, "a:b", text, ((text, text, text),), chain.dump({"label": text})) for text in odd])
    assert verify().fault is None


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_leave_one_chain() -> None:
    problems: list[BaseException] = []

    def write() -> None:
        try:
            for _ in range(15):
                trail.read(Tag.PAGE_READ, [trail.Ref("casework.Case", "id", "26-1")])
        except BaseException as problem:
            problems.append(problem)
        finally:
            connections.close_all()

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert problems == []
    verdict = verify()
    assert (verdict.events, verdict.fault) == (60, None)


@pytest.mark.django_db(transaction=True)
def test_an_act_that_is_rolled_back_leaves_no_gap() -> None:
    append(*drafts(1))
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        chain.append(connection, drafts(3))
        raise ZeroDivisionError
    assert append(*drafts(1)) == 2
    assert verify().fault is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sql", "params"),
    [
        ("UPDATE audit_event SET tag = 'x:y' WHERE seq = 3", []),
        ("UPDATE audit_event SET time = %s WHERE seq = 3", ["2020-01-01 00:00:00+00:00"]),
        ("UPDATE audit_event SET actor = 'eva' WHERE seq = 3", []),
        ("UPDATE audit_event SET request = '' WHERE seq = 3", []),
        ("UPDATE audit_event SET body = %s WHERE seq = 3", [b"{}"]),
        ("UPDATE audit_event SET previous = %s WHERE seq = 3", [bytes(32)]),
        ("UPDATE audit_event SET hash = %s WHERE seq = 3", [bytes(32)]),
        ("DELETE FROM audit_event WHERE seq = 3", []),
        ("UPDATE audit_eventref SET object = 'x' WHERE event_id = 3", []),
        ("UPDATE audit_eventref SET case_number = '' WHERE event_id = 3", []),
        ("UPDATE audit_eventref SET event_id = 5 WHERE event_id = 3", []),
        ("DELETE FROM audit_eventref WHERE event_id = 3", []),
        (
            "INSERT INTO audit_eventref (id, event_id, model, object, case_number) VALUES (3145737, 3, 'm', 'o', 'c')",
            [],
        ),
    ],
)
def test_whatever_is_done_to_the_tables_is_found(unguarded: None, sql: str, params: list[Any]) -> None:
    append(*[draft._replace(refs=(("m", "i", "26-1"),)) for draft in drafts(5)])
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
    fault = verify().fault
    assert fault is not None
    assert fault.seq == 3


@pytest.mark.django_db
@pytest.mark.parametrize(("key", "seq"), [(9 * 2**20, 9), (-5, -1), (7, 0)])
def test_an_index_row_of_no_event_is_found(unguarded: None, key: int, seq: int) -> None:
    append(*drafts(2))
    with connection.cursor() as cursor:
        sql = "INSERT INTO audit_eventref (id, event_id, model, object, case_number) VALUES (%s, %s, 'm', 'o', 'c')"
        cursor.execute(sql, [key, seq])
    fault = verify().fault
    assert fault is not None
    assert str(fault) == f"Händelse {seq}: registret pekar på en händelse som inte finns."


@pytest.mark.django_db
def test_an_event_before_the_first_is_found(unguarded: None) -> None:
    append(*drafts(2))
    with connection.cursor() as cursor:
        columns = "time, actor, tag, request, body, previous, hash"
        sql = f"INSERT INTO audit_event (seq, {columns}) SELECT 0, {columns} FROM audit_event WHERE seq = 1"
        cursor.execute(sql)
    assert str(verify().fault) == "Händelse 0: står på fel plats."
