"""The coordination routine (activity 4.5), point by point. A point may be gone through again: the newest counts."""

from datetime import date

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.rules import Refused, check_open
from casework.cases.sip import readers, rules
from casework.cases.sip.models import CheckWords, CoordinationCheck
from casework.signin.models import User


def note_point(*, by: User, case: Case, point: str, done_on: date, not_needed: bool, note: str) -> CoordinationCheck:
    """Notes that a point of the routine is done, or is judged not to be needed and why.

    Raises Forbidden, Refused (closed, a point that is not there, not needed without a reason, a day ahead).
    """
    rules.check_can_write(by, case)
    rules.check_passed(done_on)
    if not_needed and not note.strip():
        raise Refused("Skriv varför punkten inte behövs.")
    with trail.act(Tag.COORDINATION_CHECKED, by=by, refs=[case.ref()]) as event:
        fresh = Case.objects.select_for_update().get(pk=case.pk)
        check_open(fresh)
        if point not in readers.points_of(fresh):
            raise Refused("Välj en av punkterna i rutinen.")
        check = CoordinationCheck(
            case=fresh,
            client_id=fresh.client_id,
            point=point,
            done_on=done_on,
            done_by=by,
            not_needed=not_needed,
            words=CheckWords(note=note),
        )
        check.save()
        event.touch(check.ref())
        return check
