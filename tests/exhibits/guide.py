from typing import Any

from django.utils import timezone

from contacts.guide.actions import load_start
from contacts.guide.models import GuidePage

TABLE = """
URL                      how  contact deputy asked colleague chief chief2 other housing planner log  admin out
guide                    GET  +       +      +     +         +     +      +     x       x       x    x     <
guide_new                GET  x       x      x     x         +     +      x     x       x       x    x     <
                         POST x       x      x     x         >     >      x     x       x       x    x     <
guide_page               GET  +++-    +++-   +++-  +++-      +++-  +++-   +++-  xxxx    xxxx    xxxx xxxx  <<<<
guide_history            GET  +++-    +++-   +++-  +++-      +++-  +++-   +++-  xxxx    xxxx    xxxx xxxx  <<<<
guide_change             GET  xxxx    xxxx   xxxx  xxxx      +++-  +++-   xxxx  xxxx    xxxx    xxxx xxxx  <<<<
                         POST xxxx    xxxx   xxxx  xxxx      >>>-  >>>-   xxxx  xxxx    xxxx    xxxx xxxx  <<<<
"""
SLUG = "skatteverket"


def page_form(**more: Any) -> dict[str, Any]:
    """A page of the guide as its form sends it."""
    return {
        "title": "Biblioteket",
        "area": "everyday",
        "actors": "",
        "leaks": "Lånekortet\nReservationer",
        "ask_for": "Ett kort utan adress",
        "papers": "",
        "answers": "",
        "source": "Frågat på plats",
        "checked_on": str(timezone.localdate()),
        "verified": "on",
        **more,
    }


def current() -> Any:
    return GuidePage.objects.values_list("pk", flat=True).filter(slug=SLUG, replaced_at__isnull=True).first()


FORMS: dict[str, Any] = {
    "guide_new": lambda world, record: page_form(),
    "guide_change": lambda world, record: page_form(title="Skatteverket", version=str(current())),
}
SLUGS = {name: lambda found, use: [SLUG if found else "finns-inte"] for name in ("guide_page", "guide_history")}
ARGUMENTS: dict[str, Any] = {**SLUGS, "guide_change": SLUGS["guide_page"]}
# The guide lies in clear and is about nobody, so no text of a person belongs in it.
TEXTS: set[str] = set()
LAST: tuple[str, ...] = ()


def lay_out(case: Any, contact: Any, chief: Any) -> dict[str, Any]:
    load_start(by=chief)
    return {}


def sealed(known: Any, person: Any, user: Any) -> list[Any]:
    return []
