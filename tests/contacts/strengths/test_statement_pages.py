"""Wording a statement anew and taking it out, from its own pages."""

from uuid import uuid4

import pytest

from audit.tags import Tag
from casework.cases.models import Case
from contacts.strengths import actions
from tests import factories
from tests.cast import Cast
from tests.contacts.strengths.making import say, texts, today
from tests.fixtures import SignIn, cases_of, last_event, send, text


def words(**more: str) -> dict[str, str]:
    return {"text": "Låter så här", "said_by": "person", "said_on": str(today()), **more}


def test_a_new_wording_begins_with_the_old_and_leads_back_to_its_domain(
    signed_in: SignIn, cast: Cast, case: Case
) -> None:
    said = say(cast.alma, case, "Kan väva")
    client, url = signed_in(cast.alma), f"/uttalanden/{said.pk}/"
    assert "\nKan väva</textarea>" in text(client.get(url))
    once = str(uuid4())
    for _ in range(2):
        response = send(client, url, **words(text="Väver\nmattor", once=once))
        assert response.url == f"/arenden/{case.number}/styrkor/ekonomi/"
    assert texts(case) == ["Väver mattor"]
    assert "Båda texterna" not in text(client.get(response.url))


def test_two_wordings_from_the_same_moment_are_both_kept_and_the_second_is_told(
    signed_in: SignIn, cast: Cast, case: Case
) -> None:
    factories.assign(cast.cecilia, case, cast.bo, kind="deputy")
    said = say(cast.alma, case, "Kan väva")
    alma, bo, url = signed_in(cast.alma), signed_in(cast.bo), f"/uttalanden/{said.pk}/"
    send(alma, url, **words(text="Väver mattor"))
    assert "Sparar du din text finns båda kvar." in text(bo.get(url))
    response = send(bo, url, **words(text="Är vävare"))
    assert "Båda texterna finns kvar" in text(bo.get(response.url))
    assert texts(case) == ["Väver mattor", "Är vävare"]


def test_a_statement_is_taken_out_once(signed_in: SignIn, cast: Cast, case: Case) -> None:
    said = say(cast.alma, case, "Har bil")
    client, url = signed_in(cast.alma), f"/uttalanden/{said.pk}/stammer-inte/"
    assert "Har bil" in text(client.get(url))
    assert send(client, url, why="Såld").url == f"/arenden/{case.number}/styrkor/ekonomi/"
    assert texts(case) == []
    page = text(send(client, url, why="Min förklaring"))
    assert "Någon annan har redan tagit bort" in page
    assert "Min förklaring" in page


def test_what_is_not_changed_is_told(signed_in: SignIn, cast: Cast, case: Case) -> None:
    said = say(cast.alma, case, "Har bil")
    client, url = signed_in(cast.alma), f"/uttalanden/{said.pk}/"
    assert "Du har inte ändrat något" in text(send(client, url, **words(text="Har bil")))
    assert "Fyll i så här låter det nu." in text(send(client, url, **words(text="")))


@pytest.mark.parametrize("path", ["", "stammer-inte/"])
def test_a_statement_is_nobody_elses(signed_in: SignIn, cast: Cast, case: Case, path: str) -> None:
    said = say(cast.alma, case, "Har bil")
    actions.take_out(by=cast.alma, statement=say(cast.alma, case, "y"), why="")
    for user, status in ((cast.bo, 404), (cast.eva, 404), (cast.cecilia, 403), (cast.lo, 403)):
        assert signed_in(user).get(f"/uttalanden/{said.pk}/{path}").status_code == status
        assert cases_of(last_event(Tag.DENIED)) == {case.number}
    assert signed_in(cast.alma).get(f"/uttalanden/{uuid4()}/{path}").status_code == 404
