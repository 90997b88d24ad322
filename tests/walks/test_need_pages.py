"""A need from both sides in a real browser: written and handed over in the case, found by its token in the queue."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from audit import trail
from audit.tags import Tag
from casework.crypto import keyring
from housing.needs.models import HousingNeed
from housing.tracks.models import TrackWords
from tests.housing.made import make_kind, make_track
from tests.walks.looking import looks
from tests.walks.stage import Stage, path, set_up, sign_in

LONG = "Tillgänglighetsanpassning behövs i bostadsrättsföreningens gemensamhetsutrymmen, och mormor bor nära."


@pytest.fixture
def stage(page: Page) -> Stage:
    return set_up()


def look(page: Page, place: str, name: str) -> None:
    answer = page.goto(place)
    assert answer is not None
    assert answer.status == 200, place
    looks(page, name)


def write(page: Page, number: str) -> None:
    """The form as a kontaktperson fills it in."""
    page.goto(f"/arenden/{number}/boende/behov/nytt/")
    looks(page, "need-new")
    page.get_by_label("Inom en månad").check()
    page.get_by_label("Barn 6–12 år").fill("2")
    page.get_by_label("Rum, minst").fill("3")
    page.get_by_role("group", name="Områden att undvika").get_by_label("Lund").check()
    page.get_by_label("Skulder").check()
    page.get_by_label("Att tänka på").fill(LONG)
    page.get_by_role("button", name="Spara behovet").click()
    page.wait_for_url(f"**/arenden/{number}/boende/")


def tracks(stage: Stage) -> None:
    with keyring.scope():
        need, day = HousingNeed.objects.get(), timezone.localdate() - timedelta(days=2)
        first = make_track(
            need, make_kind(key="landlord", name="Privat hyresvärd med stiftelselägenheter"), next_on=day
        )
        make_track(need, make_kind(key="queue", name="Egen bostadskö"), "apply", coordinator=stage.cast.hanna)
        with trail.act(Tag.IMPORTED):
            first.words = TrackWords(next_step="Ringa och fråga om handläggningstiden")
            first.save()


def test_a_need_is_written_and_found_in_the_queue(page: Page, stage: Stage) -> None:
    number = stage.case.number
    sign_in(page, "alma")
    look(page, f"/arenden/{number}/boende/", "housing-none")
    write(page, number)
    page.get_by_role("link", name="Lämna till boendesamordnaren").click()
    looks(page, "need-publish")
    page.get_by_role("button", name="Lämna behovet").click()
    page.wait_for_url(f"**/arenden/{number}/boende/")
    tracks(stage)
    for more, name in (("boende/", "housing"), ("boende/forhandsvisning/", "need-preview"), ("", "case-with-need")):
        look(page, f"/arenden/{number}/{more}", name)
    page.goto(f"/arenden/{number}/boende/")
    page.get_by_role("link", name="Ta tillbaka behovet").click()
    looks(page, "need-withdraw")
    page.context.clear_cookies()
    sign_in(page, "hanna")
    assert path(page) == "/boende/"
    looks(page, "queue")
    page.get_by_role("rowheader").get_by_role("link").click()
    page.wait_for_url("**/boende/behov/**")
    looks(page, "need-by-token")
