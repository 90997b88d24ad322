"""An assignment ends by the sektionschef, by conflict of interest, or with its case; the door closes at once."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.access.models import AccessGrant
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.policy import Forbidden
from contacts.assignments import actions, rules
from contacts.models import Assignment
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, events, last_event, send, text

NOW = timezone.now()


def test_an_end_closes_the_door_at_the_next_click(signed_in: SignIn, cast: Cast, case: Case) -> None:
    mine = Assignment.objects.get()
    alma, cecilia, url = signed_in(cast.alma), signed_in(cast.cecilia), f"/uppdrag/{mine.pk}/avsluta/"
    assert alma.get(f"/arenden/{case.number}/").status_code == 200
    assert "Alma Lind kommer inte längre åt ärendet" in text(cecilia.get(url))
    data = {"close_reason": "ended", "reason": "Byter tjänst", "once": str(uuid4())}
    for _ in range(2):
        assert send(cecilia, url, **data).url == f"/arenden/{case.number}/"
    assert alma.get(f"/arenden/{case.number}/").status_code == 404
    mine.refresh_from_db()
    assert (mine.state, mine.words.open().end_reason) == ("ended", "Byter tjänst")
    assert AccessGrant.objects.get().close_reason == "ended"
    event = last_event(Tag.ASSIGNMENT_ENDED)
    assert {case.ref(), cast.alma.ref()} <= set(event.refs)


def test_an_end_has_a_reason_and_is_the_chiefs(signed_in: SignIn, cast: Cast, case: Case) -> None:
    mine = Assignment.objects.get()
    with pytest.raises(Refused, match="varför"):
        actions.end_assignment(by=cast.cecilia, assignment=mine, close_reason="ended", reason=" ")
    with pytest.raises(Forbidden):
        actions.end_assignment(by=cast.alma, assignment=mine, close_reason="ended", reason="Nej")
    assert rules.can_end(cast.cecilia, mine)
    assert not rules.can_end(cast.edvin, mine)
    for user, status in ((cast.alma, 403), (cast.edvin, 404)):
        assert signed_in(user).get(f"/uppdrag/{mine.pk}/avsluta/").status_code == status


def test_only_what_goes_on_is_ended_or_left(cast: Cast, case: Case) -> None:
    asked = actions.offer_assignment(by=cast.cecilia, case=case, user=cast.bo, kind="deputy", no_conflict=True)
    assert not rules.can_end(cast.cecilia, asked)
    assert not rules.can_leave(cast.bo, asked)
    with pytest.raises(Refused, match="Väntar på svar"):
        actions.end_assignment(by=cast.cecilia, assignment=asked, close_reason="ended", reason="x")


def test_who_finds_a_conflict_of_interest_is_out_at_once(signed_in: SignIn, cast: Cast, case: Case) -> None:
    mine = Assignment.objects.get()
    client, url = signed_in(cast.alma), f"/uppdrag/{mine.pk}/jav/"
    assert rules.can_leave(cast.alma, mine)
    assert client.get(url).status_code == 200
    assert send(client, url, reason="Min kusin är granne").url == "/mina-arenden/"
    assert client.get(f"/arenden/{case.number}/").status_code == 404
    assert AccessGrant.objects.get().close_reason == "conflict"
    mine.refresh_from_db()
    assert mine.words.open().end_reason == "Min kusin är granne"
    event = last_event(Tag.ASSIGNMENT_CONFLICT)
    assert (event.reason, cases_of(event)) == ("Jäv", {case.number})
    assert "Det går inte nu" in text(send(client, url, reason="Igen"))


def test_what_another_ended_a_moment_ago_is_not_ended_again(cast: Cast, case: Case) -> None:
    mine = Assignment.objects.select_related("case", "user").get()
    stale = Assignment.objects.select_related("case", "user").get()
    actions.report_conflict(by=cast.alma, assignment=mine, reason="Känner henne")
    with pytest.raises(Refused, match="redan i läget ”Avslutat”"):
        actions.end_assignment(by=cast.cecilia, assignment=stale, close_reason="ended", reason="x")


def test_ending_all_names_everybody_and_ends_nothing_twice(cast: Cast, case: Case) -> None:
    factories.assign(cast.cecilia, case, cast.bo, kind="deputy")
    with trail.act(Tag.CASE_CLOSED, by=cast.cecilia):
        actions.end_all(by=cast.cecilia, case=case)
        actions.end_all(by=cast.cecilia, case=case)
    assert set(Assignment.objects.values_list("state", flat=True)) == {"ended"}
    first = events(Tag.ASSIGNMENT_ENDED)[-2]
    assert {cast.alma.ref(), cast.bo.ref()} <= set(first.refs)


def test_somebody_else_may_take_over_after_an_end(cast: Cast, case: Case) -> None:
    actions.end_assignment(
        by=cast.cecilia, assignment=Assignment.objects.get(), close_reason="handed_over", reason="Byter"
    )
    assert factories.assign(cast.cecilia, case, cast.bo).state == "active"
    assert factories.assign(cast.cecilia, case, cast.alma, kind="deputy").state == "active"


OFF = {"user_cleared": False, "answered_at": None, "state": "offered"}


@pytest.mark.parametrize(
    ("values", "broken"),
    [
        (OFF, ""),
        ({}, ""),
        ({"user_cleared": False}, "assignment_cleared_before_active"),
        ({"manager_cleared": False}, "assignment_cleared_before_active"),
        ({"answered_at": None}, "assignment_cleared_before_active"),
        ({"state": "declined", "decline_code": "workload"}, ""),
        ({"state": "declined"}, "assignment_declined_whole"),
        ({"state": "declined", "decline_code": "workload", "answered_at": None}, "assignment_declined_whole"),
        ({"decline_code": "workload"}, "assignment_declined_whole"),
        ({"state": "ended", "ended_at": NOW}, ""),
        ({"state": "withdrawn", "ended_at": NOW}, ""),
        ({"state": "ended"}, "assignment_ended_whole"),
        ({"state": "withdrawn"}, "assignment_ended_whole"),
        ({"ended_at": NOW}, "assignment_ended_whole"),
        ({"state": "paused"}, "assignment_state_known"),
    ],
)
def test_what_belongs_together_in_an_assignment(cast: Cast, case: Case, values: dict[str, Any], broken: str) -> None:
    values = {"offered_at": NOW - timedelta(days=1), **values}

    def change() -> int:
        with transaction.atomic(), trail.bulk(Tag.IMPORTED):
            return Assignment.objects.update(**values)

    if not broken:
        assert change() == 1
        return
    with pytest.raises(IntegrityError, match=broken):
        change()


def test_one_contact_person_at_a_time_and_one_task_for_each(cast: Cast, case: Case) -> None:
    asked = actions.offer_assignment(by=cast.cecilia, case=case, user=cast.bo, kind="main", no_conflict=True)
    whole = {"state": "active", "user_cleared": True, "answered_at": NOW}
    for values in (whole, {"user": cast.alma}):
        with pytest.raises(IntegrityError), transaction.atomic(), trail.bulk(Tag.IMPORTED):
            Assignment.objects.filter(pk=asked.pk).update(**values)
