"""The pages of a case, side by side under its header: registered at start, also by the rooms above."""

from dataclasses import dataclass
from typing import Any

from casework import policy
from casework.policy import Permission
from casework.shell import url_or_none


@dataclass(frozen=True)
class Tab:
    """A page of a case, for everybody with the permission who may see the case at all. Those of one `group` share a
    tab, named so; their own names stand below it.
    """

    label: str
    url_name: str
    permission: Permission
    order: int = 100
    group: str = ""


@dataclass(frozen=True)
class Drawn:
    """A tab, or one of the pages that share a tab: then it has no pages of its own."""

    label: str
    url: str
    current: bool
    pages: tuple["Drawn", ...] = ()


_tabs: dict[str, Tab] = {}


def register(tab: Tab) -> None:
    """Adds a page, or replaces the one with the same url_name."""
    _tabs[tab.url_name] = tab


def for_case(user: Any, number: str, path: str) -> list[Drawn]:
    """The tabs that this user's role has, of a case she has been let into; no query. The page at `path` is current."""
    mine = sorted((tab for tab in _tabs.values() if policy.may(user, tab.permission)), key=lambda tab: tab.order)
    found = [(tab, url) for tab in mine if (url := url_or_none(tab.url_name, number))]
    at = max((url for _, url in found if path.startswith(url)), key=len, default="")
    groups: dict[str, list[Drawn]] = {}
    for tab, url in found:
        groups.setdefault(tab.group or tab.label, []).append(Drawn(tab.label, url, url == at))
    return [_tab(label, pages) for label, pages in groups.items()]


def _tab(label: str, pages: list[Drawn]) -> Drawn:
    """A tab leads to the first of its pages; pages are only named when there are several."""
    current = any(page.current for page in pages)
    return Drawn(label, pages[0].url, current, tuple(pages) if len(pages) > 1 else ())
