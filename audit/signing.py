"""The signature under a checkpoint. The private key lies in a file that only the program can read (0400)."""

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

DOMAIN = b"audit:checkpoint:1\0"
PublicKeys = dict[str, Ed25519PublicKey]


class SigningKeyError(Exception):
    """There is no key to sign or check with, or it is not kept as it should be. Says in Swedish what to do."""


class BadMark(ValueError):
    """A line that is no checkpoint."""


@dataclass(frozen=True)
class Mark:
    """A checkpoint: `hash` (32 bytes) of event number `size`, when (ISO, UTC), id of the key, signature (64 bytes)."""

    size: int
    hash: bytes
    time: str
    key: str
    signature: bytes

    def statement(self) -> bytes:
        """The bytes that are signed."""
        return DOMAIN + json.dumps([self.size, self.hash.hex(), self.time, self.key]).encode()

    def is_signed(self, keys: PublicKeys) -> bool:
        """Whether one of `keys` made the signature."""
        try:
            keys[self.key].verify(self.signature, self.statement())
        except (KeyError, InvalidSignature):
            return False
        return True

    def line(self) -> str:
        """One line of JSON, as the witness has it."""
        facts = {"size": self.size, "hash": self.hash.hex(), "time": self.time, "key": self.key}
        return json.dumps({**facts, "signature": self.signature.hex()}) + "\n"

    @classmethod
    def from_facts(cls, facts: Any) -> Self:
        """A checkpoint from parsed JSON. Raises BadMark."""
        try:
            size, time, key = facts["size"], facts["time"], facts["key"]
            mark = cls(size, bytes.fromhex(facts["hash"]), time, key, bytes.fromhex(facts["signature"]))
        except (KeyError, TypeError, ValueError):
            raise BadMark from None
        if not (isinstance(size, int) and isinstance(time, str) and isinstance(key, str)):
            raise BadMark
        return mark


def key_id(public: Ed25519PublicKey) -> str:
    return hashlib.sha256(public.public_bytes_raw()).hexdigest()[:16]


def sign(private: Ed25519PrivateKey, size: int, digest: bytes, time: str) -> Mark:
    """The signed statement that event number `size` has the hash `digest`."""
    unsigned = Mark(size, digest, time, key_id(private.public_key()), b"")
    return Mark(size, digest, time, unsigned.key, private.sign(unsigned.statement()))


def public_path(path: Path) -> Path:
    """Where the public half of the key in `path` lies. Give it to whoever checks the log."""
    return path.with_name(path.name + ".pub")


def create_signing_key(path: Path) -> str:
    """Makes a key in `path` (0400) and its public half beside it (0444); gives its id. Raises FileExistsError."""
    private = Ed25519PrivateKey.generate()
    public = private.public_key()
    no_password = serialization.NoEncryption()
    pem = private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, no_password)
    _write_new(path, pem, 0o400)
    spki = serialization.PublicFormat.SubjectPublicKeyInfo
    _write_new(public_path(path), public.public_bytes(serialization.Encoding.PEM, spki), 0o444)
    return key_id(public)


def load_signing_key(path: Path) -> Ed25519PrivateKey:
    """The private key in `path`. Raises SigningKeyError when it is missing, readable by others or something else."""
    try:
        mode, pem = path.stat().st_mode & 0o077, path.read_bytes()
        key = serialization.load_pem_private_key(pem, password=None)
    except FileNotFoundError:
        raise SigningKeyError(f"Loggens nyckel {path} saknas. Kör: manage.py setup") from None
    except (OSError, ValueError, TypeError):
        raise SigningKeyError(f"Loggens nyckel {path} går inte att läsa.") from None
    if mode:
        raise SigningKeyError(f"Loggens nyckel {path} kan läsas av andra. Kör: chmod 0400 {path}")
    if not isinstance(key, Ed25519PrivateKey):
        raise SigningKeyError(f"{path} är inte en Ed25519-nyckel.")
    return key


def load_public_keys(*paths: Path) -> PublicKeys:
    """Id -> public key of each PEM file. Raises SigningKeyError."""
    keys = {}
    for path in paths:
        try:
            key = serialization.load_pem_public_key(path.read_bytes())
        except (OSError, ValueError):
            raise SigningKeyError(f"Den publika nyckeln {path} saknas eller går inte att läsa.") from None
        if not isinstance(key, Ed25519PublicKey):
            raise SigningKeyError(f"{path} är inte en Ed25519-nyckel.")
        keys[key_id(key)] = key
    return keys


def _write_new(path: Path, content: bytes, mode: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with open(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(handle)
