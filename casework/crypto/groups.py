"""Groups of values that are sealed together, and their canonical form (JSON, sorted, without white space)."""

import json
from dataclasses import MISSING, dataclass, fields
from operator import attrgetter
from typing import Any, Generic, NoReturn, TypeVar, dataclass_transform

from casework.crypto.errors import CryptoError, DecryptError

T = TypeVar("T")
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False).encode
_decode = json.JSONDecoder().scan_once  # type: ignore[attr-defined]
_quote = json.encoder.encode_basestring
_new, _set = object.__new__, object.__setattr__


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

    __slots__ = ("cls", "empty", "factories", "names", "nothing", "values")

    def __init__(self, cls: type[T]) -> None:
        self.nothing = blank = cls()
        listed = sorted(fields(cls), key=lambda field: field.name)  # type: ignore[arg-type]
        self.cls = cls
        self.empty: list[tuple[str, Any]] = [(f'"{f.name}":', getattr(blank, f.name)) for f in listed]
        # A getter of one name would give no tuple; the class at the end is left over.
        self.values = attrgetter(*[f.name for f in listed], "__class__")
        self.factories = [(f.name, f.default_factory) for f in listed if f.default_factory is not MISSING]
        self.names = frozenset(f.name for f in listed)

    def blank(self) -> T:
        """The empty group. One for all, since it cannot be changed, unless it holds a list or dict."""
        return self.cls() if self.factories else self.nothing

    def dump(self, group: T) -> bytes:
        """Raises CryptoError, without the content, for a value that has no canonical form."""
        parts = []
        try:
            for (label, empty), value in zip(self.empty, self.values(group), strict=False):
                if value is empty:
                    continue
                if type(value) is str:
                    parts.append(label + _quote(value))
                elif value != empty or type(value) is not type(empty):
                    parts.append(label + _encode(value))
            return ("{" + ",".join(parts) + "}").encode()
        except (TypeError, ValueError, RecursionError):
            # The encoder's own error quotes what it could not encode.
            raise CryptoError(f"{self.cls.__name__} innehåller ett värde som inte kan skyddas.") from None

    def load(self, data: bytes) -> T:
        """Raises DecryptError for bytes that are not a whole group of this class."""
        try:
            text = data.decode()
            stored, end = _decode(text, 0)
            known = stored.keys() <= self.names and end == len(text)
        except (ValueError, AttributeError, StopIteration):
            known = False
        if not known:
            raise DecryptError(f"Uppgiften går inte att läsa som {self.cls.__name__}.")
        for name, make in self.factories:
            stored.setdefault(name, make())
        group: T = _new(self.cls)
        # What is missing is found on the class: dataclasses keep plain defaults there.
        _set(group, "__dict__", stored)
        return group
