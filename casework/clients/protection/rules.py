"""Who may look after a protection, change an identity and decide about what is left of the earlier one.

All of it is done in a closed case too: a protection does not end with the support, and an identity may change after it.
"""

from datetime import date

from casework import policy
from casework.cases.models import Case
from casework.cases.rules import Refused, allowed
from casework.clients.models import Client, ProtectionMark
from casework.clients.protection.handling import change_open
from casework.clients.protection.models import ChangeState, HitState, IdentityChange, MaskingHit
from casework.policy import Permission
from casework.signin.models import User

UNDECIDED = (HitState.FOUND, HitState.PROPOSED)


def check_can_look_after(user: User, case: Case) -> None:
    """Raises Forbidden: who may note that the protection is checked, and change what is known of it."""
    policy.check_case(user, case, Permission.CASE_CHANGE)


def can_look_after(user: User, case: Case) -> bool:
    return allowed(check_can_look_after, user, case)


def check_mark(mark: ProtectionMark, review_on: date | None) -> None:
    """Raises Refused for a protection that has ended, or a day of review before it began."""
    if mark.ended_on is not None:
        raise Refused(f"Skyddet upphörde {mark.ended_on} och ändras inte mer.")
    if review_on is not None and review_on < mark.valid_from:
        raise Refused("Uppföljningen ska ligga efter dagen då skyddet började.")


def check_can_replace(user: User, case: Case) -> None:
    """Raises Forbidden: who may give a person a new identity here."""
    policy.check_case(user, case, Permission.CASE_CHANGE)


def check_none_open(client: Client) -> None:
    """Raises Refused while texts of an earlier change are left: one at a time."""
    if change_open(client):
        raise Refused("Någon i ärendet byter redan identitet. Gå igenom de texter som är kvar först.")


def check_can_mask(user: User, case: Case) -> None:
    """Raises Forbidden: who may see what is left of an earlier identity and say what is to be done."""
    policy.check_case(user, case, Permission.MASK)


def can_mask(user: User, case: Case) -> bool:
    return allowed(check_can_mask, user, case)


def check_undecided(hit: MaskingHit) -> None:
    """Raises Refused for a hit that two persons have decided about."""
    if hit.state not in UNDECIDED:
        raise Refused("Träffen är redan avgjord. Ladda om sidan för att se hur.")


def check_second(user: User, hit: MaskingHit) -> None:
    """Raises Refused unless somebody else has proposed what is to be done."""
    check_undecided(hit)
    if hit.state != HitState.PROPOSED:
        raise Refused("Ingen har föreslagit något än. Föreslå något, så beslutar en annan person.")
    if hit.proposed_by_id == user.pk:
        raise Refused("Du har föreslagit det här. En annan person beslutar.")


def check_can_finish(user: User, change: IdentityChange) -> None:
    """Raises Forbidden, Refused: when every hit is decided, and once."""
    check_can_mask(user, change.case)
    if change.state != ChangeState.OPEN:
        raise Refused("Bytet av identitet är redan klart.")
    left = MaskingHit.objects.filter(change=change, state__in=UNDECIDED).count()
    if left:
        raise Refused(f"Två personer ska ha avgjort varje träff först. Kvar: {left}.")


def can_finish(user: User, change: IdentityChange) -> bool:
    return allowed(check_can_finish, user, change)
