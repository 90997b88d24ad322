"""The paper: only what is reached, only while it holds, and nothing on it tells from where it comes."""

import re
from typing import Any

import pytest
from django.test import Client

from audit.tags import Tag
from casework.cases.consents import actions as consents
from casework.cases.disclosures import copying
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.clients import actions as clients
from casework.clients.models import Identity
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, last_event, text
from tests.housing.stages.conftest import TODAY, Way, ask, climb, let_in, make_way, text_of


def url_of(way: Way, receiver: str = "skyddat-boende") -> str:
    return f"/arenden/{way.case.number}/boende/vagar/{way.track.pk}/underlag/{receiver}/"


def said(client: Client, way: Way, **more: Any) -> str:
    """What the page says after a paper that was not made."""
    answer = client.post(url_of(way, **more))
    assert answer.status_code == 302
    return text(client.get(answer.headers["Location"]))


def test_a_paper_says_to_whom_what_and_no_more(signed_in: SignIn, way: Way) -> None:
    row = ask(way, "stage_profile", reservation="Får inte spridas")
    answer = signed_in(way.contact).post(url_of(way))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="underlag.pdf"'
    page = re.sub(r"\s+", " ", text_of(answer.content))
    assert row.disclosure is not None
    for word in ("Malmö stad", "Mottagaren på plats", "Får inte spridas", row.disclosure.pk.hex[:8].upper()):
        assert word in page
    for word in ("Alma", way.case.number, way.need.token, str(way.track.pk), "Skyddade", "2026", str(TODAY)):
        assert word not in page
    event = last_event(Tag.PACKET_PRINTED)
    assert cases_of(event) == {way.case.number}
    assert ("casework.Disclosure", str(row.disclosure.pk)) in {(ref.model, ref.id) for ref in event.refs}


def test_nothing_is_printed_before_it_is_reached_or_after_the_consent_is_gone(signed_in: SignIn, way: Way) -> None:
    client = signed_in(way.contact)
    assert "Ingen har bett om det" in said(client, way)
    climb(way, "stage_profile")
    assert client.post(url_of(way)).status_code == 200
    consents.withdraw_consent(by=way.contact, consent=way.consent, why="")
    assert "Samtycket gäller inte längre" in said(client, way)


def test_the_coordinator_gets_no_paper_and_another_receiver_is_not_there(signed_in: SignIn, way: Way) -> None:
    let_in(way)
    client = signed_in(way.contact)
    assert "annan mottagare" in said(client, way, receiver="samordnaren")
    for receiver in ("annan-kommun", "provider"):
        assert client.post(url_of(way, receiver)).status_code == 404
    assert client.get(url_of(way)).status_code == 405


def test_nothing_is_printed_while_nobody_knows_how_she_is_protected(signed_in: SignIn, cast: Cast, case: Case) -> None:
    way = make_way(cast, case)
    climb(way, "stage_profile")
    assert "Ingen har kontrollerat om personen har ett skydd" in said(signed_in(cast.alma), way)


def test_a_letter_that_cannot_be_printed_is_said(signed_in: SignIn, cast: Cast, way: Way) -> None:
    client = way.case.client
    who = Identity(given_name="Åsa\u4e2d", family_name="Öberg")
    clients.change_identity(by=cast.alma, case=way.case, identity=who, version=client.version)
    climb(way, "stage_profile", "stage_consented", "stage_named")
    assert "kan inte skrivas ut" in said(signed_in(cast.alma), way)


def test_a_copy_of_a_stage_is_made_here_and_not_among_the_disclosures(signed_in: SignIn, way: Way) -> None:
    row = ask(way, "stage_profile")
    assert row.disclosure is not None
    with pytest.raises(Refused, match="Vem vet vad"):
        copying.partner_copy(way.contact, row.disclosure, row.created_at)
    page = text(signed_in(way.contact).get(f"/arenden/{way.case.number}/utlamnanden/{row.disclosure.pk}/"))
    assert "Skriv ut kopian" not in page
    assert "Boendebehovet, det som mottagaren får veta: skyddat boende" in page


def test_a_name_that_is_told_is_told_on_paper(signed_in: SignIn, way: Way) -> None:
    climb(way, "stage_profile", "stage_consented", "stage_named")
    page = text_of(signed_in(way.contact).post(url_of(way)).content)
    assert "Åsa Öberg-Lind" in page
