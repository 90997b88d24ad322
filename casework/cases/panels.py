"""What other rooms show on a case's page: registered in their AppConfig.ready, drawn here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from casework.cases.models import Case
from casework.policy import Permission
from casework.signin.models import User

Held = frozenset[Permission]


@dataclass(frozen=True)
class Panel:
    """A box on the case page: `context(user, case, held)` gives the template its variables; None leaves it out.

    One of an order under FIRST stands before the journal on a narrow screen too.
    """

    name: str
    template: str
    context: Callable[[User, Case, Held], dict[str, Any] | None]
    order: int = 100


FIRST = 17
_panels: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    """Adds a panel, or replaces the one with the same name."""
    _panels[panel.name] = panel


class Drawn(NamedTuple):
    template: str
    values: dict[str, Any]
    first: bool


def for_case(user: User, case: Case, held: Held) -> list[Drawn]:
    """Each panel this user gets for this case, in order."""
    ordered = sorted(_panels.values(), key=lambda panel: (panel.order, panel.name))
    drawn = ((panel, panel.context(user, case, held)) for panel in ordered)
    return [Drawn(one.template, values, one.order < FIRST) for one, values in drawn if values is not None]
