"""The pages of förtur in a case."""

from typing import Any
from uuid import uuid4

import pytest

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from housing.fortur.models import ForturApplication
from housing.tracks.models import Track
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, send, text
from tests.housing import made
from tests.housing.fortur import facts


def url_of(track: Track, more: str = "") -> str:
    return f"/arenden/{track.case.number}/boende/vagar/{track.pk}/fortur/{more}"


def data(landlord: Any, **more: Any) -> dict[str, Any]:
    return {"landlord": str(landlord.pk), "certificate": facts.CERTIFICATE, "conditions": "", "version": "0", **more}


def answer(**more: Any) -> dict[str, Any]:
    day = str(facts.today())
    told = {"outcome": "granted", "decided_on": day, "decider": "Chefen", "valid_until": day, "offers_allowed": "1"}
    return {**told, "area_limit": "", "declined": "", "grounds": "", **more}


def test_an_empty_page_says_what_to_do(signed_in: SignIn, cast: Cast, case: Case) -> None:
    track = facts.track_in(cast, case)
    page = text(signed_in(cast.alma).get(url_of(track)))
    assert "Ingen ansökan än" in page
    assert "Skriv ansökan" in page
    assert "Öberg" not in page
    sent = facts.track_in(cast, case, "apply", lease="sublease")
    assert "Ingen ansökan om förtur är skriven" in text(signed_in(cast.alma).get(url_of(sent)))


def test_the_form_begins_with_the_fixed_text_of_the_need(signed_in: SignIn, cast: Cast, case: Case) -> None:
    page = text(signed_in(cast.alma).get(url_of(facts.track_in(cast, case), "skriv/")))

    assert "en vuxen och två barn (1–5 år, 6–12 år)" in page
    assert "minst tre rum" in page


def test_the_way_to_a_granted_fortur(signed_in: SignIn, cast: Cast, case: Case) -> None:
    track, owner = facts.track_in(cast, case), facts.landlord()
    facts.told(cast, track)
    alma, cecilia, once = signed_in(cast.alma), signed_in(cast.cecilia), str(uuid4())
    for _ in range(2):
        assert send(alma, url_of(track, "skriv/"), **data(owner, once=once)).url == url_of(track)
    assert ForturApplication.objects.count() == 1
    assert "Väntar på sektionschefen" in text(alma.get(url_of(track)))
    assert facts.CERTIFICATE in text(cecilia.get(url_of(track, "godkann/")))
    assert send(cecilia, url_of(track, "godkann/"), version="1", read="on").url == url_of(track)
    assert "Skriv ut ansökan" in text(alma.get(url_of(track)))
    printed = alma.post(url_of(track, "skriv-ut/"))
    assert (printed["Content-Type"], "ansokan.pdf" in printed["Content-Disposition"]) == ("application/pdf", True)
    assert "Anteckna hyresvärdens beslut" in text(alma.get(url_of(track)))
    assert send(alma, url_of(track, "beslut/"), **answer()).url == url_of(track)
    page = text(alma.get(url_of(track)))
    for word in ("Beviljad", "Ett nej till förbrukar förturen.", "0 nej av högst 1", "Chefen"):
        assert word in page
    for code in ("granted", "first_hand", "queued"):
        assert f">{code}" not in page


def test_a_word_of_violence_is_said_and_the_text_stays(signed_in: SignIn, cast: Cast, case: Case) -> None:
    track = facts.track_in(cast, case)
    sent = data(facts.landlord(), certificate="Hon flydde från våldet.")
    page = text(send(signed_in(cast.alma), url_of(track, "skriv/"), **sent))

    assert "”våldet” berättar om våld eller hot." in page
    assert "Hon flydde från våldet." in page


def test_a_draft_is_kept(signed_in: SignIn, cast: Cast, case: Case) -> None:
    track, client = facts.track_in(cast, case), signed_in(cast.alma)
    slot = f"/utkast/fortur:{case.number}:{track.pk.hex[:20]}/"
    assert client.post(slot, data(facts.landlord(), certificate="Halvskrivet")).status_code == 200
    assert "Halvskrivet" in text(client.get(url_of(track, "skriv/")))


def test_a_stale_change_shows_both_texts(signed_in: SignIn, cast: Cast, case: Case) -> None:
    track = facts.track_in(cast, case)
    application = facts.write(cast, track)
    facts.write(cast, track, landlord=application.landlord, certificate="Nyare text.", version=1)
    sent = data(application.landlord, certificate="Min text.", version="1")
    page = text(send(signed_in(cast.alma), url_of(track, "skriv/"), **sent))

    assert "Nyare text." in page
    assert "Min text." in page


