"""The seal: version 1 | key id 4 | nonce 12 | AES-256-GCM ciphertext and tag 16.

The associated data are the version, app.Model, group, owner, row and key id, each with its length before it, so that a
seal opens only where it was made. Inside, the content is padded to whole buckets (ISO/IEC 7816-4: 0x80, then zeros).
"""

import os
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag

from casework.crypto import keyring
from casework.crypto.errors import DecryptError
from casework.crypto.keyring import DataKey

VERSION = b"\x01"
HEADER = 17  # version, key id, nonce
SHORTEST = HEADER + 16


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
    key_id = key.id.to_bytes(4, "big")
    nonce = os.urandom(12)
    prefix, owner, row = context
    padded = plaintext + b"\x80" + bytes(-(len(plaintext) + 1) % pad)
    sealed = key.aead.encrypt(nonce, padded, prefix + owner + b"\x00\x10" + row + b"\x00\x04" + key_id)
    return VERSION + key_id + nonce + sealed


def unseal(blob: bytes, context: SealContext) -> bytes:
    """What was sealed. Raises DecryptError for anything but the whole, unaltered seal of this very place."""
    if len(blob) <= SHORTEST or blob[:1] != VERSION:
        raise DecryptError("Uppgiften är skadad eller av en okänd version.")
    key_id = blob[1:5]
    prefix, owner, row = context
    key = keyring.key_by_id(int.from_bytes(key_id, "big"))
    try:
        padded = key.aead.decrypt(
            blob[5:HEADER], blob[HEADER:], prefix + owner + b"\x00\x10" + row + b"\x00\x04" + key_id
        )
    except InvalidTag:
        raise DecryptError("Uppgiften är ändrad eller hör inte hit.") from None
    stripped = padded.rstrip(b"\0")
    if stripped[-1:] != b"\x80":
        raise DecryptError("Uppgiften är inte hel.")
    return stripped[:-1]


def key_id_of(blob: bytes) -> int:
    """The id of the key that a seal was made with."""
    return int.from_bytes(blob[1:5], "big")
