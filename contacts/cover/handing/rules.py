"""The rules of a handover, as pairs of check_x and can_x."""

from datetime import date

from django.utils import timezone

from casework import policy
from casework.cases.models import Case
from casework.cases.rules import Refused, allowed, check_open
from casework.policy import Permission
from casework.signin.models import Role, User
from contacts.assignments.models import Assignment
from contacts.cover.models import Handover


def check_can_plan(user: User, case: Case) -> None:
    """Raises Forbidden or Refused: who may plan that somebody else takes over, or call it off."""
    policy.check_case(user, case, Permission.ASSIGN)
    check_open(case)


def can_plan(user: User, case: Case) -> bool:
    return allowed(check_can_plan, user, case)


def check_can_hand_over(user: User, handover: Handover) -> None:
    """Raises Forbidden or Refused: the two it is about, and the sektionschef, as long as it goes on."""
    hers = user.pk in (handover.giver_id, handover.taker_id)
    if not (hers and policy.can_case(user, handover.case, Permission.METHOD_WRITE)):
        policy.check_case(user, handover.case, Permission.ASSIGN)
    if handover.state != Handover.State.PLANNED:
        raise Refused(f"Överlämningen är redan i läget ”{handover.get_state_display()}”.")


def can_hand_over(user: User, handover: Handover) -> bool:
    return allowed(check_can_hand_over, user, handover)


def check_planned_on(day: date) -> None:
    """Raises Refused for a day that has passed."""
    if day < timezone.localdate():
        raise Refused("Välj en dag framåt då överlämningen ska vara klar.")


def check_taker(taker: User, case: Case, tasks: list[Assignment]) -> None:
    """Raises Refused: who can take over. `tasks` are the case's running tasks and open questions."""
    works = taker.is_active and taker.role == Role.KONTAKTPERSON
    if not works or taker.section_id != case.section_id:
        raise Refused("Bara en aktiv kontaktperson i sektionen kan ta över ett ärende.")
    for task in tasks:
        if task.user_id == taker.pk and task.kind == Assignment.Kind.MAIN:
            asked = task.state == Assignment.State.OFFERED
            raise Refused(
                f"{taker.display_name} är {'redan tillfrågad som' if asked else 'redan'} kontaktperson i ärendet."
            )


def check_checked(days: list[date | None]) -> None:
    """Raises Refused for a day that lies ahead: what is ticked has been done."""
    if any(day is not None and day > timezone.localdate() for day in days):
        raise Refused("En dag ligger framåt. Pricka av när det är gjort.")
