"""Data keys: made, kept for a request, destroyed; and the database they lie in."""

import copy
import pickle
import uuid
from collections.abc import Callable, Iterator

import pytest
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from casework.crypto import blindindex, keyring
from casework.crypto.errors import CryptoError, KeyMissing
from casework.crypto.keyring import SYSTEM_OWNER, SYSTEM_PURPOSES, Purpose
from casework.crypto.models import WrappedKey
from casework.crypto.router import KeysRouter

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
CLIENT = uuid.UUID(int=12345)


@pytest.fixture
def heard() -> Iterator[list[tuple[str, dict]]]:
    acts: list[tuple[str, dict]] = []
    keyring.on_key_act.append(lambda act, facts: acts.append((act, facts)))
    yield acts
    keyring.on_key_act.pop()


def test_a_made_key_is_found_by_owner_and_by_number() -> None:
    key_id = keyring.create_key(Purpose.CLIENT, CLIENT)
    assert 0 < key_id < 2**32
    key = keyring.current_key(Purpose.CLIENT, CLIENT)
    assert (key.id, key.owner, key.purpose, key.secret) == (key_id, CLIENT, "client", b"")
    assert keyring.key_by_id(key_id).owner == CLIENT


def test_an_owner_has_one_key_in_use_for_each_purpose() -> None:
    keyring.create_key(Purpose.CLIENT, CLIENT)
    with pytest.raises(CryptoError, match="redan"):
        keyring.create_keys(Purpose.CLIENT, [uuid.uuid4(), CLIENT])
    assert WrappedKey.objects.count() == 1
    keyring.create_key(Purpose.DRAFT, CLIENT)
    with pytest.raises(CryptoError, match="redan"):
        keyring.create_key(Purpose.DRAFT, CLIENT)
    keyring.create_key(Purpose.STAFF, CLIENT)


@pytest.mark.parametrize(
    ("purpose", "name"), [(Purpose.CLIENT, "wrappedkey_client_once"), (Purpose.LOG, "wrappedkey_system_once")]
)
def test_the_database_itself_holds_an_owner_to_one_key(purpose: Purpose, name: str) -> None:
    row = WrappedKey.objects.get(pk=keyring.create_key(purpose, CLIENT))
    assert name in {constraint.name for constraint in WrappedKey._meta.constraints}
    row.pk += 1
    with pytest.raises(IntegrityError), transaction.atomic(using="keys"):
        row.save(force_insert=True)
    row.owner = uuid.uuid4()
    row.save(force_insert=True)


def test_many_keys_are_made_at_once_and_each_owner_once() -> None:
    owners = [uuid.uuid4() for _ in range(5)]
    with keyring.scope():
        made = keyring.create_keys(Purpose.CLIENT, [*owners, owners[0]])
        assert keyring.current_key(Purpose.CLIENT, owners[0]).id == made[owners[0]]
    assert set(made) == set(owners)
    assert len(set(made.values())) == 5
    assert keyring.create_keys(Purpose.CLIENT, []) == {}


@pytest.mark.parametrize(("purpose", "name"), [(Purpose.CLIENT, "client_once"), (Purpose.LOG, "system_once")])
def test_the_key_in_use_is_found_by_an_index(purpose: Purpose, name: str) -> None:
    connection = connections["keys"]
    where = keyring._in_use(purpose) % f"'{CLIENT.hex}'"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        cursor.execute(f"{explain} SELECT id FROM casework_wrappedkey WHERE {where}")
        assert f"wrappedkey_{name}" in str(cursor.fetchall())


