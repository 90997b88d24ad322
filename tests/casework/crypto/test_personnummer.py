"""Personal numbers: what is taken, in which form, and what is said of the rest."""

import calendar
from datetime import date, timedelta

import pytest
import stdnum.se.personnummer as stdnum
from hypothesis import given
from hypothesis import strategies as st
from personnummer import personnummer as oracle

from casework.crypto.personnummer import InvalidNumber, PersonalNumber, format_number, luhn, parse

TODAY = date(2026, 11, 21)
LAST_CENTURY = st.dates(date(1930, 1, 1), date(2026, 11, 20))


def read(text: str) -> PersonalNumber:
    return parse(text, today=TODAY)


def code_of(text: str) -> str:
    with pytest.raises(InvalidNumber) as caught:
        read(text)
    assert len(str(caught.value)) > 20
    assert len(text) < 8 or text not in str(caught.value)
    return caught.value.code


def number(born: date, serial: int, added: int = 0) -> str:
    nine = f"{born:%y%m}{born.day + added:02}{serial:03}"
    return f"{born:%Y}"[:2] + nine + str(luhn(nine))


@given(st.dates(date(1800, 1, 1), TODAY), st.integers(1, 999), st.sampled_from([0, 60]))
def test_every_issued_number_is_taken(born: date, serial: int, added: int) -> None:
    twelve = number(born, serial, added)
    found = read(twelve)
    assert found.kind == ("samordningsnummer" if added else "personnummer")
    assert (found.twelve, found.birth_date) == (twelve, born)
    assert found.sex == ("male" if serial % 2 else "female")
    assert read(format_number(twelve)) == found


@given(st.dates(date(1827, 1, 1), TODAY), st.integers(1, 999))
def test_ten_digits_find_their_century(born: date, serial: int) -> None:
    twelve = number(born, serial)
    sign = "+" if TODAY.year - born.year >= 100 else "-"
    assert read(f"{twelve[2:8]}{sign}{twelve[8:]}").twelve == twelve
    if sign == "-":
        assert read(twelve[2:]).twelve == twelve


@given(st.dates(date(1800, 1, 1), TODAY), st.integers(1, 999), st.integers(2, 11), st.integers(1, 9))
def test_a_wrong_digit_is_found(born: date, serial: int, place: int, by: int) -> None:
    twelve = number(born, serial)
    wrong = f"{twelve[:place]}{(int(twelve[place]) + by) % 10}{twelve[place + 1 :]}"
    with pytest.raises(InvalidNumber):
        read(wrong)


@given(st.text(max_size=60))
def test_any_text_is_taken_or_refused_with_reason(text: str) -> None:
    try:
        assert len(read(text).twelve) == 12
    except InvalidNumber:
        assert code_of(text)


@given(LAST_CENTURY, st.integers(1, 999))
def test_the_oracles_agree_where_they_know(born: date, serial: int) -> None:
    twelve = number(born, serial)
    assert stdnum.is_valid(twelve)
    assert stdnum.get_birth_date(twelve) == read(twelve).birth_date
    assert oracle.valid(twelve)
    assert oracle.valid(number(born, serial, 60))
    assert oracle.parse(twelve).is_male() == (read(twelve).sex == "male")


# Each oracle refuses numbers that are issued: python-stdnum every samordningsnummer, personnummer those whose month or
# day is unknown (both kinds are in Skatteverket's own test data), and neither knows a reserve number.
ISSUED = ["197010632391", "191500722390", "191500882392"]


@pytest.mark.parametrize("twelve", ISSUED)
def test_issued_numbers_that_an_oracle_refuses_are_taken(twelve: str) -> None:
    assert read(twelve).kind == "samordningsnummer"
    assert not stdnum.is_valid(twelve)
    assert oracle.valid(twelve) == (twelve == ISSUED[0])


@pytest.mark.parametrize(("year", "month", "day"), [(1970, 0, 60), (1970, 0, 75), (1970, 10, 60), (2026, 11, 60)])
def test_a_samordningsnummer_may_lack_month_or_day(year: int, month: int, day: int) -> None:
    nine = f"{year % 100:02}{month:02}{day:02}123"
    found = read(f"{year // 100}{nine}{luhn(nine)}")
    assert (found.kind, found.birth_date, found.sex) == ("samordningsnummer", None, "male")


