"""What the pages show of landlords. Every opened seal ends in the page's read event by itself."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from casework import policy
from casework.crypto import fields
from housing.homes.models import HomeState
from housing.landlords import ahead, rules
from housing.landlords.models import Landlord, LandlordContact, PilotFollowUp

NO_LANDLORD, NO_CONTACT = "Hyresvärden finns inte i registret.", "Kontakten finns inte."
BESIDE = ("trainings", "cooperations", "pilot_follow_ups")


def listed(*, pilot: bool) -> dict[str, Any]:
    """The list, those in use first, with what lies ahead. Opens no seal."""
    count = {"homes_free": Count("homes", filter=Q(homes__state=HomeState.FREE), distinct=True)}
    count["homes_all"] = Count("homes", filter=~Q(homes__state=HomeState.GONE), distinct=True)
    rows = Landlord.objects.defer("words").annotate(**count).prefetch_related(*BESIDE).order_by("-active", "name")
    found = list(rows.filter(pilot=True) if pilot else rows)
    for row in found:
        row.untrained = row.kind == Landlord.Kind.PRIVATE and not row.trainings.all()
    return {"landlords": found, "ahead": ahead.of(found), "pilot": pilot}


def landlord_of(pk: UUID) -> Landlord:
    """A landlord. Raises NotFound."""
    found = Landlord.objects.filter(pk=pk).prefetch_related(*BESIDE).first()
    if found is None:
        raise policy.NotFound(NO_LANDLORD)
    return found


def contact_of(landlord: Landlord, pk: UUID) -> LandlordContact:
    """A contact of this landlord. Raises NotFound."""
    found = LandlordContact.objects.filter(landlord=landlord, pk=pk).first()
    if found is None:
        raise policy.NotFound(NO_CONTACT, [landlord.ref()])
    found.landlord = landlord
    return found


def page(landlord: Landlord) -> dict[str, Any]:
    """Everything on a landlord's page."""
    return {
        "landlord": landlord,
        "told": landlord.words.open(),
        "contacts": _opened(landlord.contacts.all()),
        "trainings": list(landlord.trainings.all()),
        "cooperations": _opened(landlord.cooperations.all()),
        "follow_ups": _opened(landlord.pilot_follow_ups.select_related("by")),
        "due": [(PilotFollowUp.After(key).label, day) for key, day in ahead.follow_ups_due(landlord).items()],
        "talks": _opened(landlord.talks.select_related("by")[:50]),
        "homes": _homes(landlord),
        "ahead": ahead.of([landlord]),
        "lacks_training": rules.lacks_training(landlord),
    }


def begin(landlord: Landlord) -> dict[str, Any]:
    """What the form for changing a landlord begins with."""
    words = landlord.words.open()
    told = {name: getattr(words, name) for name in ("address", "phone", "note")}
    facts = {"called": landlord.name, "kind": landlord.kind, "pilot": landlord.pilot, "active": landlord.active}
    return {**facts, **told, "version": landlord.version}


def _homes(landlord: Landlord) -> list[tuple[str, int]]:
    states = Counter(landlord.homes.values_list("state", flat=True))
    return [(str(state.label), states[state]) for state in HomeState if states[state]]


def _opened(rows: Any) -> list[Any]:
    found = list(fields.open_all(list(rows), "words"))
    for row in found:
        row.told = row.words.open()
    return found
