"""The rules of cover and absence, as pairs of check_x and can_x."""

from datetime import date

from django.utils import timezone

from casework import policy
from casework.cases.models import Case
from casework.cases.rules import Refused, allowed, check_open
from casework.policy import Permission
from casework.signin.models import Role, User
from contacts.cover.models import Cover


def check_can_cover(user: User, case: Case) -> None:
    """Raises Forbidden or Refused: who may let a colleague cover this case."""
    policy.check_case(user, case, Permission.ASSIGN)
    check_open(case)


def can_cover(user: User, case: Case) -> bool:
    return allowed(check_can_cover, user, case)


def check_can_end(user: User, cover: Cover) -> None:
    """Raises Forbidden or Refused: who may extend or break off a cover, and that it is not over."""
    policy.check_case(user, cover.case, Permission.ASSIGN)
    if cover.ended_at is not None or cover.ends_on < timezone.localdate():
        raise Refused("Täckningen är redan slut. Gör en ny om den behövs.")


def can_end(user: User, cover: Cover) -> bool:
    return allowed(check_can_end, user, cover)


def check_can_lead(user: User, colleague: User) -> None:
    """Raises Forbidden: who may say that a colleague is away, and see what has to move when she leaves."""
    policy.check_may(user, Permission.ASSIGN)
    if not user.led_sections.filter(staff=colleague).exists():
        raise policy.Forbidden("Du leder inte den sektionen.", [colleague.ref()])


def can_lead(user: User, colleague: User) -> bool:
    return allowed(check_can_lead, user, colleague)


def check_days(starts_on: date, ends_on: date | None) -> None:
    """Raises Refused for a time that runs backwards."""
    if ends_on is not None and ends_on < starts_on:
        raise Refused("Sista dagen ligger före den första.")


def check_not_past(starts_on: date) -> None:
    """Raises Refused: nobody is let into a case for days that have passed."""
    if starts_on < timezone.localdate():
        raise Refused("Täckningen kan börja i dag eller senare.")


def check_substitute(colleague: User, case: Case, absent: User) -> None:
    """Raises Refused: who can cover a case for `absent`."""
    if colleague.pk == absent.pk:
        raise Refused(f"{colleague.display_name} är själv kontaktperson i ärendet.")
    works = colleague.is_active and colleague.role == Role.KONTAKTPERSON
    if not works or colleague.section_id != case.section_id:
        raise Refused("Bara en aktiv kontaktperson i sektionen kan täcka ett ärende.")
