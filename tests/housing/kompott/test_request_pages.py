"""A request of ours, on the pages of its case."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.consents.models import Consent
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.cases.timeline import registry
from housing.kompott import file_actions, moments
from housing.kompott.models import KompottRequest
from housing.kompott.pages import OURS
from housing.tracks import moving
from housing.tracks.models import Track
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, send, text
from tests.housing import made
from tests.housing.kompott.conftest import OFFER, answered, go
from tests.housing.kompott.sides import Other


def at(track: Track, more: str = "") -> str:
    return f"/arenden/{track.case.number}/boende/vagar/{track.pk}/kompott/{more}"


@pytest.fixture
def alma(cast: Cast, signed_in: SignIn) -> Client:
    return signed_in(cast.alma)


def test_without_a_consent_the_page_says_what_to_do(alma: Client, other: Other, track: Track) -> None:
    page = text(alma.get(at(track)))
    assert "Inget samtycke gäller" in page
    assert "Spara förfrågan" not in page


def test_it_shows_exactly_what_they_are_told(alma: Client, other: Other, track: Track, consent: Consent) -> None:
    page = text(alma.get(at(track)))
    assert "Det här får kommunen veta" in page
    assert "Svalöv" in page
    assert "Norr" not in page
    assert "Lund (Kompott Skåne)" in page
    assert "Malmö (" not in page


def test_from_writing_to_the_file(alma: Client, cast: Cast, other: Other, written: KompottRequest) -> None:
    track = written.track
    facts = {"member": str(other.member.pk), "consent": str(written.consent_id), "note": "Ny", "version": "1"}
    assert send(alma, at(track), **facts)["Location"] == at(track)
    assert "Ny" in text(alma.get(at(track)))
    stale = text(send(alma, at(track), **{**facts, "note": "Annan"}))
    assert "Annan" in stale
    assert "Ny" in stale
    send(alma, at(track, "skicka/"))
    page = text(alma.get(at(track)))
    assert "Lund vet inte än" in page
    assert "Ändra förfrågan" not in page
    answer = alma.post(at(track, "fil/"))
    assert (answer["Content-Type"], other.read(answer.content).kind) == ("application/json", "request")
    assert "är skapad" in text(alma.get(at(track)))


def test_a_new_request_by_its_page(alma: Client, other: Other, track: Track, consent: Consent) -> None:
    send(alma, at(track), member=str(other.member.pk), consent=str(consent.pk), note="")
    assert KompottRequest.objects.get().member == other.member
    late = text(send(alma, at(track), member=str(other.member.pk), consent=str(consent.pk), note=""))
    assert "Ladda om sidan" in late


def test_nothing_is_chosen_and_nothing_is_written(alma: Client, other: Other, track: Track, consent: Consent) -> None:
    page = text(send(alma, at(track)))
    assert "Välj vilken kommun ni frågar" in page
    assert "Välj samtycket" in page


def test_an_offer_is_seen_and_turned_down(alma: Client, cast: Cast, other: Other, sent: KompottRequest) -> None:
    answered(cast, other, sent, OFFER)
    page = text(alma.get(at(sent.track)))
    assert OFFER[1]["offer"] in page
    assert "Tacka ja" in page
    assert "Välj varför" in text(send(alma, at(sent.track, "tacka-nej/")))
    send(alma, at(sent.track, "tacka-nej/"), declined="too_near")
    assert KompottRequest.objects.get().state == "acknowledged"


@pytest.mark.parametrize("slug", OURS)
def test_each_step_has_its_page(alma: Client, sent: KompottRequest, slug: str) -> None:
    assert OURS[slug].button in text(alma.get(at(sent.track, f"{slug}/")))


def test_a_step_that_cannot_be_done_says_why(alma: Client, sent: KompottRequest) -> None:
    assert "läge är ”skickad”" in text(send(alma, at(sent.track, "tacka-ja/")))


def test_only_possible_steps_are_shown(alma: Client, cast: Cast, other: Other, sent: KompottRequest) -> None:
    row = go(cast, answered(cast, other, sent, OFFER), "accept", "move_in")
    page = text(alma.get(at(sent.track)))
    assert OURS["begar-overflyttning"].button in page
    assert OURS["overflyttat"].button not in page
    row = go(cast, row, "ask_transfer")
    page = text(alma.get(at(sent.track)))
    assert OURS["ivo"].button in page
    assert "svar senast" in page


def test_what_is_not_there_is_not_found(
    alma: Client, cast: Cast, case: Case, other: Other, written: KompottRequest
) -> None:
    elsewhere = factories.make_case(cast.cecilia, given_name="Berta")
    factories.assign(cast.cecilia, elsewhere, cast.alma)
    for url in (
        at(written.track, "sluta/"),
        f"/arenden/{elsewhere.number}/boende/vagar/{written.track_id}/kompott/",
        f"/arenden/{elsewhere.number}/boende/vagar/{written.track_id}/kompott/skicka/",
        f"/arenden/{case.number}/boende/vagar/{uuid4()}/kompott/",
    ):
        assert alma.get(url).status_code == 404
    plain = made.make_track(written.track.need)
    assert alma.get(at(plain, "skicka/")).status_code == 404


def test_nothing_to_tell_leads_back_with_the_reason(alma: Client, written: KompottRequest) -> None:
    assert "inget nytt att berätta" in text(alma.post(at(written.track, "fil/"), follow=True))


def test_earlier_requests_are_kept_in_sight(
    alma: Client, cast: Cast, other: Other, sent: KompottRequest, consent: Consent
) -> None:
    answered(cast, other, sent, ("declined", {"why": "no_home"}))
    page = text(alma.get(at(sent.track)))
    assert "Fick nej: Ingen ledig bostad" in page
    assert "Fråga en kommun" not in page
    with trail.act(Tag.TRACK_MOVED, by=cast.alma):
        track = moving.move(moving.locked(sent.track), "try_again")
    assert "Fråga en kommun" in text(alma.get(at(track)))
    send(alma, at(track), member=str(other.member.pk), consent=str(consent.pk), note="")
    assert "Tidigare förfrågningar" in text(alma.get(at(track)))


def test_the_page_asks_as_many_questions_for_many_files_as_for_one(
    alma: Client, cast: Cast, other: Other, sent: KompottRequest
) -> None:
    alma.get(at(sent.track))
    with CaptureQueriesContext(connection) as one:
        alma.get(at(sent.track))
    for _ in range(9):
        file_actions.make_request_file(by=cast.alma, request=sent)
    with CaptureQueriesContext(connection) as ten:
        alma.get(at(sent.track))
    assert len(one) == len(ten)


def test_the_timeline_tells_steps_and_never_where_to(
    cast: Cast, case: Case, other: Other, sent: KompottRequest
) -> None:
    go(cast, answered(cast, other, sent, OFFER), "accept", "move_in")
    found = list(moments.moments(case, None))
    entries = moments.show([key for _, key in found])
    assert {entry.title for entry in entries.values()} == {
        "Förfrågan till en annan kommun", "Erbjudande från en annan kommun", "Flyttade till en annan kommun",
    }  # fmt: skip
    assert not list(moments.moments(case, timezone.now()))
    assert any(source.name == "kompott" for source in registry.sources())


def test_taking_back_the_track_takes_back_the_request(cast: Cast, sent: KompottRequest) -> None:
    with trail.act(Tag.TRACK_MOVED, by=cast.alma):
        moving.move(moving.locked(sent.track), "withdraw", declined="other_home")
    row = KompottRequest.objects.get()
    assert (row.state, row.declined, row.to_tell, row.told_at) == ("withdrawn", "other_home", "withdrawn", None)


def test_a_track_does_not_leave_its_request_behind(cast: Cast, sent: KompottRequest) -> None:
    with pytest.raises(Refused, match="följer förfrågan"), trail.act(Tag.TRACK_MOVED, by=cast.alma):
        moving.move(moving.locked(sent.track), "acknowledge")


def test_a_track_that_was_not_sent_moves_freely(cast: Cast, written: KompottRequest) -> None:
    with trail.act(Tag.TRACK_MOVED, by=cast.alma):
        moving.move(moving.locked(written.track), "withdraw", declined="other_home")
    assert KompottRequest.objects.get().state == "new"
