"""The pages of the case: a way is begun, shown whole, changed and taken further."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.timeline import readers as timeline
from housing.fortur.models import ForturApplication, ForturWords
from housing.homes.models import HoldWords, HomeHold
from housing.needs.models import HousingNeed
from housing.tracks import actions, readers
from housing.tracks.models import Track
from tests import factories
from tests.casework.insatser.conftest import ago as days_ago
from tests.casework.insatser.conftest import decide
from tests.casework.insatser.conftest import note as note_insats
from tests.cast import Cast
from tests.fixtures import SignIn, send, text
from tests.housing.made import make_home, make_kind, make_landlord, make_need, make_track
from tests.housing.tracks.facts import TODAY, ago, change, close_case, later, move, start


def url_of(case: Case, track: Track | None = None, more: str = "") -> str:
    return f"/arenden/{case.number}/boende/vagar/" + (f"{track.pk}/{more}" if track else "ny/")


def test_a_way_is_begun_once_and_its_draft_kept(signed_in: SignIn, cast: Cast, case: Case, need: HousingNeed) -> None:
    client = signed_in(cast.alma)
    kinds = [make_kind(), make_kind(key="av", active=False)]
    assert client.post(f"/utkast/track:{case.number}/", {"note": "Halvskrivet"}).status_code == 200
    page = text(client.get(url_of(case)))
    assert "Halvskrivet" in page
    assert kinds[1].name not in page
    form = {"kind": kinds[0].key, "next_step": "Ring", "next_on": str(TODAY), "note": "", "once": str(uuid4())}
    for _ in range(2):
        answer = send(client, url_of(case), **form)
    track = Track.objects.get()
    assert answer.url == url_of(case, track)
    assert "Vägen är påbörjad." in text(client.get(answer.url))
    page = text(client.get(url_of(case)))
    assert "Halvskrivet" not in page
    assert "prövas redan" in page


def test_without_a_need_there_is_no_way_to_begin(signed_in: SignIn, cast: Cast, case: Case) -> None:
    assert signed_in(cast.alma).get(url_of(case)).status_code == 404


def test_a_name_in_the_next_step_is_refused_at_the_form(
    signed_in: SignIn, cast: Cast, case: Case, need: HousingNeed
) -> None:
    kind = make_kind()
    page = text(send(signed_in(cast.alma), url_of(case), kind=kind.key, next_step="Åsa ringer", next_on="", note=""))
    assert "”Åsa” är ett namn i ärendet." in page
    assert not Track.objects.exists()


def test_the_page_tells_how_far_it_has_come_and_what_to_do(
    signed_in: SignIn, cast: Cast, case: Case, need: HousingNeed
) -> None:
    track = start(cast, need, make_kind(decision=True), next_on=ago(-4))
    track = move(cast, track, "offer", offer="Tre rum i söder")
    hold = HomeHold(
        home=make_home(), track=track, case=case, client_id=case.client_id, held_by=cast.alma, words=HoldWords()
    )
    with trail.act(Tag.IMPORTED):
        hold.save()
    page = text(signed_in(cast.alma).get(url_of(case, track)))
    for word in (
        "Vägen way-plain. Läge: Erbjudande.", "Ring kön", str(ago(-4)), "Personen", "Bara för oss", "Tre rum i söder",
        hold.home.name, 'aria-current="step"', "Tacka ja till bostaden", "Tacka nej till bostaden",
        "Återta vägen", "Koppla ett beslut", "Inget hinder är antecknat.", "Inget stödsteg är kopplat.",
    ):  # fmt: skip
        assert word in page
    assert "Anteckna nycklarna" not in page
    assert "<title>Väg till ett hem i ärende" in page


def test_the_course_of_a_way_that_came_to_nothing_stops(cast: Cast, need: HousingNeed) -> None:
    gone = later(move(cast, move(cast, start(cast, need), "apply"), "withdraw"))
    assert [(stop.label, stop.at) for stop in readers.course(gone)] == [("Planeras", "done"), ("Sökt", "done")]
    fresh = later(start(cast, need, make_kind(key="utan", viewing=False)))
    assert "Visning" not in [stop.label for stop in readers.course(fresh)]
    assert [stop.at for stop in readers.course(fresh)] == ["now", *["ahead"] * 6]


def test_the_course_tells_only_what_is_known_of_what_is_behind(cast: Cast, need: HousingNeed) -> None:
    ended = later(make_track(need, make_kind("way_shelter"), "offer", "accept", "move_in", "end"))
    assert [stop.label for stop in readers.course(ended)] == ["Planeras", "Erbjudande", "Tackat ja", "Inflyttad"]
    asked = later(make_track(need, make_kind("way_shelter", key="b"), "apply", "acknowledge", "offer"))
    assert [(stop.label, stop.at) for stop in readers.course(asked)][:4] == [
        ("Planeras", "done"), ("Sökt", "done"), ("Erbjudande", "now"), ("Visning", "ahead"),
    ]  # fmt: skip


def test_a_late_answer_stands_on_the_page(signed_in: SignIn, cast: Cast, case: Case, need: HousingNeed) -> None:
    track = make_track(need, make_kind(), "apply")
    client, said = signed_in(cast.alma), f"Svaret skulle ha kommit {ago(1)}."
    assert said not in text(client.get(url_of(case, track)))
    track.answer_due_on = ago(1)
    with trail.act(Tag.IMPORTED):
        track.save()
    page = text(client.get(url_of(case, track)))
    assert said in page
    assert "Anteckna att tiden gick ut" in page


def test_a_step_is_taken_once_from_its_page(signed_in: SignIn, cast: Cast, case: Case, need: HousingNeed) -> None:
    client, track = signed_in(cast.alma), start(cast, need)
    address = url_of(case, track, "steg/apply/")
    assert "När frågade eller sökte ni" in text(client.get(address))
    form = {"on": str(TODAY), "version": "1", "once": str(uuid4())}
    for _ in range(2):
        assert send(client, address, **form).url == url_of(case, track)
    assert (later(track).state, later(track).version) == ("applied", 2)
    stale = text(send(client, address, on=str(TODAY), version="1"))
    assert "Vägen har ändrats sedan du öppnade sidan." in stale
    again = text(send(client, address, on=str(TODAY), version="2"))
    assert "Det går inte nu: vägens läge är ”sökt”." in again
    assert client.get(url_of(case, track, "steg/fly/")).status_code == 404
    lost = url_of(case, track, "steg/decline/")
    assert "Svara på frågan: Varför blev det inte av?" in text(send(client, lost, on=str(TODAY), version="2"))
    send(client, lost, on=str(TODAY), version="2", declined="no_home", outcome="De hade ingen")
    assert (later(track).state, later(track).words.open().outcome) == ("declined", "De hade ingen")
    send(client, url_of(case, track, "steg/try_again/"), version="3")
    assert later(track).state == "planned"


def test_an_edit_that_comes_late_shows_both(signed_in: SignIn, cast: Cast, case: Case, need: HousingNeed) -> None:
    client, track = signed_in(cast.alma), start(cast, need)
    address = url_of(case, track, "andra/")
    assert "Ring kön" in text(client.get(address))
    change(cast, track)
    form = {"next_step": "Mitt", "next_on": "", "waits_on": "waits_us", "note": "Ny"}
    page = text(send(client, address, **form, version="1"))
    for word in ("Någon annan hann ändra", "Mitt", "Skicka intyget", 'name="version" value="2"'):
        assert word in page
    assert send(client, address, **form, version="2").url == url_of(case, track)
    assert later(track).words.open().note == "Ny"


def test_steps_insatser_and_obstacles_are_tied_on_their_pages(
    signed_in: SignIn, cast: Cast, case: Case, need: HousingNeed
) -> None:
    client, track = signed_in(cast.alma), start(cast, need, make_kind(decision=True))
    assert "inget signerat stödsteg" in text(client.get(url_of(case, track, "stodsteg/")))
    note = factories.make_step(cast.alma, case, text="Hemlig text")
    page = text(client.get(url_of(case, track, "stodsteg/")))
    assert "Stödsamtal" in page
    assert "Hemlig text" not in page
    send(client, url_of(case, track, "stodsteg/"), note=str(note.pk))
    insats = decide(cast, note_insats(cast, case), decided_on=days_ago(200))
    send(client, url_of(case, track, "beslut/"), insats=str(insats.pk), version="1")
    send(client, url_of(case, track, "hinder/"), obstacle="debts", noted_on=str(TODAY))
    page = text(client.get(url_of(case, track)))
    for word in ("Stödsamtal", "Skulle ha verkställts", "Skulder", "Hindret är borta"):
        assert word in page
    assert "Hemlig text" not in page
    row = track.obstacles.get()
    send(client, url_of(case, track, f"hinder/{row.pk}/"), gone_on=str(TODAY))
    assert f"borta {TODAY}" in text(client.get(url_of(case, track)))
    send(client, url_of(case, track, "beslut/"), insats="", version="2")
    assert later(track).insats is None
    late = text(send(client, url_of(case, track, "beslut/"), insats="", version="2"))
    assert "Vägen har ändrats" in late


def test_a_no_that_uses_up_the_right_is_told_before(
    signed_in: SignIn, cast: Cast, case: Case, need: HousingNeed
) -> None:
    track = make_track(need, make_kind("way_fortur"), "apply", "acknowledge", "offer")
    row = ForturApplication(
        track=track, case=case, client_id=case.client_id, landlord=make_landlord(kind="public"), lease="first_hand",
        written_by=cast.alma, outcome="granted", decided_on=TODAY, valid_until=ago(-90), offers_allowed=2,
        words=ForturWords(),
    )  # fmt: skip
    with trail.act(Tag.IMPORTED):
        row.save()
    client = signed_in(cast.alma)
    address = url_of(case, track, "steg/lose_offer/")
    assert readers.USED_UP not in text(client.get(address))
    track.offers_declined = 1
    with trail.act(Tag.IMPORTED):
        track.save()
    assert readers.USED_UP in text(client.get(address))
    assert readers.USED_UP in text(signed_in(cast.hanna).get(f"/boende/behov/{need.token}/vagar/way-fortur/"))
    assert readers.USED_UP not in text(client.get(url_of(case, track, "steg/accept/")))


@pytest.mark.parametrize(("who", "status"), [("bo", 404), ("eva", 404), ("hanna", 404), ("lo", 403), ("dag", 404)])
def test_nobody_else_sees_it(
    signed_in: SignIn, cast: Cast, case: Case, need: HousingNeed, who: str, status: int
) -> None:
    client, track = signed_in(getattr(cast, who)), start(cast, need)
    for more in ("", "andra/", "steg/apply/", "stodsteg/", "beslut/", "hinder/"):
        assert client.get(url_of(case, track, more)).status_code == status
    assert client.get(url_of(case)).status_code == status


def test_one_of_another_case_is_not_there(signed_in: SignIn, cast: Cast, case: Case, need: HousingNeed) -> None:
    other = factories.make_case(cast.cecilia)
    client, track = signed_in(cast.cecilia), make_track(make_need(cast.cecilia, other))
    mine = start(cast, need)
    row = actions.note_obstacle(by=cast.cecilia, track=track, obstacle="debts", noted_on=TODAY)
    for more in ("", "andra/", "steg/apply/", "stodsteg/", "beslut/", "hinder/"):
        assert client.get(url_of(case, track, more)).status_code == 404
    assert client.get(url_of(case, mine, f"hinder/{row.pk}/")).status_code == 404
    note, insats = factories.make_step(cast.alma, case), note_insats(cast, case)
    assert "Välj något av alternativen" in text(send(client, url_of(other, track, "stodsteg/"), note=str(note.pk)))
    assert "Välj något av alternativen" in text(
        send(client, url_of(other, track, "beslut/"), insats=str(insats.pk), version="1")
    )


def test_a_closed_case_is_read_and_not_written(
    signed_in: SignIn, cast: Cast, case: Case, need: HousingNeed, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, track = signed_in(cast.cecilia), start(cast, need)
    close_case(cast, case, monkeypatch)
    page = text(client.get(url_of(case, track)))
    assert "Gör nu" not in page
    assert "Ändra nästa steg" not in page
    assert "Ärendet är avslutat." in text(send(client, url_of(case, track, "steg/apply/"), on=str(TODAY), version="1"))


def test_many_offers_steps_and_obstacles_take_as_many_queries_as_one(
    signed_in: SignIn, cast: Cast, case: Case, need: HousingNeed
) -> None:
    client, track, counts = signed_in(cast.alma), start(cast, need), []
    landlord, codes = make_landlord(), {1: ["shortage"], 10: ["debts", "childrens_school", "area_safety"]}
    for upto in (1, 10):
        for code in codes[upto]:
            actions.note_obstacle(by=cast.alma, track=track, obstacle=code, noted_on=TODAY)
        for _ in range(upto):
            actions.tie_step(by=cast.alma, track=track, note=factories.make_step(cast.alma, case))
            hold = HomeHold(
                home=make_home(landlord), track=track, case=case, client_id=case.client_id, held_by=cast.alma,
                words=HoldWords(),
            )  # fmt: skip
            with trail.act(Tag.IMPORTED):
                hold.save()
                hold.release()
                hold.released_on, hold.released_why = TODAY, "no_fit"
                hold.save()
        client.get(url_of(case, track))
        with CaptureQueriesContext(connection) as asked:
            client.get(url_of(case, track))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_timeline_tells_the_days_and_never_which_home(cast: Cast, case: Case, need: HousingNeed) -> None:
    track = start(cast, need, make_kind("way_shelter"))
    for name in ("offer", "accept", "move_in"):
        track = move(cast, track, name, offer="Rosenbuske" if name == "offer" else "")
    move(cast, start(cast, need, make_kind(key="b")), "withdraw")
    days = timeline.page(case, kind="tracks").days  # type: ignore[attr-defined]
    entries = [shown.entry for day in days for shown in day.shown]
    assert sorted(entry.title for entry in entries) == [
        "Blev inte av: personen tackade nej", "Erbjudande om en bostad", "Fick nycklarna", "Tackade ja till en bostad",
        "Väg till ett hem började", "Väg till ett hem började",
    ]  # fmt: skip
    assert "Rosenbuske" not in str(entries)


def test_days_to_keep_stand_among_the_reminders(cast: Cast, case: Case, need: HousingNeed) -> None:
    kinds: dict[str, Any] = {key: make_kind(key=key) for key in ("a", "b", "c", "d")}
    start(cast, need, kinds["a"], next_on=ago(-5))
    start(cast, need, kinds["b"], next_on=ago(-50))
    move(cast, start(cast, need, kinds["c"]), "apply")
    queued = move(cast, start(cast, need, kinds["d"]), "apply")
    move(cast, queued, "acknowledge")
    gone = start(cast, need, make_kind(key="e"), next_on=TODAY)
    move(cast, gone, "withdraw")
    with CaptureQueriesContext(connection) as asked:
        found = list(readers.reminders([case.pk], ago(-30)))
    assert len(asked) == 1
    assert [(one.day, one.text, one.url_name) for one in sorted(found, key=lambda one: one.day)] == [
        (ago(-5), "Boende: nästa steg", "housing"), (ago(-30), "Boende: svar väntas", "housing"),
    ]  # fmt: skip
