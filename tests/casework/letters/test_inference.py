"""What a reader can understand: places, names, why, and numbers, each told by the word that stands there."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from casework.cases.letters.inference import Finding, find, in_template
from casework.cases.letters.known import Known
from casework.cases.letters.models import TemplateWords
from casework.cases.letters.places import finish
from casework.cases.letters.start import TEMPLATES
from casework.cases.naming import check_digit

KNOWN = Known(
    number="26-48173-5",
    pseudonym="Blå Ask",
    hers="Åsa Öberg-Lind",
    reader="Åsa Öberg-Lind",
    places=(
        ("gatan", "Solgatan 5"), ("orten", "Lund"), ("postnumret", "222 22"), ("domstolen", "Lunds tingsrätt"),
        ("hyresvärden", "MKB Fastighets AB"), ("ett barns skola", "Ekskolan"), ("vårdcentralen", ""),
    ),
    adults=("Rut Varg", "Bo Öberg"),
    children=("Elina Öberg",),
    sections=("Sektion Öst",),
)  # fmt: skip


def look(text: str, known: Known = KNOWN, *, body: str = "Hej! [[texten]]", **more: Any) -> list[Finding]:
    template = TemplateWords(subject="Rubrik", body=body)
    done = finish(template, {"texten": text}, number=known.number, handler="Rut Varg", day=date(2026, 3, 1))
    return find(known, done, **{"places_hard": False, **more})


def said(found: list[Finding]) -> str:
    return " ".join(finding.text for finding in found)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Kom till solgatan", "”solgatan” visar gatan"),
        ("Vi ses i Lund", "”Lund” visar orten"),
        ("Lunds torg", "”Lunds” visar"),
        ("22222 Lund", "”22222” visar postnumret"),
        ("MKB har ringt", "”MKB” visar hyresvärden"),
        ("på Ekskolan", "visar ett barns skola"),
        ("Hej Elina", "namnet på ett barn"),
        ("om våldet", "”våldet” visar varför"),
        ("skyddat boende", "visar varför"),
        ("någon hotar dig", "”hotar” visar varför"),
        ("heder", "visar varför"),
        ("vi på sektion öst", "en sektions namn"),
        ("Ring 040-12 34 56", "riktnummer som visar orten"),
        ("Ring +46 8 123 456 7", "riktnummer"),
        ("Ystads tingsrätt", "ser ut som en domstol"),
        ("205 80 Malmö", "ser ut som ett postnummer"),
        ("Storgatan 12", "ser ut som en gatuadress"),
        (f"ärende 26-48174-{check_digit('2648174')}", "ett annat ärendes nummer"),
        ("19900101-1234", "ett personnummer"),
        ("hej blå ask", "pseudonym"),
    ],
)
def test_it_is_found_and_is_for_the_writer_to_judge(text: str, message: str) -> None:
    found = look(text)
    assert message in said(found)
    assert not any(finding.hard for finding in found)


@pytest.mark.parametrize(
    "text",
    [
        "", "Vi ses på tisdag klockan 10.", "Ring 010-123 45 67 eller 070-123 45 67.", "Du kan bo kvar, min vän.",
        "Ärendet 26-48173-5", "Hej Åsa Öberg-Lind!", "Hotellet är hederligt.", "Det var 12000 kronor.", "en lund av ek",
    ],
)  # fmt: skip
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert look(text) == []


@pytest.mark.parametrize("text", ["Rut kommer", "varg ringde", "RUTS bil", "Bo ringde", "Ru\u00adt ringde"])
def test_the_name_of_another_grown_up_has_to_go(text: str) -> None:
    assert [finding.hard for finding in look(text)] == [True]


def test_the_handler_s_own_name_is_no_finding() -> None:
    assert look("Hej", body="[[texten]] [[handläggare]]") == []


def test_a_name_that_the_reader_has_too_is_no_finding() -> None:
    assert look("Öberg") == []
    found = look("Öberg", replace(KNOWN, reader=""))
    assert "namnet på en annan vuxen" in said(found)


def test_her_own_name_is_told_to_whoever_writes_to_somebody_else() -> None:
    assert "personens eget namn" in said(look("Åsa kommer", replace(KNOWN, reader="")))


@pytest.mark.parametrize("text", ["Vi ses i Lund", "Storgatan 12", "040-12 34 56", "Ystads tingsrätt", "222 22"])
def test_a_typed_place_has_to_go_where_it_may_not_be_known(text: str) -> None:
    found = look(text, places_hard=True)
    assert found[0].hard
    assert len({finding.text for finding in found}) == len(found)


def test_a_place_in_the_template_itself_is_only_told() -> None:
    found = look("Hej", body="[[texten]] Malmö tingsrätt, Lund", places_hard=True)
    assert "domstol" in said(found)
    assert "visar orten" in said(found)
    assert not any(finding.hard for finding in found)


def test_a_template_is_warned_about_by_itself() -> None:
    assert "domstol" in said(in_template("Malmö tingsrätt", []))
    assert "sektions namn" in said(in_template("Sektion Öst", ["Sektion Öst"]))
    for start in TEMPLATES:
        words = start["words"]
        assert in_template(f"{words.subject}\n{words.body}\n{words.sender}", ["Sektion 1"]) == []
