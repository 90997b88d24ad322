"""A case's hours: its panel, and one hour to change or end."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from casework import policy, swedish
from casework.cases.models import Case
from casework.cases.panels import Held
from casework.crypto import fields
from casework.policy import Permission
from casework.signin.models import User
from contacts.week.models import Appointment

SHOWN = 8


def week_panel(user: User, case: Case, held: Held) -> dict[str, Any] | None:
    """What is still to come in the case. Where it is stands on the hour's own page and nowhere else."""
    if case.closed:
        return None
    coming = Appointment.objects.filter(case=case, state=Appointment.State.PLANNED).select_related("user")
    return {"case": case, "rows": with_words(coming[:SHOWN]), "may_write": Permission.WEEK in held}


def with_words(rows: Any) -> list[Any]:
    """Hours as a list shows them: never where."""
    found: list[Any] = list(fields.open_all(rows, "words"))
    for row in found:
        words = row.words.open()
        row.what, row.who, row.at = words.what, words.who, time_of(row)
    return found


def appointment_in(user: Any, number: str, pk: UUID) -> Appointment:
    """An hour of a case in which this user works. Raises NotFound and Forbidden as policy.get_case."""
    case = policy.get_case(user, number, Permission.WEEK)
    found = Appointment.objects.select_related("user").filter(case=case, pk=pk).first()
    if found is None:
        raise policy.NotFound("Tiden finns inte i ärendet.", [case.ref()])
    found.case = case
    return found


def filled_in(appointment: Appointment) -> dict[str, Any]:
    """An hour as the form shows it; its seal is opened, also the place."""
    words, start = appointment.words.open(), timezone.localtime(appointment.starts_at)
    return {
        "what": words.what,
        "who": words.who,
        "where": words.where,
        "day": start.date(),
        "clock": start.time(),
        "minutes": appointment.minutes,
        "version": appointment.version,
    }


def time_of(row: Appointment) -> str:
    """ "i dag 14.02", "2026-03-01 14.02"; for a reminder only the day."""
    if row.kind == Appointment.Kind.REMINDER:
        return swedish.when(timezone.localdate(row.starts_at))
    near = swedish.when(row.starts_at)
    return swedish.stamp(row.starts_at) if near == swedish.iso(row.starts_at) else near


def told(row: Any) -> str:
    """An hour whose words are opened, on one line."""
    said = f"{row.at} {row.what}"
    return said[:1].upper() + said[1:]
