"""The tables of the log. Rows are written by chain.py and checkpoints.py only, and never change."""

from typing import Any, NoReturn

from django.db import models
from django.db.models import Q

from audit import diffs


class AppendOnly(TypeError):
    """Somebody tried to write the log by another way than its one door."""


def _refuse(*args: Any, **kwargs: Any) -> NoReturn:
    raise AppendOnly("The log is written through audit.trail only, and never changed.")


class ReadOnlyQuerySet(models.QuerySet[Any]):
    create = bulk_create = get_or_create = update_or_create = _refuse
    update = bulk_update = delete = _refuse


class ReadOnlyModel(models.Model):
    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> NoReturn:
        _refuse()

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        _refuse()


class EventManager(models.Manager.from_queryset(ReadOnlyQuerySet)):  # type: ignore[misc]
    """Also the door for django-auditlog, whose diffs join the open act: names of fields, never values."""

    def log_create(
        self, instance: models.Model, force_log: bool = False, *, action: int, changes: Any = None, **kwargs: Any
    ) -> None:
        """Called by django-auditlog when `instance` was created (0), changed (1), deleted (2) or looked at (3)."""
        if changes or force_log:
            diffs.from_auditlog(instance, action, changes or {})

    def log_m2m_changes(
        self, changed_queryset: "models.QuerySet[Any]", instance: models.Model, operation: str, field_name: str
    ) -> None:
        """Called by django-auditlog when rows were added to or taken from a many-to-many field."""
        diffs.relation_changed(instance, field_name, operation, changed_queryset)


class Event(ReadOnlyModel):
    """One thing that somebody did. `body` has the exact bytes that `hash` covers; the other columns repeat its head."""

    class Action:
        """django-auditlog's codes."""

        CREATE, UPDATE, DELETE, ACCESS = range(4)

    seq = models.BigIntegerField(primary_key=True)
    time = models.DateTimeField()
    actor = models.CharField(max_length=64)
    tag = models.CharField(max_length=64)
    request = models.CharField(max_length=64)
    body = models.BinaryField()
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    objects = EventManager()

    class Meta:
        verbose_name = "händelse"
        verbose_name_plural = "händelser"
        indexes = [
            models.Index(fields=["actor", "seq"], name="event_actor"),
            models.Index(fields=["time"], name="event_time"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.tag}"


class EventRef(ReadOnlyModel):
    """Which record an event is about: an index over the bodies. id = seq * 2**20 + place in the event's list."""

    id = models.BigIntegerField(primary_key=True)
    event = models.ForeignKey(Event, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="refs")
    model = models.CharField(max_length=100)
    object = models.CharField(max_length=64)
    case = models.CharField(max_length=40, db_column="case_number")

    objects = ReadOnlyQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["case", "event"], name="eventref_case", condition=~Q(case="")),
            models.Index(fields=["object", "event"], name="eventref_object", condition=Q(case="")),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.model} {self.case or self.object}"


class Checkpoint(ReadOnlyModel):
    """A signed statement: when the log had `size` events, the hash of the last one was `hash`."""

    size = models.BigIntegerField(primary_key=True)
    hash = models.BinaryField(max_length=32)
    time = models.DateTimeField()
    key = models.CharField(max_length=16)
    signature = models.BinaryField(max_length=64)

    objects = ReadOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = "kontrollpunkt"
        verbose_name_plural = "kontrollpunkter"

    def __str__(self) -> str:
        return str(self.size)
