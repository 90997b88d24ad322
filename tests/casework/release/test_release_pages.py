"""The pages: the list, what is to be printed, how far it has come, one piece at a time, and the file."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.release import readers
from casework.cases.release.models import Release, ReleasePiece
from casework.clients.children.models import Child
from tests import factories
from tests.casework.release.making import approved, begin, disclose, judged, mark, pieces, read
from tests.cast import Cast
from tests.fixtures import SignIn, events, send, text


def url(case: Case, release: Release | None = None, more: str = "") -> str:
    return f"/arenden/{case.number}/utskrift/" + (f"{release.pk}/{more}" if release else more)


@pytest.fixture
def release(cast: Cast, case: Case) -> Release:
    """One piece without and one with somebody's phone number."""
    for words in ("Hon mår bra.", "Ring Ture på 070-123 45 67 i kväll."):
        factories.make_step(cast.alma, case, text=words)
    return begin(cast.alma, case, parts=["notes"])


def judgement(piece: ReleasePiece, **more: Any) -> dict[str, Any]:
    words = {"verdict": "piece_show", "text": piece.words.open().original, "why": "", "version": str(piece.version)}
    return {**words, **more}


def test_a_print_is_begun_once_from_a_decided_disclosure(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    assert "Inga utskrifter" in text(client.get(url(case)))
    assert "Inget utlämnande är beslutat" in text(client.get(url(case, more="ny/")))
    disclosure = disclose(cast.alma, case)
    assert "om personen i ärendet" in text(client.get(url(case, more="ny/")))
    form = {"disclosure": str(disclosure.pk), "parts": ["narrative"], "note": "Hämtas", "once": str(uuid4())}
    for _ in range(2):
        answer = send(client, url(case, more="ny/"), **form)
    release = Release.objects.get()
    assert answer.url == url(case, release)
    page = text(client.get(answer.url))
    for word in ("Delarna är framtagna.", "Hämtas", "Om ärendet", "Inte prövad", "Hela tiden", "Pröva nästa del"):
        assert word in page
    assert url(case, release) in text(client.get(url(case)))


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"parts": []}, "Välj delar av akten."),
        ({"disclosure": str(uuid4())}, "Välj något av alternativen i listan."),
        ({"since": "2026-03-02", "until": "2026-03-01"}, "Den sista dagen ligger före den första."),
        ({"parts": ["risks"]}, "Det finns inget att skriva ut"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    signed_in: SignIn, cast: Cast, case: Case, more: dict[str, Any], message: str
) -> None:
    form = {"disclosure": str(disclose(cast.alma, case).pk), "parts": ["narrative"], **more}
    assert message in text(send(signed_in(cast.alma), url(case, more="ny/"), **form))
    assert not Release.objects.exists()


def test_a_childs_print_is_chosen_by_her_alias(signed_in: SignIn, cast: Cast, case: Case, child: Child) -> None:
    client, disclosure = signed_in(cast.alma), disclose(cast.alma, case, child=child)
    page = text(client.get(url(case, more="ny/")))
    assert "om Äldsta barnet" in page
    assert "Qvirina" not in page
    form = {"disclosure": str(disclosure.pk), "parts": ["narrative", "disclosures"]}
    answer = send(client, url(case, more="ny/"), **form)
    assert "Utskrift av ett barns akt" in text(client.get(answer.url))
    assert "Ett barns" in text(client.get(url(case)))
    read_event = events(Tag.PAGE_READ)[-1]
    assert {ref.case for ref in read_event.refs} == {case.number}


