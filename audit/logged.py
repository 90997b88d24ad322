"""Models whose every change is in the log.

A row is saved and its event written in one transaction. Only the fields that differ from what was loaded are written to
the database: so the names in the log are exactly what was written, without reading the row again. What would change
rows past the log (QuerySet.update and the like) is refused; imports and seeding go through trail.bulk().
"""

from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from copy import deepcopy
from functools import cache, lru_cache
from typing import Any, Self

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.signals import post_delete, post_save

from audit import diffs, trail


class Unlogged(TypeError):
    """A way of writing that would leave no trace in the log."""

    def __init__(self, model: type[models.Model], way: str) -> None:
        super().__init__(
            f"{model._meta.label}: {way} would change records without a trace. "
            "Save or delete them one at a time, or use trail.bulk() for an import."
        )


class LoggedQuerySet(models.QuerySet[Any]):
    """Refuses what changes rows without saving them one by one, unless trail.bulk() is open."""

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        event, rows = self._door("bulk_create()"), list(objs)
        made: list[Any] = super().bulk_create(rows, *args, **kwargs)
        for row in rows:
            event.touch(_ref(row))
            row.remember()
        return made

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None) -> int:
        event, rows = self._door("bulk_update()"), list(objs)
        for row in rows:
            event.touch(_ref(row))
        return models.QuerySet(self.model, using=self.db).bulk_update(rows, fields, batch_size)

    def update(self, **kwargs: Any) -> int:
        event = self._door("update()")
        for pk in self.values_list("pk", flat=True):
            event.touch(trail.Ref(self.model._meta.label, str(pk)))
        return super().update(**kwargs)

    update.alters_data = True  # type: ignore[attr-defined]

    def delete(self) -> tuple[int, dict[str, int]]:
        # Each row is named when it goes, by the signal.
        self._door("delete()")
        return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def _door(self, way: str) -> trail.Pending:
        event = trail.bulk_open()
        if event is None:
            raise Unlogged(self.model, way)
        return event


class LoggedManager(models.Manager.from_queryset(LoggedQuerySet)):  # type: ignore[misc]
    pass


class LoggedModel(models.Model):
    """Every save and delete is in the log, by names of fields. Outside an act it makes an event of its own."""

    objects = LoggedManager()

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any, **kwargs: Any) -> Self:
        row = super().from_db(db, field_names, values, **kwargs)
        row.__dict__["_loaded"] = field_names, deepcopy(values) if _has_mutable(cls) else values
        return row

    def refresh_from_db(self, using: Any = None, fields: Any = None, from_queryset: Any = None) -> None:
        super().refresh_from_db(using, fields, from_queryset)
        self.remember(fields)

    def remember(self, names: Iterable[str] | None = None) -> None:
        """The columns `names` (all when None) are now in the database as they are here."""
        here, wanted = self.__dict__, None if names is None else set(names)
        known = {} if wanted is None else self._known()
        for field in self._meta.concrete_fields:
            if field.attname in here and (wanted is None or field.name in wanted or field.attname in wanted):
                value = here[field.attname]
                known[field.attname] = deepcopy(value) if isinstance(value, dict | list) else value
        here["_loaded"] = tuple(known), tuple(known.values())

    def forget(self) -> None:
        """What the database holds is not known any more: the next save writes every field."""
        self.__dict__.pop("_loaded", None)

    def changed_fields(self) -> set[str]:
        """The fields that differ from what was loaded or saved last."""
        known, here = self._known(), self.__dict__
        return {
            field.name
            for field in self._meta.concrete_fields
            if field.attname in here and _differs(field, known, here[field.attname])
        }

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding and not args and kwargs.keys() <= {"using"} and "_loaded" in self.__dict__:
            names = self.changed_fields()
            if not names:
                return
            if self._meta.pk.name not in names:
                kwargs["update_fields"] = names | _moving(type(self))
        with _transaction():
            super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with _transaction():
            return super().delete(*args, **kwargs)

    def _known(self) -> dict[str, Any]:
        names, values = self.__dict__.get("_loaded", ((), ()))
        return dict(zip(names, values, strict=True))


def register(model: type[models.Model], exclude: Iterable[str] = ()) -> None:
    """Has every change of `model` logged: saves, deletes and many-to-many fields; not the fields in `exclude`.

    Every LoggedModel is registered at start; call this for one only to exclude fields. It is compared with what it was
    loaded with. Any other model (of another package) goes by django-auditlog, which reads the row before each change;
    save it within an act, or its event is written after it.
    """
    from auditlog.registry import auditlog

    excluded = frozenset(exclude)
    kept = [field.name for field in model._meta.concrete_fields if field.name not in excluded]
    relations = [field.name for field in model._meta.local_many_to_many if field.name not in excluded]
    _excluded[model] = excluded
    registry = _own_registry() if issubclass(model, LoggedModel) else auditlog
    registry.register(model, include_fields=kept, m2m_fields=relations)


def register_all() -> None:
    """Registers every LoggedModel of the program: none is left out because somebody forgot it."""
    for model in apps.get_models():
        if issubclass(model, LoggedModel):
            register(model)


def registered() -> frozenset[type[models.Model]]:
    """Every model whose changes are logged."""
    return frozenset(_excluded)


_excluded: dict[type[models.Model], frozenset[str]] = {}


@lru_cache(maxsize=1)
def _own_registry() -> Any:
    from auditlog.registry import AuditlogModelRegistry

    own = {post_save: _on_save, post_delete: _on_delete}
    return AuditlogModelRegistry(create=False, update=False, delete=False, custom=own)


def _on_save(sender: Any, instance: LoggedModel, created: bool, update_fields: Any = None, **kwargs: Any) -> None:
    instance.remember(update_fields)
    trail.on_rollback(instance.forget)
    if created:
        diffs.saved(instance, "created")
        return
    names = set(update_fields or diffs.names_of(sender)) - _excluded[sender]
    if names:
        diffs.saved(instance, "changed", names)


def _on_delete(sender: Any, instance: LoggedModel, **kwargs: Any) -> None:
    diffs.saved(instance, "deleted")


def _transaction() -> AbstractContextManager[Any]:
    return nullcontext() if trail.in_act() else transaction.atomic()


def _ref(row: Any) -> trail.Ref:
    """What the row calls itself, with its case; else its model and id."""
    return row.ref() if hasattr(row, "ref") else trail.Ref(row._meta.label, str(row.pk))


def _differs(field: "models.Field[Any, Any]", known: dict[str, Any], value: Any) -> bool:
    if field.attname not in known:
        return True
    old = known[field.attname]
    if old is value or old == value:
        return False
    try:
        # "2026-01-31" and the date it means are the same.
        return bool(field.to_python(value) != old)
    except (ValidationError, TypeError, ValueError):
        return True


@cache
def _has_mutable(model: type[models.Model]) -> bool:
    return any(field.get_internal_type() in {"JSONField", "ArrayField"} for field in model._meta.concrete_fields)


@cache
def _moving(model: type[models.Model]) -> frozenset[str]:
    """The fields that set themselves to the time of each save."""
    return frozenset(field.name for field in model._meta.concrete_fields if getattr(field, "auto_now", False))
