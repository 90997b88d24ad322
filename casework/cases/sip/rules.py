"""The rules of a coordinated individual plan and of the coordination routine.

Sources: SoL (2025:400) 10:8 (the plan of municipality and region needs consent, says who does what and who has the
whole); the town's plan against violence, activity 4.5 (the routine).
"""

from datetime import date

from django.utils import timezone

from casework import policy
from casework.cases.consents.models import Consent
from casework.cases.models import Case
from casework.cases.rules import Refused, allowed, check_open
from casework.cases.sip.models import CoordinationCheck, Sip, SipState
from casework.policy import Permission
from casework.signin.models import User
from casework.state import transitions

Point = CoordinationCheck.Point
OF_CHILDREN = frozenset({Point.CHILDREN, Point.SHELTER_CHILD})
# Moves by which the plan goes on: they take an open case and a consent that holds. The others only end it.
GOING_ON = frozenset({"hold", "follow_up"})


def check_can_write(user: User, case: Case) -> None:
    """Raises Forbidden or Refused: who may call a meeting or note a point of the routine, in an open case."""
    policy.check_case(user, case, Permission.FILE_WRITE)
    check_open(case)


def can_write(user: User, case: Case) -> bool:
    return allowed(check_can_write, user, case)


def check_can_change(user: User, sip: Sip) -> None:
    """Raises Forbidden or Refused: a plan that is planned or held is written in, as long as its case is open."""
    check_can_write(user, sip.case)
    if sip.state not in {SipState.PLANNED, SipState.HELD}:
        raise Refused(f"Det går inte nu: planen är ”{sip.get_state_display().lower()}”.")


def can_change(user: User, sip: Sip) -> bool:
    return allowed(check_can_change, user, sip)


def check_can_add(user: User, sip: Sip) -> None:
    """Raises Forbidden or Refused: a new part takes a consent that holds, too."""
    check_can_change(user, sip)
    check_consent(sip.consent)


def can_add(user: User, sip: Sip) -> bool:
    return allowed(check_can_add, user, sip)


def check_can_move(user: User, sip: Sip, name: str) -> None:
    """Raises Forbidden or Refused. A plan may be ended, or called off, in a closed case and without a consent."""
    policy.check_case(user, sip.case, Permission.FILE_WRITE)
    if not any(row[:2] == (sip.state, name) for row in transitions(Sip)):
        raise Refused(f"Det går inte nu: planen är ”{sip.get_state_display().lower()}”.")
    if name in GOING_ON:
        check_open(sip.case)
        check_consent(sip.consent)


def can_move(user: User, sip: Sip, name: str) -> bool:
    return allowed(check_can_move, user, sip, name)


def check_consent(consent: Consent) -> None:
    """Raises Refused unless the consent holds today (SoL 10:8)."""
    if not consent.in_force():
        raise Refused("Samtycket gäller inte i dag. Fråga igen, anteckna svaret och ändra sedan planens samtycke.")


def check_review(review_on: date, after: date) -> None:
    """Raises Refused when the plan would be followed up the same day or before."""
    if review_on <= after:
        raise Refused("Uppföljningen ska ligga senare. Välj en senare dag.")


def check_passed(day: date) -> None:
    """Raises Refused for a day ahead."""
    if day > timezone.localdate():
        raise Refused("Dagen har inte kommit än. Välj i dag eller en tidigare dag.")


def points(*, children: bool) -> list[Point]:
    """The points of the routine in order; those of children only where there are children."""
    return [point for point in Point if children or point not in OF_CHILDREN]
