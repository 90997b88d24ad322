"""Case numbers and pseudonyms: made at random, checked by a digit, never twice."""

import pytest

from casework.cases import naming
from casework.cases.naming import NamesExhausted
from tests import factories
from tests.cast import Cast


def test_a_number_carries_a_check_digit_that_catches_each_single_slip() -> None:
    assert naming.is_case_number(f"26-48173-{naming.check_digit('2648173')}")
    digits = "2648173" + naming.check_digit("2648173")
    for place in range(8):
        for other in "0123456789".replace(digits[place], ""):
            assert not naming.is_case_number(digits[:place] + other + digits[place + 1 :])


@pytest.mark.parametrize("typed", ["26481735", "26-48173-5", " 26 48173 5 "])
def test_a_number_is_known_however_it_is_typed(typed: str) -> None:
    assert naming.normal_case_number(typed) == "26-48173-5"


@pytest.mark.parametrize("typed", ["", "Åsa", "٢٦٤٨١٧٣٥", "264817", "²²²²²²²²"])
def test_other_texts_are_no_case_number(typed: str) -> None:
    assert not naming.is_case_number(typed)


def test_a_taken_number_is_not_given_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = factories.make_case(cast.cecilia).number
    draws = iter([int(taken[3:8]), (int(taken[3:8]) + 1) % 100_000])
    monkeypatch.setattr(naming.secrets, "randbelow", lambda _: next(draws))
    assert naming.new_number() != taken
    assert next(draws, None) is None


def test_a_pseudonym_gets_a_number_when_the_plain_pairs_are_taken(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(naming.secrets, "choice", lambda words: words[0])
    assert factories.make_case(cast.cecilia).pseudonym == "Blå Ask"
    assert factories.make_case(cast.cecilia).pseudonym.startswith("Blå Ask ")


def test_when_no_pseudonym_is_free_it_says_so(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(naming.secrets, "choice", lambda words: words[0])
    monkeypatch.setattr(naming.secrets, "randbelow", lambda most: 0)
    factories.make_case(cast.cecilia)
    case = factories.make_client(cast.cecilia)
    monkeypatch.setattr(naming, "new_number", lambda: "26-00001-0")
    factories.make_case(cast.cecilia, client=case)
    with pytest.raises(NamesExhausted):
        naming.new_pseudonym()
