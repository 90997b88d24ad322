"""Every page, wide and narrow, light and dark, without a fault."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from casework.crypto import keyring
from contacts.assignments import actions as contacts
from tests import factories
from tests.walks.looking import looks
from tests.walks.stage import Stage, set_up, sign_in

OF_CASE = ("", "steg/", "om/", "identitet/", "kontakt/", "adress/", "skydd/nytt/", "lage/rest/", "lage/begin_closing/")


@pytest.fixture
def stage(page: Page) -> Stage:
    return set_up()


def look(page: Page, place: str, name: str) -> None:
    answer = page.goto(place)
    assert answer is not None
    assert answer.status == 200, place
    looks(page, name)


def test_the_pages_of_a_case(page: Page, stage: Stage) -> None:
    sign_in(page, "alma")
    for part in OF_CASE:
        look(page, f"/arenden/{stage.case.number}/{part}", f"case-{part.replace('/', '-')}")


def test_the_pages_of_a_kontaktperson(page: Page, stage: Stage) -> None:
    with keyring.scope():
        case = factories.make_case(stage.cast.cecilia, given_name="Maj")
        asked = contacts.offer_assignment(
            by=stage.cast.cecilia, case=case, user=stage.cast.alma, kind="main", no_conflict=True, message="Hinner du?"
        )
        today = timezone.localdate()
        note = factories.make_step(stage.cast.alma, stage.case, next_step="Ringa rektorn igen", next_on=today)
    sign_in(page, "alma")
    places = ("/mina-arenden/", f"/uppdrag/{asked.pk}/", f"/uppdrag/{asked.pk}/nej/", "/roller/", "/osparat/")
    for place in (*places, f"/anteckningar/{note.pk}/ratta/", f"/anteckningar/{note.pk}/mening/"):
        look(page, place, place.strip("/").split("/")[0] + place.strip("/")[-5:])
    page.goto(f"/arenden/{stage.case.number}/")
    page.click("#kontakt button")
    looks(page, "reveal")


def test_the_pages_of_a_sektionschef(page: Page, stage: Stage) -> None:
    with keyring.scope():
        factories.make_case(stage.cast.cecilia, given_name="Utan kontaktperson")
    sign_in(page, "cecilia")
    number = stage.case.number
    own = ("logg/", "kontaktperson/", "lage/rest/")
    for place in ("/sektionen/", "/sektionen/?visa=utan-kontaktperson", "/arenden/nytt/", f"/arenden/{number}/"):
        look(page, place, f"chef-{place.strip('/').replace('/', '-').replace('?', '-')}")
    for part in own:
        look(page, f"/arenden/{number}/{part}", f"chef-case-{part.replace('/', '-')}")
    page.fill("#top-search", "ingen som finns")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sok/")
    looks(page, "search-nothing")


def test_the_pages_of_the_others(page: Page, stage: Stage) -> None:
    sign_in(page, "lo")
    look(page, "/loggen/", "log")
    look(page, f"/arenden/{stage.case.number}/logg/", "log-case")
    page.goto("/arenden/99-99999-9/")
    looks(page, "not-found")
    page.goto("/sektionen/")
    looks(page, "forbidden")
