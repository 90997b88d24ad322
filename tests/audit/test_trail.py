# ruff: noqa: PT012 - what is rolled back is always more than one statement
import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError, connection, transaction

from audit import reading, sealing, sources, trail, verifying
from audit.models import Event
from audit.tags import Tag
from audit.trail import Actor, Context, Ref, TrailUnavailable
from tests.audit.conftest import ALMA

pytestmark = pytest.mark.django_db
CASE = Ref("casework.Case", "c1", "26-1")


class User:
    def trail_actor(self) -> Actor:
        return Actor("bo-id", "Bo Ek", "sektionschef", "s2")


def tags() -> list[str]:
    return list(Event.objects.order_by("seq").values_list("tag", flat=True))


def bodies() -> list[Any]:
    return [json.loads(bytes(event.body)) for event in Event.objects.order_by("seq")]


def lose_the_log() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event RENAME TO somewhere_else")


# --- who --------------------------------------------------------------------------------------------------------------


def test_without_a_context_the_program_itself_acts() -> None:
    trail.record(Tag.SETUP_DONE)
    assert bodies()[0]["actor"] == "system"
    assert bodies()[0]["label"] == "Programmet"


def test_a_bound_context_says_who_from_where_and_in_which_request(alma: Actor) -> None:
    assert trail.current().actor == ALMA
    trail.record(Tag.SIGNED_IN)
    body = bodies()[0]
    assert (body["actor"], body["label"], body["role"], body["unit"]) == (
        "alma-id",
        "Alma Lind",
        "kontaktperson",
        "sektion-1",
    )
    assert (body["session"], body["address"], body["request"]) == ("s" * 16, "192.0.2.7", "r" * 32)


def test_a_context_ends_with_its_block(alma: Actor) -> None:
    with trail.bind(Context(User().trail_actor())):
        assert trail.current().actor.id == "bo-id"
    assert trail.current().actor == ALMA


def test_by_names_another_actor(alma: Actor) -> None:
    with trail.act(Tag.CASE_CHANGED, by=User()):
        pass
    assert (bodies()[0]["actor"], bodies()[0]["unit"]) == ("bo-id", "s2")


# --- acts -------------------------------------------------------------------------------------------------------------


def test_an_act_names_records_fields_and_code(alma: Actor) -> None:
    with trail.act(Tag.CASE_CHANGED, refs=[CASE], reason_code="handed_over") as event:
        event.touch(Ref("casework.Note", "n1"))
        event.touch(CASE)
        event.add(fields=["background"])
        event.add()
    body = bodies()[0]
    assert body["refs"] == [["casework.Case", "c1", "26-1"], ["casework.Note", "n1", ""]]
    assert (body["fields"], body["code"]) == (["background"], "handed_over")


def test_acts_within_an_act_are_written_together_at_its_end(alma: Actor) -> None:
    with trail.act(Tag.ASSIGNMENT_ACCEPTED):
        with trail.act(Tag.GRANT_OPENED):
            assert tags() == []
        trail.record(Tag.CASE_OPENED)
        assert tags() == []
    assert tags() == [Tag.ASSIGNMENT_ACCEPTED, Tag.GRANT_OPENED, Tag.CASE_OPENED]


def test_an_act_that_fails_leaves_nothing(alma: Actor) -> None:
    with pytest.raises(ZeroDivisionError), trail.act(Tag.CASE_CLOSED):
        with trail.act(Tag.GRANT_CLOSED):
            pass
        raise ZeroDivisionError
    assert tags() == []
    assert not trail.in_act()


def test_an_inner_act_that_fails_is_undone_alone(alma: Actor) -> None:
    undone: list[int] = []
    with trail.act(Tag.CASE_CHANGED):
        with pytest.raises(ZeroDivisionError), trail.act(Tag.GRANT_OPENED):
            trail.record(Tag.GRANT_CLOSED)
            trail.denied(Tag.DENIED)
            trail.on_rollback(lambda: undone.append(1))
            raise ZeroDivisionError
        trail.record(Tag.CASE_OPENED)
    assert tags() == [Tag.CASE_CHANGED, Tag.DENIED, Tag.CASE_OPENED]
    assert undone == [1]


