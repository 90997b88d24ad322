"""Which building an address names, however it is written."""

import pytest

from housing.homes.places import building, building_of_line

HERE = building("Storgatan 12 B", "Malmö")


@pytest.mark.parametrize(
    ("street", "town"),
    [
        ("storgatan 12b", "MALMÖ"),
        ("Storg. 12 B, 3 tr", " Malmö "),
        ("Storgatan  12 B lgh 1102", "Malmö"),
        ("STORGATAN 12 b", "Malmo\u0308"),
        ("\uff33torgatan 12 B", "Malmö"),
    ],
)
def test_one_building_is_the_same_however_it_is_written(street: str, town: str) -> None:
    assert building(street, town) == HERE == "storgatan 12b malmö"


@pytest.mark.parametrize(
    ("street", "town"),
    [("Storgatan 12", "Malmö"), ("Storgatan 12 C", "Malmö"), ("Storgatan 1 B", "Malmö"), ("Storgatan 12 B", "Lund")],
)
def test_another_letter_number_or_town_is_another_building(street: str, town: str) -> None:
    assert building(street, town) != HERE


@pytest.mark.parametrize(
    ("street", "key"),
    [
        ("17:e Majgatan 4", "17 e majgatan 4 malmö"),
        ("Knuts v. 5 tr 2", "knuts vägen 5 malmö"),
        ("Gården Lyckan", "gården lyckan malmö"),
        ("Storgatan 12 tr 3", "storgatan 12 malmö"),
    ],
)
def test_flat_and_stair_are_left_out_and_short_words_written_out(street: str, key: str) -> None:
    assert " ".join(building(street, "Malmö").split()) == key


@pytest.mark.parametrize(("street", "town"), [("", "Malmö"), ("Storgatan 1", "  "), ("", "")])
def test_half_an_address_is_no_building(street: str, town: str) -> None:
    assert building(street, town) == ""


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Storgatan 12 B, 211 41 Malmö", True),
        ("Storgatan 12 B, lgh 1102, 21141 Malmö", True),
        ("Storgatan 12 B, Malmö", True),
        ("Storgatan 14, 211 41 Malmö", False),
        ("Storgatan 12 B Malmö", False),
        ("", False),
    ],
)
def test_an_address_on_one_line_is_read_by_its_commas(text: str, same: bool) -> None:
    assert (building_of_line(text) == HERE) is same
