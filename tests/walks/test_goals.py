"""Goals and the plan in a real browser: how they look, on paper too, and by keyboard alone on a narrow screen."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from casework.crypto import keyring
from contacts.goals import actions, readers
from contacts.goals.models import Goal, GoalWords, PlanStep, RecoveryPlan
from tests.contacts.goals import making
from tests.walks.looking import looks
from tests.walks.stage import Stage, path, set_up, sign_in

TODAY = timezone.localdate()


@pytest.fixture
def stage(page: Page) -> Stage:
    return set_up()


def fill(stage: Stage, goals: int = 1) -> None:
    """Some goals with steps in every state; one rests, one is reached, one is dropped."""
    alma, case = stage.cast.alma, stage.case
    for at in range(goals):
        goal = making.goal(
            alma, case, "Jag vill kunna sova hela natten utan att vakna av varje ljud i trapphuset", why="Då orkar jag "
            "vara den mamma jag vill vara.", natural="Systern ringer varje kväll. Grannen har extranyckel.",
            formal="Vårdcentralens kurator",
        )  # fmt: skip
        done = making.step(alma, goal, "Byta lås", who="Kontaktpersonen", due_on=TODAY - timedelta(days=9))
        actions.move_step(by=alma, step=done, name="finish")
        making.step(
            alma, goal, "Berätta för systern vilka kvällar som är svårast", who="Personen själv",
            due_on=TODAY - timedelta(days=2), done_when="Systern vet", comment="Hon ville vänta till efter helgen.",
        )  # fmt: skip
        making.step(alma, goal, "Prova en promenad", who="Tillsammans", due_on=TODAY + timedelta(days=at + 1))
    for words, name in (("Måla igen", "pause"), ("Eget bankkonto", "reach"), ("Läsa på komvux", "drop")):
        goal = making.goal(alma, case, words, area="everyday")
        making.step(alma, goal, "Ett första steg", who="Personen själv")
        actions.move_goal(by=alma, goal=goal, name=name, result="Det blev bra till slut." if name != "pause" else "")


def look(page: Page, place: str, name: str) -> None:
    answer = page.goto(place)
    assert answer is not None
    assert answer.status == 200, place
    looks(page, f"goals-{name}")


def test_the_pages_of_goals(page: Page, stage: Stage) -> None:
    number = stage.case.number
    sign_in(page, "alma")
    look(page, f"/arenden/{number}/mal/", "none")
    with keyring.scope():
        fill(stage, 2)
    for part in ("mal/", "mal/nytt/", "mal/1/", "mal/1/delmal/", "mal/1/delmal/2/", "mal/1/lage/reach/", "plan/lamna/"):
        look(page, f"/arenden/{number}/{part}", part.strip("/").replace("/", "-"))
    look(page, f"/arenden/{number}/", "case")
    look(page, f"/arenden/{number}/mal/utskrift/", "print")
    page.goto(f"/arenden/{number}/mal/1/delmal/")
    page.click("text=Spara och lägg till ett till")
    page.wait_for_selector(".ds-error-summary")
    looks(page, "goals-wrong")


def test_the_plan_as_a_sektionschef_reads_it(page: Page, stage: Stage) -> None:
    cast, case = stage.cast, stage.case
    with keyring.scope():
        fill(stage)
        actions.approve_plan(by=cast.cecilia, plan=making.submitted(cast.alma, case))
        goal = readers.goal_of(case, 1)
        words = GoalWords(words="Jag vill sova lugnt", why="För mig själv")
        actions.change_goal(by=cast.alma, goal=goal, area="care", words=words, version=1)
        making.step(cast.alma, goal, "Köpa mörka gardiner")
        making.goal(cast.alma, case, "Ett nytt mål")
        making.submitted(cast.alma, case, remark="Hon tycker att det går åt rätt håll.")
    sign_in(page, "cecilia")
    look(page, f"/arenden/{case.number}/plan/beslut/", "decide")
    page.fill("[name=why]", "Vem köper gardinerna?")
    page.click("text=Skicka tillbaka planen")
    page.wait_for_url("**/mal/")
    looks(page, "goals-chief")
    look(page, f"/arenden/{case.number}/plan/1/", "version")
    look(page, f"/arenden/{case.number}/plan/beslut/", "decide-none")
    sign_in_again(page)
    look(page, f"/arenden/{case.number}/mal/", "returned")


def sign_in_again(page: Page) -> None:
    page.context.clear_cookies()
    sign_in(page, "alma")


def test_a_sheet_for_each_goal_on_paper(page: Page, stage: Stage) -> None:
    with keyring.scope():
        fill(stage, 3)
    sign_in(page, "alma")
    page.goto(f"/arenden/{stage.case.number}/mal/utskrift/")
    page.emulate_media(media="print")
    paper = page.pdf(prefer_css_page_size=True)
    assert paper.count(b"/Type /Page\n") == 4


def test_from_a_goal_to_a_plan_by_keyboard_on_a_narrow_screen(page: Page, stage: Stage) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    number = stage.case.number
    sign_in(page, "alma")
    page.goto(f"/arenden/{number}/mal/nytt/")
    page.keyboard.type("Jag vill ha en egen nyckel")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.type("Boende")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/arenden/{number}/mal/#mal-1")
    page.goto(f"/arenden/{number}/mal/1/delmal/")
    for what in ("Ringa om kön", "Packa en låda"):
        page.keyboard.type(what)
        page.keyboard.press("Tab")
        page.keyboard.type("Personen själv")
        page.locator("button[name=more]").focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
    page.goto(f"/arenden/{number}/mal/")
    page.locator("#delmal-1-1 button").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto(f"/arenden/{number}/plan/lamna/")
    page.locator("[name=person_way]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: url.endswith("/mal/"))
    assert path(page) == f"/arenden/{number}/mal/"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    with keyring.scope():
        assert list(PlanStep.objects.values_list("state", flat=True)) == ["done", "planned"]
        assert Goal.objects.get().words.open().words == "Jag vill ha en egen nyckel"
        assert RecoveryPlan.objects.get().state == "submitted"
