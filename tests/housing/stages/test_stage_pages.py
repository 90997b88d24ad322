"""The pages: who knows what, stage by stage; the form of each stage; what the coordinator sees, and the name."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.tags import Tag
from casework.cases import actions as cases
from casework.cases.consents import actions as consents
from housing.needs.models import NeedProfile
from housing.stages.models import TrackStage
from tests import factories
from tests.fixtures import SignIn, cases_of, last_event, send, text
from tests.housing.stages.conftest import Way, ask, climb, let_in, make_hold, make_way, rewrite, take


def url_of(way: Way, more: str = "") -> str:
    return f"/arenden/{way.case.number}/boende/vagar/{way.track.pk}/vem-vet-vad/{more}"


def token_url(way: Way, more: str = "") -> str:
    return f"/boende/behov/{way.need.token}/vagar/{way.track.kind.key}/vet/{more}"


def data(way: Way, **more: Any) -> dict[str, Any]:
    said = {"recipient": "Boendet i norr", "purpose": "En plats", "phone": "040-1", "reservation": ""}
    return {"consent": str(way.consent.pk), **said, **more}


def test_the_page_tells_stage_by_stage_what_is_known_and_what_is_missing(signed_in: SignIn, way: Way) -> None:
    client = signed_in(way.contact)
    page = text(client.get(url_of(way)))
    for word in ("Vem vet vad", "Skyddat boende", "Boendesamordnaren", "Ingen har bett om det", "Ingen bostad hålls"):
        assert word in page
    assert url_of(way, "skyddat-boende/behov/") in page
    assert url_of(way, "skyddat-boende/samtycke/") not in page
    assert "Skriv ut underlaget" not in page
    climb(way, "stage_profile")
    page = text(client.get(url_of(way)))
    assert url_of(way, "skyddat-boende/samtycke/") in page
    assert url_of(way, "skyddat-boende/behov/") not in page
    assert "Skriv ut underlaget" in page
    assert "stage_" not in page


def test_a_stage_is_asked_for_once(signed_in: SignIn, way: Way) -> None:
    client, form = signed_in(way.contact), data(way, once=str(uuid4()))
    page = text(client.get(url_of(way, "skyddat-boende/behov/")))
    for word in ("Skyddat boende får då veta", "Vuxna", "Hot", "Hyresvärden, till och med"):
        assert word in page
    assert "Hur har ni vägt?" not in page
    for _ in range(2):
        assert send(client, url_of(way, "skyddat-boende/behov/"), **form).url == url_of(way)
    assert TrackStage.objects.get().stage == "stage_profile"
    page = text(client.get(url_of(way)))
    assert "Mottagaren får veta det nu." in page
    disclosure = TrackStage.objects.get().disclosure
    assert disclosure is not None
    assert f"referensen {disclosure.pk.hex[:8].upper()}." in page


def test_what_takes_two_says_so_and_is_weighed(signed_in: SignIn, way: Way) -> None:
    climb(way, "stage_profile", "stage_consented")
    client, address = signed_in(way.contact), url_of(way, "skyddat-boende/namn/")
    page = text(client.get(address))
    assert "Sektionschefen beslutar, och får inte vara den som föreslog." in page
    assert "Två personer beslutar." in text(client.get(url_of(way)))
    assert "Svara på frågan: Hur har ni vägt?" in text(send(client, address, **data(way)))
    assert TrackStage.objects.count() == 2
    assert send(client, address, **data(way, weighing="Behovet väger över")).url == url_of(way)
    page = text(client.get(url_of(way)))
    assert "Sektionschefen har inte beslutat än." in page
    assert "Mottagaren får inte veta något förrän sektionschefen har beslutat" in page


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"consent": ""}, "Svara på frågan: Vilket samtycke?"),
        ({"consent": "nej"}, "Välj något av alternativen i listan."),
        ({"recipient": ""}, "Svara på frågan: Vem får uppgifterna?"),
        ({"purpose": "x" * 4001}, "Korta den"),
        ({"phone": "x" * 41}, "Korta den"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(signed_in: SignIn, way: Way, more: dict[str, str], message: str) -> None:
    page = text(send(signed_in(way.contact), url_of(way, "skyddat-boende/behov/"), **data(way, **more)))
    assert message in page
    assert not TrackStage.objects.exists()


def test_a_consent_that_is_withdrawn_meanwhile_cannot_be_chosen(signed_in: SignIn, way: Way) -> None:
    client, form = signed_in(way.contact), data(way)
    consents.withdraw_consent(by=way.contact, consent=way.consent, why="")
    page = text(send(client, url_of(way, "skyddat-boende/behov/"), **form))
    assert "Välj något av alternativen i listan." in page
    assert not TrackStage.objects.exists()


def test_the_consents_to_compare_with_stand_beside_the_form(signed_in: SignIn, way: Way) -> None:
    client = signed_in(way.contact)
    page = text(client.get(url_of(way, "skyddat-boende/behov/")))
    assert "Samtycken att jämföra med" in page
    assert "Inget samtycke gäller" not in page
    consents.withdraw_consent(by=way.contact, consent=way.consent, why="")
    assert "Inget samtycke gäller" in text(client.get(url_of(way, "skyddat-boende/behov/")))


def test_a_draft_is_kept_for_its_stage(signed_in: SignIn, way: Way) -> None:
    client = signed_in(way.contact)
    slot = f"stage:{way.case.number}:behov-{way.track.pk.hex[:8]}"
    assert client.post(f"/utkast/{slot}/", data(way, purpose="Halvskrivet")).status_code == 200
    assert "Halvskrivet" in text(client.get(url_of(way, "skyddat-boende/behov/")))
    assert "Halvskrivet" not in text(client.get(url_of(way, "skyddat-boende/namn/")))
    send(client, url_of(way, "skyddat-boende/behov/"), **data(way))
    assert "Halvskrivet" not in text(client.get(url_of(way, "skyddat-boende/behov/")))


def test_the_coordinator_is_told_more_and_let_in_and_out(signed_in: SignIn, way: Way) -> None:
    client, form = signed_in(way.contact), data(way)
    take(way)
    make_hold(way, "hold_reserved")
    assert "Telefon på arbetet" in text(client.get(url_of(way, "samordnaren/samtycke/")))
    assert send(client, url_of(way, "samordnaren/samtycke/"), **form).url == url_of(way)
    page = text(client.get(url_of(way, "samordnaren/namn/")))
    assert "Släpp in boendesamordnaren" in page
    assert "Telefon på arbetet" not in page
    assert send(client, url_of(way, "samordnaren/namn/"), **form).url == url_of(way)
    assert "Stäng för boendesamordnaren" in text(client.get(url_of(way)))
    assert "Det gäller genast." in text(client.get(url_of(way, "stang/")))
    assert send(client, url_of(way, "stang/")).url == url_of(way)
    page = text(client.get(url_of(way)))
    assert "Boendesamordnaren ser inte namnet längre." in page
    assert "Stäng för boendesamordnaren" not in page


@pytest.mark.parametrize(
    "more", ["provider/behov/", "annan-kommun/behov/", "skyddat-boende/hem/", "samordnaren/nej/", "x/namn/"]
)
def test_what_the_track_does_not_have_is_not_there(signed_in: SignIn, way: Way, more: str) -> None:
    client = signed_in(way.contact)
    assert client.get(url_of(way, more)).status_code == 404
    assert send(client, url_of(way, more), **data(way)).status_code == 404


def test_a_track_of_another_case_is_not_there(signed_in: SignIn, way: Way) -> None:
    other = factories.make_case(way.chief)
    client = signed_in(way.chief)
    for more in ("", "stang/", "skyddat-boende/behov/"):
        address = f"/arenden/{other.number}/boende/vagar/{way.track.pk}/vem-vet-vad/{more}"
        assert client.get(address).status_code == 404
    paper = f"/arenden/{other.number}/boende/vagar/{way.track.pk}/underlag/skyddat-boende/"
    assert client.post(paper).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("bo", 404), ("eva", 404), ("hanna", 404), ("lo", 403), ("dag", 404)])
def test_nobody_else_sees_the_page(signed_in: SignIn, way: Way, who: str, status: int) -> None:
    client = signed_in(getattr(way.cast, who))
    for more in ("", "stang/", "skyddat-boende/behov/"):
        assert client.get(url_of(way, more)).status_code == status
        assert send(client, url_of(way, more), **data(way)).status_code in (status, 405)


def test_in_a_closed_case_the_page_is_read_and_nothing_is_asked_for(signed_in: SignIn, way: Way) -> None:
    climb(way, "stage_profile")
    closing = cases.move_case(by=way.chief, case=way.case, name="begin_closing", reason="Klart")
    cases.close_case(by=way.chief, case=closing, closure_reason="goals_reached", note="Bra")
    client = signed_in(way.chief)
    page = text(client.get(url_of(way)))
    assert "Skriv ut underlaget" not in page
    assert url_of(way, "skyddat-boende/") not in page
    answer = text(send(client, url_of(way, "skyddat-boende/samtycke/"), **data(way)))
    assert "Ärendet är avslutat." in answer
    assert signed_in(way.cast.hanna).get(token_url(way)).status_code == 404


def test_the_coordinator_sees_what_she_may_know_and_why_not_more(signed_in: SignIn, way: Way) -> None:
    client = signed_in(way.cast.hanna)
    page = text(client.get(token_url(way)))
    for word in (way.need.token, "Det här får du inte veta än", "Ingen bostad hålls", "1–5 år"):
        assert word in page
    assert cases_of(last_event(Tag.NEED_READ)) == {way.case.number}
    for who in ("alma", "cecilia", "ada", "lo"):
        assert signed_in(getattr(way.cast, who)).get(token_url(way)).status_code == 403
    assert client.get(f"/boende/behov/{way.need.token}/vagar/annan/vet/").status_code == 404
    assert client.get("/boende/behov/B-222222/vagar/annan/vet/").status_code == 404


def test_the_name_is_masked_until_she_says_why(signed_in: SignIn, way: Way) -> None:
    let_in(way)
    client = signed_in(way.cast.hanna)
    page = text(client.get(token_url(way)))
    assert "Varför behöver du se namnet?" in page
    assert "Åsa" not in page
    assert "Välj varför du behöver se uppgiften." in text(client.post(token_url(way, "namn/"), {"reason": "x"}))
    page = text(client.post(token_url(way, "namn/"), {"reason": "contact"}))
    assert "Åsa Öberg-Lind" in page
    assert way.case.number not in page
    event = last_event(Tag.IDENTITY_REVEALED)
    assert (cases_of(event), event.reason_code) == ({way.case.number}, "contact")
    part = client.post(token_url(way, "namn/"), {"reason": "contact"}, headers={"X-Requested-With": "fetch"})
    assert text(part).count("<html") == 0
    assert "Åsa Öberg-Lind" in text(part)
    consents.withdraw_consent(by=way.contact, consent=way.consent, why="")
    assert client.post(token_url(way, "namn/"), {"reason": "contact"}).status_code == 403
    assert "Varför behöver du se namnet?" not in text(client.get(token_url(way)))


def test_nobody_reveals_a_name_without_being_let_in(signed_in: SignIn, way: Way) -> None:
    take(way)
    make_hold(way, "hold_reserved")
    ask(way, "stage_consented", receiver="coordinator")
    for who in ("hanna", "alma", "cecilia"):
        client = signed_in(getattr(way.cast, who))
        assert client.post(token_url(way, "namn/"), {"reason": "contact"}).status_code == 403
        assert client.get(token_url(way, "namn/")).status_code == 405


def test_a_page_asks_as_many_questions_for_ten_stages_as_for_one(signed_in: SignIn, way: Way) -> None:
    client = signed_in(way.contact)

    def count() -> int:
        client.get(url_of(way))
        with CaptureQueriesContext(connection) as asked:
            client.get(url_of(way))
        return len(asked)

    climb(way, "stage_profile")
    one = count()
    for number in range(2, 11):
        rewrite(way, number, rooms=number)
        climb(way, "stage_profile")
    assert TrackStage.objects.count() == 10
    assert count() == one


def test_long_words_and_an_empty_need_are_shown(signed_in: SignIn, way: Way) -> None:
    other = factories.make_case(way.chief)
    factories.assign(way.chief, other, way.contact)
    long = make_way(way.cast, other, "municipality", profile=NeedProfile(adults=1, rooms=1))
    page = text(signed_in(way.cast.hanna).get(token_url(long)))
    assert "Spelar ingen roll" in page
