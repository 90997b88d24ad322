"""Homes in a real browser: put in and checked, matched, held, warned of and decided on, wide and narrow."""

import pytest
from playwright.sync_api import Page

from casework.crypto import keyring
from tests.housing import made
from tests.housing.homes import about
from tests.walks.looking import looks
from tests.walks.stage import Stage, set_up, sign_in

LONG = "Entréplanet saknar tillgänglighetsanpassad brandutrymningsväg och bostadsrättsföreningens porttelefon."
OWNER = "Allmännyttans Bostadsförvaltningsaktiebolag"


@pytest.fixture
def stage(page: Page) -> Stage:
    return set_up()


def look(page: Page, place: str, name: str) -> None:
    answer = page.goto(place)
    assert answer is not None
    assert answer.status == 200, place
    looks(page, name)


def put_in(page: Page) -> str:
    """A home as the coordinator puts it in and checks it; gives its name."""
    page.goto("/boende/hem/ny/")
    looks(page, "home-new")
    page.get_by_label("Hyresvärd", exact=True).select_option(label=OWNER)
    for name, value in (("street", "Storgatan 12 B"), ("town", "Malmö"), ("rooms", "3"), ("rent", "9000")):
        page.fill(f"[name={name}]", value)
    page.select_option("[name=area]", label="Söder")
    page.select_option("[name=lease]", label="Förstahandskontrakt")
    page.get_by_label("Utan trappor eller med hiss").check()
    page.get_by_role("button", name="Lägg upp bostaden").click()
    looks(page, "home-unchecked")
    page.get_by_role("link", name="Anteckna en kontroll").click()
    page.get_by_label("Med brister").check()
    page.fill("[name=text]", LONG)
    looks(page, "home-safety")
    page.get_by_role("button", name="Spara kontrollen").click()
    return page.locator("h1").inner_text().removeprefix("Bostad ")


def test_a_home_is_put_in_matched_and_held(page: Page, stage: Stage) -> None:
    with keyring.scope():
        made.make_landlord(name=OWNER)
        track = about.track_for(stage.cast.alma, stage.case, name="Bostad genom privat hyresvärd med stiftelse")
        about.safe(stage.cast.hanna, area="1281", pets=False)
    token = track.need.token
    sign_in(page, "hanna")
    name = put_in(page)
    look(page, "/boende/hem/", "homes-board")
    page.get_by_role("link", name=f"Se bostäder för {token}").click()
    looks(page, "home-matches")
    page.get_by_role("link", name=f"Håll bostaden {name}").click()
    looks(page, "home-hold")
    page.get_by_role("button", name="Håll bostaden").click()
    looks(page, "home-held")
    page.get_by_role("button", name="Visa adressen").click()
    assert page.get_by_text("Storgatan 12 B").first.is_visible()
    look(page, f"/boende/hem/{name}/passar/", "home-needs")
    look(page, "/boende/hem/?lage=erbjudna", "homes-offered")
    page.goto(f"/boende/hem/{name}/")
    page.get_by_role("link", name="Släpp bostaden").click()
    looks(page, "home-release")
    page.select_option("[name=why]", label="Inte säkert nog")
    page.get_by_role("button", name="Släpp bostaden").click()
    assert page.get_by_text("Bostaden är släppt och ledig igen").is_visible()


def test_a_warning_is_decided_in_the_case(page: Page, stage: Stage) -> None:
    number, cast = stage.case.number, stage.cast
    with keyring.scope():
        about.violent(cast.alma, stage.case)
        home, track = about.safe(cast.hanna), about.track_for(cast.alma, stage.case)
    sign_in(page, "alma")
    look(page, f"/arenden/{number}/boende/platser/", "places-none")
    page.get_by_role("link", name="Lägg till en plats").first.click()
    looks(page, "place-new")
    page.select_option("[name=related]", index=1)
    page.fill("[name=street]", about.STREET)
    page.fill("[name=town]", about.TOWN)
    page.fill("[name=about]", LONG)
    page.get_by_role("button", name="Spara platsen").click()
    with keyring.scope():
        about.asked(cast.hanna, home, track)
    look(page, f"/arenden/{number}/boende/platser/", "places")
    page.context.clear_cookies()
    sign_in(page, "cecilia")
    page.goto(f"/arenden/{number}/boende/platser/")
    page.get_by_role("link", name=f"Bostad {home.name}").click()
    looks(page, "warning")
    page.get_by_label("Nej, inte det här hemmet").check()
    page.fill("[name=reason]", LONG)
    page.get_by_role("button", name="Spara beslutet").click()
    page.get_by_role("link", name=f"Bostad {home.name}").click()
    looks(page, "warning-decided")
