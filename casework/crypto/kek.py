"""The key-encryption key (KEK): where it comes from, and the one interface behind which it stays.

`current` wraps new data keys. During a rotation the one it replaces is at hand as well and only unwraps:
file: `<KEK_FILE>.old`; env: CASEWORK_KEK_OLD; pkcs11: PKCS11_OLD_KEY_LABEL; another kind: KEK_OLD_PROVIDER.
"""

import hashlib
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from casework.crypto.errors import DecryptError, KekError

KEY_BYTES = 32
NONCE_BYTES = 12


class KekProvider(Protocol):
    """Wraps and unwraps data keys. `id` is at most 64 characters and never the same for two different KEKs."""

    id: str

    def wrap(self, key: bytes, aad: bytes) -> bytes:
        """`key` encrypted and bound to `aad`."""

    def unwrap(self, blob: bytes, aad: bytes) -> bytes:
        """The key in `blob`. Raises DecryptError when the blob or `aad` is not what was wrapped."""


class LocalKek:
    """A KEK held in this process: AES-256-GCM, a random nonce of 96 bits before the ciphertext (NIST SP 800-38D).

    Its id is a digest of the key, so that a wrong key is known by its id before anything is unwrapped.
    """

    def __init__(self, secret: bytes) -> None:
        if len(secret) != KEY_BYTES:
            raise KekError("Huvudnyckeln ska vara 256 bitar.")
        self._aead = AESGCM(secret)
        self.id = hashlib.sha256(b"casework kek id\0" + secret).hexdigest()[:8]

    def wrap(self, key: bytes, aad: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._aead.encrypt(nonce, key, aad)

    def unwrap(self, blob: bytes, aad: bytes) -> bytes:
        try:
            return self._aead.decrypt(blob[:NONCE_BYTES], blob[NONCE_BYTES:], aad)
        except (InvalidTag, ValueError):
            raise DecryptError("En datanyckel gick inte att öppna.") from None


class EnvKek(LocalKek):
    """The KEK from an environment variable: 64 hexadecimal characters."""

    def __init__(self, variable: str = "CASEWORK_KEK") -> None:
        super().__init__(_from_hex(os.environ.get(variable, ""), variable))


class FileKek(LocalKek):
    """The KEK from a file that only its owner can read: 64 hexadecimal characters."""

    def __init__(self, path: Path) -> None:
        super().__init__(_from_hex(_read_private(path), str(path)))


def create_kek_file(path: Path) -> None:
    """Makes a new KEK in `path`, mode 0400. Raises KekError when the file exists or others can enter its folder."""
    if path.parent.stat().st_mode & 0o077:
        raise KekError(f"Mappen {path.parent} får bara vara öppen för ägaren. Kör: chmod 0700 {path.parent}")
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o400)
    except FileExistsError:
        raise KekError(f"{path} finns redan. En huvudnyckel skrivs aldrig över.") from None
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(os.urandom(KEY_BYTES).hex() + "\n")
        file.flush()
        os.fsync(handle)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Makes names created in `folder` survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _from_hex(text: str, source: str) -> bytes:
    text = text.strip()
    if not text:
        raise KekError(f"Huvudnyckeln saknas: {source} är tom eller finns inte.")
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise KekError(f"Huvudnyckeln i {source} ska vara 64 hexadecimala tecken.") from None


def _read_private(path: Path) -> str:
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as problem:
        raise KekError(f"Huvudnyckeln {path} går inte att läsa ({problem.strerror}). Kör: manage.py setup") from None
    try:
        mode = os.fstat(handle).st_mode
        if not stat.S_ISREG(mode) or mode & 0o077:
            raise KekError(f"Huvudnyckeln {path} får bara vara läsbar för ägaren. Kör: chmod 0400 {path}")
        return os.read(handle, 200).decode("ascii", "replace")
    finally:
        os.close(handle)


# --- which KEKs are in use --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ring:
    """The KEK that wraps, and all that unwrap. `stamp` tells a file that has been replaced from one that has not."""

    current: KekProvider
    by_id: dict[str, KekProvider]
    stamp: tuple[int, int] | None


_rings: list[Ring] = []  # none or one: what this process has read


def get_kek() -> KekProvider:
    """The KEK that wraps new data keys. Raises KekError when it is missing or malformed."""
    return _loaded().current


def kek_by_id(kek_id: str) -> KekProvider:
    """The KEK with this id, current or being rotated out. Raises KekError when it is not at hand."""
    found = _loaded().by_id.get(kek_id)
    if found is None:
        # Another process may have rotated since this one read its KEKs.
        reset_kek()
        found = _loaded().by_id.get(kek_id)
    if found is None:
        raise KekError(f"Datanycklarna är inslagna med en annan huvudnyckel ({kek_id}) än den som finns här.")
    return found


def reset_kek() -> None:
    """Forgets the KEKs that were read, so that the next use reads them again."""
    _rings.clear()


def old_kek_file() -> Path:
    """Where the file provider keeps the KEK that a rotation is replacing."""
    path = Path(settings.KEK_FILE)
    return path.with_name(path.name + ".old")


def _loaded() -> Ring:
    stamp = _stamp()
    if not _rings or _rings[0].stamp != stamp:
        current, old = _make(settings.KEK_PROVIDER, old=False), _make_old()
        _rings[:] = [Ring(current, {kek.id: kek for kek in (old, current) if kek is not None}, stamp)]
    return _rings[0]


def _stamp() -> tuple[int, int] | None:
    if settings.KEK_PROVIDER != "file":
        return None
    try:
        found = Path(settings.KEK_FILE).stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def _make(kind: str, *, old: bool) -> KekProvider:
    try:
        return PROVIDERS[kind](old)
    except KeyError:
        raise KekError(f"KEK_PROVIDER ska vara file, env eller pkcs11, inte {kind!r}.") from None


def _make_old() -> KekProvider | None:
    moved_from: str = getattr(settings, "KEK_OLD_PROVIDER", "")
    if moved_from and moved_from != settings.KEK_PROVIDER:
        return _make(moved_from, old=False)
    present = {
        "file": lambda: old_kek_file().exists(),
        "env": lambda: bool(os.environ.get("CASEWORK_KEK_OLD")),
        "pkcs11": lambda: bool(getattr(settings, "PKCS11_OLD_KEY_LABEL", "")),
    }
    return _make(settings.KEK_PROVIDER, old=True) if present[settings.KEK_PROVIDER]() else None


def _file(old: bool) -> KekProvider:
    return FileKek(old_kek_file() if old else Path(settings.KEK_FILE))


def _env(old: bool) -> KekProvider:
    return EnvKek("CASEWORK_KEK_OLD" if old else "CASEWORK_KEK")


def _pkcs11(old: bool) -> KekProvider:
    # Optional: python-pkcs11 is only needed where the KEK is in a hardware module.
    from casework.crypto.hsm import Pkcs11Kek

    return Pkcs11Kek.from_settings(old=old)


PROVIDERS: dict[str, Callable[[bool], KekProvider]] = {"file": _file, "env": _env, "pkcs11": _pkcs11}
