"""The rules of hours and of the calendar's address, as pairs of check_x and can_x."""

from casework import policy
from casework.cases.models import Case
from casework.cases.rules import Refused, allowed, check_open
from casework.policy import Permission
from casework.signin.models import User
from contacts.week.models import Appointment


def check_can_make(user: User, case: Case) -> None:
    """Raises Forbidden or Refused: who may book an hour in this case."""
    policy.check_case(user, case, Permission.WEEK)
    check_open(case)


def can_make(user: User, case: Case) -> bool:
    return allowed(check_can_make, user, case)


def check_can_change(user: User, appointment: Appointment) -> None:
    """Raises Forbidden or Refused: anyone who works in the case changes or ends what is still to come."""
    check_can_make(user, appointment.case)
    if appointment.state != Appointment.State.PLANNED:
        raise Refused(f"Tiden är redan avslutad: ”{appointment.get_state_display()}”.")


def can_change(user: User, appointment: Appointment) -> bool:
    return allowed(check_can_change, user, appointment)


def check_can_have_feed(user: User) -> None:
    """Raises Forbidden: whose week may be fetched by a calendar."""
    policy.check_may(user, Permission.WEEK)


def can_have_feed(user: User) -> bool:
    return allowed(check_can_have_feed, user)
