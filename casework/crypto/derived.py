"""Sealing under a key that is derived from a secret of the program, for what must open before any data key can.

The key is HKDF-SHA-256 of the secret for one `place`. Sealed bytes = nonce 12 | AES-256-GCM ciphertext and tag 16; the
place is the associated data, so what was sealed for one place opens in no other. Source: RFC 5869, NIST SP 800-38D.
"""

import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from casework.crypto.errors import DecryptError

SHORTEST = 12 + 16


@lru_cache(maxsize=8)
def _aead(secret: str, place: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=place).derive(secret.encode()))


def seal_with(secret: str, place: bytes, plaintext: bytes) -> bytes:
    """`plaintext` encrypted under the key that `secret` gives for `place`."""
    nonce = os.urandom(12)
    return nonce + _aead(secret, place).encrypt(nonce, plaintext, place)


def unseal_with(secret: str, place: bytes, sealed: bytes) -> bytes:
    """What was sealed. Raises DecryptError for anything else than a whole, unaltered seal of this secret and place."""
    if len(sealed) < SHORTEST:
        raise DecryptError("För kort för att vara förseglat.")
    try:
        return _aead(secret, place).decrypt(sealed[:12], sealed[12:], place)
    except InvalidTag:
        raise DecryptError("Förseglat med en annan nyckel, eller ändrat.") from None