def test_acts_together_are_chained_after_all_that_belongs_to_them(alma: Actor) -> None:
    with trail.together():
        with trail.act(Tag.CASE_CHANGED):
            pass
        trail.changed(("casework.Token", "t1", "created", [], "d"))
        with trail.together():
            trail.record(Tag.CASE_OPENED)
        assert tags() == []
    assert tags() == [Tag.CASE_CHANGED, Tag.RECORD_CREATED, Tag.CASE_OPENED]
    with trail.together():
        pass
    assert len(tags()) == 3


def test_acts_together_fail_together(alma: Actor) -> None:
    with pytest.raises(ZeroDivisionError), trail.together():
        with trail.act(Tag.CASE_CHANGED):
            trail.denied(Tag.DENIED)
        raise ZeroDivisionError
    assert tags() == [Tag.DENIED]


def test_on_rollback_outside_an_act_is_not_called() -> None:
    trail.on_rollback(lambda: pytest.fail("there is nothing to roll back"))


# --- words ------------------------------------------------------------------------------------------------------------


def test_reason_and_detail_are_sealed_for_the_owner(sealer: list[UUID | None]) -> None:
    owner = uuid4()
    with trail.act(Tag.MARK_ENDED, reason="Hon flyttade", detail={"q": "19121212"}, owner=owner) as event:
        assert event.detail is not None
        event.detail["hits"] = 3
    stored = bytes(Event.objects.get().body)
    assert b"flyttade" not in stored
    assert b"19121212" not in stored
    assert sealer == [owner]
    assert reading.recent()[0].words == {"q": "19121212", "hits": 3, "reason": "Hon flyttade"}


def test_without_an_owner_words_are_sealed_for_the_log(sealer: list[UUID | None]) -> None:
    trail.read(Tag.SEARCHED, [], reason="x")
    assert sealer == [None]


def test_words_without_a_sealer_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "_seal", sealing._no_sealer)
    with pytest.raises(sealing.NoSealer):
        trail.record(Tag.SEARCHED, detail={"q": "Testa"})
    assert tags() == []


# --- reads ------------------------------------------------------------------------------------------------------------


def test_a_read_is_written_at_once(alma: Actor) -> None:
    trail.read(Tag.PAGE_READ, [CASE], fields=["casework.Client.identity x 1"], reason_code="call")
    assert bodies()[0]["fields"] == ["casework.Client.identity x 1"]
    assert bodies()[0]["code"] == "call"


def test_a_read_in_an_act_that_fails_is_written_all_the_same(alma: Actor) -> None:
    with pytest.raises(ZeroDivisionError), trail.act(Tag.CASE_CLOSED):
        trail.read(Tag.PAGE_READ, [CASE])
        raise ZeroDivisionError
    assert tags() == [Tag.PAGE_READ]


# --- denials ----------------------------------------------------------------------------------------------------------


def test_a_denial_is_written_at_once(alma: Actor) -> None:
    trail.denied(Tag.DENIED, [CASE], reason_code="not_yours", by=User())
    assert (bodies()[0]["code"], bodies()[0]["actor"]) == ("not_yours", "bo-id")


def test_a_denial_in_an_act_survives_its_roll_back(alma: Actor) -> None:
    with pytest.raises(PermissionError), trail.act(Tag.CASE_CLOSED):
        trail.denied(Tag.DENIED, [CASE])
        raise PermissionError
    assert tags() == [Tag.DENIED]


def test_a_denial_in_a_transaction_of_somebody_else_waits_for_its_end(alma: Actor) -> None:
    with pytest.raises(PermissionError), transaction.atomic():
        trail.denied(Tag.DENIED, [CASE])
        trail.flush_denials()
        assert tags() == []
        raise PermissionError
    assert tags() == []
    trail.flush_denials()
    trail.flush_denials()
    assert tags() == [Tag.DENIED]


