"""What the case page shows. Every opened seal here ends in the page's read event by itself."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils import timezone

from casework.access import readers as access
from casework.access.models import AccessGrant
from casework.cases.models import Case, JournalNote, Narrative
from casework.clients.models import Client, ProtectionMark
from casework.crypto import fields

NOTES = 30
PROTECTED = "Skyddade personuppgifter"
# What rooms above casework say beside notes, for many at a time (their AppConfig.ready): note -> a line of text.
beside: list[Callable[[list[JournalNote]], dict[UUID, str]]] = []


@dataclass(frozen=True)
class Question:
    """A possible warning in the header of every page of a case. `ask` is what the database answers for the case that
    OuterRef("pk") names, in one query with the others; `tell` turns the answer into sentences.
    """

    name: str
    ask: Any
    tell: Callable[[Case, Any], list[str]]


questions: list[Question] = []


@dataclass(frozen=True)
class HeaderMark:
    """A protection as the sticky header says it. The strongest kind is not named, for someone may look
    over a shoulder.
    """

    text: str
    until: date | None
    pk: Any
    kind: str = ""
    valid_from: date | None = None
    review_passed: bool = False


def marks(client: Client) -> list[HeaderMark]:
    """The protections in force today."""
    rows = [mark for mark in ProtectionMark.objects.filter(client=client) if _in_force(mark)]
    return [_header_mark(mark) for mark in fields.open_all(rows, "details")]


def header(case: Case) -> dict[str, Any]:
    """The variables of _parts/case_header.html."""
    found = marks(case.client)
    alerts = [f"Skyddet skulle ha följts upp {mark.until}." for mark in found if mark.review_passed]
    alerts += _answered(case)
    return {"case": case, "marks": found, "alerts": alerts}


def _answered(case: Case) -> list[str]:
    answers = Case.objects.filter(pk=case.pk).order_by().values(**{one.name: one.ask for one in questions}).get()
    return [text for one in questions for text in one.tell(case, answers[one.name])]


def plain_header(case: Case) -> dict[str, Any]:
    """The same for someone who may not know which protection it is: no seal is opened."""
    protected = any(_in_force(mark) for mark in ProtectionMark.objects.filter(client=case.client))
    return {"case": case, "marks": [HeaderMark(PROTECTED, None, None)] if protected else []}


def journal(case: Case, *, entry: str = "", kind: str = "", since: datetime | None = None) -> QuerySet[JournalNote]:
    """The signed notes of a case, newest first; `since` keeps those signed after a moment."""
    notes = JournalNote.objects.filter(case=case).select_related("author", "about__author")
    if entry:
        notes = notes.filter(entry=entry)
    if kind:
        notes = notes.filter(kind=kind)
    if since:
        notes = notes.filter(signed_at__gt=since)
    return notes


def doors(case: Case, day: date) -> list[dict[str, Any]]:
    """Who could open the case at some time of `day`, and by what; those who lead its section are named apart."""
    kinds = dict(AccessGrant.Kind.choices)
    return [{**row, "kind": kinds[row["kind"]]} for row in access.who_could_open_on(case, day)]


def moment(stamp: str) -> datetime | None:
    """The time in an address: whole seconds since 1970, as the link on the page has them. None for anything else."""
    known = stamp.isascii() and stamp.isdigit() and len(stamp) <= 10
    return datetime.fromtimestamp(int(stamp), tz=UTC) if known else None


def journal_page(notes: QuerySet[JournalNote], number: str | None) -> Page[JournalNote]:
    """One page of notes with their texts opened, and what was later noted beside each."""
    page = Paginator(notes, NOTES).get_page(number)
    page.object_list = list(page.object_list)
    later = list(JournalNote.objects.filter(about__in=page.object_list).select_related("author").order_by("signed_at"))
    with_text([*page.object_list, *later])
    with_lines(page.object_list)
    for note in page.object_list:
        note.beside = [other for other in later if other.about_id == note.pk]  # type: ignore[attr-defined]
    return page


def with_text(notes: Iterable[JournalNote]) -> None:
    for note in fields.open_all(list(notes), "content"):
        note.words = note.content.open()  # type: ignore[attr-defined]


def with_lines(notes: list[JournalNote]) -> None:
    """Puts beside each note what other rooms say of it."""
    told = [tell(notes) for tell in beside] if notes else []
    for note in notes:
        note.lines = [found[note.pk] for found in told if note.pk in found]  # type: ignore[attr-defined]


def step_of(pk: Any) -> JournalNote | None:
    """A signed step of any case: show it only when policy.get_case has given the case."""
    return JournalNote.objects.select_related("case", "author").filter(entry="step", pk=pk).first()


def latest_step(case: Case) -> JournalNote | None:
    """The step that carries the case's next step, with its words."""
    note = JournalNote.objects.filter(case=case, entry="step").first()
    if note is not None:
        with_text([note])
    return note


def narrative(case: Case) -> Narrative:
    opened: Narrative = case.narrative.open()
    return opened


def _in_force(mark: ProtectionMark) -> bool:
    today = timezone.localdate()
    return mark.valid_from <= today and (mark.ended_on is None or mark.ended_on > today)


def _header_mark(mark: ProtectionMark) -> HeaderMark:
    kind = mark.details.open().kind
    hidden = kind == ProtectionMark.Kind.FICTITIOUS_IDENTITY
    label = PROTECTED if hidden else str(ProtectionMark.Kind(kind).label)
    passed = mark.review_on is not None and mark.review_on < timezone.localdate()
    return HeaderMark(label, mark.review_on, mark.pk, kind, mark.valid_from, passed)
