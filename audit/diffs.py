"""Which fields of a record changed: their names and a keyed digest of what they became, never the values.

The digest is HMAC-SHA-256 under a key derived (HKDF) from SECRET_KEY, over model, id, names and new values. It shows
later whether a row is still as the log left it (`digest_of`), and gives nothing to someone who has only the log.
"""

import hmac
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models

from audit import trail
from audit.tags import Tag

ACTIONS = {0: "created", 1: "changed", 2: "deleted"}


@lru_cache(maxsize=4)
def _keyed(secret: str, purpose: str) -> hmac.HMAC:
    key = HKDF(SHA256(), 32, salt=None, info=f"audit:{purpose}:1".encode()).derive(secret.encode())
    return hmac.new(key, digestmod=sha256)


def keyed_digest(purpose: str, content: bytes) -> str:
    """32 hex characters that tell equal contents of one purpose, and nothing to those without SECRET_KEY."""
    mac = _keyed(settings.SECRET_KEY, purpose).copy()
    mac.update(content)
    return mac.hexdigest()[:32]


def digest_of(instance: models.Model, names: Iterable[str] = ()) -> str:
    """The keyed digest of the fields `names` (all when empty) of `instance` as it is now."""
    values = instance.__dict__
    fields = _fields_by_name(type(instance))
    facts = [(name, values.get(fields[name])) for name in (names or fields)]
    return _digest(type(instance)._meta.label, instance.pk, facts)


def _digest(model: str, pk: Any, facts: Any) -> str:
    return keyed_digest("values", json.dumps([model, str(pk), facts], default=_plain).encode())


def _plain(value: Any) -> Any:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).isoformat()
    if isinstance(value, bytes | memoryview):
        return sha256(value).hexdigest()
    return str(value)


@cache
def _fields_by_name(model: type[models.Model]) -> dict[str, str]:
    """Name -> attribute of every column of `model`."""
    return {field.name: field.attname for field in model._meta.concrete_fields}


def names_of(model: type[models.Model]) -> Iterable[str]:
    """The names of all columns of `model`."""
    return _fields_by_name(model).keys()


def saved(instance: models.Model, action: str, names: Iterable[str] = ()) -> None:
    """Tells the log that `instance` was "created", "changed" (the fields `names`) or "deleted"."""
    names = sorted(names)
    trail.changed((instance._meta.label, str(instance.pk), action, names, digest_of(instance, names)))


def from_auditlog(instance: models.Model, action: int, changes: dict[str, Any]) -> None:
    """A diff that django-auditlog made: {field: (old, new)} as text. Only the names and a digest are kept."""
    label, facts = instance._meta.label, {name: str(values[-1]) for name, values in sorted(changes.items())}
    if action in ACTIONS:
        names = sorted(changes) if action == 1 else []
        trail.changed((label, str(instance.pk), ACTIONS[action], names, _digest(label, instance.pk, facts)))
    else:
        trail.read(Tag.PAGE_READ, [trail.Ref(label, str(instance.pk))])


def relation_changed(instance: models.Model, field: str, operation: str, others: "models.QuerySet[Any]") -> None:
    """Rows `others` were added to or taken from the many-to-many `field` of `instance`."""
    pks = sorted(str(pk) for pk in others.values_list("pk", flat=True))
    if pks:
        label = instance._meta.label
        trail.changed((label, str(instance.pk), "changed", [field], _digest(label, instance.pk, [operation, pks])))
