"""Measures what sealing and the log cost, each against its plain counterpart in the same run.

    python -m tests.bench [--quick] [--postgres] [--only PART ...]

Ends with 1 when a limit is broken. On SQLite, in databases of its own; what many writers append is measured on the
PostgreSQL of CASEWORK_DATABASE_URL when there is one, and with --postgres all of it is. --quick goes through everything
on a few rows: its figures mean nothing.
"""

import argparse
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ADDRESSES = ("CASEWORK_DATABASE_URL", "CASEWORK_KEYS_DATABASE_URL")
VAR = Path(__file__).resolve().parents[2] / "var"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rows, to see that everything can be measured")
    parser.add_argument("--postgres", action="store_true", help="everything on PostgreSQL")
    parser.add_argument("--only", nargs="*", default=[], help="parts to measure: log append rows search world")
    parser.add_argument("--json", action="store_true", help="the figures as JSON, for the run that asked for them")
    chosen = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    addresses = {} if chosen.postgres else {name: os.environ.pop(name) for name in ADDRESSES if name in os.environ}
    with home():
        from tests.bench import run

        return run.run(quick=chosen.quick, only=chosen.only, as_json=chosen.json, addresses=addresses)


@contextmanager
def home() -> Iterator[None]:
    """On the disk that an installation lies on: a folder in memory would make commits free."""
    VAR.mkdir(mode=0o700, exist_ok=True)
    place = tempfile.mkdtemp(prefix="bench-", dir=VAR)
    os.environ.update(
        CASEWORK_HOME=place,
        CASEWORK_SECRET_KEY="bench-only-" + "x" * 50,
        CASEWORK_KEK_PROVIDER="env",
        CASEWORK_KEK="00" * 31 + "01",
        CASEWORK_HTTPS="0",
    )
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
    try:
        yield
    finally:
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
