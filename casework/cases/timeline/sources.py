"""What casework itself puts on the timeline: the journal, the course of the case, and the safety plan."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse

from audit import reading
from audit.tags import Tag
from casework.cases.models import Case, JournalNote
from casework.cases.readers import with_text
from casework.cases.timeline.registry import Entry, Key, Moment, Source, register

COURSE = {
    Tag.CASE_INTAKE: "Ärendet togs emot",
    Tag.CASE_OPENED: "Stödet började",
    Tag.CASE_RESTED: "Ärendet vilar",
    Tag.CASE_RESUMED: "Ärendet återupptogs",
    Tag.CASE_CLOSING: "Avslutet började",
    Tag.CASE_KEPT_OPEN: "Stödet fortsätter",
    Tag.CASE_CLOSED: "Ärendet avslutades",
    Tag.CASE_REOPENED: "Ärendet öppnades igen",
}
SAFETY = {Tag.SAFETY_SET: "Säkerhetsplanen skrevs"}


def notes(entry: str, label: str, icon: str, order: int) -> Source:
    """The signed notes of one kind, where they happened; "since" asks when they were signed."""

    def moments(case: Case, since: datetime | None) -> Iterable[Moment]:
        found = JournalNote.objects.filter(case=case, entry=entry).order_by()
        if since:
            found = found.filter(signed_at__gt=since)
        return found.values_list("occurred_at", "pk")

    return Source(entry, label, icon, moments, show_notes, order)


def show_notes(keys: list[Key]) -> dict[Key, Entry]:
    rows = JournalNote.objects.filter(pk__in=keys).select_related("author", "case").defer("case__narrative")
    found = list(rows)
    with_text(found)
    return {note.pk: _note(note) for note in found}


def _note(note: Any) -> Entry:
    title = note.get_kind_display() if note.entry == JournalNote.Entry.STEP else note.get_entry_display()
    if note.outcome == "attempted":
        title = f"{title}, inte nått fram"
    where = reverse("case", args=[note.case.number])
    return Entry(title, note.words.text, note.author.display_name, f"{where}#not-{note.about_id or note.pk}")


def events(name: str, label: str, icon: str, titles: dict[Tag, str], page: str, order: int) -> Source:
    """What the log knows was done, and by whom. Why is sealed there and is left out."""

    def moments(case: Case, since: datetime | None) -> Iterable[Moment]:
        return reading.acts_in_case(case.number, list(titles), since)

    def show(keys: list[Key]) -> dict[Key, Entry]:
        found = reading.numbered(keys)
        return {line.seq: Entry(titles[Tag(line.tag)], who=line.actor, url=_page(page, line.case)) for line in found}

    return Source(name, label, icon, moments, show, order)


def _page(name: str, numbers: str) -> str:
    return reverse(name, args=[numbers]) if name and numbers and "," not in numbers else ""


def connect() -> None:
    register(notes("step", "Stödsteg", "steps", 10))
    register(notes("correction", "Rättelser", "edit", 12))
    register(notes("opinion", "Personens egen mening", "user", 14))
    register(events("course", "Ärendets gång", "cases", COURSE, "", 20))
    register(events("safety", "Säkerhetsplan", "shield", SAFETY, "safety", 60))
