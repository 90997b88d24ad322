"""Which drafts about a case there are: "step:26-48173-5", or with a part of its own "assess:26-48173-5:economy"."""

import re
from dataclasses import dataclass

from casework.policy import Permission

_kinds: dict[str, Permission] = {"step": Permission.STEP_WRITE}
_SLOT = re.compile(r"(?P<kind>[a-z]{1,12}):(?P<number>[^:]{0,16})(?::(?P<part>[a-z0-9_-]{1,20}))?")


@dataclass(frozen=True)
class Slot:
    number: str
    permission: Permission


def register(kind: str, permission: Permission) -> None:
    """A room above casework adds a kind of draft about a case, and the right that writing it takes."""
    _kinds[kind] = permission


def read(slot: str) -> Slot | None:
    """What a slot's name says; None for one of no known kind."""
    found = _SLOT.fullmatch(slot)
    if found is None or found["kind"] not in _kinds:
        return None
    return Slot(found["number"], _kinds[found["kind"]])
