"""Data keys (DEK): made, found, and destroyed.

One key for each client, and one each for staff secrets, drafts, the log and the blind index. They lie wrapped in the
database `keys`; unwrapped they exist only inside `scope()`.
"""

import os
from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import DatabaseError, IntegrityError, connections, transaction
from django.utils import timezone

from casework.crypto import kek
from casework.crypto.datakey import SYSTEM_OWNER, SYSTEM_PURPOSES, DataKey, Purpose, Scope, kept_keys, scope
from casework.crypto.errors import CryptoError, DecryptError, KekError, KeyMissing
from casework.crypto.models import WrappedKey
from casework.crypto.router import KEYS

__all__ = ["SYSTEM_OWNER", "SYSTEM_PURPOSES", "DataKey", "Purpose", "scope"]

TABLE = WrappedKey._meta.db_table
FEW = 64  # ids up to which a statement has parameters
BATCH = 20_000  # ids in one statement; SQLite takes a million characters of SQL

on_key_act: list[Callable[[str, dict[str, Any]], None]] = []
"""Called with an act ("create", "rotate_kek", "rotate_dek", "destroy") and its facts; the log listens here."""


# --- making -----------------------------------------------------------------------------------------------------------


def create_key(purpose: Purpose, owner: UUID) -> int:
    """Makes the data key of `owner` and gives its id. Raises CryptoError when there is an active one already."""
    return create_keys(purpose, [owner])[owner]


def create_keys(purpose: Purpose, owners: Iterable[UUID], secret_tail: bytes = b"") -> dict[UUID, int]:
    """Makes a data key for each of `owners` in one statement: owner -> key id. All or none.

    `secret_tail` is wrapped along with the key (the blind index keeps its length there).
    Raises CryptoError when one of them has an active key already, KekError without a KEK.
    """
    # Both in order: table and index fill page after page, in half the time and two thirds of the room.
    wanted = sorted(set(owners), key=attrgetter("int"))
    provider, name = kek.get_kek(), purpose.value
    wrap, kek_name, native, now = provider.wrap, provider.id, _native_uuid(), _now()
    head, tail = _aad_ends(name, kek_name)
    secrets = os.urandom(32 * len(wanted))
    made: list[DataKey] = []
    rows: list[tuple[Any, ...]] = []
    for at, (owner, key_id) in enumerate(zip(wanted, sorted(_free_ids(len(wanted))), strict=True)):
        secret, owner_bytes = secrets[32 * at : 32 * at + 32] + secret_tail, owner.bytes
        wrapped = wrap(secret, head + key_id.to_bytes(4, "big") + b"\x10" + owner_bytes + tail)
        rows.append((key_id, name, owner if native else owner_bytes.hex(), kek_name, wrapped, "active", now))
        made.append(DataKey(key_id, name, owner_bytes, "active", secret))
    _insert(rows)
    kept = kept_keys.get()
    if kept is not None:
        for key in made:
            kept.add(key)
    if purpose is not Purpose.CLIENT:
        tell("create", {"purpose": name, "keys": [key.id for key in made]})
    return {owner: key.id for owner, key in zip(wanted, made, strict=True)}


def ensure_system_keys() -> list[Purpose]:
    """Makes the keys of staff secrets, drafts, log and index that are missing; gives those that were made."""
    from casework.crypto.blindindex import key_tail

    missing = [one for one in SYSTEM_PURPOSES if not _rows(_in_use(one), [_owner_param(SYSTEM_OWNER)])]
    for purpose in missing:
        create_keys(purpose, [SYSTEM_OWNER], key_tail() if purpose == Purpose.INDEX else b"")
    return missing


# --- finding ----------------------------------------------------------------------------------------------------------


def current_key(purpose: Purpose, owner: UUID = SYSTEM_OWNER) -> DataKey:
    """The key that seals new data of `owner`. Raises KeyMissing when there is none."""
    kept = kept_keys.get()
    owner_bytes = owner.bytes
    found = kept.current.get((purpose, owner_bytes)) if kept is not None else None
    if found is None:
        keys = _load(_in_use(purpose), [_owner_param(owner)])
        if not keys:
            raise KeyMissing("Det finns ingen nyckel att skydda uppgiften med.")
        found = keys[0]
        if kept is not None:
            kept.add(found)
    return found


def look_again(owner: UUID) -> None:
    """Forgets which key seals for the client `owner`: it may have been replaced while this request waited its turn."""
    kept = kept_keys.get()
    place = (Purpose.CLIENT.value, owner.bytes)
    found = kept.current.get(place) if kept is not None else None
    if kept is None or found is None:
        return
    with connections[KEYS].cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {TABLE} WHERE id = %s AND state = 'active'", [found.id])  # noqa: S608 # nosec B608
        if cursor.fetchone() is None:
            del kept.current[place]


