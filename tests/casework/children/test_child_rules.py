"""What a guardian may be told, when a child consents herself, and the clocks of a report of concern."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.clients.children import rules
from casework.clients.children.actions import add_child
from casework.clients.children.models import ConcernReport, Guardian
from casework.clients.models import Identity
from casework.crypto.personnummer import luhn
from tests.cast import Cast

TODAY = timezone.localdate()
HERE = ZoneInfo("Europe/Stockholm")
DAY = timedelta(days=1)


def number(birth: str) -> str:
    base = f"{birth}238"
    return base + str(luhn(base[2:]))


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({}, "får inte"),
        ({"ended_on": TODAY}, "upphörde"),
        ({"valid_from": TODAY + timedelta(days=1)}, "börjar gälla"),
    ],
)
def test_a_guardian_without_the_right_is_refused(more: dict[str, Any], message: str) -> None:
    rights = bool(more)
    facts = {"valid_from": TODAY - timedelta(days=9), "may_receive_location": rights, "may_consent": rights, **more}
    guardian = Guardian(**facts)
    for check in (rules.check_may_tell_location, rules.check_may_consent):
        with pytest.raises(Refused, match=message):
            check(guardian)
    assert not rules.may_tell_location(guardian)
    assert not rules.may_consent(guardian)


def test_each_right_stands_for_itself() -> None:
    known = Guardian(valid_from=TODAY, may_receive_location=True, ended_on=TODAY + timedelta(days=1))
    assert (rules.may_tell_location(known), rules.may_consent(known)) == (True, False)
    agrees = Guardian(valid_from=TODAY, may_consent=True)
    assert (rules.may_tell_location(agrees), rules.may_consent(agrees)) == (False, True)


@pytest.mark.parametrize(
    ("twelve", "today", "herself"),
    [
        (number("20100601"), date(2025, 5, 31), False),
        (number("20100601"), date(2025, 6, 1), True),
        (number("20080229"), date(2023, 2, 28), False),
        (number("20080229"), date(2023, 3, 1), True),
        ("", date(2040, 1, 1), False),
        ("201013010000", date(2040, 1, 1), False),
    ],
)
def test_a_child_consents_herself_from_fifteen(cast: Cast, case: Case, twelve: str, today: date, herself: bool) -> None:
    who = Identity(given_name="Ida", number=twelve)
    child = add_child(by=cast.alma, case=case, identity=who, alias="Hon", lives_with=True)
    assert rules.consents_herself(child, today) is herself


def report(**more: Any) -> ConcernReport:
    return ConcernReport(**{"direction": "received", "at": datetime(2025, 3, 3, 10, 0, tzinfo=HERE), **more})


def test_the_assessment_has_a_day_to_the_second() -> None:
    concern, due = report(), datetime(2025, 3, 4, 10, 0, tzinfo=HERE)
    clock = rules.clocks(concern, due)[0]
    assert (clock.due, clock.met, clock.late, clock.paragraph) == (due, None, False, "SoL 20 kap. 1 §")
    assert rules.clocks(concern, due + timedelta(seconds=1))[0].late
    concern.assessed_at = due
    assert not rules.clocks(concern, due + timedelta(days=9))[0].late


def test_the_assessment_has_24_hours_also_when_the_clock_is_put_forward() -> None:
    concern = report(at=datetime(2025, 3, 29, 10, 0, tzinfo=HERE))
    assert rules.clocks(concern, concern.at)[0].due == datetime(2025, 3, 30, 9, 0, tzinfo=UTC)


def test_the_decision_has_fourteen_days_from_the_local_day() -> None:
    concern = report(at=datetime(2025, 3, 2, 23, 30, tzinfo=UTC))
    late = [rules.clocks(concern, datetime(2025, 3, day, 12, tzinfo=HERE))[1] for day in (17, 18)]
    assert late[0].due == date(2025, 3, 17)
    assert [clock.late for clock in late] == [False, True]


@pytest.mark.parametrize(
    ("decided", "due"),
    [
        (date(2025, 1, 15), date(2025, 5, 15)),
        (date(2025, 10, 31), date(2026, 2, 28)),
        (date(2027, 10, 31), date(2028, 2, 29)),
        (date(2024, 2, 29), date(2024, 6, 29)),
        (date(2025, 8, 31), date(2025, 12, 31)),
    ],
)
def test_an_inquiry_has_four_months(decided: date, due: date) -> None:
    concern = report(decided_on=decided, state="inquiry")
    days = [
        rules.clocks(concern, datetime.combine(day, datetime.min.time(), HERE)) for day in (due, due + timedelta(1))
    ]
    assert [(clocks[2].due, clocks[2].late) for clocks in days] == [(due, False), (due, True)]
    longer = report(decided_on=decided, state="inquiry", extended_to=due + timedelta(days=60))
    assert rules.clocks(longer, timezone.now())[2].due == due + timedelta(days=60)


def test_the_reporter_is_told_within_a_week_of_the_decision() -> None:
    decided = date(2024, 2, 26)
    told = rules.clocks(report(decided_on=decided, state="not_opened"), timezone.now())
    assert [clock.text for clock in told] == ["Skyddsbedömning", "Beslut om utredning", "Svar till den som anmälde"]
    assert (told[2].due, told[2].late) == (date(2024, 3, 4), True)
    answered = report(decided_on=decided, state="not_opened", told_on=date(2024, 3, 4))
    assert not rules.clocks(answered, timezone.now())[2].late
    assert len(rules.clocks(report(decided_on=decided, state="not_opened", direction="made"), timezone.now())) == 2
    assert len(rules.clocks(report(decided_on=decided, state="inquiry"), timezone.now())) == 4


@pytest.mark.parametrize(
    ("day", "years", "band"),
    [
        (date(2016, 3, 10), 0, "0"),
        (date(2017, 3, 9), 0, "0"),
        (date(2017, 3, 10), 1, "1-5"),
        (date(2022, 3, 9), 5, "1-5"),
        (date(2022, 3, 10), 6, "6-12"),
        (date(2029, 3, 9), 12, "6-12"),
        (date(2029, 3, 10), 13, "13-14"),
        (date(2031, 3, 10), 15, "15-17"),
        (date(2034, 3, 9), 17, "15-17"),
        (date(2034, 3, 10), 18, "18"),
    ],
)
def test_ages_are_whole_years_and_told_in_bands(day: date, years: int, band: str) -> None:
    born = number("20160310")
    assert (rules.age_on(born, day), rules.age_band(born, day)) == (years, band)
    assert rules.grown_up(born, day) == (years == 18)


@pytest.mark.parametrize("missing", ["", "201603"])
def test_without_a_number_there_is_no_age(missing: str) -> None:
    assert rules.age_on(missing, TODAY) is rules.age_band(missing, TODAY) is None
    assert not rules.grown_up(missing, TODAY)
