"""Förtur and the overview in a real browser: how they look, wide and narrow, and the way to the landlord's yes."""

import pytest
from playwright.sync_api import Page

from casework.crypto import keyring
from housing.quotas.actions import set_quota
from housing.tracks.models import Track
from tests import factories
from tests.housing.fortur import facts
from tests.housing.overview import test_overview_page as overview
from tests.walks.looking import looks
from tests.walks.stage import Stage, path, set_up, sign_in

LONG = "Hushållet behöver en tillgänglighetsanpassad flerbostadshuslägenhet i bostadsrättsföreningsliknande former."


@pytest.fixture
def stage(page: Page) -> Stage:
    return set_up()


def look(page: Page, place: str, name: str) -> None:
    answer = page.goto(place)
    assert answer is not None
    assert answer.status == 200, place
    looks(page, name)


def somebody_else(page: Page, username: str) -> None:
    page.context.clear_cookies()
    sign_in(page, username)


def planned(stage: Stage) -> tuple[Track, str]:
    with keyring.scope():
        facts.landlord(name="Allmännyttans Bostadsförvaltningsaktiebolag")
        track = facts.track_in(stage.cast, stage.case)
        facts.told(stage.cast, track)
    return track, f"/arenden/{stage.case.number}/boende/vagar/{track.pk}/fortur/"


def test_the_way_from_a_text_to_a_yes(page: Page, stage: Stage) -> None:
    _, at = planned(stage)
    sign_in(page, "alma")
    look(page, at, "fortur-none")
    page.get_by_role("link", name="Skriv ansökan").click()
    page.select_option("[name=landlord]", label="Allmännyttans Bostadsförvaltningsaktiebolag")
    page.fill("[name=certificate]", f"{LONG} Hon flydde från våldet.")
    page.get_by_role("button", name="Spara ansökan").click()
    assert page.get_by_text("”våldet” berättar om våld eller hot").first.is_visible()
    looks(page, "fortur-words")
    page.fill("[name=certificate]", LONG)
    page.get_by_role("button", name="Spara ansökan").click()
    assert path(page) == at
    looks(page, "fortur-written")
    somebody_else(page, "cecilia")
    look(page, at, "fortur-to-approve")
    page.get_by_role("link", name="Läs och godkänn ansökan").click()
    looks(page, "fortur-approve")
    page.get_by_label("Jag har läst intyget").check()
    page.get_by_role("button", name="Godkänn ansökan").click()
    looks(page, "fortur-to-send")
    with page.expect_download() as loaded:
        page.get_by_role("button", name="Skriv ut ansökan").click()
    assert loaded.value.suggested_filename == "ansokan.pdf"
    page.goto(at)
    page.get_by_role("link", name="Anteckna hyresvärdens beslut").click()
    looks(page, "fortur-answer")


def test_what_was_answered_and_what_a_no_costs(page: Page, stage: Stage) -> None:
    with keyring.scope():
        owner = facts.landlord(name="Allmännyttans Bostadsförvaltningsaktiebolag")
        year = facts.today().year
        set_quota(by=stage.cast.hanna, landlord=owner, year=year, homes=1)
        application = facts.answered(stage.cast, stage.case, landlord=owner, certificate=LONG)
    sign_in(page, "alma")
    look(page, f"/arenden/{stage.case.number}/boende/vagar/{application.track_id}/fortur/", "fortur-granted")
    assert page.get_by_text("Ett nej till förbrukar förturen").is_visible()
    page.get_by_role("link", name="Ändra förturens tid").click()
    looks(page, "fortur-time")
    somebody_else(page, "hanna")
    look(page, "/boende/fortur/", "fortur-quotas")
    look(page, "/boende/fortur/kvot/", "fortur-quota")


def test_the_overview(page: Page, stage: Stage) -> None:
    sign_in(page, "cecilia")
    look(page, "/boende/oversikt/", "overview-none")
    with keyring.scope():
        overview.fill(stage.cast, 2)
        other = factories.make_case(stage.cast.cecilia)
        factories.assign(stage.cast.cecilia, other, stage.cast.alma)
        facts.answered(stage.cast, other)
    look(page, "/boende/oversikt/", "overview")
