"""Groups of values that are sealed together, and their canonical form (JSON, sorted, without white space)."""

import copy
import json
from dataclasses import MISSING, dataclass, fields
from typing import Any, Generic, NoReturn, TypeVar, dataclass_transform

from casework.crypto.errors import CryptoError, DecryptError

T = TypeVar("T")
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False).encode
_decode = json.JSONDecoder().decode


@dataclass_transform(frozen_default=True)
def sealed_group(cls: type[T]) -> type[T]:
    """Makes `cls` a group: a frozen dataclass of str, int, bool, None, list and dict values that never shows them.

    Raises TypeError unless every field has an empty default ("", 0, False, None, empty list or dict). An empty value
    is not stored, so that a field added later can be read in older seals; a default that says something could not
    change without changing what was written before.
    """
    made = dataclass(frozen=True, repr=False)(cls)
    for field in fields(made):  # type: ignore[arg-type]
        default = field.default if field.default_factory is MISSING else field.default_factory()
        if default is MISSING or default:
            raise TypeError(f"{cls.__name__}.{field.name} needs an empty default.")
    for name, method in (
        ("__repr__", _show),
        ("__str__", _show),
        ("__format__", _format),
        ("__reduce_ex__", _refuse),
        ("__copy__", _same),
        ("__deepcopy__", _same),
    ):
        setattr(made, name, method)
    return made


def _show(self: object) -> str:
    return f"<{type(self).__name__} sealed>"


def _format(self: object, spec: str) -> str:
    return format(_show(self), spec)


def _refuse(self: object, protocol: Any) -> NoReturn:
    raise TypeError("The content of a seal is never pickled.")


def _same(self: T, memo: Any = None) -> T:
    return self


class Codec(Generic[T]):
    """Turns a group into the bytes that are sealed, and back."""

    __slots__ = ("cls", "empty", "mutable", "names")

    def __init__(self, cls: type[T]) -> None:
        blank = cls()
        self.cls = cls
        self.empty: dict[str, Any] = {field.name: getattr(blank, field.name) for field in fields(cls)}  # type: ignore[arg-type]
        self.names = self.empty.keys()
        self.mutable = any(isinstance(value, list | dict) for value in self.empty.values())

    def dump(self, value: T) -> bytes:
        """Raises CryptoError, without the content, for a value that has no canonical form."""
        empty = self.empty
        try:
            return _encode({name: v for name, v in vars(value).items() if v != empty[name]}).encode()
        except (TypeError, ValueError, KeyError):
            # The encoder's own error quotes what it could not encode.
            raise CryptoError(f"{self.cls.__name__} innehåller ett värde som inte kan skyddas.") from None

    def load(self, data: bytes) -> T:
        """Raises DecryptError for bytes that are not a whole group of this class."""
        try:
            stored = _decode(data.decode())
            known = stored.keys() <= self.names
        except (ValueError, AttributeError):
            known = False
        if not known:
            raise DecryptError(f"Uppgiften går inte att läsa som {self.cls.__name__}.")
        value: T = object.__new__(self.cls)
        inside = vars(value)
        inside.update(copy.deepcopy(self.empty) if self.mutable else self.empty)
        inside.update(stored)
        return value
