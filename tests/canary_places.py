"""Where a client's data could lie outside its seal: files, tables, the server's log, mail, and around a page."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import mail
from django.db import connections
from django.http import HttpResponse
from django.test import Client

ALIASES = ("default", "keys")
ADDRESSES = re.compile(rb"""\s(?:href|src|action|formaction|data-[a-z-]*url)\s*=\s*["']([^"']*)""", re.I)
TITLE = re.compile(rb"<title>(.*?)</title>", re.S | re.I)


def databases() -> Iterator[tuple[str, bytes]]:
    """Both databases: the files with their write-ahead log where there are files, and every column of every table."""
    for alias in ALIASES:
        if connections[alias].vendor == "sqlite":
            name = str(connections[alias].settings_dict["NAME"])
            for end in ("", "-wal", "-journal"):
                path = Path(name + end)
                if path.exists():
                    yield f"file {alias}{end}", path.read_bytes()
        for table in connections[alias].introspection.table_names():
            yield f"table {table}", contents(alias, table)


def contents(alias: str, table: str) -> bytes:
    """Every value of a table as bytes, as a dump would have them."""
    quoted = connections[alias].ops.quote_name(table)
    with connections[alias].cursor() as cursor:
        cursor.execute(f"SELECT * FROM {quoted}")
        return b"\n".join(_raw(value) for row in cursor.fetchall() for value in row)


def _raw(value: Any) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def outbox() -> Iterator[tuple[str, bytes]]:
    for message in getattr(mail, "outbox", []):
        yield "mail", message.message().as_bytes() + repr(vars(message)).encode()


def files(*folders: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below the folders but the databases, which are looked at by themselves."""
    own = {str(connections[alias].settings_dict["NAME"]) for alias in ALIASES}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not str(path).startswith(tuple(own)):
                yield f"file {path.name}", path.name.encode() + b"\n" + path.read_bytes()


@contextmanager
def server_log() -> Iterator[StringIO]:
    """All that is logged, at every level, with the formatter and the switches of production."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter(settings.LOGGING["formatters"]["plain"]["format"], style="{"))
    root, apart = logging.getLogger(), logging.getLogger("django.request")
    level = root.level
    # Everything below the root, and the one that production keeps quiet: what it would say must be clean as well.
    for logger in (root, apart):
        logger.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield stream
    finally:
        root.setLevel(level)
        for logger in (root, apart):
            logger.removeHandler(handler)


@dataclass
class Seen:
    """What surrounds the pages that browsers got: everything but the page itself."""

    parts: list[tuple[str, bytes]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    statuses: dict[int, int] = field(default_factory=dict)

    def note(self, url: str, name: str, response: HttpResponse) -> None:
        self.names.add(name)
        self.statuses[response.status_code] = self.statuses.get(response.status_code, 0) + 1
        headers = "\n".join(f"{key}: {value}" for key, value in response.items())
        body = b"".join(response) if response.streaming else response.content  # type: ignore[arg-type]
        self.parts += [
            (f"address of {name}", url.encode()),
            (f"headers of {name}", headers.encode()),
            (f"cookies of {name}", response.cookies.output().encode()),
            (f"title of {name}", b"\n".join(TITLE.findall(body))),
            (f"links of {name}", b"\n".join(ADDRESSES.findall(body))),
        ]

    def places(self) -> Iterator[tuple[str, bytes]]:
        """Put together by kind and page, so that one look is enough for many."""
        found: dict[str, set[bytes]] = {}
        for place, data in self.parts:
            found.setdefault(place, set()).add(data)
        for place, all_of_it in found.items():
            yield place, b"\n".join(sorted(all_of_it))


class Browser(Client):
    """A browser that keeps what surrounds each page it gets. A fault is an answer, as in production."""

    def __init__(self, seen: Seen, **defaults: Any) -> None:
        super().__init__(raise_request_exception=False, **defaults)
        self.seen = seen

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        match = response.resolver_match
        name = getattr(match, "url_name", None) or "none"
        query = request.get("QUERY_STRING", "")
        self.seen.note(f"{request['PATH_INFO']}?{query}", name, response)
        return response