def key_by_id(key_id: int) -> DataKey:
    """The key with this id, active or old. Raises KeyMissing when it does not exist or has been destroyed."""
    keys = _load("id = %s AND state <> 'destroyed'", [key_id])
    if not keys:
        raise KeyMissing("Nyckeln till uppgiften finns inte eller är förstörd.")
    kept = kept_keys.get()
    if kept is not None:
        kept.add(keys[0])
    return keys[0]


def aead_by_id(key_id: int) -> AESGCM:
    """What opens the seals made with this key: from the scope, else as key_by_id."""
    kept = kept_keys.get()
    found = kept.aeads.get(key_id) if kept is not None else None
    return found or key_by_id(key_id).aead


def prefetch(ids: Iterable[int]) -> None:
    """Unwraps the keys with these ids into the scope, in one query. Missing ones are told of when they are used."""
    kept = kept_keys.get()
    if kept is None:
        return
    wanted = [key_id for key_id in set(ids) if key_id not in kept.aeads]
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        if _prefetch_clients(kept, batch) < len(batch):
            others = [key_id for key_id in batch if key_id not in kept.aeads]
            for key in _load(f"id IN ({_numbers(others)}) AND state <> 'destroyed'"):
                kept.add(key)


def _prefetch_clients(kept: Scope, ids: list[int]) -> int:
    """Unwraps those of `ids` that are clients' keys under the current KEK, which nearly all are; gives how many."""
    provider = kek.get_kek()
    unwrap, aeads = provider.unwrap, kept.aeads
    head, tail = _aad_ends("client", provider.id)
    head_of, middle = int.to_bytes, b"\x10"
    statement, params = _few(ids) if len(ids) <= FEW else (_CLIENTS % _numbers(ids), [])
    with connections[KEYS].cursor() as cursor:
        cursor.execute(statement, [provider.id, *params])
        rows = cursor.fetchall()
    native = _native_uuid()
    for key_id, owner, wrapped in rows:
        owner_bytes = owner.bytes if native else bytes.fromhex(owner)
        secret = unwrap(wrapped, head + head_of(key_id, 4, "big") + middle + owner_bytes + tail)
        aeads[key_id] = AESGCM(secret)
    return len(rows)


_CLIENTS = (
    f"SELECT id, owner, wrapped FROM {TABLE} WHERE kek_id = %%s"  # noqa: S608 # nosec B608
    " AND purpose = 'client' AND state <> 'destroyed' AND id IN (%s)"
)


def _few(ids: list[int]) -> tuple[str, list[int]]:
    """A statement with room for 1, 2, 4 ... ids: the same few texts, which the database has already understood."""
    room = 1 << (len(ids) - 1).bit_length()
    return _CLIENTS % ",".join(["%s"] * room), ids + ids[-1:] * (room - len(ids))


# --- destroying -------------------------------------------------------------------------------------------------------


def destroy_keys(purpose: Purpose, owner: UUID) -> int:
    """Destroys every key of `owner` and gives how many there were. What they sealed can never be read again."""
    ids = list(
        WrappedKey.objects.filter(purpose=purpose, owner=owner)
        .exclude(state=WrappedKey.State.DESTROYED)
        .values_list("id", flat=True)
    )
    return destroy_ids(ids, purpose=purpose.value, owner=str(owner))


def destroy_ids(ids: list[int], **facts: Any) -> int:
    """Destroys the keys with these ids. On SQLite the bytes leave the write-ahead log too, at commit."""
    if not ids:
        return 0
    with transaction.atomic(using=KEYS):
        WrappedKey.objects.filter(id__in=ids).update(
            state=WrappedKey.State.DESTROYED, wrapped=b"", destroyed_at=timezone.now()
        )
        transaction.on_commit(_empty_wal, using=KEYS)
    kept = kept_keys.get()
    if kept is not None:
        kept.forget()
    tell("destroy", {"keys": ids, **facts})
    return len(ids)


def _empty_wal() -> None:
    connection = connections[KEYS]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


# --- the KEK is the right one -----------------------------------------------------------------------------------------


