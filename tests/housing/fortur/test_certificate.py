"""The text to the landlord: how it begins, and what may never stand in it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from casework.cases.models import Case
from casework.clients import actions as clients
from casework.clients.models import Address
from housing.fortur import certificate, rules
from housing.needs.models import NeedProfile
from tests import factories
from tests.cast import Cast


@pytest.mark.parametrize(
    ("profile", "words"),
    [
        ({"adults": 1, "children": [], "rooms": 1}, ("är en vuxen.", "minst ett rum")),
        ({"adults": 2, "children": ["0"], "rooms": 2}, ("två vuxna och ett barn (under 1 år).", "minst två rum")),
        ({"adults": 1, "children": ["6-12", "1-5", "6-12"], "rooms": 4}, ("tre barn (1–5 år, 6–12 år, 6–12 år)",)),
        ({"adults": 13, "children": [], "rooms": 3}, ("är 13 vuxna",)),
    ],
)
def test_the_fixed_text_tells_the_household_in_words(profile: dict[str, Any], words: tuple[str, ...]) -> None:
    text = certificate.begin(NeedProfile(**profile))

    assert all(word in text for word in words)
    assert ("Barnens behov" in text) is bool(profile["children"])


@pytest.mark.parametrize("children", [[], ["0"], ["15-17", "0", "1-5"]])
def test_the_fixed_text_has_nothing_that_has_to_go(cast: Cast, case: Case, children: list[str]) -> None:
    assert rules.faults(case, certificate.begin(NeedProfile(adults=1, children=children, rooms=3))) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Hon har blivit misshandlad.", "”misshandlad” berättar om våld eller hot."),
        ("Familjen är på skyddat boende.", "”skyddat” berättar om skydd."),
        ("Polisen är inkopplad.", "”Polisen” berättar om polis eller brott."),
        ("Se tingsrättens dom.", "”tingsrättens” berättar om en domstol."),
        ("Åsa behöver ett hem.", "”Åsa” är personens eget namn."),
        ("Öberg-Linds barn trivs.", "är personens eget namn."),
        ("Hon bor på Storgatan 5.", "”Storgatan 5” ser ut som en gatuadress"),
        ("Nummer 19120101-9816.", "”19120101-9816” ser ut som ett personnummer."),
        ("Ring 040-123 45 67.", "riktnummer"),
        ("Behovet heter B-7K2M9Q hos oss.", "”B-7K2M9Q” visar vilket ärende det är."),
        ("Sektion 1 intygar.", "är en sektions namn"),
    ],
)
def test_a_word_that_has_to_go_is_named_with_its_reason(cast: Cast, case: Case, text: str, told: str) -> None:
    assert any(told in fault for fault in rules.faults(case, text))


def test_the_number_and_the_pseudonym_of_the_case_have_to_go(cast: Cast, case: Case) -> None:
    spaced = case.number.replace("-", " ")

    assert rules.faults(case, f"Se {case.number}.") == [f"”{case.number}” visar vilket ärende det är."]
    assert rules.faults(case, f"Se {spaced}.") == [f"”{spaced}” visar vilket ärende det är."]
    assert rules.faults(case, f"Det gäller {case.pseudonym}.")


def test_where_she_lives_has_to_go_also_a_word_of_it(cast: Cast, case: Case) -> None:
    where = Address(street="Hemvägen 3", town="Höganäs", municipality="Höganäs", postal_code="263 31")
    facts = {"review_on": timezone.localdate() + timedelta(days=30), "version": case.client.version}
    clients.change_address(by=cast.alma, case=case, address=where, **facts)

    fresh = Case.objects.get(pk=case.pk)
    assert any("orten" in fault or "kommunen" in fault for fault in rules.faults(fresh, "Hon trivs i Höganäs."))


def test_one_word_is_told_once(cast: Cast, case: Case) -> None:
    assert len(rules.faults(case, "Hotet och hotet, och våldet.")) == 2


def test_somebody_elses_name_is_no_hindrance(cast: Cast, case: Case) -> None:
    factories.make_case(cast.cecilia, given_name="Berit", family_name="Nilsson")

    assert rules.faults(case, "Berit på uthyrningen vet.") == []
