"""What a sealed attribute gives: a thing that says nothing until it is explicitly opened."""

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeVar
from uuid import UUID

from casework.crypto.envelope import key_id_of
from casework.crypto.errors import CryptoError

if TYPE_CHECKING:
    from casework.crypto.fields import SealedField, SealedModel

T = TypeVar("T")

on_open: list[Callable[[str, UUID, UUID, str], None]] = []
"""Called with model label, row id, owner and group each time a seal of a saved row is opened."""


class Ready(bytes):
    """Sealed bytes on their way into the database. Only sealing makes them; nothing else may be written."""

    __slots__ = ()


class Pending(Generic[T]):
    """A group that has been assigned and not yet saved."""

    __slots__ = ("blob", "value")

    def __init__(self, value: T) -> None:
        self.value = value
        self.blob: bytes | None = None

    def __repr__(self) -> str:
        return "sealed:unsaved"

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        raise TypeError("The content of a seal is never pickled.")

    def __deepcopy__(self, memo: dict[int, Any]) -> "Pending[T]":
        # Without the bytes: the copy may be given another id before it is saved.
        return Pending(self.value)


class Sealed(Generic[T]):
    """The seal of one group of one row. Equal to another when their bytes are."""

    __slots__ = ("_field", "_row", "_state")

    def __init__(self, row: "SealedModel", field: "SealedField[T]", state: "bytes | Pending[T]") -> None:
        self._row = row
        self._field = field
        self._state = state

    def open(self) -> T:
        """The content. Raises DecryptError when the seal is not whole and in its own place; on_open hears of it."""
        state = self._state
        return state.value if isinstance(state, Pending) else self._field.open_blob(self._row, state)

    @property
    def blob(self) -> bytes:
        """The sealed bytes. Seals what is not saved yet."""
        state = self._state
        return self._field.seal_pending(self._row, state) if isinstance(state, Pending) else state

    @property
    def key_id(self) -> int:
        """The id of the data key that the seal was made with."""
        return key_id_of(self.blob)

    def __bool__(self) -> bool:
        # A row always has its seal; whether there is anything inside cannot be told from outside.
        return True

    def __eq__(self, other: object) -> bool:
        return self.blob == other.blob if isinstance(other, Sealed) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        state = self._state
        blob = state.blob if isinstance(state, Pending) else state
        return repr(state) if blob is None else digest(blob)

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return format(repr(self), spec)

    def __getitem__(self, name: object) -> NoReturn:
        # A template that forgets .open would otherwise print nothing, and nobody would notice.
        if name in ("open", "blob", "key_id"):
            raise KeyError(name)
        raise CryptoError("A seal must be opened before its content is used.")

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        raise TypeError("A seal is never pickled.")

    def __copy__(self) -> "Sealed[T]":
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> "Sealed[T]":
        return self


def digest(blob: bytes) -> str:
    """What logs and pages may show of a seal: that it is one, and whether it changed."""
    return "sealed:" + hashlib.sha256(blob).hexdigest()[:12]
