"""Persons around: noted with little, changed, ended with a reason, and never in clear."""

from typing import Any

import pytest
from django.db import connection

from audit.tags import Tag
from casework import policy
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.clients.relatives import actions, rules
from casework.clients.relatives.models import RelatedIndex, RelatedPerson, RelatedWords, StaffTie
from casework.crypto.fields import sealed_fields
from casework.records import StaleEdit
from tests.casework.relatives.people import NUMBER, WORDS, add, change, close, declare
from tests.cast import Cast
from tests.fixtures import cases_of, events, last_event


def values(related: RelatedPerson, what: str) -> set[int]:
    return set(RelatedIndex.objects.filter(related=related, what=what).values_list("value", flat=True))


def test_a_person_around_is_noted_and_the_event_names_the_case(cast: Cast, case: Case) -> None:
    made = add(cast.alma, case)
    made.refresh_from_db()
    assert (made.part, made.relation, made.noted_by, made.ended_on) == (
        "perpetrator", "former_partner", cast.alma, None,
    )  # fmt: skip
    assert made.words.open() == WORDS
    assert str(made) == str(made.pk)
    assert cases_of(last_event(Tag.RELATED_ADDED)) == {case.number}
    assert made.ref() in last_event(Tag.RELATED_ADDED).refs


def test_the_index_is_of_the_whole_name_its_words_and_the_number(cast: Cast, case: Case) -> None:
    made = add(cast.alma, case)
    assert 1 <= len(values(made, "name")) <= 3
    assert len(values(made, "number")) == 1
    assert str(RelatedIndex.objects.first()) == str(made.pk)
    before = values(made, "name")
    change(cast.alma, made)
    assert values(made, "name") != before
    assert not values(made, "number")
    assert not RelatedIndex.objects.filter(related=add(cast.alma, case, about="En grupp")).exists()


def test_nothing_of_a_person_around_or_a_tie_stands_in_clear(cast: Cast, case: Case) -> None:
    related, tie = add(cast.alma, case, name="Rosenbuske Granberg"), declare(cast.bo, name="Rosenbuske Granberg")
    actions.end_related(by=cast.alma, related=related, reason="Rosenbuske flyttade")
    actions.end_tie(by=cast.bo, tie=tie)
    for model in (RelatedPerson, StaffTie):
        assert (model, "words") in [(owner, field.name) for owner, field in sealed_fields()]
        assert b"Rosenbuske" not in rows_of(model._meta.db_table)
    assert b"Rosenbuske" not in rows_of("audit_event")
    for line in events():
        assert "Rosenbuske" not in f"{line.fields} {line.refs}"


def rows_of(table: str) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        found = [value for row in cursor.fetchall() for value in row]
    return b"|".join(bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode() for one in found)


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"part": "boss"}, "vilken del"),
        ({"relation": "boss"}, "relationen i listan"),
        ({"words": RelatedWords(threat="Har hotat", about=" ")}, "Skriv namn, personnummer eller något"),
    ],
)
def test_what_is_not_whole_is_refused(cast: Cast, case: Case, facts: dict[str, Any], message: str) -> None:
    right = {"part": "network", "relation": "sibling", "words": WORDS}
    with pytest.raises(Refused, match=message):
        actions.add_related(by=cast.alma, case=case, **{**right, **facts})
    with pytest.raises(Refused, match=message):
        change(cast.alma, add(cast.alma, case), **facts)


def test_a_change_writes_over_and_a_late_one_is_refused(cast: Cast, case: Case) -> None:
    made = add(cast.alma, case)
    changed = change(cast.cecilia, made)
    assert (changed.part, changed.relation, changed.version) == ("network", "sibling", 2)
    assert RelatedPerson.objects.get().words.open() == RelatedWords(name="Gunda Nyberg")
    assert made.ref() in last_event(Tag.RELATED_CHANGED).refs
    with pytest.raises(StaleEdit):
        change(cast.alma, made)


def test_an_end_keeps_the_words_takes_the_index_and_is_once(cast: Cast, case: Case) -> None:
    made = add(cast.alma, case)
    with pytest.raises(Refused, match="Skriv varför"):
        actions.end_related(by=cast.alma, related=made, reason=" ")
    ended = actions.end_related(by=cast.alma, related=made, reason="Ingen kontakt")
    assert ended.ended_on == rules.today()
    assert ended.words.open().number == NUMBER
    assert not RelatedIndex.objects.exists()
    assert cases_of(last_event(Tag.RELATED_ENDED)) == {case.number}
    for act in (
        lambda: actions.end_related(by=cast.alma, related=made, reason="Igen"),
        lambda: change(cast.alma, made, version=2),
    ):
        with pytest.raises(Refused, match="gäller inte längre"):
            act()


def test_nothing_is_written_of_persons_in_a_closed_case(cast: Cast, case: Case) -> None:
    made = add(cast.alma, case)
    closed = close(cast.cecilia, case)
    made.case = closed
    assert not rules.can_write(cast.cecilia, closed)
    for act in (
        lambda: add(cast.cecilia, closed),
        lambda: change(cast.cecilia, made),
        lambda: actions.end_related(by=cast.cecilia, related=made, reason="Slut"),
    ):
        with pytest.raises(Refused, match="Ärendet är avslutat"):
            act()


def test_a_case_that_closes_meanwhile_takes_nothing_more(
    cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = add(cast.alma, case)
    close(cast.cecilia, case)
    monkeypatch.setattr(rules, "check_can_write", lambda user, case: None)
    for act in (lambda: add(cast.alma, case), lambda: change(cast.alma, made)):
        with pytest.raises(Refused, match="Ärendet är avslutat"):
            act()


@pytest.mark.parametrize("who", ["bo", "edvin", "eva", "hanna", "dag", "lo", "ada"])
def test_nobody_without_the_case_writes_or_compares(cast: Cast, case: Case, who: str) -> None:
    made, by = add(cast.alma, case), cast.everyone()[who]
    for act in (
        lambda: add(by, case),
        lambda: change(by, made),
        lambda: actions.end_related(by=by, related=made, reason="Nej"),
        lambda: actions.compare_ties(by=by, case=case),
    ):
        with pytest.raises(policy.Forbidden):
            act()
    assert not rules.can_compare(by, case)
