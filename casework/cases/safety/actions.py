"""What a person and her kontaktperson agree on for her safety when they are out."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.codes import PlaceType
from casework.cases.models import Case
from casework.cases.rules import Refused, check_open
from casework.cases.safety import rules
from casework.cases.safety.models import SafetyPlan, SafetyWords
from casework.records import StaleEdit
from casework.signin.models import User


def set_safety(*, by: User, case: Case, avoid: Iterable[str], advice: str, review_on: date, version: int) -> SafetyPlan:
    """Writes the case's safety plan, over the one with version `version` (0: there was none).

    `avoid` are values of PlaceType. Raises Forbidden, Refused (closed case, unknown kind of place, a day that has
    passed), StaleEdit when somebody saved in between.
    """
    rules.check_can_set(by, case)
    kinds = [kind for kind in PlaceType.values if kind in set(avoid)]
    if len(kinds) != len(set(avoid)):
        raise Refused("Välj bland de slags platser som finns i listan.")
    if review_on < timezone.localdate():
        raise Refused("Dagen då planen ses över har redan passerat. Välj en dag som kommer.")
    with trail.act(Tag.SAFETY_SET, by=by, refs=[case.ref()]) as event:
        fresh = Case.objects.select_for_update().get(pk=case.pk)
        check_open(fresh)
        plan = SafetyPlan.objects.filter(case=fresh).first()
        if plan is None:
            _check_none_was_seen(version)
            plan = SafetyPlan(case=fresh, client_id=fresh.client_id)
        else:
            plan.check_version(version)
        plan.review_on, plan.written_by = review_on, by
        plan.words = SafetyWords(avoid=kinds, advice=advice)
        plan.save()
        event.touch(plan.ref())
        return plan


def _check_none_was_seen(version: int) -> None:
    if version:
        raise StaleEdit
