"""What every test stands on: both databases, keys in reach, and a log that a test may empty after itself."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import TransactionTestCase

from audit import triggers
from casework.crypto import keyring

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server", "keys"}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that uses a database uses both, unless its mark says which."""
    for item in items:
        mark = item.get_closest_marker("django_db")
        if mark is None and not DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ())):
            continue
        wanted: dict[str, Any] = dict(mark.kwargs) if mark else {}
        if "databases" not in wanted:
            arguments = mark.args if mark else ()
            item.add_marker(
                pytest.mark.django_db(*arguments, **{**wanted, "databases": ["default", "keys"]}), append=False
            )


@pytest.fixture(autouse=True, scope="session")
def log_can_be_flushed() -> Iterator[None]:
    """A test with real commits empties the tables after itself, which the log's triggers refuse.

    They go just before and come back with the flush's own post_migrate, as after any migration.
    """
    original = TransactionTestCase._fixture_teardown

    def teardown(case: TransactionTestCase) -> None:
        if case.databases and "default" in case.databases:
            triggers.remove(connection)
        original(case)

    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
    yield
    patch.undo()


@pytest.fixture
def keys(db: None) -> Iterator[None]:
    """The system's own data keys, kept unwrapped for the length of the test as in a request."""
    with keyring.scope():
        keyring.ensure_system_keys()
        yield
