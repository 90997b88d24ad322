"""The places of a template: found in order, filled in once, and never made out of what is typed."""

from datetime import date
from typing import Any

import pytest

from casework.cases.letters.models import TemplateWords
from casework.cases.letters.places import fault, finish, places

FACTS: dict[str, Any] = {"number": "26-48173-5", "handler": "Alma Lind", "day": date(2026, 3, 1)}


def words(body: str, subject: str = "Rubrik", sender: str = "") -> TemplateWords:
    return TemplateWords(subject=subject, body=body, sender=sender)


def test_places_come_in_order_once_each_and_without_those_of_the_program() -> None:
    text = words("[[Tid]] [[ plats  här ]] [[tid]] [[Dagens datum]] [[HANDLÄGGARE]]", subject="Om [[ämnet]]")
    assert places(text) == {"ämnet": "ämnet", "tid": "Tid", "plats här": "plats här"}


def test_a_letter_is_put_together_from_the_template_and_what_was_typed() -> None:
    text = words("[[dagens datum]]: [[texten]] [[handläggare]] i [[ärendenummer]]", subject="Om [[ämnet]]")
    done = finish(text, {"texten": " Hej ", "ämnet": "mötet"}, **FACTS)
    assert done.subject == "Om mötet"
    assert done.body == "1 mars 2026: Hej Alma Lind i 26-48173-5"
    assert done.typed == "mötet\nHej"
    assert done.missing == ()
    assert "Alma" not in done.own
    assert "26-48173-5" not in done.own


def test_an_empty_place_is_shown_by_its_name() -> None:
    done = finish(words("Hej [[namnet]]"), {"namnet": "  "}, **FACTS)
    assert done.body == "Hej [namnet]"
    assert done.missing == ("namnet",)


def test_what_is_typed_is_no_place() -> None:
    done = finish(words("[[texten]]"), {"texten": "[[ärendenummer]] [[annat]]", "annat": "x"}, **FACTS)
    assert done.body == "[[ärendenummer]] [[annat]]"


def test_the_sender_is_the_template_s_own_or_the_one_of_all(settings: Any) -> None:
    settings.LETTER_SENDER = ["Kommunen", "Box 1"]
    assert finish(words("Hej"), {}, **FACTS).sender == "Kommunen\nBox 1"
    assert finish(words("Hej", sender="Avdelningen"), {}, **FACTS).sender == "Avdelningen"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (words("Hej [[namn"), "inte hel"),
        (words("Hej namn]]"), "inte hel"),
        (words("Hej [[]]"), "inte hel"),
        (words("Hej [[  ]]"), "högst 60 tecken"),
        (words("Hej [[två\nrader]]"), "inte hel"),
        (words("Hej", subject="[[x"), "inte hel"),
        (words("Hej", sender="[[x]]"), "Avsändaren"),
        (words(f"Hej [[{'x' * 61}]]"), "högst 60 tecken"),
        (words(" ".join(f"[[plats {at}]]" for at in range(21))), "21 platser"),
    ],
)
def test_a_place_that_is_not_whole_is_named(text: TemplateWords, message: str) -> None:
    assert message in fault(text)


def test_a_whole_template_has_no_fault() -> None:
    assert fault(words("Hej [[namn]] [1]")) == ""
