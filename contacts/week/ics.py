"""A calendar file as RFC 5545 wants it, and as little in it as there can be: when, and a title that says nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

FOLD = 75


@dataclass(frozen=True)
class Entry:
    """A time in a calendar: from an hour for some minutes, or a whole day. `uid` is stable and opaque."""

    uid: str
    title: str
    start: date | datetime
    minutes: int = 0


def calendar(entries: Iterable[Entry], *, made_at: datetime) -> str:
    """The whole file. Hours are in UTC, lines end in CRLF and are folded at 75 octets (RFC 5545, 3.1)."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kontaktstod//SV", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for entry in entries:
        lines += _event(entry, made_at)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(entry: Entry, made_at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_escaped(entry.uid)}"
    yield f"DTSTAMP:{_utc(made_at)}"
    if isinstance(entry.start, datetime):
        yield f"DTSTART:{_utc(entry.start)}"
        yield f"DTEND:{_utc(entry.start + timedelta(minutes=entry.minutes))}"
    else:
        yield f"DTSTART;VALUE=DATE:{entry.start:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{entry.start + timedelta(days=1):%Y%m%d}"
        yield "TRANSP:TRANSPARENT"
    yield f"SUMMARY:{_escaped(entry.title)}"
    yield "CLASS:PRIVATE"
    yield "END:VEVENT"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    """RFC 5545, 3.3.11."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\\n").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Pieces of at most 75 octets, the later ones behind a space; no letter is cut in two."""
    piece, room = "", FOLD
    for letter in line:
        size = len(letter.encode())
        if size > room:
            yield piece
            piece, room = " ", FOLD - 1
        piece += letter
        room -= size
    yield piece