def test_what_changed_meanwhile_is_read_again_before_approval(signed_in: SignIn, cast: Cast, case: Case) -> None:
    track, client = facts.track_in(cast, case), signed_in(cast.cecilia)
    facts.write(cast, track, version=0)
    facts.write(cast, track, certificate="Nyare text.", version=1)
    page = text(send(client, url_of(track, "godkann/"), version="1", read="on"))
    assert "Texten har ändrats" in page
    assert "Nyare text." in page
    assert send(client, url_of(track, "godkann/"), version="2", read="on").status_code == 302


def test_what_is_missing_is_said_instead_of_a_button(signed_in: SignIn, cast: Cast, case: Case) -> None:
    track = facts.track_in(cast, case)
    facts.approved(cast, track)
    client = signed_in(cast.alma)
    page = text(client.get(url_of(track)))
    assert "Ansökan kan inte skrivas ut än" in page
    assert "Skriv ut ansökan" not in page
    answered = client.post(url_of(track, "skriv-ut/"), follow=True)
    assert "Mottagaren får inte veta det här nu" in text(answered)


def test_the_writer_who_leads_is_told_that_somebody_else_approves(signed_in: SignIn, cast: Cast, case: Case) -> None:
    track = facts.track_in(cast, case)
    facts.write(cast, track, by=cast.cecilia)

    assert "Du skrev själv intyget" in text(signed_in(cast.cecilia).get(url_of(track)))
    assert "Du skrev själv intyget" not in text(signed_in(cast.alma).get(url_of(track)))


def test_a_refusal_is_shown_with_its_reason(signed_in: SignIn, cast: Cast, case: Case) -> None:
    application = facts.answered(cast, case, facts.refused())
    page = text(signed_in(cast.alma).get(url_of(application.track)))

    assert "Uppfyller inte hyresvärdens krav på ekonomi" in page
    assert "Inkomsten räcker inte" in page


@pytest.mark.parametrize("more", ["", "skriv/", "godkann/", "beslut/"])
def test_the_wrong_track_and_the_wrong_person_find_nothing(
    signed_in: SignIn, cast: Cast, case: Case, more: str
) -> None:
    track = facts.track_in(cast, case)
    other = factories.make_case(cast.cecilia)
    factories.assign(cast.cecilia, other, cast.alma)
    plain = made.make_track(track.need, made.make_kind())
    for url in (url_of(track, more).replace(case.number, other.number), url_of(plain, more)):
        assert signed_in(cast.cecilia).get(url).status_code == 404
    for user in (cast.hanna, cast.eva, cast.bo):
        assert signed_in(user).get(url_of(track, more)).status_code == 404


@pytest.mark.parametrize("more", ["godkann/", "beslut/"])
def test_there_is_nothing_to_answer_before_an_application(signed_in: SignIn, cast: Cast, case: Case, more: str) -> None:
    assert signed_in(cast.cecilia).get(url_of(facts.track_in(cast, case), more)).status_code == 404


def test_a_fortur_whose_time_has_passed_is_late(signed_in: SignIn, cast: Cast, case: Case) -> None:
    application = facts.answered(cast, case)
    with trail.act(Tag.IMPORTED):
        application.decided_on = application.valid_until = facts.today().replace(year=2020)
        application.save()

    assert "Förturens tid har gått ut 2020-" in text(signed_in(cast.alma).get(url_of(application.track)))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"valid_until": ""}, "Fyll i hur länge förturen gäller."),
        ({"offers_allowed": ""}, "Fyll i hur många erbjudanden som ingår."),
        ({"outcome": "fortur_refused", "grounds": "Fullt"}, "Välj varför hyresvärden sade nej."),
        ({"outcome": "fortur_refused", "declined": "no_home"}, "Skriv hyresvärdens skäl."),
    ],
)
def test_what_a_decision_needs_is_said_at_its_field(
    signed_in: SignIn, cast: Cast, case: Case, more: dict[str, Any], said: str
) -> None:
    application = facts.sent(cast, case)
    page = text(send(signed_in(cast.alma), url_of(application.track, "beslut/"), **answer(**more)))

    assert said in page
    assert facts.fresh(application).outcome == ""
