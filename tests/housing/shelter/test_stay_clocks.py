"""The clocks of a stay, to the day: leap days, summer time, the year's end, weekends and holidays."""

from datetime import date
from typing import Any

import pytest

from housing.shelter import clocks
from housing.shelter.clocks import ClockState
from housing.shelter.models import ShelterStay
from tests.housing.shelter.facts import number_of

HER, CHILD = "00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-000000000002"


def d(text: str) -> date:
    return date.fromisoformat(text)


def stay(ground: str = "adult", **more: Any) -> ShelterStay:
    days = {name: d(value) if name.endswith(("_on", "_to")) else value for name, value in more.items()}
    child = {} if ground == "adult" else {"child_id": CHILD, "adult_stay_id": HER}
    return ShelterStay(ground=ground, **{"decided_on": d("2026-03-02"), **child, **days})


def told(row: ShelterStay, today: str, number: str = "") -> dict[str, tuple[str, str]]:
    return {clock.label: (str(clock.due), clock.state.name) for clock in clocks.of(row, d(today), number)}


@pytest.mark.parametrize(
    ("decided", "last"),
    [
        ("2026-03-02", "2026-03-09"),
        ("2026-03-14", "2026-03-23"),  # a week later is a Saturday
        ("2026-03-15", "2026-03-23"),  # a Sunday
        ("2026-03-27", "2026-04-07"),  # långfredag, and påsk after it
        ("2026-03-22", "2026-03-30"),  # summer time begins that Sunday
        ("2026-10-18", "2026-10-26"),  # and ends
        ("2026-04-24", "2026-05-04"),  # 1 May is a Friday
        ("2026-05-07", "2026-05-15"),  # Kristi himmelsfärdsdag
        ("2026-06-12", "2026-06-22"),  # midsommarafton
        ("2026-10-24", "2026-11-02"),  # alla helgons dag
        ("2026-12-17", "2026-12-28"),  # julafton, juldagen, a weekend
        ("2026-12-24", "2027-01-04"),  # nyårsafton, nyårsdagen, a weekend
        ("2027-12-30", "2028-01-07"),  # trettondagen
        ("2028-02-22", "2028-02-29"),  # a leap day
        ("2028-02-23", "2028-03-01"),
        ("2025-05-30", "2025-06-09"),  # nationaldagen, pingst
    ],
)
def test_an_immediate_decision_is_submitted_within_a_week_or_the_next_working_day(decided: str, last: str) -> None:
    assert clocks.submit_by(d(decided)) == d(last)
    row = stay("immediate", decided_on=decided)
    assert clocks.lapsed_on(row, d(last)) is None
    assert clocks.lapsed_on(row, date.fromordinal(d(last).toordinal() + 1)) == date.fromordinal(d(last).toordinal() + 1)


@pytest.mark.parametrize(
    ("year", "easter"),
    [(2000, "04-23"), (2008, "03-23"), (2011, "04-24"), (2019, "04-21"), (2024, "03-31"), (2026, "04-05"),
     (2038, "04-25"), (2049, "04-18")],
)  # fmt: skip
def test_easter_falls_where_it_falls(year: int, easter: str) -> None:
    assert clocks.easter_day(year) == d(f"{year}-{easter}")


def test_the_free_days_of_a_year() -> None:
    found = sorted(f"{one:%m-%d}" for one in clocks.free_days(2026))
    assert found == [
        "01-01", "01-06", "04-03", "04-05", "04-06", "05-01", "05-14", "05-24", "06-06", "06-19", "06-20", "10-31",
        "12-24", "12-25", "12-26", "12-31",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("started", "extended", "last"),
    [
        ("2026-03-02", None, "2026-04-13"),
        ("2026-02-20", None, "2026-04-07"),  # six weeks later is långfredag
        ("2026-11-13", None, "2026-12-28"),  # juldagen, a Friday
        ("2026-03-02", "2026-05-02", "2026-05-04"),  # the court gave time until a Saturday
        ("2028-01-18", None, "2028-02-29"),
    ],
)
def test_the_application_is_made_within_six_weeks_from_the_start(started: str, extended: str | None, last: str) -> None:
    assert clocks.apply_by(d(started), d(extended) if extended else None) == d(last)


@pytest.mark.parametrize(
    ("last_time", "due"),
    [
        ("2026-08-31", "2027-02-28"),
        ("2027-08-31", "2028-02-29"),
        ("2028-02-29", "2028-08-29"),
        ("2026-07-01", "2027-01-01"),  # our own duty: not moved for a holiday
        ("2026-12-31", "2027-06-30"),
    ],
)
def test_it_is_considered_six_months_later_by_the_calendar(last_time: str, due: str) -> None:
    assert clocks.consider_by(d(last_time)) == d(due)
    row = stay(started_on="2026-01-01", considered_on=last_time, care_plan_on="2026-01-01")
    assert told(row, due)["Överväg om insatsen ska fortsätta"] == (due, "RUNNING")


