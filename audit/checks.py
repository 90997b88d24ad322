from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import DEFAULT_DB_ALIAS, connections

from audit import triggers


def connect() -> None:
    checks.register(check_triggers, checks.Tags.database)


def check_triggers(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """That the database refuses to change the log."""
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    return [
        checks.Error(
            f"Tabellen {table} saknar skyddet som hindrar att loggen ändras, eller har ett annat skydd.",
            hint="Ta reda på hur det försvann. Kör sedan: manage.py migrate --skip-checks",
            id="audit.E001",
        )
        for table in triggers.faults(connections[DEFAULT_DB_ALIAS])
    ]
