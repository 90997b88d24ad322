"""Whether a text tells who she is: her words and numbers in any dress, and nobody else's."""

import pytest

from casework.access import visit
from casework.cases.models import Case
from casework.clients.models import Address, Identity
from contacts.supervision import telling
from tests.cast import Cast

WHO = Identity(given_name="Åsa Eva-Lena", family_name="Öberg Stark", number="199004121239")
WHERE = Address(
    street="Stora Ingenstansgatan 12",
    postal_code="211 20",
    town="Höör",
    note="Ring på hos Karlqvist, kod 4711 i porten.",
)


@pytest.fixture
def hers(case: Case) -> telling.Hers:
    case.client.identity, case.client.address = WHO, WHERE
    case.client.save()
    return telling.hers(case)


@pytest.mark.parametrize(
    "text",
    [
        "åsa sjunger",
        "ÅSAS syster",
        "hos Öberg-familjen",
        "Lena!",
        "Hon heter Stark",
        "A\u030asa",
        "Å\u00adsa",
        "Fo\u0308dd 900412",
        "född 1990-04-12",
        "19900412-1239",
        "9004121239",
        "900412 + 1239",
        "på ingenstansgatan",
        "bor i Höör",
        "211 20",
        "21120",
        "hos karlqvist",
        "kod 4711",
    ],
)
def test_what_is_hers_is_found(hers: telling.Hers, text: str) -> None:
    assert hers.in_text(f"Det är {text} som gäller.")


@pytest.mark.parametrize(
    "text", ["", "Hon är stark och modig.", "Hon går på stora gatan", "Ring på måndag.", "Hon läser i porten", "kl. 12"]
)
def test_what_is_anybodys_is_not(hers: telling.Hers, text: str) -> None:
    assert not hers.in_text(text)


def test_the_case_number_is_hers(hers: telling.Hers, case: Case) -> None:
    assert hers.in_text(f"ärende {case.number}")


def test_somebody_without_identity_has_only_her_case_number(cast: Cast, case: Case) -> None:
    case.client.identity, case.client.address = Identity(number="T12"), Address()
    case.client.save()
    known = telling.hers(case)
    assert known.words == set()
    assert known.numbers == {case.number.replace("-", "")}
    assert "Hers" in repr(known)
    assert case.number not in repr(known)


def test_names_of_others_may_be_hers_too(hers: telling.Hers, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not hers.in_text("Milos skola")
    monkeypatch.setattr(telling, "also_names", [lambda of: ["Milo Öberg"] if of == case else []])
    assert telling.hers(case).in_text("Milos skola")


def test_the_comparison_is_noted(case: Case) -> None:
    with visit.begin() as seen:
        telling.hers(case)
    assert seen.reason_code == telling.COMPARED
    assert seen.opened == {"casework.Client.identity": 1, "casework.Client.address": 1}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("19900412-1239", ["ett personnummer"]),
        ("900412 1239", ["ett personnummer"]),
        ("Ring 040-12 34 56", ["ett telefonnummer"]),
        ("+46701234567", ["ett telefonnummer"]),
        ("Storgatan 12", ["en gatuadress"]),
        ("a.b@example.org", ["en e-postadress"]),
        ("Hon sjöng i kören 2019 och vill 2026-03-01 börja igen.", []),
        ("", []),
    ],
)
def test_what_looks_like_a_number_or_an_address(text: str, what: list[str]) -> None:
    assert telling.looks(text) == what
