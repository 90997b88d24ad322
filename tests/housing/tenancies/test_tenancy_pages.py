"""The pages in the case: the list, one lease with all that is open, its forms, and the address for a reason."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.tags import Tag
from casework.cases import actions as cases
from casework.cases.models import Case
from housing.tenancies.models import TakeoverStep, Tenancy, TenancyAlarm, TenancyCheck, TenancyVisit
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, last_event, send, text
from tests.housing import made
from tests.housing.tenancies.facts import (
    TODAY,
    accepted,
    ago,
    alarm,
    close,
    end,
    living,
    sign,
    step_all,
    visit,
    waive,
)  # fmt: skip


def url_of(case: Case, tenancy: Tenancy | None = None, more: str = "") -> str:
    return f"/arenden/{case.number}/boende/hyra/" + (f"{tenancy.pk}/{more}" if tenancy else more)


def data(**more: Any) -> dict[str, Any]:
    facts = {"lease": "sublease", "tenant": "tenant_city", "starts_on": str(ago(10)), "rent": "8000"}
    return {**facts, "address": "Rosengatan 7", "conditions": "Tillsyn varje månad", **more}


def test_a_case_without_a_lease_says_what_to_do(signed_in: SignIn, cast: Cast, case: Case) -> None:
    page = text(signed_in(cast.alma).get(url_of(case)))
    assert "Anteckna kontraktet när personen har fått ett hem." in page
    assert url_of(case) in text(signed_in(cast.alma).get(f"/arenden/{case.number}/boende/hyra/"))


def test_a_lease_is_written_once_and_leads_to_its_page(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, form = signed_in(cast.alma), data(once=str(uuid4()))
    for _ in range(2):
        answer = send(client, url_of(case, more="nytt/"), **form)
    tenancy = Tenancy.objects.get()
    assert answer.url == url_of(case, tenancy)
    page = text(client.get(answer.url))
    for word in ("Kontraktet är antecknat.", "Kommunen", "Tillsyn varje månad", "Får rätt att bo kvar", "45 §"):
        assert word in page
    assert "Rosengatan" not in page
    assert "<title>Hyresförhållande i ärende" in page


def test_the_lease_of_a_track_starts_from_the_home_that_is_held(signed_in: SignIn, cast: Cast, case: Case) -> None:
    track, home = accepted(cast, case, rent=7_654, block_let=True)
    client, url = signed_in(cast.alma), url_of(case, more=f"nytt/?vag={track.pk}")
    assert f"?vag={track.pk}" in text(client.get(url_of(case)))
    page = text(client.get(url))
    for word in (home.name, home.landlord.name, "7654"):
        assert word in page
    assert 'name="address"' not in page
    assert send(client, url, **data()).url == url_of(case, Tenancy.objects.get())
    assert Tenancy.objects.get().home == home
    assert f"?vag={track.pk}" not in text(client.get(url_of(case)))


@pytest.mark.parametrize("key", ["x", "00000000-0000-0000-0000-000000000007"])
def test_a_track_that_is_none_is_not_found(signed_in: SignIn, cast: Cast, case: Case, key: str) -> None:
    assert signed_in(cast.alma).get(url_of(case, more=f"nytt/?vag={key}")).status_code == 404


def test_a_track_of_another_case_is_not_found(signed_in: SignIn, cast: Cast, case: Case) -> None:
    other = factories.make_case(cast.cecilia)
    track = made.make_track(made.make_need(cast.alma, other))
    assert signed_in(cast.alma).get(url_of(case, more=f"nytt/?vag={track.pk}")).status_code == 404


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"lease": ""}, "Välj kontrakt."),
        ({"rent": "mycket"}, "Skriv ett heltal"),
        ({"trial_until": str(ago(20))}, "Dagen ligger före den dag kontraktet börjar."),
        ({"lease": "first_hand"}, "Ett förstahandskontrakt står på personen själv."),
        ({"starts_on": ""}, "Fyll i kontraktet börjar."),
    ],
)
def test_what_is_wrong_is_said(signed_in: SignIn, cast: Cast, case: Case, more: dict[str, Any], message: str) -> None:
    assert message in text(send(signed_in(cast.alma), url_of(case, more="nytt/"), **data(**more)))
    assert not Tenancy.objects.exists()


def test_drafts_of_long_texts_are_kept(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, tenancy = signed_in(cast.alma), living(cast, case)
    part = tenancy.pk.hex[:20]
    for slot, more, field in (
        (f"tenancy:{case.number}", "nytt/", "conditions"),
        (f"homevisit:{case.number}:{part}", "tillsyn/", "text"),
        (f"homealarm:{case.number}:{part}", "larm/", "text"),
    ):
        assert client.post(f"/utkast/{slot}/", {field: "Halvskrivet"}).status_code == 200
        page = text(client.get(url_of(case, None if more == "nytt/" else tenancy, more)))
        assert "Halvskrivet" in page
        assert "Släng utkastet" in page
    send(client, url_of(case, tenancy, "tillsyn/"), on=str(TODAY), text="Allt är bra")
    assert "Halvskrivet" not in text(client.get(url_of(case, tenancy, "tillsyn/")))


def test_an_edit_that_came_late_shows_both(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, tenancy = signed_in(cast.alma), sign(cast, case, address="Rosengatan 7")
    form = data(version="1", rent="9000", address="")
    assert "Rosengatan" not in text(client.get(url_of(case, tenancy, "andra/")))
    assert send(client, url_of(case, tenancy, "andra/"), **form).url == url_of(case, tenancy)
    page = text(send(client, url_of(case, tenancy, "andra/"), **{**form, "rent": "9500"}))
    for word in ("Någon annan hann ändra", "9000", "9500", 'name="version" value="2"'):
        assert word in page
    tenancy.refresh_from_db()
    assert (tenancy.rent, tenancy.words.open().address) == (9_000, "Rosengatan 7")


def test_the_address_is_shown_for_a_reason_and_that_is_logged(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    track, _ = accepted(cast, case)
    held, free = sign(cast, case, track), sign(cast, case, address="Ekgatan 1")
    for tenancy, where in ((held, "Rosengatan 7, Malmö"), (free, "Ekgatan 1")):
        url = url_of(case, tenancy, "visa/")
        assert client.get(url).status_code == 405
        assert "Välj varför" in text(client.post(url, {"reason": ""}))
        assert where in text(client.post(url, {"reason": "meeting"}))
        event = last_event(Tag.ADDRESS_REVEALED)
        assert (cases_of(event), event.reason_code) == ({case.number}, "meeting")
        part = client.post(url, {"reason": "meeting"}, headers={"X-Requested-With": "fetch"})
        assert "<html" not in text(part)


def test_every_form_leads_back_to_the_lease(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, tenancy = signed_in(cast.alma), sign(cast, case, starts_on=ago(200))
    on = {"on": str(ago(190))}
    forms = [
        ("inflyttning/", on, "Inflyttningen är antecknad."),
        ("steg/", {**on, "step": "her_yes"}, "Steget är antecknat."),
        ("tillsyn/", {**on, "text": "Fint hem", "next_on": str(TODAY)}, "Fint hem"),
        ("larm/", {**on, "kind": "alarm_notice", "text": "Ett brev"}, "Ett brev"),
        ("bor-kvar/", {"after": "check_6", "lives_there": "no"}, "Svaret är antecknat."),
    ]
    for more, form, word in forms:
        url = url_of(case, tenancy, more)
        assert client.get(url).status_code == 200
        once = str(uuid4())
        for _ in range(2):
            assert send(client, url, **form, once=once).url == url_of(case, tenancy)
        assert word in text(client.get(url_of(case, tenancy)))
    models = (TakeoverStep, TenancyVisit, TenancyAlarm, TenancyCheck)
    assert [model.objects.count() for model in models] == [1, 1, 1, 1]
    url = url_of(case, tenancy, f"larm/{TenancyAlarm.objects.get().pk}/")
    send(client, url, on=str(TODAY), outcome="Betalt")
    assert "Betalt" in text(client.get(url_of(case, tenancy)))
    send(client, url_of(case, tenancy, "avsluta/"), on=str(TODAY), why="returned", outcome="Hem igen")
    page = text(client.get(url_of(case, tenancy)))
    assert "Hem igen" in page
    assert "Avsluta hyresförhållandet" not in page


@pytest.mark.parametrize(
    ("more", "form", "message"),
    [
        ("tillsyn/", {"on": str(TODAY), "text": "Bra", "next_on": str(TODAY)}, "Nästa tillsyn ska vara en senare dag."),
        ("tillsyn/", {"on": str(TODAY), "text": ""}, "Svara på frågan: Vad såg ni"),
        ("larm/", {"on": str(TODAY + timedelta(days=2)), "kind": "alarm_rent", "text": "x"}, "får inte ligga i"),
        ("bor-kvar/", {"after": "check_12", "lives_there": "yes"}, "Det har inte gått 12 månader"),
        ("overtagande/", {"on": str(TODAY), "reason": "Vill"}, "Bara sektionschefen"),
    ],
)
def test_what_cannot_be_comes_back_with_its_reason(
    signed_in: SignIn, cast: Cast, case: Case, more: str, form: dict[str, str], message: str
) -> None:
    tenancy = living(cast, case)
    assert message in text(send(signed_in(cast.alma), url_of(case, tenancy, more), **form))


def test_the_sektionschef_writes_a_waiver_and_the_page_says_what_it_lacks(
    signed_in: SignIn, cast: Cast, case: Case
) -> None:
    client, tenancy = signed_in(cast.cecilia), living(cast, case)
    url = url_of(case, tenancy, "avstaende/")
    form = {"document": "Avstående, akten 12", "on": str(ago(1)), "approval": "", "has_spouse": "on", "version": "2"}
    assert signed_in(cast.alma).get(url).status_code == 403
    assert send(client, url, **form).url == url_of(case, tenancy)
    page = text(client.get(url_of(case, tenancy)))
    for word in ("Avstående, akten 12", "inte godkänt av hyresnämnden", "sambo har inte godtagit", "Ändra avståendet"):
        assert word in page
    again = text(send(client, url, **{**form, "approval": "hyresnamnden"}))
    assert "Skriv vilken dag hyresnämnden godkände." in again
    wrong = {"document": "Avstående", "on": str(ago(1)), "approval": "", "spouse_on": str(ago(1)), "version": "2"}
    assert "Kryssa i rutan, eller ta bort dagen." in text(send(client, url, **wrong))
    assert "Någon annan hann ändra" in text(send(client, url, **{**form, "document": "Avstående, akten 13"}))


def test_the_page_says_when_the_right_to_stay_is_near(signed_in: SignIn, cast: Cast, case: Case) -> None:
    near = living(cast, case, starts_on=ago(700))
    page = text(signed_in(cast.alma).get(url_of(case, near)))
    assert "data-late" in page
    assert "Bestäm före" in page
    waive(cast, near)
    assert "Har avstått från rätten att bo kvar." in text(signed_in(cast.alma).get(url_of(case)))
    own = sign(cast, case, lease="first_hand", tenant="tenant_person")
    assert "Har rätt att bo kvar: eget kontrakt." in text(signed_in(cast.alma).get(url_of(case, own)))
    old = sign(cast, case, starts_on=ago(900))
    assert "Har rätt att bo kvar sedan" in text(signed_in(cast.alma).get(url_of(case, old)))


def test_the_lease_is_taken_over_on_its_page(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, tenancy = signed_in(cast.alma), living(cast, case)
    assert "Det här saknas: Hyran betald" in text(client.get(url_of(case, tenancy, "overtagande/")))
    step_all(cast, tenancy)
    assert "Alla steg är klara." in text(client.get(url_of(case, tenancy, "overtagande/")))
    send(client, url_of(case, tenancy, "overtagande/"), on=str(TODAY), reason="")
    assert f"Personen tog över kontraktet {TODAY}" in text(client.get(url_of(case, tenancy)))


def test_another_case_does_not_open_a_lease(signed_in: SignIn, cast: Cast, case: Case) -> None:
    other = factories.make_case(cast.cecilia)
    factories.assign(cast.cecilia, other, cast.alma)
    tenancy = living(cast, case)
    row, client = alarm(cast, tenancy), signed_in(cast.alma)
    for more in ("", "andra/", "inflyttning/", "avsluta/", "tillsyn/", f"larm/{row.pk}/", "bor-kvar/", "steg/"):
        assert client.get(url_of(other, tenancy, more)).status_code == 404
    assert client.get(url_of(case, sign(cast, case), f"larm/{row.pk}/")).status_code == 404
    for stranger in (cast.bo, cast.eva, cast.hanna):
        assert signed_in(stranger).get(url_of(case, tenancy)).status_code == 404


def test_a_closed_case_shows_its_leases_and_takes_nothing(
    signed_in: SignIn, cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    tenancy = living(cast, case)
    alarm(cast, tenancy)
    monkeypatch.setattr(cases, "on_closing", [])
    close(cast, case)
    client = signed_in(cast.cecilia)
    page = text(client.get(url_of(case, tenancy)))
    for word in ("Ändra kontraktet", "Lös larmet", "Anteckna tillsyn", "Avsluta hyresförhållandet"):
        assert word not in page
    assert "Ärendet är avslutat" in text(send(client, url_of(case, tenancy, "inflyttning/"), on=str(TODAY)))


@pytest.mark.parametrize("count", [1, 10])
def test_pages_ask_as_many_questions_for_ten_as_for_one(signed_in: SignIn, cast: Cast, case: Case, count: int) -> None:
    client = signed_in(cast.alma)
    tenancy = living(cast, case)
    for _ in range(count):
        visit(cast, tenancy)
        alarm(cast, tenancy)
        sign(cast, case)
    client.get(url_of(case))
    for url, most in ((url_of(case), 21), (url_of(case, tenancy), 27)):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(url).status_code == 200
        assert len(asked) <= most, len(asked)


def test_what_has_ended_stands_with_its_cause(signed_in: SignIn, cast: Cast, case: Case) -> None:
    tenancy = living(cast, case)
    end(cast, tenancy, why="rent_debt")
    page = text(signed_in(cast.alma).get(url_of(case, tenancy)))
    assert "hyresskuld" in page
    assert "rent_debt" not in page
