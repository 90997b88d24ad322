"""What two organisations without a common key ring need to send each other a sealed, signed parcel.

Sealing is what HPKE (RFC 9180) does in its base mode, written out with the same parts: X25519 (RFC 7748) between a key
made for this parcel alone and the receiver's, HKDF-SHA256 (RFC 5869) and AES-256-GCM (NIST SP 800-38D). Signing is
Ed25519 (RFC 8032). All keys and seals are hex, so that a parcel has one way only to be written.
"""

import os
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from casework.crypto.errors import DecryptError

LABEL = b"kontaktstod parcel 1"
KEY_BYTES, NONCE_BYTES, TAG_BYTES, SIGNATURE_BYTES = 32, 12, 16, 64
BUCKET = 1024  # what is sealed is padded to whole buckets: its length tells little of what it says


@dataclass(frozen=True)
class Pair:
    """Two keys of one organisation, for signing and for opening, each with its public half."""

    verify_key: str
    seal_key: str
    signing: str = field(repr=False)
    opening: str = field(repr=False)


@dataclass(frozen=True)
class Box:
    """What was sealed: the public half of the key made for it, the nonce, and the ciphertext with its tag."""

    ephemeral: str
    nonce: str
    ciphertext: str


def make_pair() -> Pair:
    """New keys, drawn by chance."""
    signing, opening = Ed25519PrivateKey.generate(), X25519PrivateKey.generate()
    return Pair(
        signing.public_key().public_bytes_raw().hex(),
        opening.public_key().public_bytes_raw().hex(),
        signing.private_bytes_raw().hex(),
        opening.private_bytes_raw().hex(),
    )


def is_key(text: str) -> bool:
    """Whether `text` can be a public key: 32 bytes in small hex, and not a point that gives every secret away."""
    if not is_hex(text, KEY_BYTES):
        return False
    try:
        X25519PrivateKey.generate().exchange(X25519PublicKey.from_public_bytes(bytes.fromhex(text)))
    except ValueError:
        return False
    return True


def is_hex(text: str, length: int = 0) -> bool:
    """Whether `text` is whole bytes in small hex; of `length` bytes, when that is told."""
    whole = len(text) == 2 * length if length else len(text) % 2 == 0 and text != ""
    return whole and not set(text) - set("0123456789abcdef")


def fingerprint(verify_key: str, seal_key: str) -> str:
    """Both public keys as eight groups of five digits, to read to each other on the phone (about 133 bits)."""
    digest = sha256(LABEL + bytes.fromhex(verify_key) + bytes.fromhex(seal_key)).digest()
    groups = (int.from_bytes(digest[at : at + 4], "big") % 100_000 for at in range(0, 32, 4))
    return " ".join(f"{group:05d}" for group in groups)


def sign(signing: str, content: bytes) -> str:
    """The signature of `content` under a private key."""
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(signing)).sign(LABEL + content).hex()


def is_signed(verify_key: str, signature: str, content: bytes) -> bool:
    """Whether `signature` is that of `content` under the private half of `verify_key`."""
    try:
        known = Ed25519PublicKey.from_public_bytes(bytes.fromhex(verify_key))
        known.verify(bytes.fromhex(signature), LABEL + content)
    except (InvalidSignature, ValueError):
        return False
    return True


def seal(seal_key: str, content: bytes, bound: bytes) -> Box:
    """`content` sealed for the holder of `seal_key`. It opens only together with the same `bound`.

    Raises ValueError for a key that is none (see is_key).
    """
    made = X25519PrivateKey.generate()
    ephemeral, nonce = made.public_key().public_bytes_raw(), os.urandom(NONCE_BYTES)
    secret = made.exchange(X25519PublicKey.from_public_bytes(bytes.fromhex(seal_key)))
    place = _place(bound, ephemeral, bytes.fromhex(seal_key), nonce)
    return Box(ephemeral.hex(), nonce.hex(), AESGCM(_key(secret, place)).encrypt(nonce, _padded(content), place).hex())


def unseal(opening: str, box: Box, bound: bytes) -> bytes:
    """What is in the box. Raises DecryptError when it was sealed for somebody else or is not as it was made."""
    mine = X25519PrivateKey.from_private_bytes(bytes.fromhex(opening))
    try:
        ephemeral, nonce, ciphertext = (bytes.fromhex(text) for text in (box.ephemeral, box.nonce, box.ciphertext))
        secret = mine.exchange(X25519PublicKey.from_public_bytes(ephemeral))
        place = _place(bound, ephemeral, mine.public_key().public_bytes_raw(), nonce)
        return _unpadded(AESGCM(_key(secret, place)).decrypt(nonce, ciphertext, place))
    except (InvalidTag, ValueError):
        raise DecryptError("The parcel does not open.") from None


def _place(bound: bytes, ephemeral: bytes, seal_key: bytes, nonce: bytes) -> bytes:
    """Everything that the seal is tied to, each part with its length before it."""
    parts = (LABEL, ephemeral, seal_key, nonce, bound)
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def _key(secret: bytes, place: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=place).derive(secret)


def _padded(content: bytes) -> bytes:
    """ISO/IEC 7816-4: 0x80, then zeros up to a whole bucket."""
    return content + b"\x80" + b"\0" * (-(len(content) + 1) % BUCKET)


def _unpadded(content: bytes) -> bytes:
    whole, mark, rest = content.rpartition(b"\x80")
    if not mark or rest.strip(b"\0"):
        raise DecryptError("The parcel is not padded as it should be.")
    return whole