RESERVE = [
    "991981000010",  # Stockholm
    "991945000023",
    "19810829M071",  # Västra Götaland
    "19450829K088",
    "19930829X802",
    "19810829SU3A",  # Värmland
    "198108320014",  # Inera, Halland: day 32 to 59
    "19810829DA0B",  # Skåne
    "19810829R123",  # Västerbotten
    "22810829AB12",  # national, birth date known
    "00812140AB12",  # national, nothing known
    "18500101N001",  # Sörmland
]


@pytest.mark.parametrize("twelve", RESERVE)
def test_reserve_numbers_are_a_kind_of_their_own_and_tell_nothing(twelve: str) -> None:
    assert read(twelve) == PersonalNumber("reservnummer", twelve, None, None)
    assert read(format_number(twelve.lower())).twelve == twelve


def test_a_reserve_number_may_leave_out_its_century() -> None:
    assert read("810829DA0B").twelve == "19810829DA0B"


@pytest.mark.parametrize(
    "text",
    [
        "19701063-2391",
        "701063-2391",
        "7010632391",
        " 19701063 2391\t",
        "1970-10-63-2391",
        "1970\u201110\u221263\u20132391",
        "\u200e19701063\u00ad-2391\ufeff",
        "１９７０１０６３－２３９１",
        "١٩٧٠١٠٦٣-٢٣٩١",
        "19701063²391",
        "1 9 7 0 1 0 6 3 2 3 9 1",
    ],
)
def test_every_way_to_write_it_gives_the_same_number(text: str) -> None:
    assert read(text).twelve == "197010632391"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \u200b", "empty"),
        ("x" * 41, "length"),
        ("19701063", "length"),
        ("1970106323911", "length"),
        ("19701063239\0", "characters"),
        ("19701063_2391", "characters"),
        ("19701063.2391", "characters"),
        ("1970-1063-2391", "characters"),
        ("19A01063-2391", "characters"),
        ("197010632391é", "characters"),
        ("171010032391", "century"),
        ("211010032391", "century"),
        ("17101003AB12", "century"),
        ("197013032391", "month"),
        ("197000032391", "month"),
        ("197013632391", "month"),
        ("197013602391", "month"),
        ("197013452391", "month"),
        ("197002302391", "day"),
        ("190002292391", "day"),
        ("197010002391", "day"),
        ("197002902391", "day"),
        ("197000992391", "day"),
        ("8108320014", "day"),
        ("197010030009", "serial"),
        ("197010032391", "check"),
        ("991981000011", "check"),
        ("198108320015", "check"),
        ("19701003T123", "interim"),
        ("701003-TF10", "interim"),
        ("19701332AB12", "month"),
        ("19700230AB12", "day"),
        ("20261122AB12", "future"),
        ("20991231AB12", "future"),
        ("202612602391", "future"),
        ("202700602391", "future"),
    ],
)
def test_what_is_wrong_is_said(text: str, code: str) -> None:
    assert code_of(text) == code


def test_tomorrow_is_the_future_and_today_is_not() -> None:
    assert read(number(TODAY, 123)).birth_date == TODAY
    assert code_of(number(TODAY + timedelta(days=1), 123)) == "future"
    with pytest.raises(InvalidNumber, match="fyra siffror"):
        read(number(TODAY + timedelta(days=1), 123)[2:])


@pytest.mark.parametrize("year", [1896, 1900, 1904, 1996, 2000, 2004, 2023, 2024])
def test_a_leap_day_is_a_day_in_leap_years_only(year: int) -> None:
    nine = f"{year % 100:02}0229123"
    text = f"{year // 100}{nine}{luhn(nine)}"
    if calendar.isleap(year):
        assert read(text).birth_date == date(year, 2, 29)
    else:
        assert code_of(text) == "day"


def test_a_plus_means_a_hundred_years() -> None:
    assert read("121212+1212").twelve == "191212121212"
    assert read("121212-1212").twelve == "201212121212"
    assert parse("121212-1212", today=date(2011, 1, 1)).twelve == "191212121212"


def test_the_local_date_is_used_when_none_is_given() -> None:
    assert parse("19701063-2391").kind == "samordningsnummer"


def test_a_number_is_not_shown_by_accident() -> None:
    assert repr(read("19701063-2391")) == "<samordningsnummer>"
