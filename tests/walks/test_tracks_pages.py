"""The ways to a home in a real browser: pages of the case, of the coordinator and of the administrator."""

import pytest
from playwright.sync_api import Page

from audit import trail
from audit.tags import Tag
from casework.cases.insatser.actions import note_insats
from casework.cases.insatser.models import InsatsWords
from casework.crypto import keyring
from housing.homes.models import HoldWords, HomeHold
from housing.tracks import actions, kind_actions
from housing.tracks.models import Track, TrackKind
from tests import factories
from tests.housing.made import make_home, make_landlord, make_need
from tests.housing.tracks.facts import TODAY, ago
from tests.walks.looking import looks
from tests.walks.stage import Stage, path, set_up, sign_in

LONG = "Be fastighetsförvaltaren skicka bostadsrättsföreningens ordningsregler och hyresgästförhandlingens underlag."


@pytest.fixture
def stage(page: Page) -> Stage:
    return set_up()


def look(page: Page, place: str, name: str) -> None:
    answer = page.goto(place)
    assert answer is not None
    assert answer.status == 200, place
    looks(page, name)


def way(stage: Stage) -> Track:
    """A way with a home to say yes or no to, a decision, obstacles and a signed step."""
    cast, case = stage.cast, stage.case
    with keyring.scope():
        kind_actions.load_start(by=None)
        need = make_need(cast.alma, case)
        kind = TrackKind.objects.get(key="genomgangsbostad")
        track = actions.start_track(by=cast.alma, need=need, kind=kind, next_step=LONG, next_on=ago(-9), note="Bara vi")
        track = actions.move_track(by=cast.alma, track=track, name="offer", on=None, version=1, offer="Tre rum, söder")
        hold = HomeHold(
            home=make_home(make_landlord()), track=track, case=case, client_id=case.client_id, held_by=cast.hanna,
            words=HoldWords(),
        )  # fmt: skip
        with trail.act(Tag.IMPORTED):
            hold.save()
        for code in ("debts", "childrens_school"):
            actions.note_obstacle(by=cast.alma, track=track, obstacle=code, noted_on=ago(20))
        actions.tie_step(by=cast.alma, track=track, note=factories.make_step(cast.alma, case))
        factories.make_step(cast.alma, case)
        insats = note_insats(
            by=cast.alma, case=case, child=None, area="area_housing", actor=None, offer=None, responsible=cast.alma,
            noted_on=TODAY, review_on=None, obstacle="", words=InsatsWords(need="Ett hem"),
        )  # fmt: skip
        return actions.tie_insats(by=cast.alma, track=track, insats=insats, version=2)


def test_the_pages_of_a_way_in_the_case(page: Page, stage: Stage) -> None:
    track = way(stage)
    sign_in(page, "alma")
    base = f"/arenden/{stage.case.number}/boende/vagar"
    look(page, f"{base}/ny/", "track-new")
    page.fill("[name=next_step]", "Åsa ringer")
    page.get_by_label("Kompott", exact=True).check()
    page.get_by_role("button", name="Börja vägen").click()
    looks(page, "track-new-wrong")
    for more, name in (
        ("", "track"),
        ("andra/", "track-change"),
        ("steg/lose_offer/", "track-lose-offer"),
        ("stodsteg/", "track-step"),
        ("beslut/", "track-insats"),
        ("hinder/", "track-obstacle"),
        (f"hinder/{track.obstacles.first().pk}/", "track-obstacle-gone"),
    ):
        look(page, f"{base}/{track.pk}/{more}", name)
    page.goto(f"{base}/{track.pk}/")
    page.get_by_role("link", name="Tacka ja till bostaden").click()
    page.get_by_role("button", name="Tacka ja till bostaden").click()
    assert path(page) == f"{base}/{track.pk}/"
    assert page.get_by_text("Ni har tackat ja.").is_visible()
    looks(page, "track-accepted")


def test_the_pages_of_a_coordinator(page: Page, stage: Stage) -> None:
    track = way(stage)
    sign_in(page, "hanna")
    base = f"/boende/behov/{track.need.token}/vagar/{track.kind.key}"
    for more, name in (
        ("", "token-track"),
        ("andra/", "token-track-change"),
        ("ta/", "token-track-take"),
        ("steg/lose_offer/", "token-track-lose-offer"),
    ):
        look(page, f"{base}/{more}", name)
    page.goto(f"{base}/ta/")
    page.get_by_role("button", name="Ta hand om vägen").click()
    assert path(page) == f"{base}/"
    looks(page, "token-track-taken")


def test_the_pages_of_an_administrator(page: Page, stage: Stage) -> None:
    sign_in(page, "ada")
    look(page, "/boende/vagar/", "track-kinds-none")
    with keyring.scope():
        kind_actions.load_start(by=None)
    look(page, "/boende/vagar/", "track-kinds")
    page.get_by_role("button", name="Slå på vägen Stockholm: förtursenheten").click()
    assert page.get_by_text("Vägen används.", exact=True).is_visible()
    look(page, "/boende/vagar/ny/", "track-kind-new")
    look(page, f"/boende/vagar/{TrackKind.objects.get(key='kompott').pk}/", "track-kind-change")