def test_a_permission_lapses_four_weeks_after_it_became_final_also_on_a_holiday() -> None:
    assert clocks.begin_by(d("2026-12-04")) == d("2027-01-01")
    asked = stay("court", court_decided_on="2026-11-20")
    assert told(asked, "2026-11-21") == {"Börja placeringen": ("2026-12-18", "RUNNING")}
    assert clocks.lapsed_on(asked, d("2027-06-01")) is None  # nobody has said when it became final
    final = stay("court", court_decided_on="2026-11-20", court_final_on="2026-12-04")
    assert clocks.lapsed_on(final, d("2027-01-01")) is None
    assert clocks.lapsed_on(final, d("2027-01-02")) == d("2027-01-02")
    begun = stay("court", court_final_on="2026-12-04", started_on="2026-12-05")
    assert clocks.lapsed_on(begun, d("2027-06-01")) is None


@pytest.mark.parametrize(("born", "adult"), [("2008-02-29", "2026-03-01"), ("2008-12-31", "2026-12-31")])
def test_a_child_is_grown_up_on_the_day(born: str, adult: str) -> None:
    assert clocks.adult_on(number_of(d(born))) == d(adult)
    assert clocks.adult_on("") is None


def test_a_birthday_is_told_of_only_when_it_draws_near() -> None:
    row, number, label = stay("all_consent"), number_of(d("2008-12-31")), "Avsluta när barnet fyller 18"
    assert label not in told(row, "2026-06-30", number)
    assert told(row, "2026-07-01", number)[label] == ("2026-12-31", "RUNNING")
    assert told(row, "2027-01-01", number)[label] == ("2026-12-31", "LATE")
    assert told(stay(), "2026-12-01", number) == {}


def test_an_immediate_stay_has_all_its_clocks_in_the_order_of_the_days() -> None:
    row = stay("immediate", started_on="2026-03-03", submitted_on="2026-03-05", implementation_plan_on="2026-03-10")
    found = clocks.of(row, d("2026-05-01"))
    assert [clock.due for clock in found] == sorted(clock.due for clock in found)
    assert told(row, "2026-05-01") == {
        "Vårdplan": ("2026-03-03", "MISSING"),
        "Genomförandeplan": ("2026-03-03", "MET"),
        "Underställ förvaltningsrätten": ("2026-03-09", "MET"),
        "Ansök hos förvaltningsrätten": ("2026-04-14", "LATE"),
        "Överväg om insatsen ska fortsätta": ("2026-09-03", "RUNNING"),
    }
    words = {clock.label: (clock.told, str(clock.day), clock.late) for clock in found}
    assert words["Vårdplan"] == ("Saknas sedan", "2026-03-03", True)
    assert words["Genomförandeplan"] == ("Gjort", "2026-03-10", False)
    assert words["Ansök hos förvaltningsrätten"] == ("Skulle ha varit gjort", "2026-04-14", True)
    assert words["Överväg om insatsen ska fortsätta"] == ("Senast", "2026-09-03", False)
    assert clocks.lapsed_on(row, d("2026-05-01")) == d("2026-04-15")


def test_each_clock_names_its_paragraph() -> None:
    hers = {clock.label: clock.paragraph for clock in clocks.of(stay(started_on="2026-03-03"), d("2026-03-03"))}
    assert hers == {"Vårdplan": "SoL 9 kap. 12 §", "Överväg om insatsen ska fortsätta": "SoL 22 kap. 13 §"}
    agreed = clocks.of(stay("all_consent", started_on="2026-03-03"), d("2026-03-03"))
    assert agreed[-1].paragraph == "SoL 22 kap. 13 §"
    court = clocks.of(stay("court", started_on="2026-03-03"), d("2026-03-03"))
    assert court[-1].paragraph == "lag 2024:79, 5 kap. 3 och 6 §§"


@pytest.mark.parametrize("state", ["ended", "lapsed"])
def test_what_is_over_has_no_clocks(state: str) -> None:
    row = stay("immediate", started_on="2026-03-03", state=state)
    assert clocks.of(row, d("2027-01-01")) == []
    assert clocks.lapsed_on(row, d("2027-01-01")) is None
    assert {ClockState(one).label for one in ClockState.values} == {"Återstår", "Saknas", "Tiden har passerat", "Klart"}
