"""Which drafts there are: about a case, "step:26-48173-5" or with a part of its own "assess:26-48173-5:economy"; or in
the staff's own work, about a record that belongs to no case, "fidelity:<its id>:hope".
"""

import re
from dataclasses import dataclass

from casework.policy import Permission

_kinds: dict[str, Permission] = {"step": Permission.STEP_WRITE}
_SLOT = re.compile(r"(?P<kind>[a-z]{1,12}):(?P<number>[^:]{0,16})(?::(?P<part>[a-z0-9_-]{1,20}))?")
_own: dict[str, Permission] = {}
_OWN_SLOT = re.compile(r"(?P<kind>[a-z]{1,12}):[0-9a-f]{32}(?::[a-z]{1,14})?")


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


def register_own(kind: str, permission: Permission) -> None:
    """A room above casework adds a kind of draft about no case, and the right that writing it takes."""
    _own[kind] = permission


def own(slot: str) -> Permission | None:
    """The right that a draft about no case takes; None for a slot of no such kind."""
    found = _OWN_SLOT.fullmatch(slot)
    return _own.get(found["kind"]) if found else None
