"""The rules of matching, each alone, in words, and quick enough for all against all."""

import time
from itertools import product
from typing import Any

import pytest

from housing.homes import matching
from housing.homes.matching import Offer, Wanted
from housing.needs.models import NeedProfile

PROFILE: dict[str, Any] = {
    "adults": 1, "rooms": 3, "max_rent": 10_000, "areas": ["city_south"], "avoid": ["1281"], "region": ["city_south"],
    "access": ["step_free"], "pets": True,
}  # fmt: skip
OFFER: dict[str, Any] = {
    "area": "city_south", "rooms": 3, "rent": 9_000, "pets": True, "lease": "first_hand",
    "access": frozenset({"step_free", "quiet"}), "free": True,
}  # fmt: skip


def wanted(leases: tuple[str, ...] = ("first_hand",), **more: Any) -> Wanted:
    return Wanted.of(NeedProfile(**{**PROFILE, **more}), leases)


def offer(**more: Any) -> Offer:
    return Offer(**{**OFFER, **more})


def test_a_home_that_keeps_every_rule_suits_and_says_why() -> None:
    found = matching.match(wanted(), offer())
    assert found.ok
    assert found.met == ("area", "region", "fits")
    assert matching.reasons_for(found, wanted(), offer()) == [
        "Söder är ett önskat område", "Skola eller arbete ligger i Söder", "Lagom många rum",
        "3 rum, behöver minst 3", "9\xa0000 kr i månaden, högst 10\xa0000 kr", "Utan trappor eller med hiss",
        "Djur får finnas", "Förstahandskontrakt",
    ]  # fmt: skip
    assert matching.reasons_against(found, wanted(), offer()) == []


@pytest.mark.parametrize(
    ("more", "rule", "words"),
    [
        ({"rooms": 1}, "rooms", "1 rum, behöver minst 3"),
        ({"rent": 10_001}, "rent", "10\xa0001 kr i månaden, högst 10\xa0000 kr"),
        ({"area": "1281"}, "avoid", "Lund ska undvikas"),
        ({"access": frozenset({"quiet"})}, "access", "Saknar: Utan trappor eller med hiss"),
        ({"pets": False}, "pets", "Djur får inte finnas"),
        ({"lease": "sublease"}, "lease", "Ingen pågående väg leder till kontraktet: andrahandskontrakt via"),
        ({"free": False}, "free", "Bostaden är inte ledig"),
    ],
)
def test_each_broken_rule_speaks_against_alone(more: dict[str, Any], rule: str, words: str) -> None:
    found = matching.match(wanted(), offer(**more))
    assert not found.ok
    assert found.against == (rule,)
    assert matching.reasons_against(found, wanted(), offer(**more))[0].startswith(words)


@pytest.mark.parametrize(
    ("need", "home"),
    [
        ({"max_rent": 0}, {"rent": 50_000}),
        ({"pets": False}, {"pets": False}),
        ({"areas": ["city_north"]}, {}),
        ({"leases": ("",)}, {"lease": "trial_flat"}),
        ({"access": []}, {"access": frozenset()}),
        ({"rooms": 2}, {}),
    ],
)
def test_what_is_no_rule_for_the_need_hinders_nothing(need: dict[str, Any], home: dict[str, Any]) -> None:
    found = matching.match(wanted(**need), offer(**home))
    assert found.ok
    assert matching.reasons_for(found, wanted(**need), offer(**home))


def test_a_need_without_an_open_way_takes_no_home() -> None:
    assert matching.match(wanted(leases=()), offer()).against == ("lease",)


def test_what_suits_comes_first_then_more_wishes_then_the_longest_wait() -> None:
    best = matching.match(wanted(), offer())
    fewer = matching.match(wanted(areas=[], region=[]), offer())
    bad = matching.match(wanted(), offer(rooms=1))
    rows = [(bad, 99), (fewer, 50), (fewer, 60), (best, 1)]
    assert sorted(rows, key=lambda row: matching.order(*row)) == [(best, 1), (fewer, 60), (fewer, 50), (bad, 99)]


def test_three_hundred_needs_against_five_hundred_homes_take_less_than_a_second() -> None:
    needs = [wanted(rooms=1 + at % 5, pets=at % 2 == 0, max_rent=8_000 + at) for at in range(300)]
    homes = [offer(rooms=1 + at % 4, rent=7_000 + 10 * at) for at in range(500)]
    began = time.process_time()
    found = sum(matching.match(need, home).ok for need, home in product(needs, homes))
    assert time.process_time() - began < 1
    assert 0 < found < 150_000