def test_a_number_that_is_taken_is_not_given_again(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = keyring.create_key(Purpose.CLIENT, CLIENT)
    draws = iter([bytes(4) + taken.to_bytes(4, "big"), b"\0\0\0\1" * 2, b"\0\0\0\2"])
    monkeypatch.setattr(keyring.os, "urandom", lambda count: next(draws))
    assert sorted(keyring._free_ids(2)) == [1, 2]


def test_a_key_shows_nothing_and_is_not_copied() -> None:
    keyring.create_key(Purpose.CLIENT, CLIENT)
    key = keyring.current_key(Purpose.CLIENT, CLIENT)
    assert repr(key) == f"<DataKey client {key.id:08x}>"
    for copied in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            copied(key)
    assert str(WrappedKey.objects.get()) == f"client {key.id:08x}"


def test_keys_are_kept_in_the_scope_and_nowhere_else(django_assert_num_queries: Callable) -> None:
    key_id = keyring.create_key(Purpose.CLIENT, CLIENT)
    with django_assert_num_queries(2, using="keys"):
        keyring.current_key(Purpose.CLIENT, CLIENT)
        keyring.aead_by_id(key_id)
    with keyring.scope(), django_assert_num_queries(1, using="keys"):
        keyring.current_key(Purpose.CLIENT, CLIENT)
        with keyring.scope():
            keyring.aead_by_id(key_id)
            keyring.current_key(Purpose.CLIENT, CLIENT)
    with django_assert_num_queries(1, using="keys"):
        keyring.aead_by_id(key_id)
    with keyring.scope(), django_assert_num_queries(2, using="keys"):
        keyring.aead_by_id(key_id)
        with keyring.scope(fresh=True):
            keyring.aead_by_id(key_id)


@pytest.mark.parametrize("count", [1, 3, keyring.FEW + 1])
def test_keys_are_fetched_ahead_in_one_query(count: int, django_assert_num_queries: Callable) -> None:
    made = keyring.create_keys(Purpose.CLIENT, [uuid.uuid4() for _ in range(count)])
    with keyring.scope():
        with django_assert_num_queries(1, using="keys"):
            keyring.prefetch(made.values())
        with django_assert_num_queries(0, using="keys"):
            keyring.prefetch(made.values())
            for key_id in made.values():
                keyring.aead_by_id(key_id)
        with pytest.raises(KeyMissing):
            keyring.prefetch([*made.values(), 1]) or keyring.aead_by_id(1)
    with django_assert_num_queries(0, using="keys"):
        keyring.prefetch(made.values())


def test_the_keys_of_the_system_are_made_once(heard: list) -> None:
    assert keyring.ensure_system_keys() == list(SYSTEM_PURPOSES)
    assert keyring.ensure_system_keys() == []
    assert [facts["purpose"] for act, facts in heard if act == "create"] == ["staff", "draft", "log", "index"]
    for purpose in SYSTEM_PURPOSES:
        assert keyring.current_key(purpose).owner == SYSTEM_OWNER
    assert len(keyring.current_key(Purpose.INDEX).secret) == 33


def test_key_acts_are_told_but_not_the_making_of_clients_keys(heard: list) -> None:
    key_id = keyring.create_key(Purpose.CLIENT, CLIENT)
    keyring.destroy_keys(Purpose.CLIENT, CLIENT)
    assert heard == [("destroy", {"keys": [key_id], "purpose": "client", "owner": str(CLIENT)})]


def test_a_destroyed_key_leaves_a_row_and_no_bytes(django_capture_on_commit_callbacks: Callable) -> None:
    key_id = keyring.create_key(Purpose.CLIENT, CLIENT)
    with django_capture_on_commit_callbacks(using="keys") as callbacks:
        keyring.destroy_keys(Purpose.CLIENT, CLIENT)
    row = WrappedKey.objects.get(pk=key_id)
    assert (row.state, bytes(row.wrapped), row.destroyed_at is None) == ("destroyed", b"", False)
    assert callbacks == [keyring._empty_wal]
    keyring.create_key(Purpose.CLIENT, CLIENT)


@pytest.mark.parametrize(("vendor", "statements"), [("sqlite", 1), ("postgresql", 0)])
def test_the_write_ahead_log_is_emptied_where_there_is_one(
    vendor: str, statements: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []

    class Cursor:
        execute = staticmethod(ran.append)
        __enter__ = lambda self: self  # noqa: E731
        __exit__ = lambda self, *what: None  # noqa: E731

    class Connection:
        cursor = Cursor

    Connection.vendor = vendor
    monkeypatch.setattr(keyring, "connections", {"keys": Connection})
    keyring._empty_wal()
    assert ran == ["PRAGMA wal_checkpoint(TRUNCATE)"] * statements


HALVES = [
    {"state": "destroyed", "wrapped": b"x", "destroyed_at": timezone.now()},
    {"state": "destroyed", "wrapped": b"", "destroyed_at": None},
    {"state": "active", "wrapped": b"", "destroyed_at": None},
    {"state": "old", "wrapped": b"x", "destroyed_at": timezone.now()},
    {"state": "lost", "wrapped": b"x", "destroyed_at": None},
]


@pytest.mark.parametrize("half", HALVES)
def test_a_key_is_wholly_there_or_wholly_destroyed(half: dict) -> None:
    key_id = keyring.create_key(Purpose.CLIENT, CLIENT)
    with pytest.raises(IntegrityError, match="wrappedkey_state_whole"), transaction.atomic(using="keys"):
        WrappedKey.objects.filter(pk=key_id).update(**half)
    WrappedKey.objects.filter(pk=key_id).update(state="old")


def test_keys_lie_in_their_own_database_and_nothing_else_does() -> None:
    router = KeysRouter()
    from casework.models import User

    assert router.db_for_read(WrappedKey) == router.db_for_write(WrappedKey) == "keys"
    assert router.db_for_read(User) is None
    assert router.allow_migrate("keys", "casework", "wrappedkey") is True
    assert router.allow_migrate("keys", "casework", "user") is False
    assert router.allow_migrate("keys", "casework") is False
    assert router.allow_migrate("default", "casework", "WrappedKey") is False
    assert router.allow_migrate("default", "casework", "user") is None
    assert "casework_wrappedkey" in connections["keys"].introspection.table_names()
    assert "casework_wrappedkey" not in connections["default"].introspection.table_names()


def test_key_numbers_are_sqlites_own_row_numbers() -> None:
    field = WrappedKey._meta.pk
    assert field.db_type(type("SQLite", (), {"vendor": "sqlite"})) == "integer"
    assert field.db_type(type("Postgres", (), {"vendor": "postgresql"})) == "bigint"


# --- blind index ------------------------------------------------------------------------------------------------------


@pytest.fixture
def system_keys() -> None:
    keyring.ensure_system_keys()


def test_equal_values_have_equal_indexes_of_the_planned_length(system_keys: None) -> None:
    first = blindindex.index("number", "197010632391")
    assert first == blindindex.index("number", "197010632391")
    assert first != blindindex.index("name", "197010632391") or first != blindindex.index("number", "197010632392")
    values = {blindindex.index("number", str(n)) for n in range(20_000)}
    assert len(values) == 1024
    assert max(values) < 2 ** blindindex.planned_bits(2000)


def test_a_search_asks_for_the_index_key_once(system_keys: None, django_assert_num_queries: Callable) -> None:
    with django_assert_num_queries(1, using="keys"):
        blindindex.index("number", "1")
        blindindex.index("name", "1")


def test_another_key_gives_another_index(system_keys: None) -> None:
    before = [blindindex.index("name", str(n)) for n in range(20)]
    keyring.destroy_keys(Purpose.INDEX, SYSTEM_OWNER)
    keyring.ensure_system_keys()
    blindindex.forget()
    assert before != [blindindex.index("name", str(n)) for n in range(20)]


def test_the_length_stays_when_the_setting_changes(system_keys: None, settings: object) -> None:
    before = blindindex.index("name", "anna")
    settings.EXPECTED_CLIENTS = 1_000_000  # type: ignore[attr-defined]
    blindindex.forget()
    assert blindindex.index("name", "anna") == before


def test_an_unknown_kind_or_a_missing_key_is_refused(system_keys: None) -> None:
    with pytest.raises(ValueError, match="kind"):
        blindindex.index("phone", "1")
    keyring.destroy_keys(Purpose.INDEX, SYSTEM_OWNER)
    blindindex.forget()
    with pytest.raises(KeyMissing):
        blindindex.index("number", "1")


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5, 100, 2000, 100_000, 2**20, 10**9])
def test_a_hit_has_about_two_candidates_and_at_most_the_root_of_all(n: int) -> None:
    candidates = n / 2 ** blindindex.planned_bits(n)
    assert candidates < 2**1.5
    if n > 8:
        assert 2**0.5 <= candidates <= n**0.5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna-Karin  ÖST", "anna karin öst"),
        (" Åsa\u00a0\u2011Ek ", "åsa ek"),
        ("A\u030asa", "åsa"),
        ("Weiß", "weiss"),
        ("\uff21nna\0\n", "anna"),
        ("O\u2010\u2212\u00adO", "o o"),
        ("", ""),
    ],
)
def test_names_are_compared_without_case_hyphens_and_forms(text: str, expected: str) -> None:
    assert blindindex.normalise_name(text) == expected
    assert blindindex.normalise_name(expected) == expected
