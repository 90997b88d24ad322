"""A form is carried out once: sent twice, overtaken, or refused."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from casework.cases.models import Case, JournalNote
from casework.cases.rules import Refused
from casework.drafts import store
from casework.drafts.models import Draft, UsedToken
from casework.drafts.store import AlreadyDone
from casework.records import StaleEdit
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, send, text


def url_of(case: Case) -> str:
    return f"/arenden/{case.number}/steg/"


def test_a_form_sent_twice_writes_once_and_leads_to_the_first_result(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, data = signed_in(cast.alma), factories.step_data(once=str(uuid4()))
    first, again = (send(client, url_of(case), **data) for _ in range(2))
    note = JournalNote.objects.get()
    assert first.url == again.url == f"/arenden/{case.number}/#not-{note.pk}"
    assert str(UsedToken.objects.get()) == data["once"]


def test_a_used_form_leads_there_even_if_it_is_no_longer_valid(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, token = signed_in(cast.alma), str(uuid4())
    first = send(client, url_of(case), **factories.step_data(once=token))
    again = send(client, url_of(case), **factories.step_data(once=token, text="", minutes="x"))
    assert again.url == first.url


@pytest.mark.parametrize("token", ["", "strunt", "\0"])
def test_a_form_without_a_token_writes_nothing_and_keeps_the_text(
    signed_in: SignIn, cast: Cast, case: Case, token: str
) -> None:
    body = text(send(signed_in(cast.alma), url_of(case), **factories.step_data(once=token, text="Min text")))
    assert "Ladda om sidan och försök igen." in body
    assert "Min text" in body
    assert not JournalNote.objects.exists()


def overtaken(user: Any, token: str, problem: Exception | None) -> Any:
    """An act during which the very same form is carried out by another request."""

    def act(**kwargs: Any) -> Any:
        UsedToken.objects.create(token=UUID(token), user=user, result="/forst/")
        if problem is not None:
            raise problem

    return act


@pytest.mark.parametrize("problem", [Refused("Nej"), StaleEdit()])
def test_a_refusal_because_the_same_form_came_first_leads_to_its_result(
    signed_in: SignIn, cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    token = str(uuid4())
    checks = iter([None, AlreadyDone("/forst/")])

    def check(**kwargs: Any) -> None:
        if (done := next(checks)) is not None:
            raise done

    monkeypatch.setattr(store, "check_token", check)
    monkeypatch.setattr("casework.cases.journal.actions.sign_step", overtaken(cast.alma, token, problem))
    assert send(signed_in(cast.alma), url_of(case), **factories.step_data(once=token)).url == "/forst/"


def test_an_act_overtaken_by_its_own_form_is_undone(
    signed_in: SignIn, cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, real = str(uuid4()), store.use_token

    def late(**kwargs: Any) -> None:
        UsedToken.objects.create(token=UUID(token), user=cast.alma, result="/forst/")
        real(**kwargs)

    monkeypatch.setattr(store, "use_token", late)
    response = send(signed_in(cast.alma), url_of(case), **factories.step_data(once=token))
    assert response.url == "/forst/"
    assert not JournalNote.objects.exists()


def test_a_token_of_somebody_else_undoes_the_act_and_tells_nothing(signed_in: SignIn, cast: Cast, case: Case) -> None:
    token = str(uuid4())
    UsedToken.objects.create(token=UUID(token), user=cast.bo, result="/hans/sida/")
    response = send(signed_in(cast.alma), url_of(case), **factories.step_data(once=token))
    assert response.url == "/"
    assert not JournalNote.objects.exists()


def test_tokens_are_checked_for_their_own_user(cast: Cast) -> None:
    token = uuid4()
    store.use_token(user=cast.alma, token=token, result="/a/")
    store.check_token(user=cast.bo, token=token)
    with pytest.raises(AlreadyDone) as done:
        store.check_token(user=cast.alma, token=token)
    assert done.value.result == "/a/"


def test_one_draft_for_each_person_and_place(cast: Cast) -> None:
    store.save(user=cast.alma, slot="x", path="/", post=store.QueryDict("a=1"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft(user=cast.alma, slot="x").save()
