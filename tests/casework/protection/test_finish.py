"""The end of a change of identity: nothing old is found anywhere, and what the old key sealed is closed for good."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from audit import sources, trail, verifying
from audit.tags import Tag
from casework.access import key_uses
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.clients import actions as clients
from casework.clients import numbers
from casework.clients.models import Client, Identity
from casework.clients.protection import finding, masking_actions, rules
from casework.clients.protection.models import ChangeState, IdentityChange, MaskingHit
from casework.crypto import fields, keyring
from casework.crypto.datakey import kept_keys
from casework.crypto.keyring import Purpose
from casework.crypto.models import WrappedKey
from casework.crypto.rotation import rotate_dek
from casework.state import TransitionNotAllowed
from tests.casework.protection.conftest import begin, child_of, exposure, hits, told
from tests.casework.protection.test_masking import decide
from tests.cast import Cast
from tests.fixtures import cases_of, events, last_event

OLD = ("rosalinde", "kvitsund")


def finish(cast: Cast, change: IdentityChange) -> IdentityChange:
    return masking_actions.finish_change(by=cast.cecilia, change=change)


def states(owner: Any) -> list[str]:
    return sorted(WrappedKey.objects.filter(purpose=Purpose.CLIENT, owner=owner).values_list("state", flat=True))


def everything_opened(owners: set[Any]) -> str:
    texts = [text for model, field in finding.columns() for row in finding.rows_of(model, owners)
             for _, text in finding.texts(getattr(row, field.name).open())]  # fmt: skip
    return " ".join(texts).casefold()


def raw() -> bytes:
    """Every stored value of both databases."""
    parts: list[bytes] = []
    for alias in ("default", "keys"):
        with connections[alias].cursor() as cursor:
            for table in connections[alias].introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{table}"')
                parts += [
                    bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for row in cursor for v in row
                ]
    return b"|".join(parts).lower()


@pytest.fixture
def finished(cast: Cast, named: Case, number: str, django_capture_on_commit_callbacks: Any) -> IdentityChange:
    told(cast, named, f"Rosalinde Kvitsund, {number}")
    exposure(cast, named, "Kvitsunds adress")
    child_of(cast, named)
    mark = clients.add_mark(by=cast.alma, case=named, kind="SECRECY_MARKING", valid_from=timezone.localdate())
    clients.end_mark(by=cast.alma, case=named, mark=mark, ended_on=timezone.localdate(), reason="Rosalinde ville")
    change = begin(cast, named)
    for hit in hits(change):
        decide(cast, hit)
    with django_capture_on_commit_callbacks(execute=True):
        return finish(cast, change)


def test_nothing_old_is_found_in_any_store(cast: Cast, named: Case, number: str, finished: IdentityChange) -> None:
    everyone = Client.objects.all()
    owners = {client.pk for client in everyone}
    assert numbers.by_name(everyone, "Rosalinde Kvitsund") == numbers.by_number(everyone, number) == []
    opened, stored = everything_opened(owners), raw()
    for old in (*OLD, number, number[2:]):
        assert old not in opened
        assert old.encode() not in stored
    assert "berit" in opened
    assert finished.state == ChangeState.DONE
    assert (finished.done_by, finished.done_at is not None) == (cast.cecilia, True)


def test_the_old_keys_are_gone_and_the_log_still_holds(cast: Cast, named: Case, finished: IdentityChange) -> None:
    child = MaskingHit.objects.filter(change=finished).exclude(client=named.client_id).first()
    assert child is not None
    assert states(named.client_id) == states(child.client_id) == ["active", "destroyed"]
    ended = last_event(Tag.MARK_ENDED)
    assert "Rosalinde" not in ended.reason
    assert cases_of(last_event(Tag.IDENTITY_CHANGE_DONE)) == {named.number}
    assert len(events(Tag.KEY_DESTROYED)) == 2
    assert verifying.verify(sources.Database(connection), {}).fault is None


def test_her_file_is_whole_under_the_new_key(cast: Cast, named: Case, finished: IdentityChange) -> None:
    active = keyring.current_key(Purpose.CLIENT, named.client_id).id
    for model, field in finding.columns():
        for row in finding.rows_of(model, {named.client_id}):
            assert getattr(row, field.name).key_id == active
    told(cast, named, "Hon mår bra.")


def test_a_child_who_did_not_name_her_keeps_her_key(
    cast: Cast, named: Case, django_capture_on_commit_callbacks: Any
) -> None:
    child = child_of(cast, named, "Annat")
    change = begin(cast, named)
    with django_capture_on_commit_callbacks(execute=True):
        finish(cast, change)
    assert states(child.client_id) == ["active"]
    assert states(named.client_id) == ["active", "destroyed"]


def test_what_was_written_meanwhile_with_the_old_key_is_not_lost(
    cast: Cast, named: Case, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As rows that come in by a bulk door do: those look up their key once for all."""
    monkeypatch.setattr(fields, "look_again", lambda owner: None)
    old = keyring.current_key(Purpose.CLIENT, named.client_id)
    change = begin(cast, named)
    with django_capture_on_commit_callbacks() as left:
        finish(cast, change)
    kept: Any = kept_keys.get()
    kept.current[old.purpose, old.owner_bytes] = old
    late = told(cast, named, "Sent skrivet")
    assert late.content.key_id == old.id
    del kept.current[old.purpose, old.owner_bytes]
    for callback in left:
        callback()
    assert finding.rows_of(type(late), {named.client_id}).get().content.open().text == "Sent skrivet"
    assert states(named.client_id) == ["active", "destroyed"]


