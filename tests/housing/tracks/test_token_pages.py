"""The coordinator's pages: the same track by its token, and nothing that says whose it is."""

from typing import Any
from uuid import uuid4

import pytest

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from housing.needs.models import HousingNeed
from housing.tracks import actions
from housing.tracks.models import Track
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, last_event, send, text
from tests.housing.made import make_kind, make_need
from tests.housing.tracks.facts import TODAY, close_case, later, move, start


def url_of(track: Track, more: str = "") -> str:
    return f"/boende/behov/{track.need.token}/vagar/{track.kind.key}/{more}"


def begun(cast: Cast, need: HousingNeed, **more: Any) -> Track:
    return start(cast, need, make_kind("way_shelter", **more))


def test_the_page_shows_the_way_and_its_look_is_in_the_log(
    signed_in: SignIn, cast: Cast, case: Case, need: HousingNeed
) -> None:
    track = begun(cast, need)
    actions.note_obstacle(by=cast.alma, track=track, obstacle="debts", noted_on=TODAY)
    page = text(signed_in(cast.hanna).get(url_of(track)))
    for word in (f"Väg för {need.token}", "Ring kön", "Anteckna ansökan", "Ta hand om vägen", "Skulder"):
        assert word in page
    assert cases_of(last_event(Tag.NEED_READ)) == {case.number}


def test_nothing_tells_whose_it_is(signed_in: SignIn, cast: Cast, case: Case, need: HousingNeed) -> None:
    track = begun(cast, need)
    track = move(cast, track, "offer", offer="Tre rum, Gullvivegatan 3")
    lost = move(cast, track, "lose_offer", outcome="Hemligt skäl")
    client = signed_in(cast.hanna)
    pages = [text(client.get(url_of(track, more))) for more in ("", "andra/", "ta/", "steg/offer/", "steg/withdraw/")]
    for page in pages:
        for word in (case.number, case.pseudonym, "Åsa", "Öberg", "Alma Lind", "Bara för oss", "Hemligt skäl"):
            assert word not in page
        assert "/arenden/" not in page
        assert str(case.pk) not in page
        assert str(lost.pk) not in page
    assert "Gullvivegatan" not in pages[0]


def test_the_home_is_in_sight_until_she_lives_there(signed_in: SignIn, cast: Cast, need: HousingNeed) -> None:
    client, track = signed_in(cast.hanna), move(cast, begun(cast, need), "offer", offer="Gullvivegatan 3")
    assert "Gullvivegatan" in text(client.get(url_of(track)))
    move(cast, move(cast, track, "accept"), "move_in")
    assert "Gullvivegatan" not in text(client.get(url_of(track)))


def test_she_takes_charge_once(signed_in: SignIn, cast: Cast, need: HousingNeed) -> None:
    client, track = signed_in(cast.hanna), begun(cast, need)
    assert "Ingen har hand om vägen nu." in text(client.get(url_of(track, "ta/")))
    once = str(uuid4())
    for _ in range(2):
        assert send(client, url_of(track, "ta/"), once=once).url == url_of(track)
    assert later(track).coordinator == cast.hanna
    page = text(client.get(url_of(track)))
    assert "Hanna Sund" in page
    assert "Ta hand om vägen" not in page
    assert "Du har redan hand om vägen." in text(send(client, url_of(track, "ta/")))


def test_she_writes_the_next_step(signed_in: SignIn, cast: Cast, need: HousingNeed) -> None:
    client, track = signed_in(cast.hanna), begun(cast, need)
    form = {"next_step": "Skicka underlag", "next_on": str(TODAY), "waits_on": "waits_receiver", "note": "Smyger in"}
    assert send(client, url_of(track, "andra/"), **form, version="1").url == url_of(track)
    assert later(track).words.open().note == "Bara för oss"
    stale = text(send(client, url_of(track, "andra/"), **{**form, "next_step": "Annat"}, version="1"))
    for word in ("Någon annan hann ändra", "Annat", "Skicka underlag"):
        assert word in stale


def test_she_takes_a_step_and_comes_to_her_queue_when_it_is_over(
    signed_in: SignIn, cast: Cast, need: HousingNeed
) -> None:
    client, track = signed_in(cast.hanna), begun(cast, need)
    assert "Hur det gick" not in text(client.get(url_of(track, "steg/withdraw/")))
    form = {"on": str(TODAY), "offer": "Tre rum", "version": "1", "once": str(uuid4())}
    for _ in range(2):
        assert send(client, url_of(track, "steg/offer/"), **form).url == url_of(track)
    assert later(track).words.open().offer == "Tre rum"
    assert "Vägen har ändrats" in text(send(client, url_of(track, "steg/accept/"), on=str(TODAY), version="1"))
    assert client.get(url_of(track, "steg/fly/")).status_code == 404
    need.refresh_from_db()
    need.withdrawn_why = "need_person"
    need.withdraw()
    with trail.act(Tag.IMPORTED):
        need.save()
    assert send(client, url_of(track, "steg/accept/"), on=str(TODAY), version="2").status_code == 404


def test_a_met_need_leaves_her_with_its_last_track(signed_in: SignIn, cast: Cast, need: HousingNeed) -> None:
    track = start(cast, need, make_kind(key="hem", lease="first_hand"))
    for name in ("offer", "accept", "move_in"):
        track = move(cast, track, name)
    need.refresh_from_db()
    client, last = signed_in(cast.hanna), later(track)
    assert (need.state, client.get(url_of(last)).status_code) == ("met", 200)
    answer = send(client, url_of(last, "steg/end/"), on=str(TODAY), version=str(last.version))
    assert (answer.url, later(track).state) == ("/boende/", "ended")
    assert client.get(url_of(last)).status_code == 404


def test_what_is_not_handed_over_or_is_closed_is_not_there(
    signed_in: SignIn, cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, track = signed_in(cast.hanna), begun(cast, make_need(cast.alma, case, published=False))
    assert client.get(url_of(track)).status_code == 404
    with_need = later(track).need
    with_need.publish()
    with trail.act(Tag.IMPORTED):
        with_need.save()
    assert client.get(url_of(track)).status_code == 200
    assert client.get(f"/boende/behov/{with_need.token}/vagar/annan/").status_code == 404
    close_case(cast, case, monkeypatch)
    for more in ("", "andra/", "ta/", "steg/apply/"):
        assert client.get(url_of(track, more)).status_code == 404
        assert send(client, url_of(track, more or "ta/"), version="1", on=str(TODAY)).status_code == 404


@pytest.mark.parametrize("who", ["alma", "bo", "cecilia", "dag", "lo", "ada"])
def test_nobody_but_a_coordinator_comes_by_token(signed_in: SignIn, cast: Cast, need: HousingNeed, who: str) -> None:
    client, track = signed_in(getattr(cast, who)), begun(cast, need)
    for more in ("", "andra/", "ta/", "steg/apply/"):
        assert client.get(url_of(track, more)).status_code == 403
