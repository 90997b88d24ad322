"""The one door: grants are opened and closed with who, when and why, and one question answers who could open a case."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.access import actions as access
from casework.access.models import AccessGrant, GrantReason
from casework.access.readers import who_could_open
from casework.cases.models import Case
from casework.cases.rules import Refused
from tests.cast import Cast
from tests.fixtures import last_event


def open_for(cast: Cast, case: Case, **more: object) -> AccessGrant:
    facts = {"by": cast.cecilia, "case": case, "user": cast.bo, "kind": "deputy", "source": case.pk}
    return access.open_grant(**{**facts, **more})


def test_a_grant_says_who_opened_it_when_and_why(cast: Cast, case: Case) -> None:
    grant = open_for(cast, case, reason="Alma är sjuk")
    assert (grant.opened_by, grant.user, grant.closed_at) == (cast.cecilia, cast.bo, None)
    assert AccessGrant.objects.get(pk=grant.pk).reason.open().text == "Alma är sjuk"
    event = last_event(Tag.GRANT_OPENED)
    assert {case.ref(), cast.bo.ref()} <= set(event.refs)
    assert event.actor_id == str(cast.cecilia.pk)


def test_one_open_grant_for_each_person_in_a_case(cast: Cast, case: Case) -> None:
    open_for(cast, case)
    with pytest.raises(Refused, match=r"Bo Ek kommer redan åt ärendet \(ersättare\) från \d{4}-\d\d-\d\d"):
        open_for(cast, case)
    facts = {"case": case, "client": case.client, "user": cast.bo, "kind": "deputy", "source": case.pk}
    second = AccessGrant(**facts, opened_by=cast.cecilia, reason=GrantReason())
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


def test_closing_by_source_closes_its_own_grants_only(cast: Cast, case: Case) -> None:
    grant = open_for(cast, case)
    assert access.close_grants(by=cast.cecilia, source=grant.source, close_reason="ended") == 1
    grant.refresh_from_db()
    assert (grant.closed_by, grant.close_reason) == (cast.cecilia, "ended")
    assert AccessGrant.objects.get(user=cast.alma).closed_at is None
    event = last_event(Tag.GRANT_CLOSED)
    assert event.reason == "Uppdraget avslutades"
    assert {case.ref(), cast.bo.ref()} <= set(event.refs)


def test_closing_what_is_closed_closes_nothing(cast: Cast, case: Case) -> None:
    assert access.close_grants(by=cast.cecilia, source=case.pk, close_reason="ended") == 0


def test_who_could_open_a_case_on_a_given_day_is_one_query(
    cast: Cast, case: Case, django_assert_num_queries: object
) -> None:
    now = timezone.now()
    grant = AccessGrant.objects.get(user=cast.alma)
    grant.opened_at = now - timedelta(days=30)
    grant.save()
    closed = open_for(cast, case)
    closed.opened_at, closed.closed_at = now - timedelta(days=20), now - timedelta(days=10)
    closed.closed_by, closed.close_reason = cast.cecilia, "ended"
    closed.save()
    short = open_for(cast, case)
    short.opened_at, short.ends_at = now - timedelta(days=8), now - timedelta(days=5)
    short.save()
    found = {}
    for days in (40, 25, 15, 9, 7, 1):
        with django_assert_num_queries(1):
            rows = who_could_open(case, now - timedelta(days=days))
        found[days] = [row["user__display_name"] for row in rows]
    alma, bo = "Alma Lind", "Bo Ek"
    assert found == {40: [], 25: [alma], 15: [alma, bo], 9: [alma], 7: [alma, bo], 1: [alma]}


def test_the_answer_tells_the_kind_and_who_opened(cast: Cast, case: Case) -> None:
    [row] = who_could_open(case, timezone.now())
    assert (row["kind"], row["opened_by__display_name"]) == ("assignment", "Alma Lind")


CLOSED = {"closed_at": timezone.now() + timedelta(hours=1), "close_reason": "ended"}


@pytest.mark.parametrize(
    ("values", "by", "holds"),
    [
        ({}, False, True),
        (CLOSED, True, True),
        (CLOSED, False, False),
        ({"close_reason": "ended"}, False, False),
        ({**CLOSED, "close_reason": ""}, True, False),
        ({}, True, False),
    ],
)
def test_grant_closed_whole(cast: Cast, case: Case, values: dict[str, object], by: bool, holds: bool) -> None:
    values = {**values, "closed_by": cast.cecilia if by else None}
    if holds:
        assert change_grants(values) == 1
        return
    with pytest.raises(IntegrityError, match="grant_closed_whole"):
        change_grants(values)


@pytest.mark.parametrize(("hours", "holds"), [(None, True), (1, True), (-1, False)])
def test_grant_time_forward(cast: Cast, case: Case, hours: int | None, holds: bool) -> None:
    if hours is None:
        values: dict[str, object] = {"opened_at": timezone.now(), "ends_at": None}
    else:
        moment = case.grants.get().opened_at + timedelta(hours=hours)
        values = {"closed_at": moment, "closed_by": cast.cecilia, "close_reason": "ended"}
    if holds:
        assert change_grants(values) == 1
        return
    with pytest.raises(IntegrityError, match="grant_time_forward"):
        change_grants(values)


@pytest.mark.parametrize(("hours", "holds"), [(1, True), (0, False), (-1, False)])
def test_a_grant_ends_after_it_begins(cast: Cast, case: Case, hours: int, holds: bool) -> None:
    values = {"ends_at": case.grants.get().opened_at + timedelta(hours=hours)}
    if holds:
        assert change_grants(values) == 1
        return
    with pytest.raises(IntegrityError, match="grant_time_forward"):
        change_grants(values)


def change_grants(values: dict[str, object]) -> int:
    with transaction.atomic(), trail.bulk(Tag.IMPORTED):
        return AccessGrant.objects.update(**values)
