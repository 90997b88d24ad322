"""Every address, method and role against the table in tests/matrix.py, with real requests to real records."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from django.db import connections, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from audit import trail
from audit.models import Event
from audit.reading import line as read_line
from audit.tags import Tag
from casework.crypto import keyring
from casework.signin.models import User
from tests import matrix
from tests.fixtures import SignIn
from tests.matrix import Line
from tests.world import COLUMNS, World, address, form, make_world

LINES = matrix.whole()
UNCOUNTED = {"audit", "sessions", "axes", "contenttypes"}
# Recovery codes are shown once: that they have been is noted with them.
READ_ONCE = {"mfa_view_recovery_codes"}
WRITING = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)', re.I)
OTHER_METHODS = ("get", "post", "put", "patch", "delete", "options", "trace")
# Refused for what they ask, whichever case they ask it of; the log tells who and when.
NO_CASE_NAMED = {
    "reveal:berattelse", "case_move:open", "note_beside:radera", "autosave:other", "sign_in_end",
    "fidelity_review", "fidelity_finish",  # about a section
    "absence", "absence_end", "cover_all", "leaving",  # about a colleague
    "tie_end",  # about a member of staff
}  # fmt: skip


@pytest.fixture
def world(cast: Any) -> World:
    return make_world(cast)


@dataclass
class Visitor:
    """One column: a browser, the records, and what was found to be otherwise than the table says."""

    role: str
    browser: Client
    world: World
    cookies: str = ""
    stored: str = ""

    def __post_init__(self) -> None:
        self.cookies = self.browser.cookies.output()
        self.stored = digest()

    def forget(self) -> None:
        """As if the last request had not been: nothing is saved, and no message waits for the next page."""
        for alias in ("default", "keys"):
            transaction.set_rollback(True, using=alias)
        self.browser.cookies.clear()
        self.browser.cookies.load(self.cookies.replace("Set-Cookie: ", ""))

    def ask(self, line: Line, record: str, method: str = "") -> HttpResponse:
        url = address(self.world, line.name, line.use, record)
        send = getattr(self.browser, (method or line.method).lower())
        if (method or line.method) == "POST":
            return send(url, form(self.world, line.name, record, self.role))
        return send(url)


@pytest.fixture
def visitor(request: pytest.FixtureRequest, world: World, signed_in: SignIn) -> Visitor:
    role = request.param
    browser = Client() if role == "out" else signed_in(world.user(role))
    return Visitor(role, browser, world)


every_role = pytest.mark.parametrize("visitor", [*COLUMNS, "out"], indirect=True)


@every_role
def test_every_address_answers_as_the_table_says(visitor: Visitor) -> None:
    found: list[str] = []
    for line in LINES:
        found += check_line(visitor, line)
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("visitor", ["contact", "chief", "admin", "out"], indirect=True)
def test_methods_outside_the_table_are_refused(visitor: Visitor) -> None:
    found = []
    for name in sorted({line.name for line in LINES}):
        line = next(line for line in LINES if line.name == name)
        for method in {method.upper() for method in OTHER_METHODS} - matrix.methods_of(LINES, name):
            status = visitor.ask(line, line.expected(visitor.role)[0][0], method).status_code
            if status != 405 and not (visitor.role == "out" and status == 302):
                found.append(f"{method} {name}: {status}")
    assert not found, "\n" + "\n".join(found)


def test_every_address_of_the_program_has_its_line() -> None:
    names, nameless = addresses()
    assert not nameless
    assert not list(matrix.difference(LINES, names))
    assert set(matrix.roles_of(LINES)) == {*COLUMNS, "out"}


def test_an_address_without_a_line_and_a_line_without_an_address_are_found() -> None:
    names, _ = addresses()
    assert list(matrix.difference(LINES, {*names, "new_page"})) == ["new_page has no line in the table"]
    assert list(matrix.difference(LINES, names - {"case"})) == ["the table tells of case, which is no address"]


@pytest.mark.parametrize("row", ["case GET +--", "case GET ?", "case GET", "case GET +\ncase GET +"])
def test_a_line_that_is_not_whole_is_refused(row: str) -> None:
    with pytest.raises(matrix.BadTable):
        matrix.parse("URL how contact\n" + row)


def test_every_kind_of_answer_can_be_told_from_the_others(world: World, signed_in: SignIn) -> None:
    """A cell that says otherwise than the program does is found, whatever it says."""
    visitor = Visitor("contact", signed_in(world.user("contact")), world)
    case = next(line for line in LINES if line.label == "case" and line.method == "GET")
    for wrong in ("----", "x---", ">---", "++--", "+-+-", "+--+"):
        assert check_line(visitor, Line("case", "", "GET", {**case.cells, "contact": wrong}))
    assert not check_line(visitor, case)


def test_whatever_is_written_is_seen(cast: Any) -> None:
    with watched() as written:
        list(User.objects.all())
        cast.section.save()
        User.objects.filter(pk=cast.bo.pk).update(shortcuts=False)
        keyring.create_key(keyring.Purpose.CLIENT, cast.bo.pk)
        cast.cecilia.led_sections.remove(cast.section)
        trail.record(Tag.LOG_READ)
    tables = {"casework_section", "casework_user", "casework_wrappedkey", "casework_user_led_sections"}
    assert written == tables


# --- checking a line --------------------------------------------------------------------------------------------------


def check_line(visitor: Visitor, line: Line) -> list[str]:
    """What is otherwise than the line says, for one column."""
    found, bodies = [], {}
    for record, sign in line.expected(visitor.role):
        where = f"{line.label} {line.method} {record} for {visitor.role}"
        last = newest_event()
        with transaction.atomic(), transaction.atomic(using="keys"):
            with watched() as written:
                response = visitor.ask(line, record)
            found += [f"{where}: {problem}" for problem in wrong_with(visitor, line, record, sign, response, last)]
            writes = (line.method == "POST" and sign in matrix.SAVING) or line.name in READ_ONCE
            # What was written may be undone by the act that was refused; then everything is as it was.
            if not writes and written and digest() != visitor.stored:
                found.append(f"{where}: something was written to {', '.join(sorted(written))}")
            if sign in matrix.SAVING or line.name in READ_ONCE:
                visitor.forget()
        if sign == "-":
            bodies[record] = response.content
    if len(set(bodies.values())) > 1:
        found.append(f"{line.label} {line.method}: the 404 of {' and '.join(bodies)} can be told apart")
    return found


def wrong_with(
    visitor: Visitor, line: Line, record: str, sign: str, response: HttpResponse, last: int
) -> Iterator[str]:
    status = response.status_code
    if status != matrix.STATUS[sign]:
        yield f"{status}, the table says {sign} ({matrix.STATUS[sign]})"
        return
    if sign == "<" and not response.headers["Location"].startswith(matrix.SIGN_IN_PAGE):
        yield f"led to {response.headers['Location']}"
    denials = [read_line(event) for event in Event.objects.filter(seq__gt=last, tag=Tag.DENIED)]
    if len(denials) != (sign in "-x"):
        yield f"{len(denials)} denials in the log"
    elif denials and denials[0].actor_id != str(visitor.world.user(visitor.role).pk):
        yield "the denial has another actor"
    elif sign == "-" and line.label not in NO_CASE_NAMED and visitor.world.case_number(record) not in denials[0].case:
        yield "the denial does not name the case"


def newest_event() -> int:
    return Event.objects.order_by("-seq").values_list("seq", flat=True).first() or 0


@contextmanager
def watched() -> Iterator[set[str]]:
    """The tables written to meanwhile, in both databases, but for the log and the sign-in's own."""
    written: set[str] = set()

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if (found := WRITING.match(sql)) and found[1] in counted():
            written.add(found[1])
        return execute(sql, params, many, context)

    with connections["default"].execute_wrapper(watch), connections["keys"].execute_wrapper(watch):
        yield written


def digest() -> str:
    """Of everything in both databases but the log and the sign-in's own tables."""
    sums = hashlib.sha256()
    for table in sorted(counted()):
        with connections["keys" if table == "casework_wrappedkey" else "default"].cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in sorted(repr(row) for row in cursor.fetchall()):
                sums.update(row.encode())
    return sums.hexdigest()


@cache
def counted() -> frozenset[str]:
    models = apps.get_models(include_auto_created=True)
    kept = [one._meta for one in models if one._meta.app_label not in UNCOUNTED and one._meta.model_name != "signin"]
    return frozenset(meta.db_table for meta in kept)


def addresses() -> tuple[set[str], list[str]]:
    """The names of all addresses of the program, and those that have none."""
    names, nameless = set(), []
    waiting: list[Any] = list(get_resolver().url_patterns)
    while waiting:
        found = waiting.pop()
        if isinstance(found, URLResolver):
            waiting += found.url_patterns
        elif isinstance(found, URLPattern):
            names.add(found.name) if found.name else nameless.append(str(found.pattern))
    return names, nameless