def test_pieces_are_judged_one_after_the_other(signed_in: SignIn, cast: Cast, case: Case, release: Release) -> None:
    client = signed_in(cast.alma)
    first, second = pieces(release)
    assert "Programmet hittade inga uppgifter om andra." in text(client.get(url(case, release, "del/1/")))
    form = judgement(first, once=str(uuid4()))
    for _ in range(2):
        assert send(client, url(case, release, "del/1/"), **form).url == url(case, release, "del/2/")
    page = text(client.get(url(case, release, "del/2/")))
    assert "<mark>070-123 45 67</mark>" in page
    assert "1 telefonnummer" in page
    assert "Andras uppgifter kan stå kvar." in text(send(client, url(case, release, "del/2/"), **judgement(second)))
    covering = judgement(second, verdict="piece_covered", cover_found="on")
    assert send(client, url(case, release, "del/2/"), **covering).url == url(case, release)
    assert "Ring Ture på [täckt] i kväll." in ReleasePiece.objects.get(place=2).words.open().text
    assert "[täckt]" in text(client.get(url(case, release, "del/2/")))


def test_a_judgement_without_a_reason_comes_back(signed_in: SignIn, cast: Cast, case: Case, release: Release) -> None:
    client, form = signed_in(cast.alma), judgement(pieces(release)[0])
    held = text(send(client, url(case, release, "del/1/"), **{**form, "verdict": "piece_held"}))
    assert "Skriv varför delen inte lämnas ut." in held
    rewritten = {**form, "verdict": "piece_covered", "text": "Hon mår <b>dåligt</b>."}
    page = text(send(client, url(case, release, "del/1/"), **rewritten))
    assert "Du kan bara täcka, inte skriva om." in page
    assert "&lt;b&gt;dåligt" in page


def test_a_judgement_that_comes_late_shows_both(signed_in: SignIn, cast: Cast, case: Case, release: Release) -> None:
    client, first = signed_in(cast.alma), pieces(release)[0]
    mark(cast.alma, first, "piece_held", why="Först")
    page = text(send(client, url(case, release, "del/1/"), **judgement(first, why="Sedan")))
    for word in ("Någon annan hann ändra", "Först", "Sedan", 'name="version" value="2"'):
        assert word in page
    now = pieces(release)[0]
    same = judgement(now, verdict="piece_held", why="Först", version="1")
    assert "Någon annan hann ändra delen." in text(send(client, url(case, release, "del/1/"), **same))


def test_the_second_person_reads_passes_and_approves(
    signed_in: SignIn, cast: Cast, case: Case, release: Release
) -> None:
    alma, cecilia = signed_in(cast.alma), signed_in(cast.cecilia)
    assert "Lämna till granskning" not in text(alma.get(url(case, release)))
    for piece in pieces(release):
        mark(cast.alma, piece)
    page = text(alma.get(url(case, release)))
    assert "Lämna till granskning" in page
    assert "Godkänn utskriften" not in page
    assert send(alma, url(case, release, "lage/submit/")).url == url(case, release)
    assert "En sektionschef som inte själv har prövat" in text(alma.get(url(case, release)))
    assert "Läs alla delar först" in text(send(cecilia, url(case, release, "lage/approve/")))
    assert "Godkänn delen" in text(cecilia.get(url(case, release, "del/1/")))
    where = send(cecilia, url(case, release, "del/1/"), version="2").url
    assert where == url(case, release, "del/2/")
    assert send(cecilia, where, version="2").url == url(case, release)
    assert send(cecilia, url(case, release, "lage/approve/")).url == url(case, release)
    page = text(alma.get(url(case, release)))
    assert "Skriv ut akten" in page
    assert "Klar att lämnas ut" in page


def test_what_is_sent_back_says_why(signed_in: SignIn, cast: Cast, case: Case, release: Release) -> None:
    judged(cast.alma, release)
    client = signed_in(cast.cecilia)
    assert "Svara på frågan: Vad ska ändras?" in text(send(client, url(case, release, "lage/send_back/")))
    send(client, url(case, release, "lage/send_back/"), reason="Täck Ture")
    page = text(signed_in(cast.alma).get(url(case, release)))
    assert "Täck Ture" in page
    assert "Tillbaka från granskningen" in page
    assert "Det går inte nu" in text(send(client, url(case, release, "lage/approve/")))
    assert client.get(url(case, release, "lage/hand_out/")).status_code == 404


