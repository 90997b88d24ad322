"""A print of the record in a real browser: how its pages look, wide and narrow."""

import pytest
from playwright.sync_api import Page

from casework.cases.release.models import Release
from casework.crypto import keyring
from tests import factories
from tests.casework.release import making
from tests.walks.looking import looks
from tests.walks.stage import Stage, path, set_up, sign_in

LONG = "Hon mötte Ture vid torget och fick hans nummer, 070-123 45 67. De talade om studievägledningen. " * 4


@pytest.fixture
def stage(page: Page) -> Stage:
    return set_up()


def look(page: Page, place: str, name: str) -> None:
    answer = page.goto(place)
    assert answer is not None
    assert answer.status == 200, place
    looks(page, name)


def begun(stage: Stage) -> Release:
    with keyring.scope():
        for text in (LONG, "Hon mår bra."):
            factories.make_step(stage.cast.alma, stage.case, text=text)
        return making.begin(stage.cast.alma, stage.case)


def test_the_pages_of_the_first_person(page: Page, stage: Stage) -> None:
    sign_in(page, "alma")
    place = f"/arenden/{stage.case.number}/utskrift/"
    look(page, place, "releases-none")
    look(page, f"{place}ny/", "release-new-none")
    release = begun(stage)
    look(page, f"{place}ny/", "release-new")
    for more, name in (("", "release"), ("del/3/", "release-piece"), ("lage/drop/", "release-drop")):
        look(page, f"{place}{release.pk}/{more}", name)
    page.goto(f"{place}{release.pk}/del/3/")
    page.check("[name=verdict][value=piece_held]")
    page.get_by_role("button", name="Spara bedömningen").click()
    looks(page, "release-piece-wrong")
    page.goto(f"{place}{release.pk}/del/3/")
    page.check("[name=verdict][value=piece_covered]")
    page.get_by_role("button", name="Spara bedömningen").click()
    page.goto(f"{place}{release.pk}/del/3/")
    assert page.get_by_text("fick hans nummer, [täckt]").first.is_visible()
    looks(page, "release-piece-covered")


def test_the_pages_of_the_second_person(page: Page, stage: Stage) -> None:
    release = begun(stage)
    place = f"/arenden/{stage.case.number}/utskrift/"
    with keyring.scope():
        making.judged(stage.cast.alma, release)
    sign_in(page, "cecilia")
    look(page, f"{place}{release.pk}/del/3/", "release-piece-second")
    look(page, f"{place}{release.pk}/lage/send_back/", "release-back")
    for number in (1, 2, 3, 4):
        page.goto(f"{place}{release.pk}/del/{number}/")
        page.get_by_role("button", name="Godkänn delen").click()
    assert path(page) == f"{place}{release.pk}/"
    page.get_by_role("link", name="Godkänn utskriften").click()
    page.get_by_role("button", name="Godkänn utskriften").click()
    looks(page, "release-ready")
    with page.expect_download() as download:
        page.get_by_role("button", name="Skriv ut akten").click()
    assert download.value.suggested_filename == "personakt.pdf"
    look(page, place, "releases")
