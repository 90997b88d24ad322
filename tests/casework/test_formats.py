"""Dates, clock times, numbers and alphabetical order as Swedes write them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone
from django.utils.formats import date_format, get_format, localize

from casework import swedish
from casework.collation import sort_key

AFTERNOON = datetime(2026, 3, 1, 13, 2, tzinfo=UTC)


def test_a_day_in_running_text_and_in_a_table() -> None:
    assert swedish.day(date(2026, 3, 1)) == "1 mars 2026"
    assert swedish.iso(date(2026, 3, 1)) == "2026-03-01"


def test_a_moment_is_shown_in_local_time() -> None:
    assert swedish.clock(AFTERNOON) == "14.02"
    assert swedish.stamp(AFTERNOON) == "2026-03-01 14.02"
    assert swedish.iso(datetime(2026, 3, 1, 23, 30, tzinfo=UTC)) == "2026-03-02"
    assert swedish.clock(time(9, 5)) == "09.05"


@pytest.mark.parametrize(("days", "expected"), [(0, "i dag"), (-1, "i går"), (1, "i morgon")])
def test_near_days_have_names(days: int, expected: str) -> None:
    near = timezone.localdate() + timedelta(days=days)
    assert swedish.when(near) == expected
    assert swedish.ago_days(near) == expected


def test_a_near_moment_has_its_clock() -> None:
    now = timezone.now()
    assert swedish.when(now) == f"i dag {swedish.clock(now)}"


def test_far_days_are_iso_dates() -> None:
    assert swedish.when(AFTERNOON) == "2026-03-01"


def test_days_are_counted_both_ways() -> None:
    today = timezone.localdate()
    assert swedish.ago_days(today - timedelta(days=12)) == "för 12 dagar sedan"
    assert swedish.ago_days(today + timedelta(days=3)) == "om 3 dagar"
    assert swedish.ago_days(None) == "aldrig"


def test_thousands_are_set_apart() -> None:
    assert swedish.number(5120) == "5\xa0120"


def test_django_itself_uses_the_same_formats() -> None:
    assert date_format(date(2026, 3, 1)) == "1 mars 2026"
    assert localize(time(14, 2)) == "14.02"
    assert get_format("DATE_INPUT_FORMATS") == ["%Y-%m-%d", "%d/%m %Y", "%Y%m%d"]


def test_filters_say_nothing_for_nothing() -> None:
    source = "{% load face %}[{{ none|day }}{{ none|iso }}{{ none|clock }}{{ none|stamp }}{{ none|when }}] {{ d|day }}"
    assert Template(source).render(Context({"none": None, "d": date(2026, 3, 1)})) == "[] 1 mars 2026"


def test_swedish_letters_come_last_and_in_order() -> None:
    names = ["Östen", "Ärla", "Zoe", "Åsa", "Émile", "Eva", "adam", "Anna"]
    assert sorted(names, key=sort_key) == ["adam", "Anna", "Émile", "Eva", "Zoe", "Åsa", "Ärla", "Östen"]


def test_order_does_not_depend_on_how_a_letter_is_composed() -> None:
    assert sort_key("A\u030asa") == sort_key("Åsa")
    assert sort_key("Øyvind")[0] == sort_key("Öyvind")[0]
