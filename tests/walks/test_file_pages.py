"""Every page of the person's file, with something on each, in a real browser; and the mark on it and on its print."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from casework.crypto import keyring
from tests import matrix
from tests.exhibits import (
    children,
    consents,
    disclosures,
    documents,
    exposure,
    insatser,
    letters,
    protection,
    relatives,
    release,
    risk,
    safety,
    sip,
)
from tests.walks.looking import glance
from tests.walks.stage import Stage, set_up, sign_in
from tests.world import World, address, make_record

FILE = (
    children, protection, relatives, insatser, sip, risk, consents, disclosures, letters, documents, release, exposure,
    safety,
)  # fmt: skip
# What leaves as a file is no page.
DOWNLOADS = {"document_file", "unexecuted_csv"}


def pages(column: str) -> Iterator[tuple[str, str]]:
    """The addresses of the file that this column of the table reads: (name, use)."""
    for line in matrix.parse(*(exhibit.TABLE for exhibit in FILE)):
        if line.name in DOWNLOADS:
            continue
        if line.method == "GET" and dict(line.expected(column)).get("own", line.cells[column]) == "+":
            yield line.name, line.use


def laid_out(stage: Stage) -> World:
    with keyring.scope():
        record = make_record(stage.cast.cecilia, stage.cast.alma)
    return World(stage.cast.everyone(), {}, {"own": record})


@pytest.mark.parametrize(("username", "column"), [("alma", "contact"), ("cecilia", "chief")])
def test_every_page_of_the_file_without_a_fault_and_with_the_mark(page: Page, username: str, column: str) -> None:
    world = laid_out(set_up())
    sign_in(page, username)
    faults: list[str] = []
    for name, use in pages(column):
        place = address(world, name, use, "own")
        answer = page.goto(place)
        if answer is None or answer.status != 200 or not answer.headers["content-type"].startswith("text/html"):
            faults.append(f"{name}: {answer and answer.status}")
            continue
        faults += glance(page, f"{username}-{name}{use}")
        if "/arenden/" in place:
            faults += unmarked(page, name)
    assert not faults, "\n".join(faults)


def unmarked(page: Page, name: str) -> list[str]:
    """The mark of protection stands on the page, and on the paper (JO 5932-2012)."""
    faults = []
    for medium in ("screen", "print"):
        page.emulate_media(media="screen" if medium == "screen" else "print")
        if not page.locator(".mark").first.is_visible():
            faults.append(f"{name}: no mark on {medium}")
    page.emulate_media(media="screen")
    return faults
