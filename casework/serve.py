"""Starts the server: what must be right is checked first, then gunicorn takes over the process.

python -m casework.serve --port 8000
"""

import argparse
import hashlib
import io
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connections


def command(*, port: int, address: str = "127.0.0.1", workers: int | None = None) -> list[str]:
    """The gunicorn command line. Sync workers, one per core: threads share one core and were measured at 0.4 times.

    The access log stays off: addresses of pages carry case numbers. Only a proxy on this machine is believed about
    HTTPS, unless CASEWORK_PROXIES names others.
    """
    return [
        sys.executable, "-m", "gunicorn", "casework.wsgi:application",
        "--bind", f"{address}:{port}",
        "--workers", str(workers or max(2, len(os.sched_getaffinity(0)))),
        "--worker-class", "sync",
        "--timeout", "60",
        "--graceful-timeout", "20",
        "--umask", str(0o077),
        "--forwarded-allow-ips", os.environ.get("CASEWORK_PROXIES", "127.0.0.1,::1"),
        "--log-level", "warning",
        "--no-control-socket",
    ]  # fmt: skip


def run(*, port: int, address: str = "127.0.0.1", workers: int | None = None) -> NoReturn:
    """Checks keys, triggers, migrations and port, collects changed static files, and becomes gunicorn.

    Raises SystemExit with a reason in Swedish when something is not right. Django must be set up.
    """
    os.umask(0o077)
    claim(address, port)
    call_command("check", databases=list(connections), fail_level="ERROR", stdout=io.StringIO())
    for alias in connections:
        if pending(alias):
            sys.exit("Databasen är inte uppdaterad. Kör: manage.py setup")
    collect()
    connections.close_all()
    print(f"Öppna http://{address}:{port}/ i webbläsaren. Ctrl+C stannar.", flush=True)  # noqa: T201
    os.execv(sys.executable, command(port=port, address=address, workers=workers))  # noqa: S606


def claim(address: str, port: int) -> None:
    """Says so when the port is taken, before anything else is done."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as problem:
            sys.exit(
                f"Port {port} går inte att använda ({problem.strerror}). Välj en annan med PORT=, till exempel 8001."
            )


def pending(alias: str) -> bool:
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def collect() -> bool:
    """Runs collectstatic when a static file or a package has changed since last time; True when it did."""
    stamp = Path(settings.STATIC_ROOT) / ".sources"
    now = digest()
    if stamp.exists() and stamp.read_text(encoding="ascii") == now:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(now, encoding="ascii")
    return True


def digest() -> str:
    found = hashlib.sha256()
    for path in sorted(sources()):
        facts = path.stat()
        found.update(f"{path}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return found.hexdigest()


def sources() -> Iterator[Path]:
    base = Path(settings.BASE_DIR)
    yield from base.glob("requirements*.txt")
    for folder in base.glob("*/static"):
        yield from (path for path in folder.rglob("*") if path.is_file())


def main(arguments: list[str]) -> NoReturn:
    parser = argparse.ArgumentParser(prog="casework.serve", description="Startar servern.")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--address", default="127.0.0.1")
    parser.add_argument("--workers", type=int)
    chosen = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casework.settings")
    django.setup()
    run(port=chosen.port, address=chosen.address, workers=chosen.workers)


if __name__ == "__main__":
    main(sys.argv[1:])
