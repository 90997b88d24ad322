"""Changing data keys while the program runs: a new key for each owner, seals made anew, old keys destroyed.

Seals are made anew in batches, each written only if nobody changed it meanwhile. It can be stopped anywhere and started
again. Until a seal is made anew its old key opens it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connections, router, transaction
from django.db.models import QuerySet
from django.utils import timezone

from casework.crypto import keyring
from casework.crypto.envelope import key_id_of
from casework.crypto.errors import CryptoError, DecryptError
from casework.crypto.fields import Column, SealedField, SealedModel, open_all, sealed_fields
from casework.crypto.keyring import Purpose
from casework.crypto.models import WrappedKey
from casework.crypto.progress import Meter, Report
from casework.crypto.router import KEYS

BATCH = 500
GRACE = timedelta(minutes=15)
"""A request that began before a key was replaced may still write with it; none lives this long."""

also_refers: dict[Purpose, Callable[[set[int]], set[int]]] = {}
"""Asked, before keys of a purpose are destroyed, which of these ids are still needed for what is sealed outside sealed
columns: details in the log, secrets of the second factor. No key of a purpose without an answer is ever destroyed:
forgetting to list one would lose what it sealed."""


@dataclass
class Outcome:
    """What a rotation did. `kept` old keys are still needed or too young; `broken` rows did not open and were left."""

    new_keys: int = 0
    resealed: int = 0
    destroyed: int = 0
    kept: int = 0
    wait_until: datetime | None = None
    broken: list[str] = field(default_factory=list)


def rotate_dek(
    purpose: Purpose,
    report: Report,
    *,
    owner: UUID | None = None,
    finish: bool = False,
    columns: list[Column] | None = None,
    grace: timedelta = GRACE,
) -> Outcome:
    """Gives the owners of `purpose` (or one `owner`) new keys, makes their seals anew, destroys the old keys it may.

    A rotation that was stopped goes on where it was. `finish` makes no new keys: for the run after `grace`, which makes
    anew what late writers left and destroys the old keys. Raises CryptoError for the blind index, which has no seals.
    """
    if purpose is Purpose.INDEX:
        raise CryptoError("Indexnyckeln kan inte bytas så: alla index måste räknas om.")
    chosen = [pair for pair in columns or sealed_fields() if pair[1].purpose is purpose]
    outcome = Outcome()
    if not finish:
        since = _began(_in_use(chosen, _old_ids(purpose))) or timezone.now()
        outcome.new_keys = _new_keys(purpose, owner, since, report)
    old = _old_ids(purpose)
    for column in chosen:
        _reseal(column, old, outcome, report)
    _destroy(purpose, chosen, grace, outcome, report)
    if outcome.new_keys or outcome.resealed:
        keyring.tell("rotate_dek", {"purpose": purpose.value, "keys": outcome.new_keys, "seals": outcome.resealed})
    return outcome


def _old_ids(purpose: Purpose) -> set[int]:
    return set(WrappedKey.objects.filter(purpose=purpose, state=WrappedKey.State.OLD).values_list("pk", flat=True))


def _began(in_use: set[int]) -> datetime | None:
    """When the rotation under way began: the first new key of an owner whose old key is still in use."""
    first: list[datetime] = []
    for ids in _slices(sorted(in_use)):
        owners = list(WrappedKey.objects.filter(pk__in=ids).values_list("owner", "purpose"))
        active = WrappedKey.objects.filter(state=WrappedKey.State.ACTIVE, owner__in=[owner for owner, _ in owners])
        first += [at for (at,) in active.filter(purpose=owners[0][1]).values_list("created_at")]
    return min(first, default=None)


def _new_keys(purpose: Purpose, owner: UUID | None, since: datetime, report: Report) -> int:
    waiting = WrappedKey.objects.filter(purpose=purpose, state=WrappedKey.State.ACTIVE, created_at__lt=since)
    if owner is not None:
        waiting = waiting.filter(owner=owner)
    meter = Meter(report, "Gör nya nycklar", waiting.count())
    while batch := list(waiting.values_list("pk", "owner")[:BATCH]):
        with transaction.atomic(using=KEYS):
            WrappedKey.objects.filter(pk__in=[pk for pk, _ in batch]).update(state=WrappedKey.State.OLD)
            with keyring.scope(fresh=True):
                keyring.create_keys(purpose, [whose for _, whose in batch])
        meter.add(len(batch))
    return meter.done


# --- making seals anew ------------------------------------------------------------------------------------------------


def _reseal(column: Column, old: set[int], outcome: Outcome, report: Report) -> None:
    model, sealed = column
    meter = Meter(report, f"Förseglar {model._meta.label}.{sealed.name} på nytt", _all(model).count())
    for batch in _batches(model):
        rows = [row for row in batch if key_id_of(row.__dict__[sealed.attname]) in old]
        with keyring.scope(fresh=True), transaction.atomic(using=router.db_for_write(model)):
            for row in open_all(rows, sealed.attname):
                _reseal_one(row, sealed, outcome)
        meter.add(len(batch))


def _reseal_one(row: SealedModel, sealed: SealedField[Any], outcome: Outcome) -> None:
    """A row that someone changes meanwhile is left: it is sealed with the new key by then, or found the next time."""
    before: bytes = row.__dict__[sealed.attname]
    try:
        after = sealed.reseal(row, before)
    except DecryptError:
        outcome.broken.append(f"{row._meta.label} {row.pk} {sealed.name}")
        return
    outcome.resealed += swap(row, sealed, before, after)


def swap(row: SealedModel, sealed: SealedField[Any], before: bytes, after: bytes) -> int:
    """Writes the seal `after` over `before`, unless it has changed meanwhile; gives how many rows were written."""
    connection: Any = connections[router.db_for_write(type(row)) or "default"]
    binary, meta = connection.Database.Binary, row._meta
    table, column, pk = map(connection.ops.quote_name, (meta.db_table, sealed.column, meta.pk.column))
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {column} = %s WHERE {pk} = %s AND {column} = %s",  # noqa: S608 # nosec B608
            [binary(after), meta.pk.get_db_prep_value(row.pk, connection), binary(before)],
        )
        return int(cursor.rowcount)


# --- destroying old keys ----------------------------------------------------------------------------------------------


def _destroy(purpose: Purpose, chosen: list[Column], grace: timedelta, outcome: Outcome, report: Report) -> None:
    old = _old_ids(purpose)
    unused = old - _in_use(chosen, old)
    needed_elsewhere = also_refers.get(purpose, _all_needed)
    unused -= needed_elsewhere(unused)
    outcome.kept = len(old)
    meter = Meter(report, "Förstör gamla nycklar", len(unused))
    for ids in _slices(sorted(unused)):
        ripe = _ripe(purpose, ids, grace, outcome)
        gone = keyring.destroy_ids(ripe, purpose=purpose.value, rotation=True)
        outcome.destroyed += gone
        outcome.kept -= gone
        meter.add(len(ids))


def _all_needed(ids: set[int]) -> set[int]:
    return ids


def _ripe(purpose: Purpose, ids: list[int], grace: timedelta, outcome: Outcome) -> list[int]:
    """Those of `ids` that were replaced at least `grace` ago."""
    owners = dict(WrappedKey.objects.filter(pk__in=ids).values_list("pk", "owner"))
    active = WrappedKey.objects.filter(purpose=purpose, state=WrappedKey.State.ACTIVE, owner__in=owners.values())
    replaced = dict(active.values_list("owner", "created_at"))
    now, ripe = timezone.now(), []
    for key_id, owner in owners.items():
        at = replaced[owner] + grace if owner in replaced else now
        if at <= now:
            ripe.append(key_id)
        else:
            outcome.wait_until = max(at, outcome.wait_until or at)
    return ripe


# --- walking ----------------------------------------------------------------------------------------------------------


def _all(model: type[SealedModel]) -> QuerySet[SealedModel]:
    # A manager may hide rows or refuse to be asked for all of them; every seal must be seen here.
    return QuerySet(model)


def _batches(model: type[SealedModel]) -> Iterator[list[SealedModel]]:
    rows = list(_all(model).order_by("pk")[:BATCH])
    while rows:
        yield rows
        rows = list(_all(model).filter(pk__gt=rows[-1].pk).order_by("pk")[:BATCH])


def _in_use(chosen: list[Column], ids: set[int]) -> set[int]:
    """Those of `ids` that some seal was made with."""
    found: set[int] = set()
    if ids:
        for model, sealed in chosen:
            for blob in _all(model).order_by().values_list(sealed.attname, flat=True).iterator(chunk_size=BATCH):
                found.add(key_id_of(blob))
    return found & ids


def _slices(ids: list[int]) -> Iterable[list[int]]:
    return (ids[at : at + BATCH] for at in range(0, len(ids), BATCH))