def test_the_file_is_an_attachment_and_takes_a_fresh_proof(
    signed_in: SignIn, cast: Cast, case: Case, release: Release
) -> None:
    client = signed_in(cast.alma)
    early = client.post(url(case, release, "skriv-ut/"))
    assert early.url == url(case, release)
    assert "Det går inte nu" in text(client.get(early.url))
    approved(cast.alma, cast.cecilia, release)
    answer = client.post(url(case, release, "skriv-ut/"))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="personakt.pdf"'
    assert "no-store" in answer.headers["Cache-Control"]
    assert all(case.number in page for page in read(answer.content))
    page = text(client.get(url(case, release)))
    assert "Utlämnad" in page
    assert client.get(url(case, release, "skriv-ut/")).status_code == 405
    session = client.session
    session["account_authentication_methods"][-1]["at"] -= 3600
    session.save()
    count = len(events(Tag.RELEASE_PRINTED))
    assert "/konto/bekrafta/" in client.post(url(case, release, "skriv-ut/")).url
    assert len(events(Tag.RELEASE_PRINTED)) == count == 1


def test_a_finished_piece_is_read_and_not_judged(signed_in: SignIn, cast: Cast, case: Case, release: Release) -> None:
    piece = pieces(release)[0]
    client, form = signed_in(cast.alma), judgement(piece)
    approved(cast.alma, cast.cecilia, release)
    page = text(client.get(url(case, release, "del/1/")))
    assert "Läst och godkänd av" in page
    assert "Spara bedömningen" not in page
    assert "Det går inte nu" in text(send(client, url(case, release, "del/1/"), **form))


@pytest.mark.parametrize(("who", "status"), [("bo", 404), ("eva", 404), ("edvin", 404), ("lo", 403), ("dag", 404)])
def test_nobody_else_sees_it(
    signed_in: SignIn, cast: Cast, case: Case, release: Release, who: str, status: int
) -> None:
    client = signed_in(getattr(cast, who))
    for address in (url(case), url(case, more="ny/"), url(case, release), url(case, release, "del/1/")):
        assert client.get(address).status_code == status
    assert send(client, url(case, release, "del/1/"), **judgement(pieces(release)[0])).status_code == status
    assert client.post(url(case, release, "skriv-ut/")).status_code == status


def test_one_of_another_case_is_not_there(signed_in: SignIn, cast: Cast, case: Case, release: Release) -> None:
    other, client = factories.make_case(cast.cecilia), signed_in(cast.cecilia)
    for more in ("", "del/1/", "lage/drop/"):
        assert client.get(url(other, release, more)).status_code == 404
    for place in (0, 3, 10**30):
        assert client.get(url(case, release, f"del/{place}/")).status_code == 404


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connections["default"]) as data, CaptureQueriesContext(connections["keys"]) as keys:
        assert client.get(address).status_code == 200
    return len(data) + len(keys)


def test_ten_pieces_ask_as_many_questions_as_one(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    few = begin(cast.alma, case, parts=["narrative"])
    for _ in range(9):
        factories.make_step(cast.alma, case)
    many = begin(cast.alma, case)
    for address in (url(case, few), url(case)):
        client.get(address)
    one = asked(client, url(case, few))
    assert asked(client, url(case, many)) == one
    listed = asked(client, url(case))
    for _ in range(3):
        begin(cast.alma, case)
    assert asked(client, url(case)) == listed


def test_many_pieces_lie_on_pages(
    signed_in: SignIn, cast: Cast, case: Case, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "PAGE", 1)
    client = signed_in(cast.alma)
    assert url(case, release, "del/2/") not in text(client.get(url(case, release))).split("Delarna")[1]
    assert url(case, release, "del/2/") in text(client.get(url(case, release) + "?page=2"))
