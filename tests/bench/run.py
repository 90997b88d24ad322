"""The measurements in order, each on the tables it needs."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test.utils import setup_databases, teardown_databases

from tests.bench.measure import Line, say, table

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Sizes:
    rows: int = 10_000
    row_rounds: int = 9
    searched: tuple[int, ...] = (100_000, 1_000_000)
    search_rounds: int = 61
    clients: int = 5_000
    steps: int = 6
    rounds: int = 61
    entries: int = 2_000
    events: int = 20_000
    log_rounds: int = 9
    seconds: float = 5.0
    append_rounds: int = 3


QUICK = Sizes(
    rows=40, row_rounds=1, searched=(30, 60), search_rounds=1, clients=20, steps=2, rounds=1, entries=20, events=50,
    log_rounds=1, seconds=0.2, append_rounds=1,
)  # fmt: skip


def run(*, quick: bool, only: list[str], as_json: bool, addresses: dict[str, str]) -> int:
    """Measures and prints; 0 when every limit holds. `addresses`: environment of a PostgreSQL for the writers alone."""
    sizes = QUICK if quick else Sizes()
    began = time.monotonic()
    with database():
        lines = [line for name, part in PARTS.items() if not only or name in only for line in part(sizes)]
    if addresses and (not only or "append" in only):
        lines += elsewhere(addresses, quick)
    if as_json:
        print(json.dumps([asdict(line) for line in lines]))
        return 0
    meaning = ", quick: the figures mean nothing" if quick else ""
    print(f"{connection.vendor}, {time.monotonic() - began:.0f} s{meaning}\n")
    print(table(lines))
    return 0 if all(line.ok for line in lines) else 1


def elsewhere(addresses: dict[str, str], quick: bool) -> list[Line]:
    """What only PostgreSQL can show, measured by a process of its own."""
    command = [sys.executable, "-m", "tests.bench", "--postgres", "--json", "--only", "append"]
    environment = {**os.environ, **addresses}
    done = subprocess.run(
        command + ["--quick"] * quick, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    return [Line(**facts) for facts in json.loads(done.stdout)]


@contextmanager
def database() -> Iterator[None]:
    """Both databases, migrated, with keys and plain tables; removed afterwards."""
    django.setup()
    from audit import signing
    from casework.crypto import keyring
    from tests.bench.plain.models import make_tables

    for name in connections:
        test = connections[name].settings_dict["TEST"]
        test["NAME"] = str(settings.HOME / f"bench-{name}.sqlite3") if not _url() else f"bench_{name}_{os.getpid()}"
    say("making the databases")
    old = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
    try:
        call_command("collectstatic", interactive=False, verbosity=0)
        signing.create_signing_key(Path(settings.AUDIT_SIGNING_KEY_FILE))
        keyring.ensure_system_keys()
        make_tables()
        yield
    finally:
        teardown_databases(old, verbosity=0)


def _url() -> str:
    return os.environ.get("CASEWORK_DATABASE_URL", "")


def log(sizes: Sizes) -> Iterator[Line]:
    from tests.bench import log as measured

    say("the log")
    yield measured.verify(sizes.events, sizes.log_rounds)


def append(sizes: Sizes) -> Iterator[Line]:
    from tests.bench import log as measured

    if connection.vendor == "postgresql":
        say("many writers")
        yield measured.append(sizes.seconds, sizes.append_rounds)


def rows(sizes: Sizes) -> Iterator[Line]:
    from tests.bench import rows as measured

    say(f"{sizes.rows} clients in and out")
    yield from measured.whole(sizes.rows, sizes.row_rounds)


def search(sizes: Sizes) -> Iterator[Line]:
    from tests.bench import finding

    for count in sizes.searched:
        say(f"search among {count:,}")
        yield finding.search(count, sizes.search_rounds)


def world(sizes: Sizes) -> Iterator[Line]:
    from tests.bench import file, pages, rows
    from tests.bench import world as people

    say(f"pages at {sizes.clients} clients")
    made = people.make(sizes.clients, sizes.steps, notes=30)
    say("asking for pages")
    yield from pages.caseload(made, sizes.rounds)
    yield from pages.case_page(made, sizes.rounds)
    yield from pages.section_page(made, sizes.rounds)
    yield from pages.step_saved(made, sizes.rounds)
    yield from pages.board(made, sizes.rounds)
    yield from pages.timeline(made, sizes.entries, sizes.rounds)
    yield from file.full_file(made, sizes.rounds)
    yield from rows.single(made.case, made.reader, sizes.rounds)


PARTS = {"log": log, "append": append, "rows": rows, "search": search, "world": world}