def test_a_request_that_waited_seals_with_the_new_key(cast: Cast, named: Case) -> None:
    old = keyring.current_key(Purpose.CLIENT, named.client_id)
    finish(cast, begin(cast, named))
    kept: Any = kept_keys.get()
    kept.current[old.purpose, old.owner_bytes] = old
    assert told(cast, named, "Skrivet i samma stund").content.key_id != old.id


def test_it_is_not_finished_before_every_hit_is_decided_nor_twice(cast: Cast, named: Case) -> None:
    told(cast, named)
    change = begin(cast, named)
    (hit,) = hits(change)
    with pytest.raises(Refused, match="Kvar: 1"):
        finish(cast, change)
    assert not rules.can_finish(cast.alma, change)
    decide(cast, hit)
    assert rules.can_finish(cast.alma, change)
    finish(cast, change)
    change.refresh_from_db()
    with pytest.raises(Refused, match="redan klart"):
        finish(cast, change)
    with pytest.raises(TransitionNotAllowed):
        change.finish()
    assert begin(cast, named, identity=Identity(given_name="Tredje")).state == ChangeState.OPEN


def change_with(**values: Any) -> Any:
    def change() -> int:
        with transaction.atomic(), trail.bulk(Tag.IMPORTED):
            return IdentityChange.objects.update(**values)

    return change


@pytest.mark.parametrize(
    ("values", "holds"),
    [
        ({"state": "open", "done_at": None}, True),
        ({"state": "done", "done_at": "now", "done_by": "alma"}, True),
        ({"state": "done"}, False),
        ({"state": "done", "done_at": "now"}, False),
        ({"state": "open", "done_at": "now", "done_by": "alma"}, False),
        ({"state": "lost"}, False),
    ],
)
def test_identitychange_done_whole(cast: Cast, named: Case, values: dict[str, Any], holds: bool) -> None:
    begin(cast, named)
    real = {"now": timezone.now(), "alma": cast.alma}
    act = change_with(**{name: real.get(value, value) for name, value in values.items()})
    if holds:
        assert act() == 1
        return
    with pytest.raises(IntegrityError, match=r"identitychange_state_known|identitychange_done_whole"):
        act()


def test_identitychange_one_open(cast: Cast, named: Case) -> None:
    first = begin(cast, named)
    second = IdentityChange(case=named, client_id=named.client_id, begun_by=cast.alma)
    second.words = first.words.open()
    # SQLite names the column, PostgreSQL the constraint.
    with pytest.raises(IntegrityError, match=r"client_id|identitychange_one_open"), transaction.atomic():
        second.save()


@pytest.mark.parametrize(
    ("values", "holds"),
    [
        ({"state": "found"}, True),
        ({"state": "found", "proposed_by": "alma"}, False),
        ({"state": "proposed", "proposed_by": "alma"}, True),
        ({"state": "proposed"}, False),
        ({"state": "masked", "proposed_by": "alma", "decided_by": "cecilia"}, True),
        ({"state": "masked", "proposed_by": "alma", "decided_by": "alma"}, False),
        ({"state": "left", "proposed_by": "alma"}, False),
        ({"state": "lost"}, False),
        ({"start": 3, "end": 3}, True),
        ({"start": 3, "end": 4}, True),
        ({"start": 3, "end": 2}, False),
    ],
)
def test_hit_by_two_and_hit_span_forward(cast: Cast, named: Case, values: dict[str, Any], holds: bool) -> None:
    told(cast, named)
    begin(cast, named)
    real = {"alma": cast.alma, "cecilia": cast.cecilia}

    def change() -> int:
        with transaction.atomic(), trail.bulk(Tag.IMPORTED):
            return MaskingHit.objects.update(**{name: real.get(value, value) for name, value in values.items()})

    if holds:
        assert change() == 1
        return
    with pytest.raises(IntegrityError, match=r"hit_by_two|hit_state_known|hit_span_forward"):
        change()


def test_a_key_that_was_not_destroyed_at_once_goes_with_the_next_rotation(cast: Cast, named: Case) -> None:
    """The program stopped between the commit and the destruction; the log's reasons do not hold the key back."""
    child_of(cast, named)
    mark = clients.add_mark(by=cast.alma, case=named, kind="SECRECY_MARKING", valid_from=timezone.localdate())
    clients.end_mark(by=cast.alma, case=named, mark=mark, ended_on=timezone.localdate(), reason="Upphävt")
    change = begin(cast, named)
    for hit in hits(change):
        decide(cast, hit)
    old = keyring.current_key(Purpose.CLIENT, named.client_id).id
    assert key_uses.in_log({old}) == {old}
    finish(cast, change)
    assert key_uses.in_log({old}) == set()
    rotate_dek(Purpose.CLIENT, lambda progress: None, finish=True, grace=timedelta(0))
    assert states(named.client_id) == ["active", "destroyed"]
