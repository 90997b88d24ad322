"""The pages: the list, the call with its draft, one plan with its steps and parts, and the plan on paper."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.tags import Tag
from casework.cases.consents.models import Consent
from casework.cases.models import Case
from casework.cases.sip import actions, moments
from casework.cases.sip.models import PartWords, Sip, SipPart
from casework.cases.timeline import readers as timeline
from casework.clients import actions as clients
from casework.clients.models import Address
from tests import factories
from tests.casework.sip.conftest import TODAY, add, agree, call, day, follow, hold, words
from tests.casework.sip.test_sip_consent import run_out
from tests.cast import Cast
from tests.fixtures import SignIn, last_event, send, text


def url_of(case: Case, sip: Sip | None = None, more: str = "") -> str:
    return f"/arenden/{case.number}/sip/" + (f"{sip.pk}/{more}" if sip else more)


def data(consent: Consent, **more: Any) -> dict[str, Any]:
    when = {"meeting_at_0": str(day(5)), "meeting_at_1": "10.00"}
    said = {"aim": "Må <bra>", "parties": "Vårdcentralen", "whole": "Kuratorn", "others": ""}
    return {"consent": str(consent.pk), **when, **said, "responsible": "region", **more}


def test_a_plan_is_called_once_and_shown(signed_in: SignIn, cast: Cast, case: Case, consent: Consent) -> None:
    client, form = signed_in(cast.alma), data(consent, once=str(uuid4()))
    assert "Kalla till den första SIP" in text(client.get(url_of(case)))
    assert "Personen: Regionen, till och med" in text(client.get(url_of(case, more="ny/")))
    for _ in range(2):
        answer = send(client, url_of(case, more="ny/"), **form)
    sip = Sip.objects.get()
    assert answer.url == url_of(case, sip)
    page = text(client.get(answer.url))
    for word in (
        "Kallelsen är antecknad.",
        "Må &lt;bra&gt;",
        "Regionen",
        "Kuratorn",
        "Minst en del behövs",
        "Planerad",
    ):
        assert word in page
    assert url_of(case, sip) in text(client.get(url_of(case)))


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"consent": ""}, "Välj ett samtycke."),
        ({"consent": str(uuid4())}, "Välj något av alternativen i listan."),
        ({"meeting_at_1": ""}, "Fyll i både datum och klockslag."),
        ({"aim": ""}, "Svara på frågan: Vad ska planen leda till?"),
        ({"responsible": "staten"}, "Välj något av alternativen i listan."),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    signed_in: SignIn, cast: Cast, case: Case, consent: Consent, more: dict[str, Any], message: str
) -> None:
    assert message in text(send(signed_in(cast.alma), url_of(case, more="ny/"), **{**data(consent), **more}))
    assert not Sip.objects.exists()


def test_without_a_consent_the_page_leads_to_one(signed_in: SignIn, cast: Cast, case: Case) -> None:
    page = text(signed_in(cast.alma).get(url_of(case, more="ny/")))
    assert "En SIP kräver ett samtycke som gäller." in page
    assert f"/arenden/{case.number}/samtycken/nytt/" in page


def test_a_draft_is_kept_until_it_is_sent(signed_in: SignIn, cast: Cast, case: Case, consent: Consent) -> None:
    client = signed_in(cast.alma)
    assert client.post(f"/utkast/sip:{case.number}/", data(consent, aim="Halvskrivet")).status_code == 200
    page = text(client.get(url_of(case, more="ny/")))
    assert "Halvskrivet" in page
    assert "Släng utkastet" in page
    send(client, url_of(case, more="ny/"), **data(consent))
    assert "Halvskrivet" not in text(client.get(url_of(case, more="ny/")))


def test_a_plan_goes_from_meeting_to_end(signed_in: SignIn, cast: Cast, case: Case, consent: Consent) -> None:
    client, sip = signed_in(cast.alma), call(cast.alma, case, consent)
    refused = text(send(client, url_of(case, sip, "lage/hold/"), **step()))
    assert "Skriv minst en del först" in refused
    part = {"who": "Vårdcentralen", "what": "Boka tid", "due_on": str(day(-1)), "once": str(uuid4())}
    for _ in range(2):
        assert send(client, url_of(case, sip, "del/"), **part).url == url_of(case, sip)
    row = SipPart.objects.get()
    assert "Skulle ha varit klart" in text(client.get(url_of(case, sip)))
    done = url_of(case, sip, f"del/{row.pk}/klar/")
    assert "Vårdcentralen: Boka tid" in text(client.get(done))
    assert send(client, done, done_on=str(TODAY)).url == url_of(case, sip)
    assert "redan" in text(send(client, done, done_on=str(TODAY)))
    for name, said in (("hold", "Planen är upprättad."), ("follow_up", "Uppföljningen är antecknad.")):
        assert send(client, url_of(case, sip, f"lage/{name}/"), **step()).url == url_of(case, sip)
        assert said in text(client.get(url_of(case, sip)))
    assert send(client, url_of(case, sip, "lage/end/"), outcome="Hon fick vård").status_code == 302
    page = text(client.get(url_of(case, sip)))
    for word in ("Planen är avslutad.", "Hon fick vård", f"{TODAY}: Det känns bra"):
        assert word in page
    for gone in ("Nästa steg", "Ändra planen", "Lägg till en del"):
        assert gone not in page


def step() -> dict[str, str]:
    days = {"held_on": str(TODAY), "followed_on": str(TODAY), "review_on": str(day(30))}
    return {**days, "her_view": "Det känns bra"}


def test_a_step_that_is_none_is_not_there(signed_in: SignIn, cast: Cast, case: Case, planned: Sip) -> None:
    client = signed_in(cast.alma)
    assert client.get(url_of(case, planned, "lage/open/")).status_code == 404
    page = text(client.get(url_of(case, planned)))
    assert "lage/cancel/" in page
    assert "lage/end/" not in page
    assert send(client, url_of(case, planned, "lage/cancel/"), outcome="Regionen kom inte").status_code == 302
    assert "Blev inte av" in text(client.get(url_of(case)))


def test_an_edit_that_comes_late_shows_both(signed_in: SignIn, cast: Cast, case: Case, planned: Sip) -> None:
    client, address, consent = signed_in(cast.alma), url_of(case, planned, "andra/"), planned.consent
    assert "Wyxmålet" in text(client.get(address))
    actions.change_sip(
        by=cast.alma, sip=planned, consent=consent, responsible="region", meeting_at=timezone.now(),
        words=words(aim="Deras"), version=1,
    )  # fmt: skip
    page = text(send(client, address, **data(consent, aim="Mitt", version="1")))
    for word in ("Någon annan hann ändra", "Mitt", "Deras", 'name="version" value="2"'):
        assert word in page
    form = data(consent, aim="Båda", version="2", once=str(uuid4()))
    for _ in range(2):
        assert send(client, address, **form).url == url_of(case, planned)
    fresh = Sip.objects.get()
    assert (fresh.version, fresh.words.open().aim) == (3, "Båda")


def test_a_consent_that_has_run_out_is_said_on_the_page(
    signed_in: SignIn, cast: Cast, case: Case, consent: Consent, held: Sip
) -> None:
    client = signed_in(cast.alma)
    run_out(consent)
    page = text(client.get(url_of(case, held)))
    assert "Samtycket gäller inte i dag." in page
    assert "lage/follow_up/" not in page
    assert "lage/end/" in page
    form = data(agree(cast.alma, case), version=str(Sip.objects.get().version))
    assert send(client, url_of(case, held, "andra/"), **form).status_code == 302
    assert "Samtycket gäller inte i dag." not in text(client.get(url_of(case, held)))


def test_the_paper_has_the_plan_and_no_address(signed_in: SignIn, cast: Cast, case: Case, held: Sip) -> None:
    address, later = Address(street="Wyxgatan 1"), TODAY + timedelta(days=9)
    clients.change_address(by=cast.alma, case=case, address=address, review_on=later, version=case.client.version)
    page = text(signed_in(cast.alma).get(url_of(case, held, "utskrift/")))
    for word in ("Wyxmålet", "Plyxen", "Boka tid", "Det känns bra", case.number, "Utskrivet av"):
        assert word in page
    assert "Wyxgatan" not in page
    assert "Öberg" not in page
    assert last_event(Tag.SIP_PRINTED).case == case.number


@pytest.mark.parametrize(("who", "status"), [("bo", 404), ("eva", 404), ("edvin", 404), ("lo", 403), ("dag", 404)])
def test_nobody_else_sees_it(signed_in: SignIn, cast: Cast, case: Case, held: Sip, who: str, status: int) -> None:
    client = signed_in(getattr(cast, who))
    for address in (url_of(case), url_of(case, held), url_of(case, held, "utskrift/"), url_of(case, held, "andra/")):
        assert client.get(address).status_code == status


def test_one_of_another_case_or_plan_is_not_there(
    signed_in: SignIn, cast: Cast, case: Case, consent: Consent, planned: Sip
) -> None:
    other, client = factories.make_case(cast.cecilia), signed_in(cast.cecilia)
    part, second = SipPart.objects.get(), call(cast.alma, case, consent)
    for address in (
        url_of(other, planned),
        url_of(other, planned, "utskrift/"),
        url_of(other, planned, "andra/"),
        url_of(other, planned, "lage/hold/"),
        url_of(case, second, f"del/{part.pk}/klar/"),
    ):
        assert client.get(address).status_code == 404


def test_many_plans_and_parts_cost_as_many_queries_as_one(
    signed_in: SignIn, cast: Cast, case: Case, consent: Consent, planned: Sip
) -> None:
    client, counts = signed_in(cast.alma), []
    for more in (0, 9):
        for _ in range(more):
            call(cast.alma, case, consent)
            add(cast.alma, planned, words=PartWords(who="Skolan", what="Ringa"))
        with CaptureQueriesContext(connection) as seen:
            for address in (url_of(case), url_of(case, planned)):
                assert client.get(address).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_plan_that_is_late_is_said_so(signed_in: SignIn, cast: Cast, case: Case, planned: Sip) -> None:
    hold(cast.alma, planned, held_on=day(-20), review_on=day(-2))
    assert "Skulle ha följts upp" in text(signed_in(cast.alma).get(url_of(case)))


def test_the_timeline_tells_that_and_never_what(cast: Cast, case: Case, held: Sip) -> None:
    follow(cast.alma, held)
    actions.end_sip(by=cast.alma, sip=held, outcome="Wyx")
    found = timeline.page(case, kind="sip").days  # type: ignore[attr-defined]
    titles = {one.entry.title for one_day in found for one in one_day.shown}
    assert titles == {"SIP upprättad", "SIP avslutad"}
    assert not list(moments.moments(case, timezone.now() + timedelta(days=1)))
    assert len(list(moments.moments(case, timezone.now()))) == 2
    assert moments.show([("held", uuid4())]) == {}
