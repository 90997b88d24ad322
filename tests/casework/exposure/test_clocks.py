"""The clocks of an exposure, to the minute."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.test import override_settings

from casework.cases.exposure import rules
from casework.cases.exposure.models import ExposureIncident, ExposureMeasure

HERE = ZoneInfo("Europe/Stockholm")
MINUTE = timedelta(minutes=1)


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=HERE)  # type: ignore[misc,arg-type]


FOUND = at(2026, 11, 20, 16, 30)  # a Friday


def clocks(found: datetime, now: datetime, *measures: ExposureMeasure) -> list[rules.Clock]:
    return rules.clocks(ExposureIncident(found_at=found), measures, now)


def done(step: str, when: datetime, **more: Any) -> ExposureMeasure:
    return ExposureMeasure(step=step, done_at=when, incident_id=uuid4(), **more)


DUE = [
    (0, at(2026, 11, 20, 18, 30)),
    (1, datetime(2026, 11, 20, 23, 59, 59, 999999, tzinfo=HERE)),
    (2, datetime(2026, 11, 20, 23, 59, 59, 999999, tzinfo=HERE)),
    (3, datetime(2026, 11, 20, 23, 59, 59, 999999, tzinfo=HERE)),
    (4, at(2026, 11, 23, 16, 30)),
    (6, datetime(2026, 11, 20, 23, 59, 59, 999999, tzinfo=HERE)),
    (7, at(2026, 11, 21, 16, 30)),
    (8, at(2026, 11, 23, 16, 30)),
    (9, at(2026, 12, 20, 16, 30)),
]


@pytest.mark.parametrize(("which", "due"), DUE)
def test_each_clock_is_late_the_minute_after(which: int, due: datetime) -> None:
    assert clocks(FOUND, FOUND)[which].due == due
    assert not clocks(FOUND, due - MINUTE)[which].late
    assert not clocks(FOUND, due)[which].late
    after = clocks(FOUND, due + MINUTE)[which]
    assert (after.late, after.met, after.running_late) == (True, False, True)


def test_every_number_of_law_is_there() -> None:
    found = clocks(FOUND, FOUND)
    assert [clock.step for clock in found] == [
        "warned", "risk", "police", "tax_agency", "gdpr33", "gdpr34", "lex_sarah", "cyber", "cyber", "cyber",
    ]  # fmt: skip
    for step, paragraph in (("gdpr33", "art. 33"), ("gdpr34", "art. 34"), ("lex_sarah", "27 kap."), ("cyber", "1506")):
        assert all(paragraph in clock.paragraph for clock in found if clock.step == step)


def test_without_undue_delay_has_no_number_and_is_never_late() -> None:
    clock = clocks(FOUND, FOUND + timedelta(days=999))[5]
    assert (clock.step, clock.due, clock.late) == ("gdpr34", None, False)


@pytest.mark.parametrize(
    ("found", "hours72"),
    [
        (at(2026, 3, 27, 12, 0), at(2026, 3, 30, 13, 0)),  # summer time begins on the 29th
        (at(2026, 10, 24, 12, 0), at(2026, 10, 27, 11, 0)),  # and ends on the 25th
        (at(2026, 12, 30, 8, 0), at(2027, 1, 2, 8, 0)),
    ],
)
def test_hours_are_hours_when_the_clock_turns(found: datetime, hours72: datetime) -> None:
    clock = clocks(found, found)[4]
    assert clock.due == hours72.astimezone(UTC)
    assert clock.due - found.astimezone(UTC) == timedelta(hours=72)


@pytest.mark.parametrize(
    ("found", "month"),
    [
        (at(2026, 1, 31, 10, 0), at(2026, 2, 28, 10, 0)),
        (at(2028, 1, 30, 10, 0), at(2028, 2, 29, 10, 0)),
        (at(2026, 2, 28, 10, 0), at(2026, 3, 28, 10, 0)),
        (at(2026, 12, 31, 23, 59), at(2027, 1, 31, 23, 59)),
        (at(2026, 5, 31, 0, 0), at(2026, 6, 30, 0, 0)),
        (datetime(2026, 2, 28, 23, 30, tzinfo=UTC), at(2026, 4, 1, 0, 30)),  # it is 1 March here
    ],
)
def test_a_month_ends_where_the_month_ends(found: datetime, month: datetime) -> None:
    due = rules.one_month(found)
    assert due == month


@override_settings(METHOD={"exposure_warn_hours": 5})
def test_the_sections_own_hours_are_a_setting() -> None:
    assert clocks(FOUND, FOUND)[0].due == FOUND + timedelta(hours=5)


def test_what_is_done_is_met_and_late_only_when_it_was_done_late() -> None:
    now = FOUND + timedelta(days=40)
    in_time = clocks(FOUND, now, done("warned", FOUND + timedelta(hours=2)))[0]
    too_late = clocks(FOUND, now, done("warned", FOUND + timedelta(hours=2) + MINUTE))[0]
    judged = clocks(FOUND, now, done("warned", now, not_needed=True))[0]
    assert (in_time.met, in_time.late) == (True, False)
    assert (too_late.met, too_late.late, too_late.running_late) == (True, True, False)
    assert (judged.met, judged.late) == (True, False)


def test_what_is_missing_is_named() -> None:
    assert rules.missing(rules.Step.values, "Läs") == []
    assert rules.missing(rules.Step.values, "  ") == ["Lärdomar"]
    assert rules.missing([step for step in rules.Step.values if step != "police"], "Läs") == ["Polisen"]
