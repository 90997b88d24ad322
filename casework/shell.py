"""The frame around every signed-in page: navigation by role, registered by the apps in AppConfig.ready."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

WARN_SECONDS = 60


@dataclass(frozen=True)
class NavItem:
    """A line of the left navigation. `key` is the letter after `g`; `roles` are values of Role."""

    label: str
    url_name: str
    icon: str
    roles: Iterable[str]
    key: str = ""
    order: int = 100


@dataclass(frozen=True)
class Link:
    """A navigation line as one page shows it."""

    label: str
    url: str
    icon: str
    key: str
    current: bool = False


@dataclass
class Registry:
    items: dict[str, NavItem] = field(default_factory=dict)
    search_roles: set[str] = field(default_factory=set)


registry = Registry()


def register(item: NavItem) -> None:
    """Adds a line, or replaces the one with the same url_name. Raises ValueError when a key is already taken."""
    for other in registry.items.values():
        shared = set(other.roles) & set(item.roles)
        if item.key and other.key == item.key and other.url_name != item.url_name and shared:
            raise ValueError(f"g {item.key} leder redan till {other.url_name}")
    registry.items[item.url_name] = item


def register_search(*roles: str) -> None:
    """The roles that get the search box; the box posts to the page named "search"."""
    registry.search_roles.update(roles)


def url_or_none(name: str, *args: Any) -> str | None:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return None


class Shell:
    """What base.html asks for. Lazy: a page without the frame costs nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.user: Any = getattr(request, "user", None)

    @property
    def signed_in(self) -> bool:
        return bool(self.user is not None and self.user.is_authenticated)

    @cached_property
    def items(self) -> list[Link]:
        mine = sorted(
            (item for item in registry.items.values() if self.role in set(item.roles)),
            key=lambda item: (item.order, item.label),
        )
        links = [(item, url) for item in mine if (url := url_or_none(item.url_name))]
        at = max((url for _, url in links if self._is_under(url)), key=len, default="")
        return [Link(item.label, url, item.icon, item.key, current=url == at) for item, url in links]

    def _is_under(self, url: str) -> bool:
        return self.request.path == url or (url != "/" and self.request.path.startswith(url.rstrip("/") + "/"))

    @property
    def role(self) -> str:
        return str(self.user.role) if self.signed_in else ""

    @property
    def role_label(self) -> str:
        return str(self.user.get_role_display()) if self.signed_in else ""

    @property
    def name(self) -> str:
        return str(self.user.display_name) if self.signed_in else ""

    @property
    def shortcuts(self) -> bool:
        return bool(getattr(self.user, "shortcuts", True)) if self.signed_in else False

    @property
    def color_scheme(self) -> str:
        chosen = str(getattr(self.user, "color_scheme", "") or "auto")
        return chosen if chosen in {"auto", "light", "dark"} else "auto"

    @property
    def search_url(self) -> str | None:
        return url_or_none("search") if self.role in registry.search_roles else None

    @property
    def start_url(self) -> str:
        return self.items[0].url if self.items else "/"

    @property
    def idle_seconds(self) -> int:
        return int(settings.IDLE_LOCK_SECONDS)

    @property
    def warn_seconds(self) -> int:
        return WARN_SECONDS


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Context processor."""
    return {"shell": Shell(request)}
