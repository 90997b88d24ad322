"""What a person and her kontaktperson agree on for her safety when they are out."""

from collections.abc import Iterable
from datetime import date
from typing import TypedDict, Unpack

from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.codes import PlaceType
from casework.cases.models import Case
from casework.cases.rules import Refused, check_open
from casework.cases.safety import rules
from casework.cases.safety.models import SafetyPlan, SafetyWords
from casework.paper.sheet import Sheet
from casework.records import StaleEdit
from casework.signin.models import User


class Parts(TypedDict, total=False):
    """The parts of a plan that may be left out; see models.SafetyWords."""

    signs: str
    helps: str
    people: str
    leaving: str
    digital: str
    children: str
    own_copy: str


def set_safety(
    *,
    by: User,
    case: Case,
    avoid: Iterable[str],
    advice: str,
    review_on: date,
    version: int,
    **parts: Unpack[Parts],
) -> SafetyPlan:
    """Writes the case's safety plan, over the one with version `version` (0: there was none).

    `avoid` are values of PlaceType. Raises Forbidden, Refused (closed case, unknown kind of place, a day that has
    passed, a copy for her that gives something away), StaleEdit when somebody saved in between.
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
        rules.check_gives_nothing_away(fresh, parts.get("own_copy", ""))
        plan = SafetyPlan.objects.filter(case=fresh).first()
        if plan is None:
            _check_none_was_seen(version)
            plan = SafetyPlan(case=fresh, client_id=fresh.client_id)
        else:
            plan.check_version(version)
        plan.review_on, plan.written_by = review_on, by
        plan.words = SafetyWords(avoid=kinds, advice=advice, **parts)
        plan.save()
        event.touch(plan.ref())
        return plan


def copy_safety(*, by: User, case: Case) -> bytes:
    """The person's own copy as PDF: her own words and nothing else, not even what it is. Logged as given out.

    Raises Forbidden, Refused (nothing written for her, or something in it gives her away by now).
    """
    rules.check_can_copy(by, case)
    plan = SafetyPlan.objects.filter(case=case).first()
    text = plan.words.open().own_copy if plan else ""
    if plan is None or not text:
        raise Refused("Skriv först hennes eget exemplar i säkerhetsplanen.")
    rules.check_gives_nothing_away(plan.case, text)
    with trail.act(Tag.SAFETY_COPIED, by=by, refs=[case.ref(), plan.ref()]):
        sheet = Sheet()
        sheet.paragraph(text)
        return sheet.finish()


def _check_none_was_seen(version: int) -> None:
    if version:
        raise StaleEdit
