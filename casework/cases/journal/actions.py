"""Signing. A note is immutable from the moment it exists; what was wrong is put right beside it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.codes import StepPlace
from casework.cases.models import Case, JournalNote, NoteContent
from casework.cases.rules import Refused, check_can_write, check_open
from casework.signin.models import User


@dataclass(frozen=True)
class Step:
    """What a kontaktperson fills in for a support step. Times are aware; minutes 0-1440."""

    kind: str
    place: str
    way: str
    outcome: str
    occurred_at: datetime
    minutes: int
    text: str
    place_type: str = ""
    exposure: str = ""
    actor: str = ""
    next_step: str = ""
    next_on: date | None = None


def sign_step(*, by: User, case: Case, step: Step) -> JournalNote:
    """Signs a support step. Raises Forbidden, Refused (closed case, future time, half a next step or one that lies
    before the step itself).

    Source: SoL (2025:400) 14 kap. 3-6 §§ (documentation), SOSFS 2014:5.
    """
    check_can_write(by, case)
    now = timezone.now()
    _check_times(step, now)
    _check_place(step)
    with trail.act(Tag.STEP_SIGNED, by=by, refs=[case.ref()]) as event:
        fresh = Case.objects.select_for_update().get(pk=case.pk)
        check_open(fresh)
        note = JournalNote(
            case=fresh,
            client_id=fresh.client_id,
            author=by,
            entry=JournalNote.Entry.STEP,
            occurred_at=step.occurred_at,
            signed_at=now,
            kind=step.kind,
            place=step.place,
            place_type=step.place_type,
            exposure=step.exposure,
            way=step.way,
            outcome=step.outcome,
            minutes=step.minutes,
            next_on=step.next_on,
            content=NoteContent(text=step.text, actor=step.actor, next_step=step.next_step),
        )
        note.save()
        event.touch(note.ref())
        if fresh.first_contact_on is None and step.outcome == "done" and step.way != "for":
            fresh.first_contact_on = timezone.localdate(step.occurred_at)
            fresh.save()
        return note


def _check_times(step: Step, now: datetime) -> None:
    if step.occurred_at > now:
        raise Refused("Tiden ligger framåt. Ett stödsteg skrivs när det har hänt.")
    if bool(step.next_step) != (step.next_on is not None):
        raise Refused("Nästa steg behöver både en text och en dag.")
    if step.next_on is not None and step.next_on < timezone.localdate(step.occurred_at):
        raise Refused("Nästa steg kan inte ligga före det här steget.")


def _check_place(step: Step) -> None:
    out = step.place == StepPlace.COMMUNITY
    if out and not (step.place_type and step.exposure):
        raise Refused("Ni var ute i samhället. Säg vilket slags plats det var och hur det kändes.")
    if not out and (step.place_type or step.exposure):
        raise Refused("Slags plats och hur det kändes fylls bara i när ni var ute i samhället.")


def correct_note(*, by: User, note: JournalNote, text: str) -> JournalNote:
    """Signs a correction beside `note`; both stay readable. Raises Forbidden, Refused. Source: SOSFS 2014:5."""
    return _beside(by, note, text, JournalNote.Entry.CORRECTION, Tag.STEP_CORRECTED)


def note_opinion(*, by: User, note: JournalNote, text: str) -> JournalNote:
    """Notes that the person sees it differently. Raises Forbidden, Refused. Source: SoL (2025:400) 14 kap. 6 §."""
    return _beside(by, note, text, JournalNote.Entry.OPINION, Tag.OPINION_NOTED)


def _beside(by: User, note: JournalNote, text: str, entry: str, tag: Tag) -> JournalNote:
    check_can_write(by, note.case)
    if note.entry != JournalNote.Entry.STEP:
        raise Refused("Rätta den första anteckningen i stället.")
    if not text.strip():
        raise Refused("Skriv något innan du signerar.")
    with trail.act(tag, by=by, refs=[note.case.ref(), note.ref()]) as event:
        fresh = Case.objects.select_for_update().get(pk=note.case_id)
        check_open(fresh)
        now = timezone.now()
        beside = JournalNote(
            case=fresh,
            client_id=fresh.client_id,
            author=by,
            entry=entry,
            about=note,
            occurred_at=now,
            signed_at=now,
            content=NoteContent(text=text),
        )
        beside.save()
        event.touch(beside.ref())
        return beside
