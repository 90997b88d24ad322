"""Nobody is asked, says yes, covers or takes over where she has declared a tie (förvaltningslagen 16 §)."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.clients import actions as clients
from casework.clients.children import actions as children
from casework.clients.models import Identity
from casework.clients.relatives import actions as ties
from casework.signin.models import User
from contacts.assignments import actions as assignments
from contacts.cover import actions as covering
from contacts.cover.handing import actions as handing
from contacts.models import Assignment
from tests import factories
from tests.casework.relatives.people import add, declare
from tests.cast import Cast
from tests.fixtures import SignIn, events, send, text

OTHERS = "Bo Ek kan inte ta uppdraget: jäv kan finnas."


def offer(cast: Cast, case: Case) -> Assignment:
    return assignments.offer_assignment(by=cast.cecilia, case=case, user=cast.bo, kind="deputy", no_conflict=True)


def days() -> dict[str, Any]:
    today = timezone.localdate()
    return {"starts_on": today, "ends_on": today + timedelta(days=3)}


@pytest.fixture(autouse=True)
def related(cast: Cast, case: Case) -> Any:
    return add(cast.alma, case)


def test_one_with_a_tie_is_not_asked_and_the_form_says_why(signed_in: SignIn, cast: Cast, case: Case) -> None:
    declare(cast.bo, tie="Halvbror")
    data = {"user": str(cast.bo.pk), "kind": "deputy", "conflict": "no", "message": "", "once": str(uuid4())}
    page = text(send(signed_in(cast.cecilia), f"/arenden/{case.number}/kontaktperson/", **data))
    assert OTHERS in page
    assert "Halvbror" not in page
    assert not Assignment.objects.filter(user=cast.bo).exists()
    assert len(events(Tag.ASSIGNMENT_OFFERED)) == 1


def test_the_form_that_lists_the_staff_opens_no_seal(signed_in: SignIn, cast: Cast, case: Case) -> None:
    declare(cast.bo)
    assert "Bo Ek" in text(signed_in(cast.cecilia).get(f"/arenden/{case.number}/kontaktperson/"))
    assert not any("StaffTie" in field for line in events(Tag.PAGE_READ) for field in line.fields)


def test_one_who_declares_after_being_asked_cannot_say_yes(signed_in: SignIn, cast: Cast, case: Case) -> None:
    asked = offer(cast, case)
    declare(cast.bo)
    page = text(send(signed_in(cast.bo), f"/uppdrag/{asked.pk}/", no_conflict="on"))
    assert "Du har en anknytning till någon i ärendet" in page
    assert Assignment.objects.get(pk=asked.pk).state == "offered"
    assert not case.grants.filter(user=cast.bo).exists()


def test_one_with_a_tie_does_not_cover_nor_longer(cast: Cast, case: Case) -> None:
    cover = covering.cover_case(by=cast.cecilia, case=case, substitute=cast.bo, **days())
    declare(cast.bo)
    with pytest.raises(Refused, match=OTHERS):
        covering.extend_cover(by=cast.cecilia, cover=cover, ends_on=cover.ends_on + timedelta(days=2))
    covering.end_cover(by=cast.cecilia, cover=cover)
    with pytest.raises(Refused, match=OTHERS):
        covering.cover_case(by=cast.cecilia, case=case, substitute=cast.bo, **days())


def test_a_deputy_with_a_tie_does_not_take_over(cast: Cast, case: Case) -> None:
    factories.assign(cast.cecilia, case, cast.bo, "deputy")
    declare(cast.bo)
    with pytest.raises(Refused, match=OTHERS):
        handing.plan_handover(
            by=cast.cecilia, case=case, taker=cast.bo, planned_on=timezone.localdate(), no_conflict=True
        )
    with pytest.raises(Refused, match=OTHERS):
        assignments.hand_over(by=cast.alma, case=case, giver=cast.alma, taker=cast.bo)
    assert case.grants.filter(user=cast.alma, closed_at__isnull=True).exists()


def test_a_tie_to_somebody_else_is_no_hindrance(cast: Cast, case: Case) -> None:
    declare(cast.bo, name="Gunda Nyberg")
    factories.assign(cast.cecilia, case, cast.bo, "deputy")
    assert case.grants.filter(user=cast.bo).exists()


@pytest.mark.parametrize("kind", ["PROTECTED_REGISTRATION", "FICTITIOUS_IDENTITY"])
def test_strong_protection_asks_for_somebody_who_has_gone_through_her_ties(
    signed_in: SignIn, cast: Cast, case: Case, kind: str
) -> None:
    clients.add_mark(by=cast.alma, case=case, kind=kind, valid_from=case.taken_in_on)
    with pytest.raises(Refused, match="Bo Ek har inte gått igenom sina egna anknytningar"):
        offer(cast, case)
    with pytest.raises(Refused, match="Bo Ek har inte gått igenom"):
        covering.cover_case(by=cast.cecilia, case=case, substitute=cast.bo, **days())
    cast.bo = ties.check_ties(by=cast.bo)
    asked = offer(cast, case)
    User.objects.filter(pk=cast.bo.pk).update(ties_checked_on=None)
    page = text(send(signed_in(cast.bo), f"/uppdrag/{asked.pk}/", no_conflict="on"))
    assert "Gå först igenom dina egna anknytningar" in page
    ties.check_ties(by=cast.bo)
    assert send(signed_in(cast.bo), f"/uppdrag/{asked.pk}/", no_conflict="on").status_code == 302


def test_a_childs_strong_protection_asks_the_same(cast: Cast, case: Case) -> None:
    who = Identity(given_name="Lill", family_name="Öberg")
    child = children.add_child(by=cast.alma, case=case, identity=who, alias="Äldsta", lives_with=True)
    clients.add_mark(by=cast.alma, case=case, child=child, kind="PROTECTED_REGISTRATION", valid_from=case.taken_in_on)
    with pytest.raises(Refused, match="har inte gått igenom sina egna anknytningar"):
        offer(cast, case)


def test_with_a_secrecy_marking_alone_nothing_more_is_asked(cast: Cast, case: Case) -> None:
    clients.add_mark(by=cast.alma, case=case, kind="SECRECY_MARKING", valid_from=case.taken_in_on)
    assert offer(cast, case).state == "offered"
