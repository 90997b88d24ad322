"""The seal: version 1 | key id 4 | nonce 12 | AES-256-GCM ciphertext and tag 16.

The associated data are the version, app.Model, group, owner, row and key id, each with its length before it, so that a
seal opens only where it was made. Inside, the content is padded to whole buckets (ISO/IEC 7816-4: 0x80, then zeros).
"""

import os
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag

from casework.crypto.datakey import kept_keys
from casework.crypto.errors import DecryptError
from casework.crypto.keyring import DataKey, aead_by_id

VERSION = b"\x01"
SHORTEST = 1 + 4 + 12 + 16  # and nothing sealed, which never happens: there is padding at least
_number = int.from_bytes
MIDDLE, END = b"\x00\x10", b"\x00\x04"  # the lengths of the row id and of the key id


def aad_prefix(model: str, group: str) -> bytes:
    """The part of the associated data that is the same for every row of a group: version, app.Model, group."""
    parts = [VERSION, model.encode(), group.encode()]
    return b"".join(len(part).to_bytes(2, "big") + part for part in parts) + b"\x00\x10"


class SealContext(NamedTuple):
    """Where a seal belongs. Build `prefix` with aad_prefix(); `owner` and `row` are the 16 bytes of their uuids."""

    prefix: bytes
    owner: bytes
    row: bytes

    @classmethod
    def of(cls, model: str, group: str, owner: UUID, row: UUID) -> "SealContext":
        """The place of `group` in the row `row` of `model` ("app.Model"), belonging to `owner`."""
        return cls(aad_prefix(model, group), owner.bytes, row.bytes)


def seal(key: DataKey, context: SealContext, plaintext: bytes, pad: int = 64) -> bytes:
    """`plaintext`, padded to whole buckets of `pad` bytes and encrypted with `key`, bound to `context`."""
    prefix, owner, row = context
    return seal_at(key, prefix + owner + MIDDLE + row + END, plaintext, pad)


def unseal(blob: bytes, context: SealContext) -> bytes:
    """What was sealed. Raises DecryptError for anything but the whole, unaltered seal of this very place."""
    prefix, owner, row = context
    return unseal_at(blob, prefix + owner + MIDDLE + row + END)


def seal_at(key: DataKey, place: bytes, plaintext: bytes, pad: int) -> bytes:
    """As seal(), with the place as the bytes that stand before the key id in the associated data."""
    key_id = key.id.to_bytes(4, "big")
    nonce = os.urandom(12)
    padded = plaintext + b"\x80" + bytes(-(len(plaintext) + 1) % pad)
    return VERSION + key_id + nonce + key.aead.encrypt(nonce, padded, place + key_id)


def unseal_at(blob: bytes, place: bytes) -> bytes:
    """As unseal(), with the place as the bytes that stand before the key id in the associated data."""
    if len(blob) <= SHORTEST or blob[0] != 1:
        raise DecryptError("Uppgiften är skadad eller av en okänd version.")
    key_id = blob[1:5]
    number, kept = _number(key_id, "big"), kept_keys.get()
    # What is kept is taken here: a list opens many.
    aead = (kept.aeads.get(number) if kept is not None else None) or aead_by_id(number)
    try:
        padded = aead.decrypt(blob[5:17], blob[17:], place + key_id)
        return padded[: padded.rindex(b"\x80")]
    except InvalidTag:
        raise DecryptError("Uppgiften är ändrad eller hör inte hit.") from None
    except ValueError:
        raise DecryptError("Uppgiften är inte hel.") from None


def key_id_of(blob: bytes) -> int:
    """The id of the key that a seal was made with."""
    return _number(blob[1:5], "big")
