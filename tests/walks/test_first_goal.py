"""From a new case to the first step towards a goal: by keyboard alone, on a phone, with everything real."""

import pytest
from playwright.sync_api import Page, expect

from casework.crypto import keyring
from contacts.assignments import actions as contacts
from contacts.goals.models import PlanStep, RecoveryPlan, StepTie
from contacts.strengths.models import StrengthStatement
from tests import factories
from tests.walks.stage import Stage, path, set_up, sign_in

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def stage(page: Page) -> Stage:
    """Alma is asked to take a case that is new today."""
    made = set_up()
    cast = made.cast
    with keyring.scope():
        made.case = factories.make_case(cast.cecilia, given_name="Maj", family_name="Ny")
        contacts.offer_assignment(by=cast.cecilia, case=made.case, user=cast.alma, kind="main", no_conflict=True)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    return made


def test_a_new_case_gets_strengths_a_goal_a_plan_and_a_step(page: Page, stage: Stage) -> None:
    sign_in(page, "alma")
    takes_the_case(page, stage)
    writes_the_first_talk(page, stage)
    asks_about_three_domains(page, stage)
    sets_a_goal_with_two_steps(page, stage)
    hands_in_the_plan(page, stage)
    page.context.clear_cookies()
    sign_in(page, "cecilia")
    approves_the_plan(page, stage)
    page.context.clear_cookies()
    sign_in(page, "alma")
    logs_a_step_against_it(page, stage)
    assert StrengthStatement.objects.filter(case=stage.case).count() == 3
    assert RecoveryPlan.objects.get().state == "approved"
    assert [step.state for step in PlanStep.objects.order_by("number")] == ["done", "planned"]
    assert StepTie.objects.get().completes


def enter(page: Page, link: str) -> None:
    """Follows a link or presses a button with the keyboard."""
    page.locator(link).first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path(page)


def takes_the_case(page: Page, stage: Stage) -> None:
    enter(page, "a:has-text('Svara på uppdraget')")
    page.locator("[name=no_conflict]").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/arenden/{stage.case.number}/")
    fits(page)


def writes_the_first_talk(page: Page, stage: Stage) -> None:
    page.keyboard.press("n")
    page.wait_for_url("**/steg/")
    fits(page)
    page.keyboard.type("Första samtalet. Hon bestämmer takten.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/arenden/{stage.case.number}/**")
    expect(page.locator(".timeline__item").first).to_contain_text("Hon bestämmer takten")


def asks_about_three_domains(page: Page, stage: Stage) -> None:
    page.goto(f"/arenden/{stage.case.number}/styrkor/boende/")
    for said in ("Jag håller ordning.", "Jag har sparat alla brev.", "Jag har lagat mat åt hundra."):
        fits(page)
        page.locator("[name=now]").focus()
        page.keyboard.type(said)
        with page.expect_navigation():
            page.keyboard.press("Control+Enter")
    assert path(page).endswith("/relationer/")


def sets_a_goal_with_two_steps(page: Page, stage: Stage) -> None:
    number = stage.case.number
    page.goto(f"/arenden/{number}/mal/nytt/")
    page.keyboard.type("Jag vill ha en egen nyckel")
    page.locator("[name=area]").focus()
    page.keyboard.type("Boende")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/arenden/{number}/mal/#mal-1")
    page.goto(f"/arenden/{number}/mal/1/delmal/")
    for what in ("Ringa om kön", "Packa en låda"):
        page.locator("[name=what]").focus()
        page.keyboard.type(what)
        page.keyboard.press("Tab")
        page.keyboard.type("Personen själv")
        enter(page, "button[name=more]")
    fits(page)


def hands_in_the_plan(page: Page, stage: Stage) -> None:
    page.goto(f"/arenden/{stage.case.number}/plan/lamna/")
    page.locator("[name=person_way]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/mal/")
    fits(page)


def approves_the_plan(page: Page, stage: Stage) -> None:
    page.goto(f"/arenden/{stage.case.number}/plan/beslut/")
    fits(page)
    enter(page, "button:has-text('Godkänn planen')")
    assert RecoveryPlan.objects.get().state == "approved"


def logs_a_step_against_it(page: Page, stage: Stage) -> None:
    page.goto(f"/arenden/{stage.case.number}/steg/")
    page.keyboard.type("Vi ringde om kön tillsammans.")
    for key in ("Tab", "1", "1"):
        page.keyboard.press(key)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/arenden/{stage.case.number}/#not-**")
    expect(page.locator(".timeline__item").first).to_contain_text("Delmål 1.1: Ringa om kön – blev klart")
    fits(page)
