"""Unwrapped data keys, and the only place they are kept: the scope of a request."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import Any, NoReturn
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SYSTEM_OWNER = UUID(int=0)


class Purpose(StrEnum):
    CLIENT = "client"
    STAFF = "staff"
    DRAFT = "draft"
    LOG = "log"
    INDEX = "index"


SYSTEM_PURPOSES = (Purpose.STAFF, Purpose.DRAFT, Purpose.LOG, Purpose.INDEX)


class DataKey:
    """An unwrapped data key. Never printed, never pickled. `secret` is kept only for the blind index."""

    __slots__ = ("aead", "id", "owner_bytes", "purpose", "secret", "state")

    def __init__(self, key_id: int, purpose: str, owner: bytes, state: str, secret: bytes) -> None:
        self.id = key_id
        self.purpose = purpose
        self.owner_bytes = owner
        self.state = state
        if purpose == "client":
            self.aead, self.secret = AESGCM(secret), b""
        else:
            self.aead, self.secret = AESGCM(secret[:32]), secret if purpose == "index" else b""

    @property
    def owner(self) -> UUID:
        return UUID(bytes=self.owner_bytes)

    def __repr__(self) -> str:
        return f"<DataKey {self.purpose} {self.id:08x}>"

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        raise TypeError("A data key is never pickled or copied.")


class Scope:
    """Unwrapped keys of one request: by id (only what opens a seal), and by who seals with them."""

    __slots__ = ("aeads", "current")

    def __init__(self) -> None:
        self.aeads: dict[int, AESGCM] = {}
        self.current: dict[tuple[str, bytes], DataKey] = {}

    def add(self, key: DataKey) -> None:
        self.aeads[key.id] = key.aead
        if key.state == "active":
            self.current[key.purpose, key.owner_bytes] = key

    def forget(self) -> None:
        self.aeads.clear()
        self.current.clear()


kept_keys: ContextVar[Scope | None] = ContextVar("keyring", default=None)


@contextmanager
def scope(*, fresh: bool = False) -> Iterator[None]:
    """Keeps unwrapped keys until the block ends. Nothing is kept outside it.

    An inner scope joins the outer one, unless it is to be `fresh`: to see keys that were replaced meanwhile.
    """
    if kept_keys.get() is not None and not fresh:
        yield
        return
    mine = Scope()
    token = kept_keys.set(mine)
    try:
        yield
    finally:
        kept_keys.reset(token)
        mine.forget()
