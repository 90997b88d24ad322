"""Seals what people wrote in an event. The keys are somebody else's: they are registered here, the log knows none."""

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import Any
from uuid import UUID

Seal = Callable[[UUID | None, bytes, bytes], bytes]


class NoSealer(RuntimeError):
    """Words were given to the log before anything can seal them."""


class Gone(Exception):
    """The key is destroyed: what was sealed can never be read again."""


def _no_sealer(owner: UUID | None, content: bytes, place: bytes) -> bytes:
    raise NoSealer("register_sealer() has not been called.")


_seal: Seal = _no_sealer
_unseal: Seal = _no_sealer
_gone: tuple[type[Exception], ...] = ()


def register_sealer(seal: Seal, unseal: Seal, *gone: type[Exception]) -> None:
    """`seal` and `unseal` take (owner or None for the log's own key, bytes, the place they are bound to).

    `gone` are the errors by which `unseal` says that the key is destroyed.
    """
    global _seal, _unseal, _gone
    _seal, _unseal, _gone = seal, unseal, gone


def seal(owner: UUID | None, words: dict[str, Any]) -> dict[str, str]:
    """`words` (JSON) sealed for `owner`, as the keys "id", "sealed" and "owner" of a body. Raises NoSealer."""
    place = os.urandom(16).hex()
    content = json.dumps(words, ensure_ascii=False, separators=(",", ":"), default=str).encode()
    sealed = b64encode(_seal(owner, content, _bound(place))).decode()
    return {"id": place, "sealed": sealed, **({"owner": str(owner)} if owner else {})}


def unseal(body: dict[str, Any]) -> dict[str, Any]:
    """The words sealed in the parsed `body`; {} when there are none. Raises Gone, or what `unseal` raises."""
    if "sealed" not in body:
        return {}
    owner = UUID(body["owner"]) if "owner" in body else None
    try:
        words: dict[str, Any] = json.loads(_unseal(owner, b64decode(body["sealed"]), _bound(body["id"])))
    except _gone as problem:
        raise Gone from problem
    return words


def _bound(place: str) -> bytes:
    return f"audit:detail:1:{place}".encode()
