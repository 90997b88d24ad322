"""The strengths assessment in a real browser: every page, and three domains filled by keyboard on a narrow screen."""

import pytest
from playwright.sync_api import Page, expect

from casework.crypto import keyring
from contacts.strengths import actions, readers, talks
from contacts.strengths.actions import Saying
from contacts.strengths.models import StrengthStatement
from tests.contacts.strengths.making import reword, say, sign, today
from tests.walks.looking import looks
from tests.walks.stage import Stage, path, set_up, sign_in

OF_A_DOMAIN = {
    "now": ["Lagar mat till hela familjen", "Håller ordning på alla papper i en pärm", "Har ett eget bankkonto"],
    "wish": ["Ett eget hem med plats för barnen", "Ta körkort"],
    "before": ["Drev en liten butik i sju år och skötte bokföringen själv", "Sjöng i kör"],
}


@pytest.fixture
def stage(page: Page) -> Stage:
    return set_up()


def fill(stage: Stage) -> None:
    """Two signed numbers and one that is worked in: some fifty statements, an order, a change and a farewell."""
    with keyring.scope():
        for talk in talks.TALKS:
            for column, texts in OF_A_DOMAIN.items():
                say(stage.cast.alma, stage.case, *texts, column=column, domain=talk.code)
        wishes = readers.sheet(stage.case).wishes
        ranking = [str(wish.pk) for wish in wishes[:5]]
        actions.rank(by=stage.cast.alma, case=stage.case, ranking=ranking)
        sign(stage.cast.alma, stage.case, remark="Det här är jag.", approved_way="said_meeting", approved_on=today())
        old, other = list(StrengthStatement.objects.filter(domain="economy", column="now"))[:2]
        reword(stage.cast.alma, old, "Lagar mat från Aleppo och bjuder grannarna", may_locate=True)
        actions.take_out(by=stage.cast.alma, statement=other, why="Pärmen blev kvar.")
        sign(stage.cast.alma, stage.case)
        actions.state(
            by=stage.cast.alma,
            case=stage.case,
            domain="leisure",
            sayings=[Saying("now", "Dansar salsa", "worker"), Saying("wish", "Resa till havet", "close")],
            said_on=today(),
        )


def look(page: Page, stage: Stage, kind: str, *parts: str) -> None:
    for part in parts:
        answer = page.goto(f"/arenden/{stage.case.number}/{part}")
        assert answer is not None
        assert answer.status == 200, part
        looks(page, f"{kind}-" + part.replace("/", "-").replace("?", "-"))


def test_the_pages_of_an_assessment_with_nothing_in_it(page: Page, stage: Stage) -> None:
    sign_in(page, "alma")
    parts = ("", "boende/", "ekonomi/", "ordning/", "signera/", "jamfor/", "utskrift/", "tomt-blad/")
    look(page, stage, "none", *(f"styrkor/{part}" for part in parts))


def test_the_pages_of_an_assessment_with_much_in_it(page: Page, stage: Stage) -> None:
    fill(stage)
    sign_in(page, "alma")
    parts = ("fritid/", "ekonomi/", "ordning/", "signera/", "jamfor/", "utskrift/", "utskrift/?platser=med")
    look(page, stage, "much", "", "styrkor/", *(f"styrkor/{part}" for part in parts))
    look(
        page,
        stage,
        "much",
        "styrkor/nummer/1/",
        "styrkor/nummer/2/",
        "styrkor/nummer/2/svar/",
        "styrkor/jamfor/?fran=1",
    )
    said = StrengthStatement.objects.filter(gone_in=None, may_locate=True).get()
    for place in (f"/uttalanden/{said.pk}/", f"/uttalanden/{said.pk}/stammer-inte/"):
        page.goto(place)
        looks(page, f"strengths-statement{place[-5:].replace('/', '-')}")


def test_three_domains_are_filled_by_keyboard_on_a_narrow_screen(page: Page, stage: Stage) -> None:
    sign_in(page, "alma")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/arenden/{stage.case.number}/styrkor/boende/")
    for slug in ("boende", "ekonomi", "arbete"):
        page.wait_for_url(f"**/styrkor/{slug}/")
        expect(page.locator("[name=now]")).to_be_focused()
        page.keyboard.type(f"Styrka i {slug}")
        page.keyboard.press("Enter")
        page.keyboard.type("En sak till")
        for name in ("wish", "before"):
            page.keyboard.press("Tab")
            page.keyboard.press("Tab")
            expect(page.locator(f"[name={name}]")).to_be_focused()
            page.keyboard.type(f"{name} i {slug}")
        page.keyboard.press("Control+Enter")
    page.wait_for_url("**/styrkor/relationer/")
    with keyring.scope():
        found = {domain.talk.slug: domain.count for domain in readers.sheet(stage.case).domains}
    assert {slug: count for slug, count in found.items() if count} == {"boende": 4, "ekonomi": 4, "arbete": 4}


def test_a_talk_that_is_locked_in_the_middle_is_still_there(page: Page, stage: Stage) -> None:
    sign_in(page, "alma")
    page.goto(f"/arenden/{stage.case.number}/styrkor/fritid/")
    page.fill("[name=wish]", "Simma i ha")
    page.keyboard.press("Control+Alt+l")
    page.wait_for_url("**/las-upp/**")
    page.fill("[name=password]", "fyra ord utan samband 2026")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "las-upp" not in url)
    page.goto(f"/arenden/{stage.case.number}/styrkor/fritid/")
    expect(page.locator("[name=wish]")).to_have_value("Simma i ha")
    expect(page.locator("[name=now]")).to_have_value("")
    page.goto(f"/arenden/{stage.case.number}/styrkor/halsa/")
    expect(page.locator("[name=wish]")).to_have_value("")


def test_the_back_button_after_saving_shows_what_was_saved_and_an_empty_box(page: Page, stage: Stage) -> None:
    sign_in(page, "alma")
    page.goto(f"/arenden/{stage.case.number}/styrkor/fritid/")
    page.fill("[name=now]", "Dansar salsa")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/styrkor/livsaskadning/")
    page.go_back()
    expect(page.locator(".sayings")).to_contain_text("Dansar salsa")
    expect(page.locator("[name=now]")).to_have_value("")
    assert path(page).endswith("/fritid/")


def test_her_order_is_made_with_buttons_and_with_numbers(page: Page, stage: Stage) -> None:
    with keyring.scope():
        say(stage.cast.alma, stage.case, "Cykla", "Simma", "Sjunga", column="wish")
    sign_in(page, "alma")
    page.goto(f"/arenden/{stage.case.number}/styrkor/ordning/")
    page.get_by_role("button", name="Flytta upp: Sjunga").press("Enter")
    page.get_by_role("button", name="Flytta upp: Sjunga").press("Enter")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/styrkor/")
    expect(page.locator(".ranked li")).to_have_text(["Sjunga", "Cykla", "Simma"])
    page.click("text=Ändra ordningen")
    page.get_by_label("Simma").first.fill("1")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/styrkor/")
    expect(page.locator(".ranked li")).to_have_text(["Sjunga", "Simma", "Cykla"])
