"""What a page must live up to in a real browser: no fault that axe can find, and no sideways scrolling on a phone."""

import os
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Page

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {1400: 900, 320: 700}
WHOLE = {(1400, "light"), (320, "dark")}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def axe(page: Page, *, only: str = "") -> list[str]:
    """One line per fault: the rule, the element and what is wrong with it. All rules, or `only` the one named."""
    page.evaluate(AXE)
    wanted = {"type": "rule", "values": [only]} if only else {"type": "tag", "values": RULES}
    found: dict[str, Any] = page.evaluate("rules => axe.run(document, {runOnly: rules})", wanted)
    return [
        f"{fault['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


def looks(page: Page, name: str) -> None:
    """Looks at the page wide and narrow, light and dark; keeps pictures in the folder WALK_SHOTS, if that is set.

    All rules are asked wide and light, and narrow and dark; colours, which is what else differs, in the other two.
    Raises AssertionError with every fault found. Leaves the page wide and light.
    """
    faults = []
    for width, height in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            settle(page)
            whole = (width, scheme) in WHOLE
            faults += [f"{width} {scheme} {fault}" for fault in axe(page, only="" if whole else "color-contrast")]
            keep(page, f"{name}-{width}-{scheme}")
        over = page.evaluate("document.documentElement.scrollWidth") - width
        if over > 0:
            faults.append(f"{width}: {over} px to scroll sideways")
    page.set_viewport_size({"width": 1400, "height": SIZES[1400]})
    page.emulate_media(color_scheme="light")
    assert not faults, f"{name}:\n" + "\n".join(faults)


def glance(page: Page, name: str) -> list[str]:
    """The same in the two looks where all rules are asked; gives the faults, for many pages in one walk."""
    faults = []
    for width, scheme in ((1400, "light"), (320, "dark")):
        page.set_viewport_size({"width": width, "height": SIZES[width]})
        page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
        settle(page)
        faults += [f"{name} {width} {scheme} {fault}" for fault in axe(page)]
        keep(page, f"{name}-{width}-{scheme}")
        over = page.evaluate("document.documentElement.scrollWidth") - width
        if over > 0:
            faults.append(f"{name} {width}: {over} px to scroll sideways")
    return faults


def settle(page: Page) -> None:
    """Waits until fonts are there and nothing fades: a half-faded text has too little contrast."""
    page.evaluate(
        "async () => { await document.fonts.ready;"
        " await Promise.all(document.getAnimations().map(each => each.finished.catch(() => null))) }"
    )


def keep(page: Page, name: str) -> None:
    if folder := os.environ.get("WALK_SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
