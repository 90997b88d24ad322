"""What a print of a record can be made of: registered at start, also by the rooms above."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from casework.cases.release.scope import Found, Scope

Collect = Callable[[Scope], Iterable[Found]]


@dataclass(frozen=True)
class Part:
    """A part of the record. `person` and `child`: whether it stands in an adult's record, and in a child's own."""

    key: str
    label: str
    collect: Collect
    order: int = 100
    person: bool = True
    child: bool = False


_parts: dict[str, Part] = {}


def register(part: Part) -> None:
    """Adds a part, or replaces the one with the same key."""
    _parts[part.key] = part


def offered() -> list[Part]:
    return sorted(_parts.values(), key=lambda part: (part.order, part.label))


def chosen(keys: Iterable[str], scope: Scope) -> list[Part]:
    """The parts with these keys that this record has. An adult's print never takes a part that is a child's alone."""
    wanted = set(keys)
    return [part for part in offered() if part.key in wanted and (part.child if scope.child else part.person)]


def collect(parts: Iterable[Part], scope: Scope) -> list[Found]:
    """Every piece with something in it, in the order of the parts."""
    return [found for part in parts for found in part.collect(scope) if found.text.strip()]
