"""Dates, clock times and numbers as Swedish text: "1 mars 2026", "14.02", "i dag 14.02", "5 120"."""

from datetime import date, datetime, time

from django.utils import timezone

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
Moment = date | datetime


def _local(value: Moment) -> Moment:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def _date(value: Moment) -> date:
    local = _local(value)
    return local.date() if isinstance(local, datetime) else local


def day(value: Moment) -> str:
    """Running text: "1 mars 2026"."""
    local = _date(value)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def iso(value: Moment) -> str:
    """Fields and tables: "2026-03-01"."""
    return _date(value).isoformat()


def clock(value: datetime | time) -> str:
    """ "14.02" in local time."""
    local = _local(value) if isinstance(value, datetime) else value
    return f"{local:%H.%M}"


def stamp(value: datetime) -> str:
    """ "2026-03-01 14.02" in local time."""
    return f"{iso(value)} {clock(value)}"


def when(value: Moment) -> str:
    """Near days by name, others as ISO date; the clock only for today and yesterday."""
    near = {0: "i dag", -1: "i går", 1: "i morgon"}.get(_days_from_today(value))
    if near is None:
        return iso(value)
    return f"{near} {clock(value)}" if isinstance(value, datetime) else near


def ago_days(value: Moment | None) -> str:
    """ "för 12 dagar sedan", "i dag", "om 3 dagar"; "aldrig" without a value."""
    if value is None:
        return "aldrig"
    days = _days_from_today(value)
    if near := {0: "i dag", -1: "i går", 1: "i morgon"}.get(days):
        return near
    return f"om {days} dagar" if days > 0 else f"för {number(-days)} dagar sedan"


def number(value: int) -> str:
    """Thousands apart by a no-break space: "5 120"."""
    return f"{value:,}".replace(",", "\xa0")


def _days_from_today(value: Moment) -> int:
    return (_date(value) - timezone.localdate()).days
