"""From a value to points, and how figures and limits are said."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from casework.days import months_after
from contacts.fidelity import chart, scale, schedule
from contacts.fidelity.measures import MEASURES
from contacts.fidelity.models import FidelityItem


@pytest.mark.parametrize(
    ("item", "value", "points"),
    [
        ("caseload", "20", 5), ("caseload", "20.01", 4), ("caseload", "40", 2), ("caseload", "40.01", 1),
        ("supervisor", "6", 5), ("supervisor", "6.5", 4), ("supervisor", "11", 1),
        ("community", "0.85", 5), ("community", "0.8499", 4), ("community", "0.5", 2), ("community", "0", 1),
        ("assessments", "0.9", 5), ("tied", "0.8", 4), ("natural", "0.45", 3), ("natural", "1", 5),
        ("group", "1", 5), ("group", "0.99", 4), ("group", "0.25", 2), ("group", "0.24", 1),
    ],
)  # fmt: skip
def test_points_go_by_the_limits(item: str, value: str, points: int) -> None:
    assert scale.points_of(item, Decimal(value)) == points


def test_the_limits_are_settings(settings: Any) -> None:
    settings.METHOD = {**settings.METHOD, "fidelity_anchors": {"caseload": [(8, 5), (12, 3)]}}
    assert [scale.points_of("caseload", Decimal(value)) for value in (8, 9, 13)] == [5, 3, 1]
    assert scale.anchors("caseload") == [
        (5, "högst 8 ärenden per kontaktperson"),
        (3, "högst 12 ärenden per kontaktperson"),
        (1, "mer än 12 ärenden per kontaktperson"),
    ]


def test_every_item_has_its_limits_in_words_and_says_whether_they_are_confirmed() -> None:
    for item in FidelityItem:
        assert [points for points, _ in scale.anchors(item)] == [5, 4, 3, 2, 1]
        assert scale.verified(item) == (item == "job")
    assert scale.anchors("job")[0] == (5, "minst 95 %")
    assert scale.anchors("job")[-1] == (1, "mindre än 70 %")
    assert scale.anchors("group")[1] == (4, "minst 0,75 i veckan")
    assert scale.anchors("hope")[0] == (5, "Genomgående")


def test_what_is_computed_is_what_can_be_put_in_words() -> None:
    assert set(scale.COMPUTED) == set(MEASURES)
    assert set(scale.HELP) == set(FidelityItem) - set(MEASURES)
    assert set(scale.NOTHING) == set(MEASURES) - {"group"}


@pytest.mark.parametrize(
    ("item", "above", "below", "words"),
    [
        ("community", "128", "240", "128 av 240 kontakter, 53,3 %"),
        ("tied", "1", "1", "1 av 1 kontakt, 100 %"),
        ("assessments", "14", "18", "14 av 18 ärenden, 77,7 %"),
        ("natural", "0", "3", "0 av 3 mål, 0 %"),
        ("caseload", "2584.40", "182", "14,2 ärenden per kontaktperson, i snitt över 182 dagar"),
        ("caseload", "3641", "182", "20,1 ärenden per kontaktperson, i snitt över 182 dagar"),
        ("caseload", "3", "1", "3 ärenden per kontaktperson, i snitt över 1 dag"),
        ("supervisor", "5", "1", "5 kontaktpersoner på 1 sektionschef"),
        ("supervisor", "1", "2", "1 kontaktperson på 2 sektionschefer"),
        ("group", "22", "25.86", "22 tillfällen på 25,9 veckor, 0,85 i veckan"),
        ("group", "1", "1", "1 tillfälle på 1 vecka, 1 i veckan"),
    ],
)
def test_figures_are_said_in_plain_words(item: str, above: str, below: str, words: str) -> None:
    assert scale.in_words(item, Decimal(above), Decimal(below)) == words


def test_45_is_high() -> None:
    assert [scale.is_high(points) for points in (None, 44, 45, 55)] == [False, False, True, True]
    assert scale.total([5, None, 3]) == 8


# --- when -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 3, 31), 6, date(2026, 9, 30)), (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)), (date(2026, 12, 1), 12, date(2027, 12, 1)),
        (date(2026, 3, 1), -6, date(2025, 9, 1)), (date(2026, 6, 30), -6, date(2025, 12, 30)),
    ],
)  # fmt: skip
def test_months_are_added(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


def test_a_baseline_then_every_half_year_for_two_years_then_every_year() -> None:
    today, base = date(2026, 11, 21), date(2026, 6, 30)
    assert schedule.next_day([], today) == today
    ends = [base]
    found = []
    for _ in range(6):
        ends.append(schedule.next_day(ends, today))
        found.append(ends[-1].isoformat())
    assert found == ["2026-12-30", "2027-06-30", "2027-12-30", "2028-06-30", "2029-06-30", "2030-06-30"]


def test_a_late_or_a_short_half_year_moves_the_next_one() -> None:
    base = date(2026, 8, 31)
    assert schedule.next_day([date(2027, 4, 15), base], base) == date(2027, 10, 15)
    # four half-years by months of 31 and 28 days end on 2028-08-28: the two years are over all the same
    assert schedule.next_day([base, date(2028, 8, 28)], base) == date(2029, 8, 28)


def test_the_usual_period_is_the_six_whole_months_before() -> None:
    assert schedule.usual_period(date(2026, 11, 21)) == (date(2026, 5, 1), date(2026, 10, 31))
    assert schedule.usual_period(date(2026, 3, 1)) == (date(2025, 9, 1), date(2026, 2, 28))


# --- drawing ----------------------------------------------------------------------------------------------------------


def test_points_lie_along_the_time_and_higher_totals_higher_up() -> None:
    trend = chart.draw([(date(2026, 1, 1), 11), (date(2026, 7, 1), 45), (date(2027, 7, 1), 55)])
    assert trend is not None
    low, middle, high = trend.dots
    assert (low.y, middle.y, high.y) == (chart.BOTTOM, trend.high_y, chart.TOP)
    # 181 of 546 days: a third of the way, not the middle
    assert (middle.x - low.x) / (high.x - low.x) == pytest.approx(181 / 546, abs=0.01)
    assert trend.path == f"{low.x},{low.y} {middle.x},{middle.y} {high.x},{high.y}"
    assert trend.days == [(chart.LEFT, "start", low.day), (chart.RIGHT, "end", high.day)]


def test_one_measurement_is_a_dot_in_the_middle_and_none_is_nothing() -> None:
    assert chart.draw([]) is None
    trend = chart.draw([(date(2026, 1, 1), 30)])
    assert trend is not None
    assert trend.dots[0].x == (chart.LEFT + chart.RIGHT) // 2
    assert trend.days == [(trend.dots[0].x, "middle", date(2026, 1, 1))]
