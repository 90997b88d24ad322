"""A real Chromium for journeys. `page` walks the whole program; `window` is a bare tab for parts of the face."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from audit import triggers

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents and "live_server" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db(transaction=True, databases=["default", "keys"]))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


class Watch:
    """Faults of a page that no assertion asks about: script errors, refused content, requests to elsewhere."""

    def __init__(self, page: Page, origin: str) -> None:
        self.origin = origin
        self.faults: list[str] = []
        page.on("console", self.heard)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("request", self.asked)

    def heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")

    def asked(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "data:", "blob:")):
            self.faults.append(f"request to elsewhere: {request.url}")


def new_context(browser: Browser, origin: str, **options: Any) -> BrowserContext:
    context = browser.new_context(
        base_url=origin,
        locale="sv-SE",
        timezone_id="Europe/Stockholm",
        viewport={"width": 1400, "height": 900},
        **options,
    )
    context.set_default_timeout(10_000)
    return context


@pytest.fixture
def emptied(transactional_db: None) -> Iterator[None]:
    """The log refuses to be emptied, so its triggers go before the flush that follows; the flush brings them back."""
    yield
    triggers.remove(connection)


@pytest.fixture
def page(browser: Browser, live_server: Any, emptied: None) -> Iterator[Page]:
    """A tab at the running program; `page.goto("/")` is the start page."""
    yield from tab(browser, live_server.url)


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    """A tab without a program behind it: a test answers the requests itself."""
    yield from tab(browser, "http://127.0.0.1:9")


def tab(browser: Browser, origin: str) -> Iterator[Page]:
    context = new_context(browser, origin)
    page = context.new_page()
    watch = Watch(page, origin)
    yield page
    context.close()
    assert not watch.faults, "\n".join(watch.faults)
