"""A colleague covers a case from a day to a day; it is set, extended, broken off, and ends by itself."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from audit.tags import Tag
from casework import policy
from casework.access.models import AccessGrant
from casework.cases import actions as cases
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.policy import Forbidden, Permission
from casework.signin.models import Role, User
from contacts.assignments import actions as assignments
from contacts.cover import actions, days, readers, rules
from contacts.models import Cover
from tests import factories
from tests.cast import Cast
from tests.contacts.cover.clock import day, move_to, noon
from tests.fixtures import SignIn, events, last_event, text


def cover(cast: Cast, case: Case, first: int = 0, last: int = 6, **more: Any) -> Cover:
    facts = {"by": cast.cecilia, "case": case, "substitute": cast.bo, **more}
    return actions.cover_case(starts_on=day(first), ends_on=day(last), **facts)


def test_a_cover_says_who_for_whom_how_long_and_by_whom(cast: Cast, case: Case) -> None:
    made = cover(cast, case, message="Ring på torsdag")
    assert (made.absent, made.substitute, made.set_by) == (cast.alma, cast.bo, cast.cecilia)
    assert Cover.objects.get().words.open().message == "Ring på torsdag"
    grant = AccessGrant.objects.get(source=made.pk)
    assert (grant.kind, grant.user, grant.ends_at) == ("cover", cast.bo, days.begins(day(7)))
    assert {case.ref(), cast.bo.ref()} <= set(last_event(Tag.COVER_SET).refs)
    assert readers.covers_of(cast.bo) == {case.pk: made}
    assert not readers.covers_of(cast.alma)


def test_what_one_who_covers_may_do_is_what_a_deputy_may(cast: Cast, case: Case) -> None:
    cover(cast, case)
    held = policy.permissions_for(cast.bo, case)
    assert {Permission.STEP_WRITE, Permission.METHOD_WRITE, Permission.CASE_REVEAL} <= held
    assert Permission.CASE_STATE not in held
    assert factories.make_step(cast.bo, case).author == cast.bo


def test_a_cover_is_over_at_midnight_after_its_last_day(
    cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = cover(cast, case, 2, 3)
    assert not readers.covers_of(cast.bo)
    move_to(monkeypatch, noon(3))
    assert policy.can_case(cast.bo, case, Permission.CASE_READ)
    assert readers.not_over(case) == [made]
    move_to(monkeypatch, days.begins(day(4)))
    assert not policy.can_case(cast.bo, case, Permission.CASE_READ)
    assert not readers.covers_of(cast.bo)
    assert (readers.not_over(case), readers.over(case)) == ([], [made])


@pytest.mark.parametrize(
    ("on", "hours"),
    [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 1), 24), (date(2026, 12, 31), 24)],
)
def test_a_day_is_the_local_day_also_when_the_clock_is_turned(on: date, hours: int) -> None:
    first, last = days.begins(on), days.is_over(on)
    assert (last.timestamp() - first.timestamp()) / 3600 == hours
    assert first == datetime(on.year, on.month, on.day, tzinfo=ZoneInfo("Europe/Stockholm"))


def test_who_may_cover_and_who_may_set_it(cast: Cast, case: Case) -> None:
    assert rules.can_cover(cast.cecilia, case)
    assert not rules.can_cover(cast.alma, case)
    for by in (cast.alma, cast.edvin):
        with pytest.raises(Forbidden):
            cover(cast, case, by=by)
    blocked = User.objects.create(username="b", display_name="B", role=Role.KONTAKTPERSON, section=cast.section)
    User.objects.filter(pk=blocked.pk).update(is_active=False)
    blocked.refresh_from_db()
    for wrong in (cast.eva, cast.hanna, cast.cecilia, blocked):
        with pytest.raises(Refused, match="aktiv kontaktperson i sektionen"):
            cover(cast, case, substitute=wrong)
    with pytest.raises(Refused, match="själv kontaktperson"):
        cover(cast, case, substitute=cast.alma)
    assert not Cover.objects.exists()


def test_the_days_lie_ahead_and_in_order(cast: Cast, case: Case) -> None:
    with pytest.raises(Refused, match="före den första"):
        cover(cast, case, 3, 2)
    with pytest.raises(Refused, match="i dag eller senare"):
        cover(cast, case, -1, 2)
    assert cover(cast, case, 0, 0).ends_on == day(0)


def test_one_who_has_the_case_already_does_not_cover_it(cast: Cast, case: Case) -> None:
    factories.assign(cast.cecilia, case, cast.bo, kind="deputy")
    with pytest.raises(Refused, match=r"Bo Ek kommer redan åt ärendet \(ersättare\)"):
        cover(cast, case)
    assert not Cover.objects.exists()
    assert AccessGrant.objects.filter(user=cast.bo).count() == 1


def test_one_who_is_away_herself_does_not_cover(cast: Cast, case: Case) -> None:
    actions.set_absence(by=cast.cecilia, user=cast.bo, starts_on=day(4), ends_on=day(5))
    with pytest.raises(Refused, match="Bo Ek är själv borta"):
        cover(cast, case)
    assert cover(cast, case, 0, 3)


def test_nobody_covers_for_nobody_and_nothing_in_a_closed_case(cast: Cast, case: Case) -> None:
    assignments.end_assignment(
        by=cast.cecilia, assignment=case.assignments.get(), close_reason="ended", reason="Byter tjänst"
    )
    with pytest.raises(Refused, match="ingen kontaktperson att täcka för"):
        cover(cast, case)
    closing = cases.move_case(by=cast.cecilia, case=case, name="begin_closing", reason="Klart")
    closed = cases.close_case(by=cast.cecilia, case=closing, closure_reason="moved", note="Flyttat")
    for stale in (closed, case):
        with pytest.raises(Refused, match="avslutat"):
            cover(cast, stale)


def test_an_extension_begins_when_the_cover_ends(cast: Cast, case: Case) -> None:
    first = cover(cast, case, 1, 3)
    longer = actions.extend_cover(by=cast.cecilia, cover=first, ends_on=day(6), message="Lite till")
    assert (longer.extends, longer.starts_on, longer.ends_on) == (first, day(4), day(6))
    one, two = AccessGrant.objects.filter(kind="cover")
    assert (one.ends_at, two.ends_at) == (two.opened_at, days.is_over(day(6)))
    assert last_event(Tag.COVER_EXTENDED).actor_id == str(cast.cecilia.pk)
    with pytest.raises(Refused, match="kommer redan åt ärendet"):
        actions.extend_cover(by=cast.cecilia, cover=first, ends_on=day(5))
    with pytest.raises(Refused, match="redan till och med"):
        actions.extend_cover(by=cast.cecilia, cover=first, ends_on=day(3))
    with pytest.raises(Forbidden):
        actions.extend_cover(by=cast.alma, cover=longer, ends_on=day(9))


def test_a_cover_is_broken_off_once_and_at_once(cast: Cast, case: Case) -> None:
    made = cover(cast, case)
    stale = Cover.objects.select_related("case").get()
    assert rules.can_end(cast.cecilia, made)
    with pytest.raises(Forbidden):
        actions.end_cover(by=cast.bo, cover=made)
    ended = actions.end_cover(by=cast.cecilia, cover=made)
    assert ended.ended_at is not None
    assert not policy.can_case(cast.bo, case, Permission.CASE_READ)
    assert AccessGrant.objects.get(kind="cover").close_reason == "ended"
    assert not rules.can_end(cast.cecilia, ended)
    for again in (stale, ended):
        with pytest.raises(Refused, match="redan slut"):
            actions.end_cover(by=cast.cecilia, cover=again)
        with pytest.raises(Refused, match="redan slut"):
            actions.extend_cover(by=cast.cecilia, cover=again, ends_on=day(20))


def test_what_has_run_out_is_not_extended(cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    made = cover(cast, case)
    move_to(monkeypatch, noon(7))
    with pytest.raises(Refused, match="Gör en ny"):
        actions.extend_cover(by=cast.cecilia, cover=made, ends_on=day(20))
    assert cover(cast, case, 7, 9)


def test_a_task_of_ones_own_makes_the_cover_needless(cast: Cast, case: Case) -> None:
    now, later = cover(cast, case, 0, 2), cover(cast, case, 5, 6)
    factories.assign(cast.cecilia, case, cast.bo, kind="deputy")
    assert all(row.ended_at is not None for row in Cover.objects.filter(pk__in=[now.pk, later.pk]))
    assert [row.kind for row in AccessGrant.objects.filter(user=cast.bo, closed_at=None)] == ["deputy"]
    assert len(events(Tag.COVER_ENDED)) == 2


def test_a_case_that_closes_ends_its_covers(cast: Cast, case: Case) -> None:
    cover(cast, case, 0, 2)
    cover(cast, case, 5, 6)
    closing = cases.move_case(by=cast.alma, case=case, name="begin_closing", reason="Klart")
    cases.close_case(by=cast.cecilia, case=closing, closure_reason="moved", note="Flyttat")
    assert not Cover.objects.filter(ended_at=None).exists()
    assert not AccessGrant.objects.filter(closed_at=None).exists()
    assert set(AccessGrant.objects.filter(kind="cover").values_list("close_reason", flat=True)) == {"case_closed"}
    assert last_event(Tag.COVER_ENDED).reason == "Ärendet avslutades"


def test_the_caseload_says_for_whom_one_covers_and_until_when(cast: Cast, case: Case, signed_in: SignIn) -> None:
    made = cover(cast, case)
    assert f"Du täcker för Alma Lind till {made.ends_on}" in text(signed_in(cast.bo).get("/mina-arenden/"))
    assert "Du täcker för" not in text(signed_in(cast.alma).get("/mina-arenden/"))
