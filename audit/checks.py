from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.core import checks
from django.db import DEFAULT_DB_ALIAS, connections, models

from audit import logged, triggers

SILENT = (models.SET_NULL, models.SET_DEFAULT)


def connect() -> None:
    checks.register(check_triggers, checks.Tags.database)
    checks.register(check_logged_models, checks.Tags.models)


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


def check_logged_models(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """That no logged row is changed by the removal of another."""
    return list(_silent(logged.registered()))


def _silent(registered: Iterable[type[models.Model]]) -> Iterator[checks.Error]:
    for model in registered:
        for field in model._meta.concrete_fields:
            if field.remote_field is not None and getattr(field.remote_field, "on_delete", None) in SILENT:
                yield checks.Error("This would change logged rows without an event.", obj=field, id="audit.E002")
