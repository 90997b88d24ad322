"""The rules of a measurement of fidelity, as pairs of check_x and can_x."""

from datetime import date
from typing import Any

from django.utils import timezone

from casework import policy
from casework.cases.rules import Refused, allowed
from casework.policy import Permission
from casework.signin.models import Section, User
from contacts.fidelity.models import FidelityReview, FidelityScore

LONGEST = 731


def check_can_begin(user: User, section: Section) -> None:
    """Raises Forbidden: the sections she leads, no other."""
    policy.check_may(user, Permission.FIDELITY)
    _check_leads(user, section.pk, [section.ref()])


def can_begin(user: User, section: Section) -> bool:
    return allowed(check_can_begin, user, section)


def check_period(from_day: date, to_day: date) -> None:
    """Raises Refused for days that do not make a period that has passed, of two years at most."""
    if to_day < from_day:
        raise Refused("Perioden slutar innan den börjar. Ändra någon av dagarna.")
    if to_day > timezone.localdate():
        raise Refused("Perioden slutar framåt i tiden. Välj en period som har varit.")
    if (to_day - from_day).days >= LONGEST:
        raise Refused("Perioden får vara högst två år. Välj en senare första dag.")


def check_can_score(user: User, review: FidelityReview) -> None:
    """Raises Forbidden for another's section, Refused when the measurement is finished."""
    policy.check_may(user, Permission.FIDELITY)
    _check_leads(user, review.section_id, [review.ref()])
    if review.state != FidelityReview.State.WORKING:
        raise Refused("Mätningen är avslutad. Den går inte att ändra längre.")


def can_score(user: User, review: FidelityReview) -> bool:
    return allowed(check_can_score, user, review)


def check_can_finish(user: User, review: FidelityReview) -> None:
    """As check_can_score, and Refused as long as an item has no points."""
    check_can_score(user, review)
    missing = FidelityScore.objects.filter(review=review, points__isnull=True).count()
    if missing:
        words = "En punkt saknar" if missing == 1 else f"{missing} punkter saknar"
        raise Refused(f"{words} poäng. Sätt poäng på alla elva innan du avslutar mätningen.")


def can_finish(user: User, review: FidelityReview) -> bool:
    return allowed(check_can_finish, user, review)


def _check_leads(user: User, section: Any, refs: list[Any]) -> None:
    if not user.led_sections.filter(pk=section).exists():
        raise policy.Forbidden("Du leder inte den sektionen.", refs)
