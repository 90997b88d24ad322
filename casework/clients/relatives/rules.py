"""The rules of persons around and of ties, as pairs of check_x and can_x. In a closed case only comparing is left: it
may be given to somebody again.
"""

from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from casework import policy
from casework.cases.models import Case
from casework.cases.rules import Refused, allowed, check_open
from casework.clients.relatives.models import RelatedPerson, RelatedWords, StaffTie
from casework.policy import Permission
from casework.signin.models import User


def today() -> date:
    return timezone.localdate()


def in_force() -> Q:
    """The related persons and ties that hold today."""
    return Q(ended_on__isnull=True) | Q(ended_on__gt=today())


def check_can_write(user: User, case: Case) -> None:
    """Raises Forbidden or Refused: who may write of the persons around, in a case that is open."""
    policy.check_case(user, case, Permission.FILE_WRITE)
    check_open(case)


def can_write(user: User, case: Case) -> bool:
    return allowed(check_can_write, user, case)


def check_not_ended(row: RelatedPerson | StaffTie) -> None:
    """Raises Refused for what does not hold any more: it is left as it was."""
    if row.ended_on is not None:
        raise Refused(f"Uppgiften gäller inte längre, den avslutades {row.ended_on}. Lägg till en ny om det behövs.")


def check_told(part: str, relation: str, words: RelatedWords) -> None:
    """Raises Refused for a part or relation that is not in the lists, and when nothing is said of who it is."""
    if part not in RelatedPerson.Part.values:
        raise Refused("Välj vilken del personen har i ärendet.")
    if relation not in RelatedPerson.Relation.values:
        raise Refused("Välj relationen i listan.")
    if not (words.name or words.number or words.about.strip()):
        raise Refused("Skriv namn, personnummer eller något om vem det är.")


def check_can_compare(user: User, case: Case) -> None:
    """Raises Forbidden: the sektionschef compares the persons of a case with staff and with other cases."""
    policy.check_case(user, case, Permission.TIES_COMPARE)


def can_compare(user: User, case: Case) -> bool:
    return allowed(check_can_compare, user, case)


def check_own(user: User, tie: StaffTie) -> None:
    """Raises Forbidden for somebody else's tie, Refused for one that does not hold any more."""
    policy.check_may(user, Permission.TIES)
    if tie.user_id != user.pk:
        raise policy.Forbidden("Anknytningen är någon annans.", [])
    check_not_ended(tie)


def gone_through(user: User) -> bool:
    """Whether she has gone through her own ties within METHOD["ties_days"]."""
    latest = timezone.localdate() - timedelta(days=settings.METHOD["ties_days"])
    return user.ties_checked_on is not None and user.ties_checked_on >= latest
