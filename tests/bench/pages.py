"""Pages as people ask for them: over seals and over plaintext, with and without the read event."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.access.models import AccessGrant
from casework.access.visit import Visit
from casework.cases.models import JournalNote
from casework.crypto import keyring
from casework.demo import many
from casework.drafts.models import UsedToken
from contacts.caseload import views
from tests.bench.desk import Desk, comparable
from tests.bench.measure import Line, interleaved
from tests.bench.plain import views as plain
from tests.bench.world import World


@contextmanager
def unlogged() -> Iterator[None]:
    """The same request, only that nothing is written about it."""
    with patch.object(Visit, "empty", True):
        yield


def caseload(world: World, rounds: int) -> list[Line]:
    desk = Desk(world.reader)
    path = reverse("caseload")

    def sealed() -> bytes:
        plain.served[0] = views.my_cases
        return desk.get(path)

    def silent() -> bytes:
        with unlogged():
            return sealed()

    def over_plaintext() -> bytes:
        plain.served[0] = plain.plain_cases
        return desk.get(path)

    if comparable(sealed()) != comparable(over_plaintext()):
        raise SystemExit("The plain caseload is not the same page any more: tests/bench/plain must follow contacts.")
    took = interleaved(rounds, {"plain": over_plaintext, "sealed": silent, "logged": sealed})
    return [
        Line("caseload page of 20, sealed", took["sealed"], took["plain"], 1.15),
        Line("caseload page of 20, sealed and logged", took["logged"], took["plain"], 1.25),
        Line("caseload page with its read event / without", took["logged"], took["sealed"], 1.10),
    ]


def case_page(world: World, rounds: int) -> list[Line]:
    desk = Desk(world.reader)
    path = reverse("case", args=[world.case.number])

    def silent() -> bytes:
        with unlogged():
            return desk.get(path)

    took = interleaved(rounds, {"silent": silent, "logged": lambda: desk.get(path)})
    return [
        Line("case page with its read event / without", took["logged"], took["silent"], 1.10),
        Line("case page with 30 notes", took["logged"], None, 50),
    ]


def section_page(world: World, rounds: int) -> list[Line]:
    desk = Desk(world.chief)
    path = reverse("section")
    took = interleaved(rounds, {"page": lambda: desk.get(path)})
    return [
        Line("list of 100 among all clients", took["page"], None, 60),
        Line("list of 100, queries", queries(lambda: desk.get(path)), None, 12, unit="queries"),
    ]


def timeline(world: World, entries: int, rounds: int) -> list[Line]:
    """A case of its own: the others are compared with their plain twins."""
    grants = AccessGrant.objects.filter(user=world.reader).select_related("case").order_by("-case__number")
    case = grants[0].case
    with keyring.scope(), trail.bulk(Tag.SEEDED):
        JournalNote.objects.bulk_create(many._note(case, world.reader, n + 10) for n in range(entries))
    desk = Desk(world.reader)
    path = reverse("timeline", args=[case.number])
    took = interleaved(rounds, {"page": lambda: desk.get(path)})
    return [Line(f"timeline of {entries:,} entries", took["page"], None, 60)]


def board(world: World, rounds: int) -> list[Line]:
    """30 kontaktpersoner with 600 cases."""
    desk = Desk(world.chief)
    path = reverse("board")
    took = interleaved(rounds, {"page": lambda: desk.get(path)})
    return [
        Line("review board", took["page"], None, 200),
        Line("review board, queries", queries(lambda: desk.get(path)), None, 20, unit="queries"),
    ]


def queries(ask: Any) -> int:
    """How many statements a request sends, to both databases; BEGIN, COMMIT and the like apart."""
    with CaptureQueriesContext(connections["default"]) as data, CaptureQueriesContext(connections["keys"]) as keys:
        ask()
    passing = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "PRAGMA")
    return sum(not one["sql"].startswith(passing) for one in [*data.captured_queries, *keys.captured_queries])


def step_saved(world: World, rounds: int) -> list[Line]:
    desk = Desk(world.reader)
    path = reverse("step_new", args=[world.case.number])
    now = timezone.localtime()
    fields = {
        "text": "Vi gick igenom läget tillsammans. " * 12,
        "kind": "talk",
        "way": "with",
        "place": "office",
        "outcome": "done",
        "occurred_at_0": f"{now:%Y-%m-%d}",
        "occurred_at_1": f"{now:%H:%M}",
        "minutes": "30",
        "next_step": "Ringa och bestämma nästa träff",
        "next_on": f"{now:%Y-%m-%d}",
    }
    before = UsedToken.objects.count()
    took = interleaved(rounds, {"step": lambda: desk.post(path, {**fields, "once": str(uuid4())}, 302)})
    if UsedToken.objects.count() != before + rounds + 1:
        raise SystemExit("A step was not saved.")
    return [Line("step saved", took["step"], None, 25)]
