"""The mail that says that there is something to see."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from audit.tags import Tag
from casework.cases.models import Case
from casework.signin.models import User
from contacts.assignments import actions as contacts
from contacts.week import actions, digest
from tests import factories
from tests.cast import Cast
from tests.contacts.rhythm.test_flags import reviewed
from tests.contacts.week.test_week import at, book
from tests.fixtures import SignIn, events, send, text

TODAY = timezone.localdate()
ADDRESS = "alma@kommunen.example"


@pytest.fixture(autouse=True)
def switched_on(settings: Any) -> None:
    settings.MAIL_HOST = "mail.kommunen.example"
    settings.DEFAULT_FROM_EMAIL = "kontaktstod@kommunen.example"


@pytest.fixture
def alma(cast: Cast) -> User:
    cast.alma.mail = ADDRESS
    cast.alma.save()
    return cast.alma


def sent() -> str:
    out = StringIO()
    call_command("send_digests", stdout=out, stderr=out)
    return out.getvalue()


def test_it_says_that_there_is_something_to_see_and_nothing_more(alma: User, case: Case) -> None:
    factories.make_step(alma, case, next_step="Kanariefågel", next_on=TODAY)
    assert sent() == "Skickade 1 meddelanden.\n"
    [message] = mail.outbox
    assert (message.subject, message.body) == ("Kontaktstöd", "Det finns något att se i Kontaktstöd.")
    assert (message.to, message.from_email) == ([ADDRESS], "kontaktstod@kommunen.example")
    whole = message.message().as_string()
    for hidden in (case.number, case.pseudonym, "Kanarie", "Alma"):
        assert hidden not in whole
    [line] = events(Tag.DIGEST_SENT)
    assert (line.actor_id, [ref.id for ref in line.refs]) == ("system", [str(alma.pk)])


def test_one_a_day_is_enough(alma: User, case: Case) -> None:
    factories.make_step(alma, case, next_step="Ring", next_on=TODAY)
    sent()
    assert sent() == "Skickade 0 meddelanden.\n"
    assert len(mail.outbox) == len(events(Tag.DIGEST_SENT)) == 1


def test_who_has_looked_today_needs_none(signed_in: SignIn, alma: User, case: Case) -> None:
    factories.make_step(alma, case, next_step="Ring", next_on=TODAY)
    signed_in(alma).get("/min-vecka/")
    assert not list(digest.wanted())


def test_who_has_no_address_or_is_blocked_or_has_another_role_gets_none(cast: Cast, alma: User, case: Case) -> None:
    factories.make_step(alma, case, next_step="Ring", next_on=TODAY)
    assert list(digest.wanted()) == [alma]
    for change in ({"mail": ""}, {"is_active": False}, {"role": "planner"}):
        before = {name: getattr(alma, name) for name in change}
        for name, value in change.items():
            setattr(alma, name, value)
        alma.save()
        assert not list(digest.wanted())
        for name, value in before.items():
            setattr(alma, name, value)
        alma.save()


def test_an_empty_desk_gives_no_mail(alma: User, case: Case) -> None:
    book(alma, case, "Senare", at(3))
    factories.make_step(alma, case, next_step="Ring", next_on=TODAY + timedelta(days=1))
    assert not list(digest.wanted())
    book(alma, case, "Nu", at(0))
    assert list(digest.wanted()) == [alma]


def test_a_question_a_review_and_what_others_did_are_something(
    signed_in: SignIn, cast: Cast, alma: User, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not list(digest.wanted())
    reviewed(case, cast.cecilia, TODAY + timedelta(days=30))
    assert list(digest.wanted()) == [alma]
    case.reviews.get().delete()
    other = factories.make_case(cast.cecilia)
    asked = contacts.offer_assignment(by=cast.cecilia, case=other, user=alma, kind="main", no_conflict=True)
    assert list(digest.wanted()) == [alma]
    contacts.decline_assignment(by=alma, assignment=asked, code="workload", reason="")
    assert not list(digest.wanted())
    monkeypatch.setattr("contacts.week.news.SAME_VISIT", timedelta(0))
    monkeypatch.setattr(digest, "_told_today", lambda user: False)
    signed_in(alma).get("/min-vecka/")
    factories.assign(cast.cecilia, case, cast.bo, kind="deputy")
    factories.make_step(cast.bo, case)
    assert list(digest.wanted()) == [alma]


def test_nothing_is_sent_where_mail_is_off(alma: User, case: Case, settings: Any) -> None:
    settings.MAIL_HOST = ""
    with pytest.raises(CommandError, match="CASEWORK_MAIL_HOST"):
        sent()


def test_a_mail_that_cannot_be_sent_is_not_in_the_log(alma: User, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(actions, "send_mail", refuse)
    factories.make_step(alma, case, next_step="Ring", next_on=TODAY)
    with pytest.raises(CommandError, match="1 meddelanden kunde inte skickas"):
        sent()
    assert not events(Tag.DIGEST_SENT)


def form(user: User, **more: str) -> dict[str, str]:
    return {"display_name": user.display_name, "role": user.role, "section": str(user.section_id), **more}


def test_an_administrator_sets_the_address(signed_in: SignIn, cast: Cast, settings: Any) -> None:
    desk, place = signed_in(cast.ada), f"/anvandare/{cast.alma.pk}/"
    assert "Skriv en hel e-postadress" in text(send(desk, place, **form(cast.alma, mail="alma")))
    send(desk, place, **form(cast.alma, mail=ADDRESS))
    assert User.objects.get(username="alma").mail == ADDRESS
    assert ADDRESS in text(desk.get(place))
    settings.MAIL_HOST = ""
    assert "E-postadress" not in text(desk.get(place))
    send(desk, place, **form(cast.alma))
    assert User.objects.get(username="alma").mail == ADDRESS


def test_a_new_user_may_have_one(signed_in: SignIn, cast: Cast) -> None:
    send(signed_in(cast.ada), "/anvandare/ny/", **form(cast.alma, username="nora", mail="nora@kommunen.example"))
    assert User.objects.get(username="nora").mail == "nora@kommunen.example"
    assert Client().get("/anvandare/").status_code == 302
