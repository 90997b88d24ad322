"""Questions about the authority guide that pages ask. It lies in clear and is about no client."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from casework import policy
from casework.collation import sort_key
from contacts.guide.models import GuidePage

OLD = timedelta(days=365)
PARTS = (
    ("leaks", "Vad kan läcka?"),
    ("ask_for", "Vad ber du om?"),
    ("papers", "Vilka papper hjälper?"),
    ("answers", "Vem svarar för skyddade personer?"),
)


@dataclass(frozen=True)
class ActorsPage:
    """A page, and the actors of a support step that it is about."""

    slug: str
    title: str
    actors: list[str]


def areas() -> list[tuple[str, list[GuidePage]]]:
    """The current pages under their headings, each with `old` and `part_names` to show."""
    rows = sorted(_current(), key=lambda page: sort_key(page.title))
    for page in rows:
        _mark(page)
    return [(str(label), [page for page in rows if page.area == area]) for area, label in GuidePage.Area.choices]


def by_actor() -> list[ActorsPage]:
    """The pages that are about an actor of a support step."""
    rows = _current().exclude(actors="").values_list("slug", "title", "actors")
    return [ActorsPage(slug, title, lines(actors)) for slug, title, actors in rows]


def page_of(slug: str) -> GuidePage:
    """The current wording of a page. Raises NotFound."""
    page: GuidePage | None = _current().filter(slug=slug).first()
    if page is None:
        raise policy.NotFound("Sidan finns inte i myndighetsguiden.")
    _mark(page)
    page.parts = [(label, lines(getattr(page, name))) for name, label in PARTS]  # type: ignore[attr-defined]
    page.sources = lines(page.source)  # type: ignore[attr-defined]
    return page


def history(slug: str) -> list[GuidePage]:
    """Every wording of a page, the newest first. Raises NotFound."""
    rows = list(GuidePage.objects.filter(slug=slug).select_related("written_by").order_by("-written_at", "-id"))
    if not rows:
        raise policy.NotFound("Sidan finns inte i myndighetsguiden.")
    rows.sort(key=lambda page: page.replaced_at is not None)
    for page, earlier in zip(rows, [*rows[1:], None], strict=True):
        page.changed = changed_parts(page, earlier)
    return rows


def changed_parts(page: GuidePage, earlier: GuidePage | None) -> list[tuple[str, list[str]]]:
    """(heading, lines) of the parts that are otherwise than in the wording before; all of the first wording."""
    shown = [("title", "Rubrik"), *PARTS, ("source", "Källa")]
    return [
        (label, lines(getattr(page, name)))
        for name, label in shown
        if earlier is None or getattr(page, name) != getattr(earlier, name)
    ]


def lines(text: str) -> list[str]:
    """The lines of a part, without empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _current() -> Any:
    return GuidePage.objects.filter(replaced_at__isnull=True).select_related("written_by")


def _mark(page: Any) -> None:
    page.old = page.checked_on is not None and page.checked_on < timezone.localdate() - OLD
