"""What lies ahead in many cases, the reminders, the timeline, and the coordinator's board."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.tags import Tag
from casework.cases import actions as cases
from casework.cases.models import Case
from casework.cases.reminders import of_cases
from housing.tenancies import ahead, moments, rules
from housing.tenancies.models import Tenancy
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, last_event, text
from tests.housing import made
from tests.housing.tenancies.facts import (
    TODAY,
    accepted,
    ago,
    alarm,
    close,
    end,
    living,
    sign,
    taken_over,
    visit,
    waive,
)  # fmt: skip

BOARD = "/boende/hyra/"


def days(case: Case, last: date = TODAY + timedelta(days=30)) -> list[tuple[str, date]]:
    return [(one.kind, one.day) for one in ahead.ahead_of([case.pk], last)]


@pytest.mark.parametrize(
    ("moved_in", "six", "twelve"),
    [
        (date(2025, 1, 15), date(2025, 7, 15), date(2026, 1, 15)),
        (date(2025, 8, 31), date(2026, 2, 28), date(2026, 8, 31)),
        (date(2027, 8, 30), date(2028, 2, 29), date(2028, 8, 30)),
        (date(2024, 2, 29), date(2024, 8, 29), date(2025, 2, 28)),
        (date(2025, 6, 30), date(2025, 12, 30), date(2026, 6, 30)),
        (date(2025, 12, 31), date(2026, 6, 30), date(2026, 12, 31)),
    ],
)
def test_checks_are_due_by_calendar_months(moved_in: date, six: date, twelve: date) -> None:
    tenancy = Tenancy(moved_in_on=moved_in)
    assert [rules.check_due(tenancy, after) for after in rules.After] == [six, twelve]
    assert rules.check_due(Tenancy(), "check_6") is None


def test_each_day_stands_once_and_only_when_it_is_near(cast: Cast, case: Case) -> None:
    soon, far = TODAY + timedelta(days=30), TODAY + timedelta(days=31)
    sign(cast, case, trial_until=soon, takeover_on=soon, next_visit_on=soon)
    assert days(case) == [("takeover", soon), ("trial", soon), ("visit", soon)]
    for row in Tenancy.objects.select_related("case"):
        end(cast, row)
    sign(cast, case, trial_until=far, takeover_on=far, next_visit_on=far)
    assert days(case) == []
    assert len(days(case, far)) == 3


def test_open_alarms_stand_once_until_they_are_settled(cast: Cast, case: Case) -> None:
    from housing.tenancies import living_actions

    tenancy = living(cast, case)
    rows = [alarm(cast, tenancy, came_on=ago(back)) for back in (2, 9)]
    assert days(case) == [("alarm", ago(9))]
    for row in rows:
        living_actions.settle_alarm(by=cast.alma, alarm=row, on=TODAY, outcome="Löst")
    assert days(case) == []


def test_the_right_to_stay_stands_once_from_its_warning_to_its_day(cast: Cast, case: Case, settings: Any) -> None:
    near = settings.HOUSING["tenure_warn_days"] - 10
    line = TODAY + timedelta(days=near)
    tenancy = sign(cast, case, starts_on=line.replace(year=line.year - 2))
    assert days(case) == [("tenure", line)]
    waive(cast, tenancy)
    assert days(case) == []
    sign(cast, case, starts_on=ago(1000))
    sign(cast, case, starts_on=ago(10))
    assert days(case) == []


def test_checks_stand_until_they_are_asked(cast: Cast, case: Case) -> None:
    from housing.tenancies import living_actions

    tenancy = living(cast, case, starts_on=ago(400))
    assert [kind for kind, _ in days(case)] == ["check_6", "check_12"]
    living_actions.check_living(by=cast.alma, tenancy=tenancy, after="check_6", lives_there=True)
    assert [kind for kind, _ in days(case)] == ["check_12"]


def test_nothing_lies_ahead_of_what_is_over(cast: Cast, case: Case) -> None:
    tenancy = living(cast, case, starts_on=ago(400), next_visit_on=TODAY, trial_until=TODAY)
    alarm(cast, tenancy)
    end(cast, tenancy)
    assert days(case) == []
    own = taken_over(cast, case, trial_until=TODAY, takeover_on=TODAY)
    assert own.state == "taken_over"
    assert days(case) == []


def test_reminders_say_nothing_of_why(cast: Cast, case: Case) -> None:
    tenancy = living(cast, case, next_visit_on=TODAY, starts_on=ago(400), trial_until=TODAY, takeover_on=TODAY)
    alarm(cast, tenancy, text="Rosenbuske")
    found = [one for one in of_cases([case.pk]) if one.url_name == "tenancies"]
    assert len(found) == 6
    assert all(one.text.startswith("Boende: ") and "Rosenbuske" not in one.text for one in found)


@pytest.mark.parametrize("count", [1, 10])
def test_many_cases_are_asked_of_in_one_query(cast: Cast, case: Case, count: int) -> None:
    for _ in range(count):
        alarm(cast, living(cast, case, next_visit_on=TODAY))
    with CaptureQueriesContext(connection) as asked:
        assert len(ahead.ahead_of([case.pk], TODAY)) == 2 * count
    assert len(asked) == 1


def test_the_timeline_tells_of_the_lease_and_never_where(cast: Cast, case: Case) -> None:
    tenancy = taken_over(cast, case, address="Rosenbuske 7")
    alarm(cast, tenancy, text="Rosenbuske")
    end(cast, tenancy)
    keys = [key for _, key in moments.moments(case, None)]
    entries = moments.show([*keys, ("signed", uuid4())])
    titles = {entry.title for entry in entries.values()}
    assert titles == {*moments.TITLES.values(), "Larm om hemmet: obetald hyra"}
    assert "Rosenbuske" not in str(entries)
    assert all(str(tenancy.pk) in entry.url for entry in entries.values())
    assert list(moments.moments(case, timezone.now() + timedelta(days=1))) == []


def test_the_board_knows_tokens_and_homes_and_nobody(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.hanna)
    assert "Inga kontrakt" in text(client.get(BOARD))
    track, home = accepted(cast, case)
    tenancy = living(cast, case, track, starts_on=ago(700), conditions="Rosenbuske", trial_until=TODAY)
    alarm(cast, tenancy, kind="alarm_disturbance", text="Rosenbuske")
    visit(cast, tenancy, text="Rosenbuske")
    sign(cast, case, address="Rosenbuske 3")
    page = text(client.get(BOARD))
    token = track.need.token
    for word in (token, home.name, "Andrahandskontrakt", "Störning", str(TODAY), "Kontaktpersonen", "data-late"):
        assert word in page
    for secret in (case.number, case.pseudonym, "Rosen", "Öberg", "Åsa", cast.alma.display_name, str(tenancy.pk)):
        assert secret not in page
    assert page.count(token) == page.count(f"/{token}/") + 1
    assert cases_of(last_event(Tag.TENANCIES_READ)) == {case.number}
    for stranger in (cast.alma, cast.cecilia, cast.dag, cast.ada):
        assert signed_in(stranger).get(BOARD).status_code == 403


def test_the_board_shows_what_goes_on_in_open_cases_of_the_branch(
    signed_in: SignIn, cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, (track, home) = signed_in(cast.hanna), accepted(cast, case)
    tenancy = living(cast, case, track)
    assert home.name in text(client.get(BOARD))
    monkeypatch.setattr(cases, "on_closing", [])
    closed = close(cast, case)
    assert home.name not in text(client.get(BOARD))
    cases.move_case(by=cast.cecilia, case=closed, name="reopen", reason="Igen")
    assert home.name in text(client.get(BOARD))
    end(cast, Tenancy.objects.select_related("case").get(pk=tenancy.pk), by=cast.cecilia)
    assert home.name not in text(client.get(BOARD))


@pytest.mark.parametrize("count", [1, 10])
def test_the_board_asks_as_many_questions_for_ten_as_for_one(
    signed_in: SignIn, cast: Cast, case: Case, count: int
) -> None:
    client = signed_in(cast.hanna)
    for number in range(count):
        other = factories.make_case(cast.cecilia)
        factories.assign(cast.cecilia, other, cast.alma)
        kind = made.make_kind(key=f"kind-{number}")
        track = made.make_track(made.make_need(cast.alma, other), kind, "offer", "accept")
        alarm(cast, sign(cast, other, track))
    client.get(BOARD)
    with CaptureQueriesContext(connection) as asked:
        assert text(client.get(BOARD)).count("Andrahandskontrakt") == count
    assert len(asked) <= 16, len(asked)
