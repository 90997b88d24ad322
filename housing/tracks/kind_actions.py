"""The ways to a home that the city has: switched on and off, added and changed by administrators. About no person."""

from dataclasses import asdict
from typing import Any

from django.db import IntegrityError, transaction

from audit import trail
from audit.tags import Tag
from casework.cases.rules import Refused
from casework.signin.models import User
from housing.codes import LeaseKind
from housing.tracks import rules
from housing.tracks.models import Receiver, TrackKind, Way
from housing.tracks.start import KINDS

STEP = 10


def load_start(*, by: User | None) -> list[TrackKind]:
    """Adds the ways of the start set whose keys and names are not there; `by` None is the program itself.

    One that is there stays as it is, also one that is switched off. Raises Forbidden.
    """
    if by is not None:
        rules.check_can_set_up(by)
    there = list(TrackKind.objects.values_list("key", "name"))
    keys, names = {key for key, _ in there}, {name for _, name in there}
    made = []
    for order, given in enumerate(KINDS, start=1):
        if given.key in keys or given.name in names:
            continue
        with trail.act(Tag.TRACK_KIND_WRITTEN, by=by) as event:
            kind = TrackKind(**asdict(given), order=order * STEP)
            kind.save()
            event.touch(kind.ref())
            made.append(kind)
    return made


def add_kind(*, by: User, key: str, name: str, way: str, **facts: Any) -> TrackKind:
    """Adds a way of the city's own. `facts`: receiver, lease, answer_days, decision, viewing, active, order.

    Raises Forbidden, Refused (no name, unknown codes, no days to answer, a key or name that is taken).
    """
    rules.check_can_set_up(by)
    with trail.act(Tag.TRACK_KIND_WRITTEN, by=by) as event:
        kind = TrackKind(key=key, name=name, way=way, **facts)
        _save(kind)
        event.touch(kind.ref())
        return kind


def change_kind(*, by: User, kind: TrackKind, key: str, name: str, way: str, version: int, **facts: Any) -> TrackKind:
    """Writes over a way; `facts` as in add_kind. What is begun goes on. Key and way stand once there are tracks: by
    them the program knows what to do.

    Raises Forbidden, Refused (as add_kind; another key or way than its tracks have), StaleEdit.
    """
    rules.check_can_set_up(by)
    with trail.act(Tag.TRACK_KIND_WRITTEN, by=by, refs=[kind.ref()]):
        fresh = TrackKind.objects.select_for_update().get(pk=kind.pk)
        fresh.check_version(version)
        if (fresh.key, fresh.way) != (key, way) and fresh.tracks.exists():
            raise Refused("Nyckel och slag ändras inte när vägen har prövats. Lägg till en ny väg.")
        fresh.key, fresh.name, fresh.way = key, name, way
        for fact, value in facts.items():
            setattr(fresh, fact, value)
        _save(fresh)
        return fresh


def switch_kind(*, by: User, kind: TrackKind, active: bool) -> TrackKind:
    """Switches a way on or off for new tracks; those that are begun go on. Raises Forbidden."""
    rules.check_can_set_up(by)
    with trail.act(Tag.TRACK_KIND_WRITTEN, by=by, refs=[kind.ref()]):
        fresh = TrackKind.objects.select_for_update().get(pk=kind.pk)
        fresh.active = active
        fresh.version += 1
        fresh.save()
        return fresh


def _save(kind: TrackKind) -> None:
    if not kind.name.strip() or not kind.key:
        raise Refused("Skriv vad vägen heter och dess nyckel.")
    if kind.way not in Way.values or kind.receiver not in Receiver.values:
        raise Refused("Välj slag och mottagare i listorna.")
    if kind.lease and kind.lease not in LeaseKind.values:
        raise Refused("Välj kontrakt i listan.")
    if kind.answer_days < 1:
        raise Refused("Skriv hur många dagar mottagaren har på sig att svara, minst en.")
    try:
        with transaction.atomic():
            kind.save()
    except IntegrityError:
        raise Refused("Nyckeln eller namnet finns redan. Välj andra, eller ändra vägen som finns.") from None
