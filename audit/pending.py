"""An event in the making: who, what, which records, and why."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from audit import chain, sealing
from audit.chain import Draft

Change = tuple[str, str, str, list[str], str]
"""Model, id, "created" | "changed" | "deleted", names of fields (none for a whole record), keyed digest of values."""


class Ref(NamedTuple):
    """A record: "app.Model", its id, and the number of the case it belongs to ("" for none)."""

    model: str
    id: str
    case: str = ""


@dataclass(frozen=True)
class Actor:
    """Who acts: id, name or alias as it was at the time, code of the role, id of the unit."""

    id: str
    label: str
    role: str
    unit: str


class Acting(Protocol):
    def trail_actor(self) -> Actor: ...


@dataclass
class Context:
    """Around all events of a request. session: a keyed digest; address: proxy-safe; request: made by the server."""

    actor: Actor
    session: str = ""
    address: str = ""
    request: str = ""


SYSTEM = Actor("system", "Programmet", "system", "")
SYSTEM_CONTEXT = Context(SYSTEM)


@dataclass
class Pending:
    """An event in the making."""

    tag: str
    actor: Actor
    refs: list[Ref] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    reason_code: str = ""
    reason: str = ""
    detail: dict[str, Any] | None = None
    owner: UUID | None = None
    changes: list[Change] = field(default_factory=list)
    survives: bool = False  # happened even if its transaction is rolled back: reads and denials

    def touch(self, ref: Ref) -> None:
        """Names one more record."""
        self.refs.append(ref)

    def add(self, *, fields: Iterable[str] = ()) -> None:
        """Names more fields or groups."""
        self.fields.extend(fields)

    def draft(self, context: Context) -> Draft:
        """The event, sealed where people's words are, ready to be chained."""
        rest: dict[str, Any] = {"label": self.actor.label, "role": self.actor.role, "unit": self.actor.unit}
        more = (
            ("session", context.session),
            ("address", context.address),
            ("code", str(self.reason_code)),
            ("fields", self.fields),
            ("changes", self.changes),
        )
        rest.update((name, value) for name, value in more if value)
        words = dict(self.detail or {})
        if self.reason:
            words["reason"] = self.reason
        if words:
            rest.update(sealing.seal(self.owner, words))
        return Draft(self.actor.id, str(self.tag), context.request, self._all_refs(), chain.dump(rest))

    def _all_refs(self) -> tuple[tuple[str, str, str], ...]:
        """What was named, each once, and then every changed record that was not named."""
        refs = dict.fromkeys((str(ref[0]), str(ref[1]), str(ref[2])) for ref in self.refs)
        named = {ref[:2] for ref in refs}
        refs.update(dict.fromkeys((c[0], c[1], "") for c in self.changes if c[:2] not in named))
        return tuple(refs)
