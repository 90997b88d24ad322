"""The register of landlords: what is written in it is about houses and co-operation, never about who lives there."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.rules import Refused
from casework.signin.models import User
from housing.landlords import rules
from housing.landlords.models import (
    ContactWords,
    Cooperation,
    Landlord,
    LandlordContact,
    LandlordTalk,
    LandlordWords,
    NoteWords,
    PilotFollowUp,
    Training,
)
from housing.landlords.start import LANDLORDS

TAKEN = "Hyresvärden finns redan i registret. Välj ett annat namn, eller ändra den som finns."


def add_landlord(*, by: User, name: str, kind: str, pilot: bool, words: LandlordWords) -> Landlord:
    """Adds a landlord. Raises Forbidden, Refused (no name, a name that is taken, a note about a tenant)."""
    rules.check_can_write(by)
    rules.check_name(name, kind)
    rules.check_text(words.note)
    with trail.act(Tag.LANDLORD_WRITTEN, by=by) as event:
        landlord = Landlord(name=name.strip(), kind=kind, pilot=pilot, words=words)
        _save(landlord)
        event.touch(landlord.ref())
        return landlord


def change_landlord(
    *, by: User, landlord: Landlord, name: str, kind: str, pilot: bool, active: bool, words: LandlordWords, version: int
) -> Landlord:
    """Writes over a landlord; one that no longer works with us (`active`) stays with its homes.

    Raises Forbidden, Refused (as add_landlord), StaleEdit.
    """
    rules.check_can_write(by)
    rules.check_name(name, kind)
    rules.check_text(words.note)
    with _locked(by, Tag.LANDLORD_WRITTEN, landlord) as fresh:
        fresh.check_version(version)
        fresh.name, fresh.kind, fresh.pilot, fresh.active, fresh.words = name.strip(), kind, pilot, active, words
        _save(fresh)
        return fresh


def add_contact(*, by: User, landlord: Landlord, words: ContactWords) -> LandlordContact:
    """Adds somebody to talk with. Raises Forbidden, Refused (no name, a role that tells of a tenant)."""
    rules.check_can_write(by)
    if not words.name.strip():
        raise Refused("Skriv vad kontakten heter.")
    rules.check_text(words.role)
    return _beside(by, Tag.LANDLORD_WRITTEN, landlord, LandlordContact, words=words)


def end_contact(*, by: User, contact: LandlordContact) -> LandlordContact:
    """The contact is not there any more, from today. Raises Forbidden, Refused (ended already)."""
    rules.check_can_write(by)
    with _locked(by, Tag.LANDLORD_WRITTEN, contact.landlord):
        fresh = LandlordContact.objects.select_for_update().get(pk=contact.pk)
        if fresh.ended_on is not None:
            raise Refused("Kontakten är redan avslutad.")
        fresh.ended_on = timezone.localdate()
        fresh.version += 1
        fresh.save()
        return fresh


def note_training(
    *, by: User, landlord: Landlord, held_on: date, held_by: str, content: str, took_part: int, next_on: date | None
) -> Training:
    """Notes a training that was held. Raises Forbidden, Refused (days, unknown content, nobody took part)."""
    rules.check_can_write(by)
    rules.check_training(held_on, next_on, content, took_part)
    rules.check_text(held_by)
    facts = {"held_on": held_on, "held_by": held_by.strip(), "content": content, "took_part": took_part}
    return _beside(by, Tag.TRAINING_NOTED, landlord, Training, next_on=next_on, **facts)


def write_cooperation(
    *, by: User, landlord: Landlord, valid_from: date, valid_until: date, homes_a_year: int, terms: str
) -> Cooperation:
    """Writes an agreement to work together; a new one stands beside the old. Raises Forbidden, Refused."""
    rules.check_can_write(by)
    rules.check_time(valid_from, valid_until)
    rules.check_text(terms)
    facts = {"valid_from": valid_from, "valid_until": valid_until, "homes_a_year": homes_a_year}
    return _beside(by, Tag.COOPERATION_WRITTEN, landlord, Cooperation, words=NoteWords(text=terms), **facts)


def note_talk(*, by: User, landlord: Landlord, talked_on: date, text: str) -> LandlordTalk:
    """Notes a conversation. It is signed as it is written and never changes; a mistake is put right in a new one.

    Raises Forbidden, Refused (empty, a day ahead, anything of a tenant).
    """
    rules.check_can_write(by)
    rules.check_passed(talked_on)
    if not text.strip():
        raise Refused("Skriv vad ni talade om.")
    rules.check_text(text)
    words = NoteWords(text=text)
    return _beside(by, Tag.LANDLORD_TALKED, landlord, LandlordTalk, talked_on=talked_on, by=by, words=words)


def follow_pilot(
    *, by: User, landlord: Landlord, after: str, held_on: date, result: str, goes_on: bool, text: str
) -> PilotFollowUp:
    """Notes how the co-operation went, once for each time. Raises Forbidden, Refused (see rules.check_follow_up)."""
    rules.check_can_write(by)
    rules.check_text(text)
    with _locked(by, Tag.PILOT_FOLLOWED, landlord) as fresh:
        rules.check_follow_up(fresh, after, result, held_on)
        made = PilotFollowUp(
            landlord=fresh, after=after, held_on=held_on, result=result, goes_on=goes_on, by=by,
            words=NoteWords(text=text),
        )  # fmt: skip
        made.save()
        return made


def load_start(*, by: User | None) -> list[Landlord]:
    """Adds the landlords of the start set whose names are not there; `by` None is the program. Raises Forbidden."""
    if by is not None:
        rules.check_can_write(by)
    taken = set(Landlord.objects.values_list("name", flat=True))
    made = [Landlord(name=name, kind=kind, words=LandlordWords()) for name, kind in LANDLORDS if name not in taken]
    if made:
        with trail.act(Tag.LANDLORD_WRITTEN, by=by) as event:
            for landlord in made:
                landlord.save()
                event.touch(landlord.ref())
    return made


def _beside(who: User, tag: Tag, landlord: Landlord, model: Any, /, **facts: Any) -> Any:
    """One act that adds a row to a landlord."""
    with _locked(who, tag, landlord) as fresh:
        made = model(**{"landlord": fresh, **facts})
        made.save()
        return made


@contextmanager
def _locked(by: User, tag: Tag, landlord: Landlord) -> Iterator[Landlord]:
    with trail.act(tag, by=by, refs=[landlord.ref()]):
        yield Landlord.objects.select_for_update().get(pk=landlord.pk)


def _save(landlord: Landlord) -> None:
    try:
        with transaction.atomic():
            landlord.save()
    except IntegrityError:
        raise Refused(TAKEN) from None
