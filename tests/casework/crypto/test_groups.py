"""Groups: what they may hold, and that they come back whole or not at all."""

from dataclasses import field as dataclass_field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.crypto.errors import CryptoError, DecryptError
from casework.crypto.fields import sealed_group
from casework.crypto.groups import Codec
from tests.casework.crypto.models import Form, Person

person, form = Codec(Person), Codec(Form)
texts = st.text(st.characters(exclude_categories=["Cs"]))


@sealed_group
class Listed:
    items: list[str] = dataclass_field(default_factory=list)
    note: str | None = None


@given(texts, texts, st.booleans(), st.none() | st.integers())
def test_every_value_comes_back(name: str, note: str, interpreter: bool, children: int | None) -> None:
    group = Person(given_name=name, note=note, interpreter=interpreter, children=children)
    found = person.load(person.dump(group))
    assert found == group
    assert (found.interpreter is interpreter, type(found.children)) == (True, type(children))


@given(st.dictionaries(texts, st.lists(texts)))
def test_nested_values_come_back(typed: dict[str, list[str]]) -> None:
    assert form.load(form.dump(Form(path="/", fields=typed))) == Form(path="/", fields=typed)


def test_the_form_is_canonical_and_leaves_out_what_is_empty() -> None:
    assert person.dump(Person(town="Örebro", given_name="Åsa")) == '{"given_name":"Åsa","town":"Örebro"}'.encode()
    assert person.dump(Person()) == b"{}"
    assert form.dump(Form(fields={"b": [], "a": ["\0"]})) == b'{"fields":{"a":["\\u0000"],"b":[]}}'


def test_an_empty_value_of_another_kind_is_kept() -> None:
    codec = Codec(Listed)
    assert codec.load(codec.dump(Listed(note=""))).note == ""
    assert codec.load(codec.dump(Listed())).note is None
    assert codec.load(codec.dump(Listed(items=[]))) == Listed()
    assert person.load(person.dump(Person(children=0))).children == 0


def test_a_missing_list_is_one_of_its_own() -> None:
    codec = Codec(Listed)
    one, two = codec.load(b"{}"), codec.load(b"{}")
    one.items.append("x")
    assert two.items == []


@pytest.mark.parametrize("value", ["\ud800", float("nan"), b"bytes", {1, 2}, object()])
def test_what_has_no_form_is_refused_without_being_shown(value: object) -> None:
    with pytest.raises(CryptoError) as caught:
        person.dump(Person(given_name="Hemlig", note=value))
    assert "Hemlig" not in str(caught.value)
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b'"x"', b"null", b"{} {}", b"{}x", b'{"other":1}', b"\xff\xfe", b'{"note":"x"']
)
def test_what_is_not_a_whole_group_is_refused(data: bytes) -> None:
    with pytest.raises(DecryptError, match="Person"):
        person.load(data)


def test_a_group_needs_empty_defaults() -> None:
    with pytest.raises(TypeError, match="empty default"):

        @sealed_group
        class Telling:
            kind: str = "hemlig"

    with pytest.raises(TypeError, match="empty default"):

        @sealed_group
        class Bare:
            kind: str


def test_a_group_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        Person().note = "x"  # type: ignore[misc]
