"""One's own ties: declared, seen and ended by oneself only."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from audit.tags import Tag
from casework import policy
from casework.cases.rules import Refused
from casework.clients.relatives import actions, readers, rules
from casework.clients.relatives.models import StaffTie, TieWords
from casework.signin.models import User
from tests.casework.relatives.people import declare
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, events, last_event, send, text

URL = "/mina-anknytningar/"


def data(**more: Any) -> dict[str, Any]:
    return {"name": "Rune Granberg", "number": "19121212-1212", "tie": "Min bror", **more}


def test_a_tie_is_declared_once_and_shown_to_oneself(signed_in: SignIn, cast: Cast) -> None:
    client, form = signed_in(cast.bo), data(once=str(uuid4()))
    assert "Du har inte anmält någon" in text(client.get(URL))
    for _ in range(2):
        assert send(client, URL + "ny/", **form).url == URL
    tie = StaffTie.objects.get()
    assert (tie.user, tie.words.open().number, str(tie)) == (cast.bo, "191212121212", str(tie.pk))
    page = text(client.get(URL))
    for words in ("Anknytningen är anmäld.", "Rune Granberg", "Min bror"):
        assert words in page
    assert "1212-1212" not in page
    event = last_event(Tag.TIE_DECLARED)
    assert set(event.refs) == {tie.ref(), cast.bo.ref()}
    assert not cases_of(event)


@pytest.mark.parametrize("who", ["alma", "cecilia", "hanna"])
def test_each_role_with_cases_to_take_has_the_page_in_its_menu(signed_in: SignIn, cast: Cast, who: str) -> None:
    client = signed_in(cast.everyone()[who])
    assert f'href="{URL}"' in text(client.get(URL))
    assert send(client, URL + "ny/", **data()).url == URL


@pytest.mark.parametrize("who", ["dag", "lo", "ada"])
def test_the_others_have_no_ties(signed_in: SignIn, cast: Cast, who: str) -> None:
    by = cast.everyone()[who]
    client = signed_in(by)
    for url in (URL, URL + "ny/", f"{URL}{uuid4()}/avsluta/"):
        assert client.get(url).status_code == 403
    with pytest.raises(policy.Forbidden):
        declare(by)


def test_nobody_sees_or_ends_anothers_tie_nor_the_sektionschef(signed_in: SignIn, cast: Cast) -> None:
    tie = declare(cast.bo)
    for user in (cast.alma, cast.cecilia):
        client = signed_in(user)
        assert "Rune" not in text(client.get(URL))
        there = client.get(f"{URL}{tie.pk}/avsluta/")
        nowhere = client.get(f"{URL}{uuid4()}/avsluta/")
        assert (there.status_code, nowhere.status_code) == (404, 404)
        with pytest.raises(policy.Forbidden):
            actions.end_tie(by=user, tie=tie)
    assert not cases_of(last_event(Tag.DENIED))


def test_a_tie_is_ended_once_and_gone_from_the_page(signed_in: SignIn, cast: Cast) -> None:
    client, tie = signed_in(cast.bo), declare(cast.bo)
    url = f"{URL}{tie.pk}/avsluta/"
    assert "Avsluta anknytningen" in text(client.get(url))
    assert send(client, url).url == URL
    assert StaffTie.objects.get().ended_on == rules.today()
    assert "Rune" not in text(client.get(URL))
    assert last_event(Tag.TIE_ENDED).refs[0] == tie.ref()
    assert "gäller inte längre" in text(send(client, url))
    with pytest.raises(Refused, match="gäller inte längre"):
        actions.end_tie(by=cast.bo, tie=tie)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"name": "Rune", "number": ""}, "Skriv både förnamn och efternamn"),
        ({"name": "", "number": ""}, "Skriv både förnamn och efternamn"),
        ({"tie": ""}, "Svara på frågan: Hur hör ni ihop?"),
        ({"number": "19121212-1213"}, "19121212-1213"),
    ],
)
def test_what_cannot_be_compared_is_refused_at_the_field(
    signed_in: SignIn, cast: Cast, more: dict[str, str], message: str
) -> None:
    assert message in text(send(signed_in(cast.bo), URL + "ny/", **data(**more)))
    assert not StaffTie.objects.exists()


@pytest.mark.parametrize(("words", "message"), [(TieWords(name="Rune", tie="Bror"), "förnamn"), ({"tie": " "}, "hör")])
def test_the_act_refuses_it_too(cast: Cast, words: Any, message: str) -> None:
    told = words if isinstance(words, TieWords) else TieWords(name="Rune Granberg", **words)
    with pytest.raises(Refused, match=message):
        actions.declare_tie(by=cast.bo, words=told)
    assert not events(Tag.TIE_DECLARED)


@pytest.mark.parametrize(("days", "whole"), [(None, True), (0, True), (-1, False)])
def test_a_tie_ends_on_its_first_day_or_later(cast: Cast, days: int | None, whole: bool) -> None:
    tie = declare(cast.bo)
    tie.ended_on = None if days is None else tie.declared_on + timedelta(days=days)
    if whole:
        tie.save()
        return
    with pytest.raises(IntegrityError, match="tie_time_forward"), transaction.atomic():
        tie.save()


def test_ten_ties_cost_as_many_queries_as_one(
    cast: Cast, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    declare(cast.bo)
    with django_assert_max_num_queries(2) as first:
        assert len(readers.own_ties(cast.bo)) == 1
    for _ in range(9):
        declare(cast.bo)
    with django_assert_num_queries(len(first)):
        assert len(readers.own_ties(cast.bo)) == 10


def test_one_says_that_the_list_is_whole(signed_in: SignIn, cast: Cast) -> None:
    client = signed_in(cast.bo)
    assert "Du har inte gått igenom dina anknytningar än." in text(client.get(URL))
    assert send(client, URL + "genomgangna/").url == URL
    assert f"Du gick igenom dina anknytningar {rules.today()}." in text(client.get(URL))
    assert last_event(Tag.TIES_CHECKED).actor_id == str(cast.bo.pk)
    assert send(signed_in(cast.dag), URL + "genomgangna/").status_code == 403


@pytest.mark.parametrize(("days", "holds"), [(None, False), (0, True), (365, True), (366, False)])
def test_going_through_holds_a_year(cast: Cast, days: int | None, holds: bool) -> None:
    cast.bo.ties_checked_on = None if days is None else rules.today() - timedelta(days=days)
    assert rules.gone_through(cast.bo) == holds


def test_to_declare_is_to_go_through(cast: Cast) -> None:
    declare(cast.bo)
    assert rules.gone_through(User.objects.get(pk=cast.bo.pk))
