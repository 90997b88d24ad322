"""Changing the key-encryption key while the program runs: data keys are wrapped anew, nothing else changes.

Can be stopped anywhere and started again: a data key says which KEK it is under, and both are at hand meanwhile.
"""

from pathlib import Path

from django.conf import settings
from django.db import transaction

from casework.crypto import kek, keyring
from casework.crypto.errors import KekError
from casework.crypto.models import WrappedKey
from casework.crypto.progress import Meter, Report
from casework.crypto.router import KEYS

BATCH = 500


def replace_kek_file() -> bool:
    """Puts a new KEK in KEK_FILE and keeps the one before as `.old`; False when a rotation is already under way.

    At every moment there is a whole KEK in KEK_FILE: the old one gets a second name before the new one takes its place.
    """
    path, old = Path(settings.KEK_FILE), kek.old_kek_file()
    if old.exists() and not old.samefile(path):
        return False
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    kek.create_kek_file(fresh)
    if not old.exists():
        old.hardlink_to(path)
    fresh.replace(path)
    kek.sync_folder(path.parent)
    kek.reset_kek()
    return True


def rewrap(report: Report) -> int:
    """Wraps every data key that is under another KEK with the current one; gives how many.

    Raises KekError when a KEK that a key is under is not at hand, DecryptError for a key that does not open.
    """
    current = kek.get_kek()
    waiting = WrappedKey.objects.exclude(state=WrappedKey.State.DESTROYED).exclude(kek_id=current.id)
    meter = Meter(report, "Slår in nycklar på nytt", waiting.count())
    while batch := list(waiting.order_by("pk")[:BATCH]):
        with transaction.atomic(using=KEYS):
            for key in batch:
                _rewrap_one(key, current)
        meter.add(len(batch))
    if meter.done:
        keyring.tell("rotate_kek", {"kek": current.id, "keys": meter.done})
    return meter.done


def _rewrap_one(key: WrappedKey, current: kek.KekProvider) -> None:
    owner, wrapped = key.owner.bytes, bytes(key.wrapped)
    secret = kek.kek_by_id(key.kek_id).unwrap(wrapped, keyring.wrap_aad(key.purpose, key.pk, owner, key.kek_id))
    anew = current.wrap(secret, keyring.wrap_aad(key.purpose, key.pk, owner, current.id))
    # Only if it is still as it was read: a key destroyed meanwhile must stay destroyed.
    WrappedKey.objects.filter(pk=key.pk, kek_id=key.kek_id, wrapped=wrapped).update(kek_id=current.id, wrapped=anew)


def drop_old_kek_file() -> bool:
    """Removes the KEK that was replaced; False when there is none. Raises KekError while a data key needs it.

    Backups of the key database from before the rotation cannot be opened after this.
    """
    old, current = kek.old_kek_file(), kek.get_kek()
    if not old.exists():
        return False
    if WrappedKey.objects.exclude(state=WrappedKey.State.DESTROYED).exclude(kek_id=current.id).exists():
        raise KekError("Den gamla huvudnyckeln behövs ännu: alla datanycklar är inte inslagna på nytt.")
    old.unlink()
    kek.sync_folder(old.parent)
    kek.reset_kek()
    return True
