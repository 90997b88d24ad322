from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from casework.signin.models import digest_of
from contacts.week import actions
from contacts.week.models import Appointment, AppointmentWords, CalendarFeed

# The own and the foreign contact person have an address for their calendars; the one of the closed case is revoked.
TABLE = """
URL                      how  contact deputy asked colleague chief chief2 other housing planner log  admin out

week                     GET  +       +      +     +         x     x      +     x       x       x    x     <
appointment_new          GET  +---    +---   ----  ----      x-x-  -x--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      x-x-  -x--   ->--  ----    ----    xxx- ----  <<<<
appointment_change       GET  +---    +---   ----  ----      x-x-  -x--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      x-x-  -x--   ->--  ----    ----    xxx- ----  <<<<
appointment_end          GET  +---    +---   ----  ----      x-x-  -x--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      x-x-  -x--   ->--  ----    ----    xxx- ----  <<<<

feed                     GET  +       +      +     +         x     x      +     x       x       x    x     <
                         POST s       s      s     s         x     x      s     x       x       x    x     <
feed_revoke              POST >       >      >     >         x     x      >     x       x       x    x     <
feed_ics                 GET  ++00    ++00   ++00  ++00      ++00  ++00   ++00  ++00    ++00    ++00 ++00  ++00
"""
NOBODY = UUID(int=7)


def _hour(world: Any, record: str) -> dict[str, Any]:
    soon = timezone.localdate() + timedelta(days=3)
    return {
        "kind": "meeting", "what": "Möte med banken", "day": str(soon), "clock": "14.30", "minutes": "45",
        "who": "Handläggaren", "where": "Kontoret",
    }  # fmt: skip


def _changed(world: Any, record: str) -> dict[str, Any]:
    found = world.records.get(record)
    rows = Appointment.objects.filter(case=found.case) if found else Appointment.objects.none()
    return {**_hour(world, record), "version": rows.values_list("version", flat=True).first() or 1}


def _of_hour(found: Any, use: str) -> list[Any]:
    return [found.case.number, found.more["hour"].pk] if found else ["26-99999-9", NOBODY]


FORMS: dict[str, Any] = {
    "appointment_new": _hour,
    "appointment_change": _changed,
    "appointment_end": lambda world, record: {"how": "cancel"},
}
ARGUMENTS: dict[str, Any] = {
    "appointment_change": _of_hour,
    "appointment_end": _of_hour,
    "feed_ics": lambda found, use: [found.more["feed_token"] if found else "x" * 43],
}
TEXTS: set[str] = {"what", "who", "where"}
LAST: tuple[str, ...] = ("appointment_end",)


def _start() -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=2), time(10)))


def lay_out(case: Any, contact: Any, chief: Any) -> dict[str, Any]:
    words = AppointmentWords(what="Möte", who="Banken", where="Kontoret")
    hour = actions.make_appointment(by=contact, case=case, kind="meeting", starts_at=_start(), minutes=30, words=words)
    if CalendarFeed.objects.filter(user=contact, revoked_at__isnull=True).exists():
        token = f"revoked-{case.number}"
        CalendarFeed(user=contact, digest=digest_of(token), revoked_at=timezone.now()).save()
    else:
        _, token = actions.make_feed(by=contact)
    return {"hour": hour, "feed_token": token}


def sealed(known: Any, person: Any, user: Any) -> list[Any]:
    from tests.canary_people import filled

    return [
        Appointment(
            case=person.case,
            client_id=person.case.client_id,
            user=user,
            kind="meeting",
            starts_at=_start(),
            minutes=30,
            words=filled(AppointmentWords, known),
        )
    ]
