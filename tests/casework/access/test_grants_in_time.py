"""Doors that open and shut by themselves: exact for every moment asked, never two at a time for one person."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from audit.tags import Tag
from casework import policy
from casework.access import actions as access
from casework.access.models import AccessGrant
from casework.access.readers import who_could_open
from casework.cases.models import Case
from casework.cases.rules import Refused
from tests.cast import Cast
from tests.fixtures import events

DAY = timedelta(days=1)
Hand = pytest.MonkeyPatch


def at(clock: Hand, moment: datetime) -> None:
    """The day is another."""
    clock.setattr(timezone, "now", lambda: moment)


def cover(cast: Cast, case: Case, start: datetime | None, end: datetime | None, kind: str = "cover") -> AccessGrant:
    return access.open_grant(
        by=cast.cecilia, case=case, user=cast.bo, kind=kind, source=case.pk, opens_at=start, ends_at=end
    )


def doors(case: Case, moment: datetime) -> list[str]:
    return [row["kind"] for row in who_could_open(case, moment) if row["user__display_name"] == "Bo Ek"]


def test_a_door_opens_and_shuts_by_itself(cast: Cast, case: Case, monkeypatch: Hand) -> None:
    now = timezone.now()
    cover(cast, case, now + 2 * DAY, now + 4 * DAY)
    seconds = timedelta(seconds=1)
    asked = {now: [], now + 2 * DAY - seconds: [], now + 2 * DAY: ["cover"], now + 4 * DAY - seconds: ["cover"]}
    asked[now + 4 * DAY] = []
    for moment, kinds in asked.items():
        assert doors(case, moment) == kinds
        at(monkeypatch, moment)
        assert policy.can_case(cast.bo, case, policy.Permission.CASE_READ) == bool(kinds)
        assert bool(policy.permissions_for(cast.bo, case)) == bool(kinds)


def test_the_answer_tells_from_when_until_when_and_who_set_it(cast: Cast, case: Case) -> None:
    now = timezone.now()
    cover(cast, case, now + DAY, now + 3 * DAY)
    _, row = who_could_open(case, now + 2 * DAY)
    assert (row["opened_at"], row["until"], row["opened_by__display_name"]) == (
        now + DAY,
        now + 3 * DAY,
        "Cecilia Holm",
    )
    access.close_grants(by=cast.cecilia, source=case.pk, close_reason="ended")
    assert not doors(case, now + 2 * DAY)


def test_nobody_is_let_in_afterwards(cast: Cast, case: Case) -> None:
    now = timezone.now()
    with pytest.raises(ValueError, match="afterwards"):
        cover(cast, case, now - DAY, now + DAY)
    assert cover(cast, case, now, now + DAY).opened_at == now


def test_what_was_called_off_before_it_began_opened_no_door(cast: Cast, case: Case) -> None:
    now = timezone.now()
    grant = cover(cast, case, now + DAY, now + 3 * DAY)
    assert access.close_grants(by=cast.cecilia, source=case.pk, close_reason="ended") == 1
    grant.refresh_from_db()
    assert (grant.opened_at, grant.closed_at) == (now + DAY, now + DAY)
    assert not any(doors(case, now + hours * timedelta(hours=6)) for hours in range(20))
    assert cover(cast, case, None, None).closed_at is None


def test_what_has_run_out_is_closed_when_it_ran_out(cast: Cast, case: Case, monkeypatch: Hand) -> None:
    now = timezone.now()
    grant = cover(cast, case, None, now + DAY)
    at(monkeypatch, now + 5 * DAY)
    assert cover(cast, case, None, now + 9 * DAY).opened_at == now + 5 * DAY
    grant.refresh_from_db()
    assert (grant.closed_at, grant.closed_by, grant.close_reason) == (now + DAY, cast.cecilia, "expired")
    assert [line.reason for line in events(Tag.GRANT_CLOSED)] == ["Tiden gick ut"]
    at(monkeypatch, now + 20 * DAY)
    assert access.close_grants(by=cast.cecilia, source=case.pk, close_reason="ended") == 1
    second = AccessGrant.objects.get(kind="cover", opened_at=now + 5 * DAY)
    assert (second.closed_at, second.close_reason) == (now + 9 * DAY, "expired")
    assert [len(doors(case, now + days * DAY)) for days in (0.5, 1, 4, 5, 8, 9)] == [1, 0, 0, 1, 1, 0]


@pytest.mark.parametrize(
    ("start", "end", "meets"),
    [(0, 2, False), (0, 3, True), (3, 4, True), (2, 6, True), (1, None, True), (6, 8, False), (6, None, False)],
)
def test_two_doors_of_one_person_never_meet(cast: Cast, case: Case, start: int, end: int | None, meets: bool) -> None:
    now = timezone.now()
    cover(cast, case, now + 2 * DAY, now + 6 * DAY)
    until = now + end * DAY if end else None
    if meets:
        with pytest.raises(Refused, match=r"kommer redan åt ärendet \(täcker för en kollega\) från .* till "):
            cover(cast, case, now + start * DAY, until)
    else:
        cover(cast, case, now + start * DAY, until)
    assert max(len(doors(case, now + hours * timedelta(hours=12))) for hours in range(20)) == 1


def test_nobody_with_a_task_is_let_in_once_more(cast: Cast, case: Case) -> None:
    cover(cast, case, None, None, kind="deputy")
    with pytest.raises(Refused, match="ersättare"):
        cover(cast, case, timezone.now() + DAY, timezone.now() + 2 * DAY)
