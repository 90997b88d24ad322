"""A child becomes a client of her own, and what is noted of her lies under her own key."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from audit.tags import Tag
from casework import policy
from casework.cases import actions as cases
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.clients import actions as clients
from casework.clients.children import actions, readers, rules
from casework.clients.children.models import Child, ChildPlaces, ChildTalk, ChildWords, TalkWords
from casework.clients.models import Client, Identity, NameIndex
from casework.crypto.models import WrappedKey
from casework.records import StaleEdit
from tests import factories
from tests.cast import Cast
from tests.fixtures import cases_of, last_event

TODAY = timezone.localdate()
TOMORROW = TODAY + timedelta(days=1)


def add(cast: Cast, case: Case, **more: Any) -> Child:
    facts = {"by": cast.alma, "identity": Identity(given_name="Ida"), "alias": "Yngsta", "lives_with": True}
    return actions.add_child(case=case, **{**facts, **more})


def test_a_child_is_a_client_with_her_own_key_and_index(cast: Cast, case: Case) -> None:
    number = factories.test_number()
    made = add(cast, case, identity=Identity(given_name="Ida", family_name="Ek", number=number), lives_with=False)
    assert made.client_id != case.client_id
    assert WrappedKey.objects.filter(owner=made.client_id).count() == 1
    assert made.client.number_index is not None
    assert NameIndex.objects.filter(client=made.client).count() == 3
    assert (made.born_on_known, made.lives_with, made.client.pseudonymous) == (True, False, False)
    assert cases_of(last_event(Tag.CHILD_ADDED)) == {case.number}


def test_a_child_without_name_or_number(cast: Cast, case: Case) -> None:
    made = add(cast, case, identity=Identity())
    assert (made.born_on_known, made.client.pseudonymous, made.client.number_index) == (False, True, None)


@pytest.mark.parametrize("alias", ["", "  "])
def test_a_child_has_an_alias(cast: Cast, case: Case, alias: str) -> None:
    with pytest.raises(Refused, match="hur ni talar om barnet"):
        add(cast, case, alias=alias)
    assert not Child.objects.exists()
    made = add(cast, case)
    with pytest.raises(Refused, match="hur ni talar om barnet"):
        actions.change_child(by=cast.alma, child=made, words=ChildWords(alias=alias), in_shelter=False, version=1)


def test_words_and_places_are_changed_by_version(cast: Cast, child: Child) -> None:
    words = ChildWords(alias="Stora", needs="Ro", goals="Simma", strengths="Modig")
    changed = actions.change_child(by=cast.alma, child=child, words=words, in_shelter=True, version=2)
    assert Child.objects.get(pk=child.pk).in_shelter
    assert Child.objects.get(pk=child.pk).words.open() == words
    assert changed.places.open().school == "Wyxskolan"
    with pytest.raises(StaleEdit):
        actions.change_child(by=cast.alma, child=child, words=words, in_shelter=True, version=2)
    with pytest.raises(StaleEdit):
        actions.change_places(by=cast.alma, child=child, places=ChildPlaces(), version=1)


def test_a_child_leaves_the_household_once(cast: Cast, child: Child) -> None:
    with pytest.raises(Refused, match="har inte kommit än"):
        actions.leave_household(by=cast.alma, child=child, left_on=TOMORROW)
    left = actions.leave_household(by=cast.alma, child=child, left_on=TODAY)
    assert (left.left_on, left.lives_with) == (TODAY, False)
    with pytest.raises(Refused, match=f"redan {TODAY}"):
        actions.leave_household(by=cast.alma, child=child, left_on=TODAY)


def test_a_talk_says_what_the_child_said_or_why_not(cast: Cast, child: Child) -> None:
    facts: dict[str, Any] = {"by": cast.alma, "child": child, "talked_on": TODAY}
    talk = actions.note_talk(held=True, words=TalkWords(said="Jag vill hem"), **facts)
    assert talk.seal_owner == child.client_id
    actions.note_talk(held=False, words=TalkWords(why_not="Hon sov"), **facts)
    assert ChildTalk.objects.count() == 2
    for held, message in ((True, "vad barnet sa"), (False, "varför samtalet inte")):
        with pytest.raises(Refused, match=message):
            actions.note_talk(held=held, words=TalkWords(), **facts)
    with pytest.raises(Refused, match="har inte kommit än"):
        actions.note_talk(held=True, words=TalkWords(said="Ja"), **{**facts, "talked_on": TOMORROW})


def test_nothing_stands_in_clear(cast: Cast, child: Child) -> None:
    actions.note_talk(by=cast.alma, child=child, talked_on=TODAY, held=True, words=TalkWords(said="Vyxord"))
    rows = ""
    with connection.cursor() as cursor:
        for model in (Client, Child, ChildTalk):
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")
            rows += repr(cursor.fetchall())
    for word in ("Qvirina", "Zaxberg", "Wyxskolan", "Vyxord", "Äldsta"):
        assert word not in rows


@pytest.mark.parametrize("who", ["bo", "eva", "edvin", "dag", "lo"])
def test_only_those_of_the_case_write(cast: Cast, case: Case, child: Child, who: str) -> None:
    user = getattr(cast, who)
    assert not rules.can_write(user, case)
    for act in (
        lambda: add(cast, case, by=user),
        lambda: actions.leave_household(by=user, child=child, left_on=TODAY),
    ):
        with pytest.raises(policy.Forbidden):
            act()


def test_a_closed_case_is_refused(cast: Cast, case: Case, child: Child, monkeypatch: pytest.MonkeyPatch) -> None:
    seen_open = Case.objects.get(pk=case.pk)
    cases.move_case(by=cast.cecilia, case=case, name="begin_closing", reason="Klart")
    case.refresh_from_db()
    monkeypatch.setattr(cases, "on_closing", [])
    done = cases.close_case(by=cast.cecilia, case=case, closure_reason="moved", note="Flyttat")
    for stage in (done, seen_open):
        child.case = stage
        with pytest.raises(Refused, match="Ärendet är avslutat"):
            add(cast, stage, by=cast.cecilia)
        with pytest.raises(Refused, match="Ärendet är avslutat"):
            actions.leave_household(by=cast.cecilia, child=child, left_on=TODAY)


def test_a_child_of_another_case_is_not_found(cast: Cast, case: Case, child: Child) -> None:
    add(cast, case)
    assert readers.get_child(cast.alma, case.number, child.pk).pk == child.pk
    with pytest.raises(policy.NotFound):
        readers.get_child(cast.alma, case.number, case.pk)
    with pytest.raises(policy.NotFound):
        readers.get_child(cast.bo, case.number, child.pk)


def test_registering_an_adult_is_as_before(cast: Cast, case: Case) -> None:
    assert clients.Client.objects.get(pk=case.client_id).identity.open().name == "Åsa Öberg-Lind"
