"""How the log's details are sealed: under the client's key when they are about one, else under the log's own.

When a client's key is destroyed her details can never be read again, and the chain, which covers the sealed bytes,
still verifies.
"""

from hashlib import sha256
from uuid import UUID

from casework.crypto import envelope, keyring
from casework.crypto.keyring import SYSTEM_OWNER, Purpose

PREFIX = envelope.aad_prefix("audit.Event", "detail")


def seal(owner: UUID | None, content: bytes, place: bytes) -> bytes:
    """Seals `content` (UTF-8 JSON) for one event's place. Raises KeyMissing."""
    purpose = Purpose.CLIENT if owner else Purpose.LOG
    return envelope.seal(keyring.current_key(purpose, owner or SYSTEM_OWNER), _context(owner, place), content, 64)


def unseal(owner: UUID | None, blob: bytes, place: bytes) -> bytes:
    """What was sealed. Raises DecryptError, and its kind KeyMissing when the key is destroyed."""
    return envelope.unseal(blob, _context(owner, place))


def _context(owner: UUID | None, place: bytes) -> envelope.SealContext:
    return envelope.SealContext(PREFIX, (owner or SYSTEM_OWNER).bytes, sha256(place).digest()[:16])
