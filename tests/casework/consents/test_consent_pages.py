"""The pages: the list with what holds first, the form with its draft, one consent, and its end."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.tags import Tag
from casework.cases.consents import actions, moments
from casework.cases.consents.models import Consent
from casework.cases.models import Case
from casework.cases.timeline import readers as timeline
from tests import factories
from tests.casework.consents.conftest import TODAY, MakeChild, MakeGuardian, day, note, words
from tests.casework.consents.test_consent_acts import close
from tests.cast import Cast
from tests.fixtures import SignIn, events, last_event, send, text


def url_of(case: Case, consent: Consent | None = None, more: str = "") -> str:
    return f"/arenden/{case.number}/samtycken/" + (f"{consent.pk}/{more}" if consent else more)


def data(**more: Any) -> dict[str, Any]:
    said = {"recipient": "Kuratorn", "purpose": "Planera stödet", "contents": "Att hon har <stöd>", "note": ""}
    days = {"given_on": str(TODAY), "until": str(day(30))}
    return {"giver": "person", **said, "way": "written", **days, **more}


def test_a_consent_is_noted_once_and_shown(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, form = signed_in(cast.alma), data(once=str(uuid4()))
    assert "Anteckna det första samtycket" in text(client.get(url_of(case)))
    for _ in range(2):
        answer = send(client, url_of(case, more="nytt/"), **form)
    consent = Consent.objects.get()
    assert answer.url == url_of(case, consent)
    page = text(client.get(answer.url))
    for word in ("Samtycket är antecknat.", "Kuratorn", "Planera stödet", "Att hon har &lt;stöd&gt;", "Gäller"):
        assert word in page
    assert "Personen själv, skriftligt" in page
    assert "Kuratorn" in text(client.get(url_of(case)))
    title = page.split("<title>")[1].split("</title>")[0]
    assert "Kuratorn" not in title


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"giver": ""}, "Svara på frågan: Vem samtycker?"),
        ({"giver": "child-1"}, "Välj något av alternativen i listan."),
        ({"contents": ""}, "Svara på frågan: Vad får ni berätta?"),
        ({"given_on": str(day(2))}, "Datumet får inte ligga i framtiden."),
        ({"until": str(day(-1))}, "Samtycket kan inte sluta gälla innan det lämnades."),
        ({"until": str(day(400))}, "gäller som längst till och med"),
        ({"until": "snart"}, "Skriv datumet så här"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    signed_in: SignIn, cast: Cast, case: Case, more: dict[str, Any], message: str
) -> None:
    assert message in text(send(signed_in(cast.alma), url_of(case, more="nytt/"), **data(**more)))
    assert not Consent.objects.exists()


def test_a_guardian_who_may_not_is_refused_with_the_reason(
    signed_in: SignIn, cast: Cast, case: Case, child_of: MakeChild, guardian_of: MakeGuardian
) -> None:
    client = signed_in(cast.alma)
    child = child_of(8)
    may_not, may = guardian_of(child, may_consent=False), guardian_of(child)
    page = text(send(client, url_of(case, more="nytt/"), **data(giver=f"guardian-{may_not.pk}")))
    assert "Vårdnadshavaren får inte samtycka för barnet" in page
    assert send(client, url_of(case, more="nytt/"), **data(giver=f"guardian-{may.pk}")).status_code == 302
    consent = Consent.objects.get()
    assert (consent.child, consent.guardian) == (child, may)
    page = text(client.get(url_of(case, consent)))
    assert "Äldsta" in page
    assert "Vårdnadshavare (ensam vårdnad)" in page
    assert "Plyx" not in page


def test_a_draft_is_kept_until_it_is_sent(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    assert client.post(f"/utkast/consent:{case.number}/", data(contents="Halvskrivet")).status_code == 200
    page = text(client.get(url_of(case, more="nytt/")))
    assert "Halvskrivet" in page
    assert "Släng utkastet" in page
    send(client, url_of(case, more="nytt/"), **data())
    assert "Halvskrivet" not in text(client.get(url_of(case, more="nytt/")))


def test_it_is_withdrawn_once_and_stands_last(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, first = signed_in(cast.alma), note(cast.alma, case, words=words(recipient="Wyxen"))
    note(cast.alma, case, given_on=day(-1), words=words(recipient="Plyxen"))
    assert text(client.get(url_of(case))).index("Wyxen") < text(client.get(url_of(case))).index("Plyxen")
    form = {"why": "Hon litar inte på dem", "once": str(uuid4())}
    assert "Det som vilar på det stoppas." in text(client.get(url_of(case, first, "aterkalla/")))
    for _ in range(2):
        assert send(client, url_of(case, first, "aterkalla/"), **form).url == url_of(case, first)
    page = text(client.get(url_of(case, first)))
    for word in ("Samtycket är återkallat och gäller inte mer.", "Hon litar inte på dem", "Återkallat"):
        assert word in page
    assert "aterkalla/" not in page
    page = text(client.get(url_of(case)))
    assert page.index("Plyxen") < page.index("Wyxen")
    assert "redan återkallat" in text(send(client, url_of(case, first, "aterkalla/"), why=""))
    assert len(events(Tag.CONSENT_WITHDRAWN)) == 1


def test_a_closed_case_takes_nothing_but_an_end(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, consent = signed_in(cast.cecilia), note(cast.alma, case)
    close(cast, case)
    assert "samtycken/nytt/" not in text(client.get(url_of(case)))
    assert "avslutat" in text(send(client, url_of(case, more="nytt/"), **data()))
    assert send(client, url_of(case, consent, "aterkalla/"), why="").url == url_of(case, consent)
    assert "Inget sagt" in text(client.get(url_of(case, consent)))


@pytest.mark.parametrize(("who", "status"), [("bo", 404), ("eva", 404), ("edvin", 404), ("lo", 403), ("dag", 404)])
def test_nobody_else_sees_it(signed_in: SignIn, cast: Cast, case: Case, who: str, status: int) -> None:
    client, consent = signed_in(getattr(cast, who)), note(cast.alma, case)
    for address in (url_of(case), url_of(case, consent), url_of(case, more="nytt/")):
        assert client.get(address).status_code == status
    assert send(client, url_of(case, consent, "aterkalla/"), why="").status_code == status


def test_one_of_another_case_is_not_there(signed_in: SignIn, cast: Cast, case: Case) -> None:
    other = factories.make_case(cast.cecilia)
    client, consent = signed_in(cast.cecilia), note(cast.cecilia, other)
    for address in (url_of(case, consent), url_of(case, consent, "aterkalla/")):
        assert client.get(address).status_code == 404
    assert send(client, url_of(case, consent, "aterkalla/"), why="").status_code == 404


def test_many_consents_cost_as_many_queries_as_one(
    signed_in: SignIn, cast: Cast, case: Case, child_of: MakeChild, guardian_of: MakeGuardian
) -> None:
    client, child, counts = signed_in(cast.alma), child_of(8), []
    guardian = guardian_of(child)
    for more in (1, 9):
        for _ in range(more):
            note(cast.alma, case)
            note(cast.alma, case, given_by="guardian", child=child, guardian=guardian)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url_of(case)).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert last_event(Tag.PAGE_READ).case == case.number


def test_the_timeline_tells_that_and_never_to_whom(cast: Cast, case: Case) -> None:
    consent = note(cast.alma, case, given_on=day(-3))
    actions.withdraw_consent(by=cast.alma, consent=consent, why="Skäl")
    found = timeline.page(case, kind="consents").days  # type: ignore[attr-defined]
    shown = [one.entry for one_day in found for one in one_day.shown]
    assert [entry.title for entry in shown] == ["Samtycke återkallat", "Samtycke lämnat"]
    assert "Kuratorn" not in repr(shown)
    assert not list(moments.moments(case, timezone.now()))
    assert len(list(moments.moments(case, timezone.now() - timedelta(days=1)))) == 2
    assert moments.show([("given", uuid4())]) == {}