def test_a_denial_that_waits_is_written_when_the_request_ends() -> None:
    with trail.bind(Context(ALMA)):
        with pytest.raises(PermissionError), transaction.atomic(), trail.act(Tag.CASE_CLOSED):
            trail.denied(Tag.DENIED)
            raise PermissionError
        assert tags() == []
    assert tags() == [Tag.DENIED]
    assert bodies()[0]["actor"] == "alma-id"


def test_the_next_act_writes_a_denial_that_waits(alma: Actor) -> None:
    with pytest.raises(PermissionError), transaction.atomic():
        trail.denied(Tag.DENIED)
        raise PermissionError
    with trail.act(Tag.CASE_CHANGED):
        pass
    assert tags() == [Tag.CASE_CHANGED, Tag.DENIED]


# --- when the log is gone ---------------------------------------------------------------------------------------------


def test_no_log_no_read(alma: Actor) -> None:
    lose_the_log()
    with pytest.raises(TrailUnavailable):
        trail.read(Tag.PAGE_READ, [CASE])


def test_no_database_no_read(alma: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked() -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(transaction, "atomic", locked)
    with pytest.raises(TrailUnavailable):
        trail.read(Tag.PAGE_READ, [CASE])


def test_no_log_no_denial_in_silence(alma: Actor) -> None:
    lose_the_log()
    with pytest.raises(TrailUnavailable):
        trail.denied(Tag.DENIED, [CASE])


def test_no_log_no_act(alma: Actor, things: None) -> None:
    from tests.audit.models import Case

    lose_the_log()
    with pytest.raises(TrailUnavailable), trail.act(Tag.CASE_CHANGED):
        Case(number="26-1").save()
    assert not Case.objects.exists()


def test_a_context_is_left_even_when_its_last_denial_cannot_be_written() -> None:
    with pytest.raises(TrailUnavailable), trail.bind(Context(ALMA)):
        with transaction.atomic():
            trail.denied(Tag.DENIED)
        lose_the_log()
    assert trail.current().actor == trail.SYSTEM


# --- changes and bulk -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "tag"),
    [("created", Tag.RECORD_CREATED), ("changed", Tag.RECORD_CHANGED), ("deleted", Tag.RECORD_DELETED)],
)
def test_a_change_outside_an_act_is_an_event_of_its_own(action: str, tag: Tag) -> None:
    trail.changed(("casework.Case", "c1", action, ["state"], "d1"))
    body = bodies()[0]
    assert body["tag"] == tag
    assert body["changes"] == [["casework.Case", "c1", action, ["state"], "d1"]]
    assert body["refs"] == [["casework.Case", "c1", ""]]


def test_changes_belong_to_the_innermost_act_and_are_found_by_record(alma: Actor) -> None:
    with trail.act(Tag.CASE_CHANGED, refs=[CASE]):
        trail.changed(("casework.Case", "c1", "changed", ["state"], "d1"))
        with trail.act(Tag.GRANT_OPENED):
            trail.changed(("casework.Grant", "g1", "created", [], "d2"))
    outer, inner = bodies()
    assert outer["refs"] == [["casework.Case", "c1", "26-1"]]
    assert [change[1] for change in inner["changes"]] == ["g1"]
    assert [line.tag for line in reading.events_about("g1")] == [Tag.GRANT_OPENED]


def test_the_door_for_bulk_is_shut_except_in_bulk(alma: Actor) -> None:
    assert trail.bulk_open() is None
    with trail.act(Tag.CASE_CHANGED):
        assert trail.bulk_open() is None
        with trail.bulk(Tag.IMPORTED, by=User(), reason_code="old_system") as event:
            assert trail.bulk_open() is event
        assert trail.bulk_open() is None
    assert tags() == [Tag.CASE_CHANGED, Tag.IMPORTED]


def test_everything_above_makes_a_whole_log(alma: Actor) -> None:
    with trail.act(Tag.CASE_CHANGED, refs=[CASE]):
        trail.changed(("casework.Case", "c1", "changed", ["state"], "d1"))
        trail.read(Tag.PAGE_READ, [CASE, CASE])
    trail.denied(Tag.DENIED)
    verdict = verifying.verify(sources.Database(connection), {})
    assert (verdict.events, verdict.fault) == (3, None)
