"""Places where somebody who has used violence lives or goes: noted to be compared, and ended when they do not hold."""

from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.rules import Refused, check_open
from casework.clients.relatives.models import RelatedPerson
from casework.signin.models import User
from housing import doors
from housing.homes import colocation, rules
from housing.homes.models import KnownPlace, PlaceWords


def note_place(*, by: User, case: Case, related: RelatedPerson, words: PlaceWords) -> KnownPlace:
    """Notes where somebody who uses violence lives or goes, so that no home in that building is offered unseen.

    Raises Forbidden, Refused (closed case, somebody else's or no such person, street or town missing).
    """
    doors.check_can_write(by, case)
    rules.check_address(words.street, words.town)
    with trail.act(Tag.PLACE_NOTED, by=by, refs=[case.ref()]) as event:
        fresh = _open(case)
        rules.check_related(fresh, RelatedPerson.objects.get(pk=related.pk))
        place = KnownPlace(case=fresh, client_id=fresh.client_id, related=related, noted_by=by, words=words)
        place.save()
        colocation.index_place(place, words)
        event.touch(place.ref())
        return place


def end_place(*, by: User, place: KnownPlace, reason: str) -> KnownPlace:
    """A place does not hold any more: it stays as it was written, and is compared with nothing from now on.

    Raises Forbidden, Refused (closed case, no reason, ended already).
    """
    doors.check_can_write(by, place.case)
    if not reason.strip():
        raise Refused("Skriv varför platsen inte gäller längre.")
    refs = [place.case.ref(), place.ref()]
    with trail.act(Tag.PLACE_ENDED, by=by, refs=refs, reason=reason, owner=place.client_id):
        _open(place.case)
        fresh = KnownPlace.objects.select_for_update(of=("self",)).select_related("case").get(pk=place.pk)
        rules.check_place_there(fresh)
        fresh.ended_on = timezone.localdate()
        fresh.version += 1
        fresh.save()
        colocation.forget_place(fresh)
        return fresh


def _open(case: Case) -> Case:
    """The case as it is now, locked. Raises Refused when it is closed."""
    fresh = Case.objects.select_for_update().get(pk=case.pk)
    check_open(fresh)
    return fresh
