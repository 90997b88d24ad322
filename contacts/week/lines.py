"""The lines of "Min vecka": when, in which case, what, and the page that does the job."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from casework import swedish
from casework.access import visit
from casework.cases import reminders
from casework.crypto import fields
from casework.shell import url_or_none
from contacts.week.desk import Desk
from contacts.week.models import Appointment

WEEKDAYS = ("mån", "tis", "ons", "tors", "fre", "lör", "sön")


@dataclass
class Line:
    """`at` is the hour, where there is one; without `day` it waits for an answer whatever the day."""

    icon: str
    text: str
    url: str
    do: str
    case: Any = None
    day: date | None = None
    at: datetime | None = None
    note: str = ""

    @property
    def weekday(self) -> str:
        return WEEKDAYS[self.day.weekday()] if self.day else ""

    @property
    def order(self) -> tuple[date, bool, datetime, str]:
        start = self.at or datetime.min.replace(tzinfo=timezone.get_current_timezone())
        return self.day or date.min, self.at is not None, start, self.case.number if self.case else ""


@dataclass(frozen=True)
class Part:
    """Lines under one heading."""

    name: str
    title: str
    lines: list[Line]
    empty: str = ""


def parts(desk: Desk) -> list[Part]:
    """Everything on the desk by when it is; the parts without lines are left out, but for today."""
    today = timezone.localdate()
    soon = today + timedelta(days=7)
    lines = sorted(lines_of(desk), key=lambda line: line.order)
    visit.saw_all([line.case for line in lines if line.case is not None])
    dated = [(line, line.day) for line in lines if line.day is not None]
    found = [
        Part("waiting", "Väntar på dig", [line for line in lines if line.day is None]),
        Part("overdue", "Försenat", [line for line, day in dated if day < today]),
        Part("today", "I dag", [line for line, day in dated if day == today], "Inget är planerat i dag."),
        Part("week", "Kommande sju dagar", [line for line, day in dated if today < day <= soon]),
        Part("later", "Senare", [line for line, day in dated if day > soon]),
    ]
    return [part for part in found if part.lines or (part.empty and lines)]


def lines_of(desk: Desk) -> Iterator[Line]:
    yield from _waiting(desk)
    yield from _steps(desk)
    yield from _appointments(desk)
    yield from _by_rhythm(desk)
    yield from _reminders(desk)
    yield from _covers(desk)
    yield from _sessions(desk)


def _waiting(desk: Desk) -> Iterator[Line]:
    for offer in desk.offers():
        what = f"Nytt uppdrag: {offer.get_kind_display().lower()}"
        note = f"{offer.offered_by} frågade {swedish.when(offer.offered_at)}"
        yield Line("inbox", what, reverse("assignment", args=[offer.pk]), "Svara", offer.case, note=note)
    for review in desk.reviews():
        case = desk.cases[review.case_id]
        what = f"Sektionschefens genomgång: {review.get_decision_display().lower()}"
        yield Line("people", what, _page(case), "Läs", case, note=swedish.when(review.reviewed_at))
    for draft in desk.drafts():
        case = desk.cases[draft.case_id]  # type: ignore[index]
        url = _page(case, "step_new") if draft.slot.startswith("step:") else _page(case)
        note = f"Påbörjat {swedish.ago_days(draft.created_at)}"
        yield Line("draft", "Osignerat utkast", url, "Skriv klart", case, note=note)


def _steps(desk: Desk) -> Iterator[Line]:
    for note in fields.open_all(desk.next_steps, "content"):
        case = desk.cases[note.case_id]
        yield Line("steps", note.content.open().next_step, _page(case, "step_new"), "Anteckna", case, note.next_on)
    for step in fields.open_all(desk.plan_steps, "words"):
        case = desk.cases[step.case_id]
        yield Line("check", step.words.open().what, _page(case, "goals"), "Målen", case, step.due_on, note="Delmål")


def _appointments(desk: Desk) -> Iterator[Line]:
    for row in fields.open_all(desk.appointments, "words"):
        case, words, meeting = desk.cases[row.case_id], row.words.open(), row.kind == Appointment.Kind.MEETING
        day = timezone.localdate(row.starts_at)
        name, do = ("appointment_change", "Ändra") if day > timezone.localdate() else ("appointment_end", "Avsluta")
        yield Line(
            "calendar" if meeting else "clock",
            f"{words.what}, {words.who}" if words.who else words.what,
            reverse(name, args=[case.number, row.pk]),
            do,
            case,
            day,
            row.starts_at if meeting else None,
            "" if row.user_id == desk.user.pk else f"Bokat av {row.user}",
        )


def _by_rhythm(desk: Desk) -> Iterator[Line]:
    for pk, on in desk.contacts_due:
        what = "Ta kontakt" if desk.standings[pk].last_contact else "Ta en första kontakt"
        yield Line("phone", what, _page(desk.cases[pk], "step_new"), "Anteckna", desk.cases[pk], on)
    for pk, on in desk.follow_ups:
        yield Line("log", "Följ upp planen", _page(desk.cases[pk], "goals"), "Målen", desk.cases[pk], on)


def _reminders(desk: Desk) -> Iterator[Line]:
    for found in reminders.of_cases(desk.own):
        case = desk.cases[found.case]
        yield Line("clock", found.text, _page(case, found.url_name), found.do, case, found.day)


def _covers(desk: Desk) -> Iterator[Line]:
    today = timezone.localdate()
    for cover in desk.covers():
        mine = cover.substitute_id == desk.user.pk
        who = f"Du täcker för {cover.absent}" if mine else f"{cover.substitute} täcker för dig"
        url = _page(cover.case) if cover.case_id in desk.cases else ""
        if cover.starts_on >= today:
            note = f"Till och med {swedish.iso(cover.ends_on)}"
            yield Line("handover", f"{who} från och med nu", url, "Öppna", cover.case, cover.starts_on, note=note)
        else:
            yield Line("handover", f"{who} en sista dag", url, "Öppna", cover.case, cover.ends_on)


def _sessions(desk: Desk) -> Iterator[Line]:
    for session in desk.sessions():
        url = url_or_none("supervision_session", session.pk) or url_or_none("supervision") or ""
        day = timezone.localdate(session.planned_at)
        yield Line("people", "Grupphandledning", url, "Öppna", None, day, session.planned_at)


def _page(case: Any, name: str = "case") -> str:
    return url_or_none(name, case.number) or reverse("case", args=[case.number])