def verify_kek() -> None:
    """Opens one data key for each KEK in use. Raises KekError when a KEK is missing, malformed or wrong.

    A database without the table (before the first migration) holds no keys, so any KEK is right for it.
    """
    kek.get_kek()
    try:
        if TABLE not in connections[KEYS].introspection.table_names():
            return
        rows = _rows(f"id IN (SELECT min(id) FROM {TABLE} WHERE state <> 'destroyed' GROUP BY kek_id)")  # noqa: S608 # nosec B608
    except DatabaseError as problem:
        raise KekError(f"Databasen med nycklar svarar inte ({type(problem).__name__}).") from None
    for row in rows:
        try:
            _unwrap(row)
        except DecryptError:
            raise KekError("Huvudnyckeln öppnar inte datanycklarna. Är det rätt nyckel?") from None


# --- rows -------------------------------------------------------------------------------------------------------------


def wrap_aad(purpose: str, key_id: int, owner: bytes, kek_name: str) -> bytes:
    """What a wrapped key is bound to: purpose, key id, owner and KEK id, each with its length before it."""
    head, tail = _aad_ends(purpose, kek_name)
    return head + key_id.to_bytes(4, "big") + b"\x10" + owner + tail


def _aad_ends(purpose: str, kek_name: str) -> tuple[bytes, bytes]:
    """What stands before the key id and after the owner, the same for all keys of a purpose under one KEK."""
    a, b = purpose.encode(), kek_name.encode()
    return bytes([len(a)]) + a + b"\x04", bytes([len(b)]) + b


def _rows(where: str, params: list[Any] | None = None) -> list[tuple[Any, ...]]:
    with connections[KEYS].cursor() as cursor:
        cursor.execute(f"SELECT id, purpose, owner, kek_id, wrapped, state FROM {TABLE} WHERE {where}", params)  # noqa: S608 # nosec B608
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _in_use(purpose: Purpose) -> str:
    """The condition for an owner's key in use, in the very words of the index that holds such keys."""
    kind = "purpose = 'client'" if purpose is Purpose.CLIENT else f"purpose = '{purpose}' AND NOT (purpose = 'client')"
    return f"{kind} AND state = 'active' AND owner = %s"


def _load(where: str, params: list[Any] | None = None) -> list[DataKey]:
    return [_unwrap(row) for row in _rows(where, params)]


def _unwrap(row: tuple[Any, ...]) -> DataKey:
    key_id, purpose, owner, kek_name, wrapped, state = row
    owner_bytes = bytes.fromhex(owner) if type(owner) is str else owner.bytes
    secret = kek.kek_by_id(kek_name).unwrap(wrapped, wrap_aad(purpose, key_id, owner_bytes, kek_name))
    return DataKey(key_id, purpose, owner_bytes, state, secret)


def _insert(rows: list[tuple[Any, ...]]) -> None:
    columns, marks = "id, purpose, owner, kek_id, wrapped, state, created_at", ", ".join(["%s"] * 7)
    try:
        with transaction.atomic(using=KEYS), connections[KEYS].cursor() as cursor:
            cursor.executemany(f"INSERT INTO {TABLE} ({columns}) VALUES ({marks})", rows)  # noqa: S608 # nosec B608
    except IntegrityError:
        raise CryptoError("Det finns redan en nyckel i bruk för någon av ägarna.") from None


def _free_ids(count: int) -> list[int]:
    """Random, nonzero ids of 32 bits that no key has had. A clash between two processes fails on the primary key."""
    ids: set[int] = set()
    while len(ids) < count:
        more = os.urandom(4 * (count - len(ids)))
        ids.update(int.from_bytes(more[at : at + 4], "big") for at in range(0, len(more), 4))
        ids.discard(0)
        listed = list(ids)
        with connections[KEYS].cursor() as cursor:
            for start in range(0, len(listed), BATCH):
                cursor.execute(f"SELECT id FROM {TABLE} WHERE id IN ({_numbers(listed[start : start + BATCH])})")  # noqa: S608 # nosec B608
                ids.difference_update(taken for (taken,) in cursor.fetchall())
    return list(ids)


def _numbers(ids: list[int]) -> str:
    # Written into the statement: ten thousand parameters cost more than the query, and these are numbers made here.
    return ",".join(map(str, ids))


def _native_uuid() -> bool:
    return bool(connections[KEYS].features.has_native_uuid_field)


def _owner_param(owner: UUID) -> UUID | str:
    return owner if _native_uuid() else owner.hex


def _now() -> Any:
    field = WrappedKey._meta.get_field("created_at")
    return field.get_db_prep_save(timezone.now(), connections[KEYS])


def tell(act: str, facts: dict[str, Any]) -> None:
    """Lets every listener of on_key_act hear of an act."""
    for listener in on_key_act:
        listener(act, facts)
