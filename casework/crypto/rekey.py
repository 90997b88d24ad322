"""A new data key for one owner at once: every seal is made anew and the old keys go, whatever else they opened.

Not the rotation of all keys (rotation.py), which keeps an old key as long as the log needs it: here the old seals, in
backups and in the log's details, must never be opened again.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from casework.crypto import keyring
from casework.crypto.envelope import key_id_of
from casework.crypto.fields import Column, SealedModel, open_all
from casework.crypto.keyring import Purpose
from casework.crypto.models import WrappedKey
from casework.crypto.rotation import swap
from casework.crypto.router import KEYS


def replace_key(owner: UUID, rows: Iterable[tuple[Column, QuerySet[SealedModel]]]) -> None:
    """Makes the seals of the client `owner` anew under a new key, and destroys her earlier keys at commit.

    `rows` are her rows by sealed column, all of them. Call it within a transaction in which nobody else writes her
    rows, and save no row that was read before it. Rolled back, the old keys still open everything. Raises DecryptError
    for a seal that does not open: then nothing may be destroyed.
    """
    columns = list(rows)
    known = WrappedKey.objects.filter(purpose=Purpose.CLIENT, owner=owner).exclude(state=WrappedKey.State.DESTROYED)
    old = list(known.values_list("pk", flat=True))
    with transaction.atomic(using=KEYS):
        WrappedKey.objects.filter(pk__in=old).update(state=WrappedKey.State.OLD)
        keyring.create_key(Purpose.CLIENT, owner)
    for column, found in columns:
        _reseal(column, found, old)
    transaction.on_commit(lambda: _destroy(owner, old, columns))


def _reseal(column: Column, rows: QuerySet[SealedModel], old: list[int]) -> None:
    _, sealed = column
    for row in open_all(rows.all(), sealed.name):
        before: bytes = row.__dict__[sealed.attname]
        if key_id_of(before) in old:
            swap(row, sealed, before, sealed.reseal(row, before))


def _destroy(owner: UUID, old: list[int], columns: list[tuple[Column, QuerySet[SealedModel]]]) -> None:
    """First what a request that had begun before wrote with an old key meanwhile."""
    for column, found in columns:
        _reseal(column, found, old)
    keyring.destroy_ids(old, purpose=Purpose.CLIENT.value, owner=str(owner))
