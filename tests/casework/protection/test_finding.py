"""Which words and numbers count as the earlier identity, and where they stand in a text."""

from typing import Any

import pytest
from django.apps import apps

from casework.cases.safety.models import SafetyWords
from casework.clients.models import Identity
from casework.clients.protection import finding
from casework.clients.protection.finding import wanted
from casework.crypto.fields import sealed_fields
from casework.crypto.keyring import Purpose
from casework.records import Record
from contacts.goals.models import PlanWords

OLD = Identity(given_name="Åsa Renée", family_name="Öberg-Lind", number="198503121234")
WHAT = wanted(OLD, Identity(given_name="Eva", family_name="Ny", number="199001019876"))


def found(text: str, what: finding.Wanted = WHAT) -> list[str]:
    return [text[span.start : span.end] for span in what.spans(text)]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("Åsa ringde. ÅSA!", ["Åsa", "ÅSA"]),
        ("Åsas mamma hos Öbergs", ["Åsas", "Öbergs"]),
        ("A\u030asa och Ren\u00e9e, renee", ["A\u030asa", "Renée", "renee"]),
        ("Öberg-Lind, lind", ["Öberg", "Lind", "lind"]),
        ("asa_oberg@exempel.se", ["asa", "oberg"]),
        ("Linda Lindström i Lindesberg", []),
        ("Å s a", []),
        ("", []),
    ],
)
def test_a_name_is_found_by_its_whole_words(text: str, hits: list[str]) -> None:
    assert found(text) == hits


@pytest.mark.parametrize(
    "text",
    [
        "19850312-1234", "198503121234", "8503121234", "850312-1234", "850312+1234", "850312 1234",
        "1985-03-12-1234", "850312\u20131234", "850312 - 1234",
    ],
)  # fmt: skip
def test_a_number_is_found_in_every_spelling(text: str) -> None:
    assert found(f"Numret {text}, sa hon.") == [text]


@pytest.mark.parametrize("text", ["850312-12345", "1850312-1234", "850313-1234", "850312"])
def test_another_number_is_not(text: str) -> None:
    assert found(text) == []


def test_what_the_new_identity_keeps_is_not_looked_for() -> None:
    what = wanted(OLD, Identity(given_name="Asa", family_name="Öberg", number=OLD.number))
    assert found("Åsa Renée Öberg-Lind 19850312-1234", what) == ["Renée", "Lind"]


@pytest.mark.parametrize("new", [OLD, Identity(given_name="Åsa Renée", family_name="Lind Öberg", number=OLD.number)])
def test_nothing_is_looked_for_when_nothing_differs(new: Identity) -> None:
    assert not wanted(OLD, new)
    assert not wanted(Identity(given_name="A"), new)
    assert wanted(Identity(number="198503121234"), Identity())


def test_every_hit_of_a_text_is_masked() -> None:
    assert WHAT.masked("Åsa (850312-1234) bor hos Lind.") == "[maskerat] ([maskerat]) bor hos [maskerat]."


def test_texts_in_lists_and_dicts_are_reached_by_place() -> None:
    group = PlanWords(goals=[{"b": "Två", "a": "Ett"}, {"a": ["Tre"], "n": 4}])
    there = dict(finding.texts(group))
    assert {path: text for path, text in there.items() if text} == {
        "goals.0.0": "Ett",
        "goals.0.1": "Två",
        "goals.1.0.0": "Tre",
    }
    changed = finding.with_text(finding.with_text(group, "goals.0.1", "Ny"), "goals.1.0.0", "Fem")
    assert changed.goals == [{"a": "Ett", "b": "Ny"}, {"a": ["Fem"], "n": 4}]
    assert finding.text_at(changed, "goals.0.1") == "Ny"
    assert finding.text_at(changed, "goals.7.1") is None


def test_a_text_of_its_own_is_changed_alone() -> None:
    group = SafetyWords(avoid=["Torget", "Parken"])
    assert finding.with_text(group, "avoid.1", "X").avoid == ["Torget", "X"]


def test_every_column_under_a_clients_key_is_looked_through() -> None:
    sealed: Any = [(model, field) for model, field in sealed_fields() if field.purpose is Purpose.CLIENT]
    mine = [pair for pair in sealed if pair[0]._meta.app_label in {"casework", "contacts", "housing"}]
    assert mine == finding.columns()
    assert all(issubclass(model, Record) for model, _ in mine)
    assert all(apps.get_model(label) for label in finding.CODED)
    for model, _ in mine:
        assert finding.rows_of(model, set()).count() == 0


@pytest.mark.parametrize(
    ("hit", "text", "told"),
    [
        ("Bo", "Hon vill bo kvar", True),
        ("Bo", "Det gäller bostaden", False),
        ("Åsas", "En annan asa", True),
        ("850312-1234", "Numret 19850312 1234 är en annans", True),
        ("850312-1234", "Numret är en annans, från 1985", False),
    ],
)
def test_a_reason_that_repeats_the_hit_is_known(hit: str, text: str, told: bool) -> None:
    assert finding.repeats(hit, text) is told
