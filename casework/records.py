"""The base of everything that lies near a client: sealed, logged, and never printed by name."""

import uuid
from typing import Any

from django.db import models
from django.utils import timezone

from audit.logged import LoggedModel
from audit.trail import Ref
from casework.crypto.fields import SealedModel
from casework.crypto.keyring import SYSTEM_OWNER


class StaleEdit(Exception):
    """Someone else saved the record after it was opened for this change."""


class SignedRow(TypeError):
    """A signed record was to be changed or deleted. What was wrong is put right by a new record beside it."""


class Record(LoggedModel, SealedModel):
    """A row of a client's file. `seal_owner` is the client: her key opens it, and its destruction closes it."""

    created_at = models.DateTimeField("skapad", default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def ref(self) -> Ref:
        """What the log calls this record."""
        return Ref(self._meta.label, str(self.pk), self.case_number())

    def case_number(self) -> str:
        """The number of the case this record belongs to; "" before there is one."""
        case: Any = getattr(self, "case", None)
        return case.number if case is not None else ""

    def check_version(self, seen: int) -> None:
        """Raises StaleEdit when the record is no longer the one with version `seen`; else counts it up."""
        if self.version != seen:
            raise StaleEdit
        self.version += 1

    def save_masked(self) -> None:
        """Saves what was masked in a sealed text, in a signed record too: an earlier identity is kept nowhere.

        For masking alone, which takes two persons. Whoever has the record open for a change is refused by the version.
        """
        self.version += 1
        LoggedModel.save(self)


class StaffRecord(LoggedModel, SealedModel):
    """A row of the staff's own work, about no client. What is sealed in it lies under the staff key (Purpose.STAFF)."""

    created_at = models.DateTimeField("skapad", default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    @property
    def seal_owner(self) -> uuid.UUID:
        return SYSTEM_OWNER

    def ref(self) -> Ref:
        """What the log calls this record; it belongs to no case."""
        return Ref(self._meta.label, str(self.pk))

    def check_version(self, seen: int) -> None:
        """Raises StaleEdit when the record is no longer the one with version `seen`; else counts it up."""
        if self.version != seen:
            raise StaleEdit
        self.version += 1
