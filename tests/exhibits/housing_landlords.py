from typing import Any

from django.utils import timezone

from audit import trail
from audit.tags import Tag
from housing.landlords.models import (
    ContactWords,
    Cooperation,
    Landlord,
    LandlordContact,
    LandlordTalk,
    LandlordWords,
    NoteWords,
    PilotFollowUp,
)

TABLE = """
URL                      how  contact deputy asked colleague chief chief2 other housing planner log  admin out
landlords                GET  x       x      x     x         x     x      x     +       x       x    x     <
landlord_new             GET  x       x      x     x         x     x      x     +       x       x    x     <
                         POST x       x      x     x         x     x      x     >       x       x    x     <
landlord                 GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  +++-    xxxx    xxxx xxxx  <<<<
landlord_change          GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  +++-    xxxx    xxxx xxxx  <<<<
                         POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  >>>-    xxxx    xxxx xxxx  <<<<
landlord_contact_new     GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  +++-    xxxx    xxxx xxxx  <<<<
                         POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  >>>-    xxxx    xxxx xxxx  <<<<
landlord_contact_end     GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  +++-    xxxx    xxxx xxxx  <<<<
                         POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  >>>-    xxxx    xxxx xxxx  <<<<
training_new             GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  +++-    xxxx    xxxx xxxx  <<<<
                         POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  >>>-    xxxx    xxxx xxxx  <<<<
cooperation_new          GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  +++-    xxxx    xxxx xxxx  <<<<
                         POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  >>>-    xxxx    xxxx xxxx  <<<<
talk_new                 GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  +++-    xxxx    xxxx xxxx  <<<<
                         POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  >>>-    xxxx    xxxx xxxx  <<<<
pilot_follow_up          GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  +++-    xxxx    xxxx xxxx  <<<<
                         POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  >>>-    xxxx    xxxx xxxx  <<<<
"""
TEXTS: set[str] = set()
LAST: tuple[str, ...] = ()
NOBODY = "00000000-0000-0000-0000-000000000007"


def _today() -> str:
    return str(timezone.localdate())


def _version(world: Any, record: str) -> str:
    if record not in world.records:
        return "1"
    return str(Landlord.objects.get(pk=world.records[record].more["landlord"].pk).version)


FORMS: dict[str, Any] = {
    "landlord_new": lambda world, record: {"called": "Ny värd", "kind": "private"},
    "landlord_change": lambda world, record: {
        "called": f"Värd {record}", "kind": "private", "pilot": "on", "active": "on",
        "version": _version(world, record),
    },
    "landlord_contact_new": lambda world, record: {"contact_name": "Ann", "role": "Uthyrare"},
    "landlord_contact_end": lambda world, record: {},
    "training_new": lambda world, record: {
        "held_on": _today(), "held_by": "Vi", "content": "training_basics", "took_part": "2",
    },
    "cooperation_new": lambda world, record: {"valid_from": _today(), "valid_until": _today(), "homes_a_year": "1"},
    "talk_new": lambda world, record: {"talked_on": _today(), "text": "Hiss finns"},
    "pilot_follow_up": lambda world, record: {
        "after": "m3", "held_on": _today(), "result": "went_well", "goes_on": "on",
    },
}  # fmt: skip


def _one(found: Any, use: str) -> list[Any]:
    return [found.more["landlord"].pk if found else NOBODY]


def _contact(found: Any, use: str) -> list[Any]:
    return [found.more["landlord"].pk, found.more["landlord_contact"].pk] if found else [NOBODY, NOBODY]


ARGUMENTS: dict[str, Any] = {
    **dict.fromkeys(
        ("landlord", "landlord_change", "landlord_contact_new", "training_new", "cooperation_new", "talk_new"), _one
    ),
    "pilot_follow_up": _one,
    "landlord_contact_end": _contact,
}


def lay_out(case: Any, contact: Any, chief: Any) -> dict[str, Any]:
    """A landlord, though no landlord belongs to a case: the table asks for one of each record."""
    with trail.act(Tag.IMPORTED):
        landlord = Landlord(name=f"Värd {case.number}", kind="private", pilot=True, words=LandlordWords())
        landlord.save()
        who = LandlordContact(landlord=landlord, words=ContactWords(name="Ann"))
        who.save()
        day = timezone.localdate()
        Cooperation(landlord=landlord, valid_from=day, valid_until=day, words=NoteWords()).save()
    return {"landlord": landlord, "landlord_contact": who}


def sealed(known: Any, person: Any, user: Any) -> list[Any]:
    from tests.canary_people import filled

    day = timezone.localdate()
    landlord = Landlord(name=f"Värd {person.case.client_id}", kind="private", words=filled(LandlordWords, known))
    return [
        landlord,
        LandlordContact(landlord=landlord, words=filled(ContactWords, known)),
        Cooperation(landlord=landlord, valid_from=day, valid_until=day, words=filled(NoteWords, known)),
        LandlordTalk(landlord=landlord, by=user, words=filled(NoteWords, known)),
        PilotFollowUp(
            landlord=landlord, after="m3", held_on=day, by=user, result="went_well", words=filled(NoteWords, known)
        ),
    ]
