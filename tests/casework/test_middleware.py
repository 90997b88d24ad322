"""Around every request: headers, who asks, the read event, and no page without it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.db import OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from audit import chain, triggers
from audit.tags import Tag
from audit.trail import TrailUnavailable
from casework import middleware, policy
from casework.access import visit
from casework.cases.models import Case
from casework.crypto import keyring
from casework.crypto.errors import DecryptError
from casework.crypto.keyring import Purpose
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, events, last_event, text


def urls_of(case: Case) -> list[str]:
    paths = ("", "om/", "identitet/", "kontakt/", "adress/", "skydd/nytt/", "lage/rest/", "steg/")
    return [f"/arenden/{case.number}/{path}" for path in paths] + ["/mina-arenden/"]


def broken_log(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any) -> int:
        raise OperationalError("no such table: audit_event")

    monkeypatch.setattr(chain, "append", refuse)


def test_every_answer_has_the_safe_headers(signed_in: SignIn, cast: Cast) -> None:
    for response in (signed_in(cast.alma).get("/mina-arenden/"), Client().get("/finns-inte/")):
        for name, value in middleware.HEADERS.items():
            assert response.headers[name] == value
        assert response.headers["Cache-Control"] == "no-store"
    assert "unsafe" not in middleware.CSP


def test_static_files_may_be_kept(rf: RequestFactory) -> None:
    answer = middleware.HeadersMiddleware(lambda request: HttpResponse())(rf.get("/static/x.css"))
    assert "Cache-Control" not in answer.headers


def test_with_the_log_unwritable_no_page_shows_a_client(
    signed_in: SignIn, cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.make_step(cast.alma, case, text="Hemlig text", next_step="Ring", next_on=timezone.localdate())
    client = signed_in(cast.alma)
    broken_log(monkeypatch)
    for url in urls_of(case):
        response = client.get(url)
        assert response.status_code == 503, url
        for secret in (case.number, case.pseudonym, "Hemlig", "Åsa", "kodordet"):
            assert secret not in text(response)


@pytest.mark.django_db(transaction=True)
def test_with_the_logs_table_gone_client_pages_answer_503(signed_in: SignIn, cast: Cast, case: Case) -> None:
    alma, lo, cecilia = (signed_in(user) for user in (cast.alma, cast.lo, cast.cecilia))
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event RENAME TO audit_elsewhere")
    try:
        for client, urls in ((alma, urls_of(case)), (cecilia, ["/sektionen/"]), (lo, ["/loggen/"])):
            for url in urls:
                assert client.get(url).status_code == 503, url
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_elsewhere RENAME TO audit_event")
        triggers.install(connection)


def test_nothing_is_saved_when_the_log_cannot_be_written(
    signed_in: SignIn, cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(cast.alma)
    broken_log(monkeypatch)
    response = client.post(f"/arenden/{case.number}/steg/", {**factories.step_data(), "once": str(case.pk)})
    assert response.status_code == 503
    assert not case.notes.exists()


def test_a_denial_that_cannot_be_logged_is_503(
    signed_in: SignIn, cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(cast.eva)
    broken_log(monkeypatch)
    assert client.get(f"/arenden/{case.number}/").status_code == 503


def test_a_denial_that_waited_for_its_transaction_and_cannot_be_logged_is_503(rf: RequestFactory, cast: Cast) -> None:
    def fails(request: HttpRequest) -> HttpResponse:
        raise TrailUnavailable

    assert middleware.TrailMiddleware(fails)(rf.get("/")).status_code == 503


def test_a_seal_that_cannot_be_opened_is_503_and_shows_nothing(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    keyring.destroy_keys(Purpose.CLIENT, case.client_id)
    response = client.get(f"/arenden/{case.number}/")
    assert response.status_code == 503
    assert case.pseudonym not in text(response)


def test_another_fault_is_500_and_tells_the_server_log_only_what_and_where(
    signed_in: SignIn, cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("casework.cases.readers.narrative", lambda case: 1 / 0 if case else "")
    response = signed_in(cast.alma).get(f"/arenden/{case.number}/")
    assert response.status_code == 500
    [record] = [record for record in caplog.records if record.name == "casework"]
    assert record.getMessage().startswith("ZeroDivisionError at ")
    assert case.number not in record.getMessage()
    assert record.exc_info is None


@pytest.mark.parametrize(
    ("problem", "status"),
    [
        (TrailUnavailable(), 503),
        (DecryptError("x"), 503),
        (OperationalError("x"), 503),
        (Http404(), None),
        (RequestDataTooBig(), None),
        (BadRequest(), None),
        (ValueError("x"), 500),
    ],
)
def test_each_kind_of_problem_has_its_answer(rf: RequestFactory, problem: Exception, status: int | None) -> None:
    answer = middleware.TrailMiddleware(lambda request: HttpResponse()).process_exception(rf.get("/"), problem)
    assert (answer.status_code if answer else None) == status


def test_the_place_of_a_problem_that_was_never_raised_is_unknown() -> None:
    assert middleware.place_of(ValueError()) == "?"


def test_a_stranger_gets_the_page_of_a_case_that_does_not_exist(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.eva)
    hidden, missing = client.get(f"/arenden/{case.number}/"), client.get("/arenden/99-99999-9/")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content
    assert dict(hidden.headers) == dict(missing.headers)


def test_a_message_that_waits_does_not_tell_two_missing_pages_apart(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    plain = client.get("/arenden/99-99999-9/").content
    question = case.assignments.get()
    assert client.get(f"/uppdrag/{question.pk}/").status_code == 302
    assert client.get("/arenden/99-99999-9/").content == plain
    assert "Frågan är redan besvarad." in text(client.get("/mina-arenden/"))


def test_a_denial_says_who_what_and_why(signed_in: SignIn, cast: Cast, case: Case) -> None:
    signed_in(cast.eva).get(f"/arenden/{case.number}/")
    event = last_event(Tag.DENIED)
    assert (event.actor_id, event.refs, event.reason) == (str(cast.eva.pk), [case.ref()], "Ärendet är inte ditt.")


def test_a_colleague_gets_403_and_leaves_an_event(signed_in: SignIn, cast: Cast, case: Case) -> None:
    assert signed_in(cast.cecilia).get(f"/arenden/{case.number}/steg/").status_code == 403
    assert cases_of(last_event(Tag.DENIED)) == {case.number}


def test_one_look_is_one_event_naming_case_and_opened_groups(signed_in: SignIn, cast: Cast, case: Case) -> None:
    factories.make_step(cast.alma, case)
    client = signed_in(cast.alma)
    before = len(events())
    client.get(f"/arenden/{case.number}/")
    [event] = events()[before:]
    assert (event.tag, event.actor_id, cases_of(event)) == (Tag.CASE_OPENED_BY, str(cast.alma.pk), {case.number})
    assert event.fields == ["casework.Case.narrative x 1", "casework.JournalNote.content x 1"]
    assert event.session
    assert len(event.request) == 32


def test_a_page_without_a_client_leaves_no_event(signed_in: SignIn, cast: Cast) -> None:
    client = signed_in(cast.dag)
    before = len(events())
    assert client.get("/roller/").status_code == 200
    assert len(events()) == before


def test_a_list_is_one_event_naming_all_its_cases(signed_in: SignIn, cast: Cast, case: Case) -> None:
    other = factories.make_case(cast.cecilia, given_name="Beda")
    factories.assign(cast.cecilia, other, cast.alma)
    signed_in(cast.alma).get("/mina-arenden/")
    assert cases_of(last_event(Tag.CASELOAD_READ)) == {case.number, other.number}


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "1.1.1.1", "127.0.0.1"),
        (1, "1.1.1.1, 2.2.2.2", "2.2.2.2"),
        (2, "6.6.6.6, 1.1.1.1, 2.2.2.2", "1.1.1.1"),
        (2, "2.2.2.2", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_the_address_is_what_our_own_proxies_say(
    rf: RequestFactory, settings: Any, proxies: int, forwarded: str, expected: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    assert middleware.address_of(rf.get("/", headers={"X-Forwarded-For": forwarded})) == expected


def test_a_request_without_user_and_session_has_an_empty_actor(rf: RequestFactory) -> None:
    context = middleware.context_of(rf.get("/"))
    assert (context.actor.id, context.session) == ("", "")


def test_a_grant_that_closes_or_a_block_is_in_force_at_the_next_request(
    signed_in: SignIn, cast: Cast, case: Case
) -> None:
    client = signed_in(cast.alma)
    assert client.get(f"/arenden/{case.number}/").status_code == 200
    grant = case.grants.get()
    grant.ends_at = timezone.now() - timedelta(seconds=1)
    grant.opened_at = grant.ends_at - timedelta(days=1)
    grant.save()
    assert client.get(f"/arenden/{case.number}/").status_code == 404


def test_a_denial_is_a_404_or_a_403_to_django() -> None:
    assert issubclass(policy.NotFound, Http404)
    assert visit.current() is None
