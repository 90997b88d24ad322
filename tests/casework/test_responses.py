"""What every answer carries, and what a request may claim: headers, content of pages, addresses, hosts, tokens."""

from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from casework.middleware import CSP, HEADERS
from tests import matrix
from tests.cast import Cast
from tests.fixtures import SignIn, events, last_event, text
from tests.world import World, address, form, make_world

LINES = matrix.whole()
CSP_NAME = "Content-Security-Policy"
ROLES = ("contact", "chief", "admin", "log", "out")
REQUIRED = {
    **HEADERS,
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}
URL_ATTRIBUTES = {"href", "src", "srcset", "action", "formaction", "poster", "data", "cite", "ping", "manifest"}


class Page(HTMLParser):
    """What must not be in a page: scripts and styles in it, and addresses elsewhere."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.inside = tag if tag == "script" else ""
        if tag == "style" or (tag == "script" and not values.get("src")):
            self.faults.append(f"<{tag}> in the page")
        if tag in ("base", "iframe", "object", "embed") or values.get("http-equiv"):
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            if name == "style" or name.startswith("on"):
                self.faults.append(f"{name} of <{tag}>")
            if name in URL_ATTRIBUTES and not self.own(tag, value or ""):
                self.faults.append(f"{name}={value} of <{tag}>")

    def handle_data(self, data: str) -> None:
        if self.inside and data.strip():
            self.faults.append("words inside <script>")

    def own(self, tag: str, value: str) -> bool:
        parts = urlsplit(value.strip())
        drawn = tag == "img" and value.startswith("data:image/")
        return drawn or (not parts.scheme and not parts.netloc and not value.startswith(("//", "\\")))


@pytest.mark.parametrize(
    "html",
    [
        "<script>x()</script>", "<script src='/a.js'>x()</script>", "<style>p{}</style>", "<p style='color:red'>",
        "<body onload='x()'>", "<a href='https://example.org/'>", "<img src='//example.org/a'>",
        "<form action='http:x'>",
        "<a href='javascript:x()'>", "<iframe src='/a'>", "<base href='/'>", "<link href='data:text/css,x'>",
        "<meta http-equiv='refresh' content='0;url=//x'>",
    ],
)  # fmt: skip
def test_a_fault_in_a_page_is_found(html: str) -> None:
    assert Page(html).faults


def test_a_page_without_faults_has_none() -> None:
    assert not Page("<script src='/a.js'></script><a href='/x?y#z'>å</a><img src='data:image/svg+xml;base64,x'>").faults


@pytest.fixture
def world(cast: Cast) -> World:
    return make_world(cast)


def answers(world: World, browser: Client, role: str) -> Iterator[tuple[str, HttpResponse]]:
    """Every page for one column: as it is opened, rightly filled in, empty, and with a method that is not there."""
    for line in LINES:
        for record, _ in line.expected(role)[:2]:
            url = address(world, line.name, line.use, record)
            for send in (
                lambda url=url: browser.get(url),
                lambda url=url, line=line, record=record: browser.post(url, form(world, line.name, record, role)),
                lambda url=url: browser.post(url, {}),
                lambda url=url: browser.put(url),
            ):
                cookies = browser.cookies.output(header="")
                with transaction.atomic(), transaction.atomic(using="keys"):
                    yield f"{line.label} for {role}", send()
                    transaction.set_rollback(True)
                    transaction.set_rollback(True, using="keys")
                browser.cookies.clear()
                browser.cookies.load(cookies)


@pytest.mark.parametrize("role", ROLES)
def test_every_answer_has_its_headers_and_every_page_is_clean(role: str, world: World, signed_in: SignIn) -> None:
    browser = Client() if role == "out" else signed_in(world.user(role))
    faults, seen = set(), set()
    for where, answer in answers(world, browser, role):
        seen.add(answer.status_code)
        faults |= {f"{where}: {fault}" for fault in wrong_headers(answer)}
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            faults |= {f"{where}: {fault}" for fault in Page(text(answer)).faults}
    assert not faults
    assert {200, 302, 405} <= seen


def wrong_headers(answer: HttpResponse, cache: str = "no-store") -> Iterator[str]:
    wanted = {**REQUIRED, "Cache-Control": cache} if cache else REQUIRED
    for name, value in wanted.items():
        # A file that came from outside may be shut in further.
        file = answer.headers.get("Content-Disposition", "").startswith("attachment") and name == CSP_NAME
        if answer.headers.get(name) not in ({value, f"{value}; sandbox"} if file else {value}):
            yield f"{answer.status_code} has {name}: {answer.headers.get(name)}"


def test_answers_that_are_no_pages_have_the_same_headers(
    world: World, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    alma, case = signed_in(world.user("contact")), world.records["own"].case
    alma.raise_request_exception = False
    page, step = reverse("case", args=[case.number]), reverse("step_new", args=[case.number])
    odd: list[tuple[int, HttpResponse]] = [
        (400, alma.get(page, headers={"host": "elsewhere.example"})),
        (400, alma.post(step, b"x", content_type="multipart/form-data; boundary=")),
        (413, alma.post(step, {"text": "å" * 3_000_000})),
        (404, alma.get("/finns/inte/")),
        (404, alma.get("/static/finns-inte.css")),
    ]
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE casework_journalnote RENAME TO casework_elsewhere")
        odd.append((503, alma.get(page)))
        transaction.set_rollback(True)
    monkeypatch.setattr("casework.cases.views.render", lambda *args: 1 / 0)
    odd.append((500, alma.get(page)))
    for status, answer in odd:
        assert answer.status_code == status
        cache = "" if "static" in answer.request["PATH_INFO"] else "no-store"
        assert not list(wrong_headers(answer, cache))
        assert not Page(text(answer)).faults


def test_static_files_have_the_headers_too(db: None) -> None:
    (settings.STATIC_ROOT / "a.css").write_text("p {}")
    answer = Client().get("/" + settings.STATIC_URL.strip("/") + "/a.css")
    assert answer.status_code == 200
    assert answer.headers["Content-Security-Policy"] == CSP
    assert not list(wrong_headers(answer, ""))
    answer.close()


def test_the_policy_of_content_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    assert "unsafe" not in CSP
    assert "http" not in CSP
    assert "*" not in CSP
    assert CSP.startswith("default-src 'none'")


# --- what a request claims --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("proxies", "claimed", "believed"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (1, "198.51.100.7", "198.51.100.7"),
        (2, "198.51.100.7", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_the_address_in_the_log_is_not_the_one_that_the_browser_claims(
    proxies: int, claimed: str, believed: str, world: World, signed_in: SignIn, settings: Any
) -> None:
    settings.TRUSTED_PROXIES = proxies
    alma = signed_in(world.user("contact"))
    claims = {"X-Forwarded-For": claimed, "X-Real-IP": "203.0.113.9", "Forwarded": "for=203.0.113.9"}
    alma.get(reverse("case", args=[world.case_number("own")]), headers=claims)
    alma.get(reverse("case", args=[world.case_number("foreign")]), headers=claims)
    assert last_event("case:open").address == believed
    assert last_event("access:denied").address == believed


@pytest.mark.parametrize("name", ["host", "x-forwarded-host"])
def test_another_host_is_neither_answered_nor_repeated(name: str, world: World, signed_in: SignIn) -> None:
    alma = signed_in(world.user("contact"))
    for url in (
        reverse("home"),
        reverse("case", args=[world.case_number("own")]),
        "/finns/inte/",
        reverse("account_login"),
    ):
        answer = alma.get(url, headers={name: "elsewhere.example"})
        assert "elsewhere.example" not in text(answer) + str(answer.headers)
        assert (answer.status_code == 400) == (name == "host")


@pytest.mark.parametrize("role", ["contact", "chief", "admin", "out"])
def test_no_form_is_taken_without_its_token(role: str, world: World, signed_in: SignIn) -> None:
    browser = Client() if role == "out" else signed_in(world.user(role))
    browser.handler.enforce_csrf_checks = True
    before = len(events())
    for line in LINES:
        if line.method == "POST":
            record = line.expected(role)[0][0]
            url = address(world, line.name, line.use, record)
            for extra in ({}, {"origin": "https://elsewhere.example"}):
                answer = browser.post(url, form(world, line.name, record, role), headers=extra)
                refused = answer.status_code == 403 or answer.headers.get("Location", "").startswith(
                    matrix.SIGN_IN_PAGE
                )
                assert refused, f"{line.label}: {answer.status_code}"
    assert len(events()) == before


def test_a_large_file_is_not_written_to_the_disk(
    world: World, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Any] = []
    monkeypatch.setattr(TemporaryUploadedFile, "__init__", lambda *args, **kwargs: made.append(args))
    alma = signed_in(world.user("contact"))
    file = BytesIO(b"x" * 4_000_000)
    answer = alma.post(reverse("step_new", args=[world.case_number("own")]), {"text": "Med fil", "file": file})
    assert answer.status_code == 200
    assert not made
