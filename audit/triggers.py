"""The database itself refuses to change or remove a row of the log.

SQLite drops a table's triggers when Django rebuilds it, so they are put back after every migrate; checks.py looks for
them. On PostgreSQL they are ALWAYS triggers (replication settings do not pass them by) and cover TRUNCATE.
"""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, router
from django.db.backends.base.base import BaseDatabaseWrapper

from audit import chain

TABLES = {"audit_event": "seq", "audit_eventref": "id", "audit_checkpoint": "size"}
REFUSAL = "audit log is append-only"
FUNCTION = "audit_refuse"
EVERY = "DELETE OR UPDATE OR TRUNCATE"
REFUSE = f"BEGIN RAISE EXCEPTION '{REFUSAL}: % on %', TG_OP, TG_TABLE_NAME; END;"
FUNCTIONS = {
    f"{FUNCTION}()": ("trigger", REFUSE),
    f"audit_append({chain.APPEND_SIGNATURE})": ("bigint", chain.APPEND_BODY),
}


def sqlite_triggers(table: str) -> dict[str, str]:
    """Name -> statement of each trigger of `table`. The third stops INSERT OR REPLACE on its own."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    key = TABLES[table]
    replacing = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"  # noqa: S608
    return {
        f"{table}_no_update": f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
        f"{table}_no_delete": f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
        f"{table}_no_replace": f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} {replacing} {refuse}",
    }


def install(connection: BaseDatabaseWrapper) -> None:
    """Makes the triggers anew on those tables of the log that exist."""
    remove(connection)
    with connection.cursor() as cursor:
        present = _present(connection)
        if connection.vendor == "postgresql" and present:
            for signature, (returns, body) in FUNCTIONS.items():
                cursor.execute(
                    f"CREATE OR REPLACE FUNCTION {signature} RETURNS {returns} LANGUAGE plpgsql AS $${body}$$"
                )
        for table in present:
            for statement in _statements(connection, table):
                cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Takes the triggers away: before they are made anew, and when the tables go."""
    with connection.cursor() as cursor:
        for table in _present(connection):
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
            else:
                for name in sqlite_triggers(table):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def faults(connection: BaseDatabaseWrapper) -> list[str]:
    """The tables of the log that do not have exactly our triggers. A table that is not made yet has no fault."""
    return [table for table in _present(connection) if not _is_guarded(connection, table)]


def reinstall(sender: Any, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """After migrate: puts back what a rebuilt table has lost."""
    if router.allow_migrate(using, "audit"):
        install(connections[using])


def _present(connection: BaseDatabaseWrapper) -> list[str]:
    found = set(connection.introspection.table_names())
    return [table for table in TABLES if table in found]


def _statements(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    if connection.vendor != "postgresql":
        return list(sqlite_triggers(table).values())
    name = f"{table}_append_only"
    return [
        f"CREATE TRIGGER {name} BEFORE {EVERY} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}()",
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
    ]


def _is_guarded(connection: BaseDatabaseWrapper, table: str) -> bool:
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
            return dict(cursor.fetchall()) == sqlite_triggers(table)
        # tgtype: BEFORE 2, DELETE 8, UPDATE 16, TRUNCATE 32; not for each row (1).
        cursor.execute(
            "SELECT t.tgtype, t.tgenabled, t.tgqual IS NULL, p.prosrc"
            " FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE t.tgrelid = %s::regclass AND NOT t.tgisinternal AND t.tgname = %s",
            [table, f"{table}_append_only"],
        )
        guards = cursor.fetchall()
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'audit_append'")
        return guards == [(2 + 8 + 16 + 32, "A", True, REFUSE)] and cursor.fetchall() == [(chain.APPEND_BODY,)]
