from typing import Any

import pytest
from django.apps.registry import Apps
from django.core import checks
from django.core.checks import CheckMessage
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction

from audit import checkpoints, trail, triggers
from audit.checks import _silent, check_logged_models, check_triggers
from audit.tags import Tag
from audit.trail import Ref
from tests.audit.models import Foreign, Thing

pytestmark = pytest.mark.django_db
POSTGRES = "postgresql"


@pytest.fixture
def written(signed: Any) -> None:
    """A row in each table of the log."""
    trail.read(Tag.PAGE_READ, [Ref("casework.Case", "c1", "26-1")])
    checkpoints.take()


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def table_rows() -> list[Any]:
    with connection.cursor() as cursor:
        found = []
        for table in triggers.TABLES:
            cursor.execute(f"SELECT * FROM {table}")
            found.append(cursor.fetchall())
    return found


@pytest.mark.parametrize("table", triggers.TABLES)
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE {table} SET {key} = {key} + 1",
        "UPDATE {table} SET {key} = {key}",
        "DELETE FROM {table}",
        "DELETE FROM {table} WHERE {key} > 0",
    ],
)
def test_no_row_is_changed_or_removed(written: None, table: str, sql: str) -> None:
    before = table_rows()
    with pytest.raises(DatabaseError, match="append-only"):
        run(sql.format(table=table, key=triggers.TABLES[table]))
    assert table_rows() == before


OVERWRITING = {
    "sqlite": ["INSERT OR REPLACE INTO {table} SELECT * FROM {table}", "REPLACE INTO {table} SELECT * FROM {table}"],
    POSTGRES: [
        "TRUNCATE {table} CASCADE",
        "INSERT INTO {table} SELECT * FROM {table} ON CONFLICT ({key}) DO UPDATE SET {key} = EXCLUDED.{key}",
        "SET LOCAL session_replication_role = replica; DELETE FROM {table}",
    ],
}


@pytest.mark.parametrize("table", triggers.TABLES)
def test_nor_by_a_way_round(written: None, table: str) -> None:
    before = table_rows()
    for sql in OVERWRITING[connection.vendor]:
        with pytest.raises(DatabaseError, match="append-only"):
            run(sql.format(table=table, key=triggers.TABLES[table]))
    assert table_rows() == before


def test_every_table_is_guarded_after_migrating() -> None:
    assert triggers.faults(connection) == []
    assert found() == []


def found() -> list[CheckMessage]:
    return check_triggers(None, databases=["default"])


def test_a_missing_trigger_is_told_of_and_put_back_by_migrate() -> None:
    triggers.remove(connection)
    assert triggers.faults(connection) == list(triggers.TABLES)
    assert [message.id for message in found()] == ["audit.E001"] * 3
    triggers.reinstall(None, using="default")
    assert found() == []


def test_a_trigger_of_the_same_name_that_does_nothing_is_told_of() -> None:
    if connection.vendor == POSTGRES:
        run("CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END;$$")
        assert triggers.faults(connection) == list(triggers.TABLES)
    else:
        run("DROP TRIGGER audit_event_no_update")
        run("CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event BEGIN SELECT 1; END")
        assert triggers.faults(connection) == ["audit_event"]


def test_the_check_runs_with_the_database_checks() -> None:
    assert check_triggers in checks.registry.registry.get_checks()
    assert check_triggers(None) == []
    call_command("check", tags=["database"], databases=["default"], verbosity=0)


def test_a_table_that_is_not_there_has_no_fault() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE audit_checkpoint")
    triggers.install(connection)
    assert triggers.faults(connection) == []


def test_nothing_is_installed_where_the_log_does_not_live(settings: Any) -> None:
    settings.DATABASE_ROUTERS = ["tests.audit.test_triggers.Elsewhere"]
    triggers.remove(connection)
    triggers.reinstall(None, using="default")
    assert triggers.faults(connection) == list(triggers.TABLES)


class Elsewhere:
    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return False


@pytest.mark.django_db(transaction=True)
def test_the_log_is_the_only_log_and_its_migrations_go_both_ways() -> None:
    tables = connection.introspection.table_names()
    assert "audit_event" in tables
    assert not [table for table in tables if table.startswith("auditlog")]
    triggers.remove(connection)
    call_command("migrate", "audit", "zero", verbosity=0)
    assert not [table for table in connection.introspection.table_names() if table.startswith("audit_")]
    assert triggers.faults(connection) == []
    call_command("migrate", "audit", verbosity=0)
    assert triggers.faults(connection) == []


def test_a_row_that_the_removal_of_another_would_change_in_silence_is_told_of() -> None:
    class Loose(models.Model):
        thing = models.ForeignKey(Thing, models.SET_NULL, null=True, related_name="+")

        class Meta:
            app_label = "attacked"
            apps = Apps()

        def __str__(self) -> str:
            return "loose"

    assert [fault.id for fault in _silent([Loose, Foreign])] == ["audit.E002"]
    assert check_logged_models(None) == []
