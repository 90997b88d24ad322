"""What the work of the kontaktperson puts on a case's timeline, one source for each subject."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from casework.cases.models import Case
from casework.cases.timeline.registry import Entry, Key, Moment, Source, register, start_of
from casework.crypto import fields
from casework.shell import url_or_none
from casework.swedish import iso
from contacts import models

Say = Callable[[Any, str], Entry | None]


@dataclass(frozen=True)
class Dated:
    """Rows with days or moments in some columns; every one that is filled is a moment of the timeline."""

    model: Any
    at: tuple[str, ...]
    say: Say
    related: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    where: tuple[tuple[str, Any], ...] = ()

    def moments(self, case: Case, since: datetime | None) -> Iterator[Moment]:
        rows = self.model.objects.filter(case=case, **dict(self.where)).order_by().values_list("pk", *self.at)
        for pk, *values in rows:
            for column, value in zip(self.at, values, strict=True):
                if value is not None and (since is None or _after(value, since)):
                    yield (value if isinstance(value, datetime) else start_of(value)), (column, pk)

    def show(self, keys: list[Key]) -> dict[Key, Entry]:
        pairs: list[Any] = list(keys)
        wanted = self.model.objects.filter(pk__in={pk for _, pk in pairs}).select_related("case", *self.related)
        rows = list(wanted.defer("case__narrative"))
        by_pk = {row.pk: row for row in (fields.open_all(rows, *self.opens) if self.opens else rows)}
        said = ((key, self.say(by_pk[key[1]], key[0])) for key in pairs if key[1] in by_pk)
        return {key: entry for key, entry in said if entry is not None}


def _after(value: date, since: datetime) -> bool:
    """A day counts as after when it is the day of `since` or later: it may have been noted afterwards."""
    return value > since if isinstance(value, datetime) else value >= timezone.localdate(since)


def _page(row: Any, name: str) -> str:
    return url_or_none(name, row.case.number) or reverse("case", args=[row.case.number])


def _assignment(row: Any, column: str) -> Entry:
    name, task = row.user.display_name, row.get_kind_display().lower()
    if column == "offered_at":
        return Entry(f"{name} fick frågan: {task}", who=row.offered_by.display_name)
    if column == "answered_at":
        said = "tackade nej till uppdraget" if row.state == "declined" else f"blev {task}"
        return Entry(f"{name} {said}", who=name)
    return Entry(f"Frågan till {name} togs tillbaka" if row.state == "withdrawn" else f"{name} är inte längre {task}")


def _assessment(row: Any, column: str) -> Entry:
    who = row.signed_by.display_name
    return Entry(f"Styrkebedömning {row.number} signerades", who=who, url=_page(row, "assessment"))


def _plan(row: Any, column: str) -> Entry:
    if column == "submitted_at":
        who, what = row.submitted_by, "lämnades för godkännande"
    else:
        who, what = row.decided_by, "godkändes"
    return Entry(f"Plan {row.number} {what}", who=who.display_name, url=_page(row, "goals"))


def _goal(row: Any, column: str) -> Entry:
    ended = "nåddes" if row.state == "reached" else "är inte längre aktuellt"
    what = "sattes" if column == "started_on" else ended
    return Entry(f"Mål {row.number} {what}", row.words.open().words, url=_page(row, "goals"), timed=False)


def _plan_step(row: Any, column: str) -> Entry:
    title = f"Delmål {row.goal.number}.{row.number} blev klart"
    return Entry(title, row.words.open().what, url=_page(row, "goals"), timed=False)


def _rhythm(row: Any, column: str) -> Entry:
    title = f"Kontaktrytm: {row.get_every_display().lower()}"
    return Entry(title, who=row.set_by.display_name, url=_page(row, "rhythm"))


def _appointment(row: Any, column: str) -> Entry:
    title = "Mötet blev av" if row.kind == "meeting" else "Påminnelsen är klar"
    return Entry(title, row.words.open().what, who=row.user.display_name)


def _supervision(row: Any, column: str) -> Entry:
    return Entry("Ärendet togs upp till grupphandledning", who=row.presenter.display_name)


def _review(row: Any, column: str) -> Entry:
    text = f"{row.get_decision_display()}. Nästa genomgång {iso(row.next_on)}."
    return Entry("Genomgång av ärendet", text, who=row.reviewer.display_name)


def _cover(row: Any, column: str) -> Entry:
    title = f"{row.substitute.display_name} täcker för {row.absent.display_name}"
    if column == "ended_at":
        return Entry(f"{title}: avbröts")
    return Entry(title, f"{iso(row.starts_on)} till {iso(row.ends_on)}.", who=row.set_by.display_name)


def _handover(row: Any, column: str) -> Entry:
    title = f"Överlämning från {row.giver.display_name} till {row.taker.display_name}"
    if column == "created_at":
        return Entry(f"{title} planerades", f"Klar senast {iso(row.planned_on)}.", who=row.planned_by.display_name)
    return Entry(f"{title} {'blev klar' if row.state == 'done' else 'ställdes in'}")


def _closing(row: Any, column: str) -> Entry:
    if column == "submitted_at":
        return Entry("Avslutet lämnades för godkännande", who=row.submitted_by.display_name, url=_page(row, "closing"))
    return Entry("Avslutet godkändes", who=row.decided_by.display_name, url=_page(row, "closing"))


SOURCES: Iterable[tuple[str, str, str, int, Dated]] = (
    ("assignment", "Uppdrag", "people", 22,
     Dated(models.Assignment, ("offered_at", "answered_at", "ended_at"), _assignment, ("user", "offered_by"))),
    ("assessment", "Styrkebedömning", "user", 30,
     Dated(models.StrengthsAssessment, ("signed_at",), _assessment, ("signed_by",))),
    ("plan", "Plan", "check", 32,
     Dated(models.RecoveryPlan, ("submitted_at", "decided_at"), _plan, ("submitted_by", "decided_by"))),
    ("goal", "Mål", "arrow", 34, Dated(models.Goal, ("started_on", "ended_on"), _goal, (), ("words",))),
    ("plan_step", "Delmål", "check", 36,
     Dated(models.PlanStep, ("ended_on",), _plan_step, ("goal",), ("words",), (("state", "done"),))),
    ("rhythm", "Kontaktrytm", "clock", 40, Dated(models.ContactRhythm, ("created_at",), _rhythm, ("set_by",))),
    ("appointment", "Tider", "calendar", 42,
     Dated(models.Appointment, ("starts_at",), _appointment, ("user",), ("words",), (("state", "held"),))),
    ("supervision", "Grupphandledning", "users", 50,
     Dated(models.Presentation, ("created_at",), _supervision, ("presenter",))),
    ("review", "Genomgång", "eye", 52, Dated(models.CaseReview, ("reviewed_at",), _review, ("reviewer",))),
    ("cover", "Täckning", "handover", 70,
     Dated(models.Cover, ("created_at", "ended_at"), _cover, ("absent", "substitute", "set_by"))),
    ("handover", "Överlämning", "handover", 72,
     Dated(models.Handover, ("created_at", "ended_at"), _handover, ("giver", "taker", "planned_by"))),
    ("closing", "Avslut", "check", 80,
     Dated(models.ClosingPlan, ("submitted_at", "decided_at"), _closing, ("submitted_by", "decided_by"))),
)  # fmt: skip


def connect() -> None:
    for name, label, icon, order, dated in SOURCES:
        register(Source(name, label, icon, dated.moments, dated.show, order))
