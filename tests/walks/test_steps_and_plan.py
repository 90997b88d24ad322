"""A support step tied to the plan by keyboard, public places, the safety plan and the authority guide."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from casework.cases.journal.actions import Step
from casework.cases.safety.actions import set_safety
from casework.crypto import keyring
from contacts.goals import actions as goals
from contacts.goals.models import GoalWords, PlanStep, StepTie, StepWords
from contacts.guide.actions import load_start
from contacts.steps.actions import log_step
from tests import factories
from tests.walks.looking import looks
from tests.walks.stage import Stage, set_up, sign_in
from tests.walks.test_working_day import presses


@pytest.fixture
def stage(page: Page) -> Stage:
    return set_up()


@pytest.fixture
def plan(stage: Stage) -> list[PlanStep]:
    """Two open steps of one goal."""
    alma = stage.cast.alma
    with keyring.scope():
        goal = goals.set_goal(by=alma, case=stage.case, area="economy", words=GoalWords(words="Egen ekonomi"))
        words = [StepWords(what=what) for what in ("Ringa banken", "Öppna ett eget konto")]
        return [goals.add_step(by=alma, case=stage.case, goal=goal, words=each, due_on=None) for each in words]


@pytest.fixture
def safety(stage: Stage) -> None:
    with keyring.scope():
        day = timezone.localdate() + timedelta(days=60)
        advice = "Vi går in först och ser oss om.\nRing mig innan du kommer."
        set_safety(
            by=stage.cast.alma, case=stage.case, avoid=["shop", "transit"], advice=advice, review_on=day, version=0
        )


def test_a_tied_step_costs_two_key_presses_more(page: Page, stage: Stage, plan: list[PlanStep]) -> None:
    sign_in(page, "alma")
    keys = presses(page)

    def sign(*chosen: str) -> int:
        page.goto(f"/arenden/{stage.case.number}/steg/")
        expect(page.locator("[name=text]")).to_be_focused()
        keys.clear()
        page.keyboard.type("Vi ringde.")
        for key in chosen:
            page.keyboard.press(key)
        page.keyboard.press("Control+Enter")
        page.wait_for_url(f"**/arenden/{stage.case.number}/#not-**")
        expect(page.locator(".messages")).to_contain_text("Stödsteget är signerat")
        return len(keys)

    untied = sign()
    assert not StepTie.objects.exists()
    assert sign("Tab", "2") - untied <= 2
    assert StepTie.objects.get().plan_step == plan[1]
    assert sign("Tab", "1", "1") - untied <= 3
    expect(page.locator(".timeline__item").first).to_contain_text("Delmål 1.1: Ringa banken – blev klart")
    plan[0].refresh_from_db()
    assert plan[0].state == "done"


def test_a_step_chosen_by_its_link_costs_nothing_more(page: Page, stage: Stage, plan: list[PlanStep]) -> None:
    sign_in(page, "alma")
    page.goto(f"/arenden/{stage.case.number}/steg/?delmal={plan[1].pk}")
    page.keyboard.type("Vi gick till banken.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/arenden/{stage.case.number}/#not-**")
    assert StepTie.objects.get().plan_step == plan[1]


def test_the_questions_about_a_place_come_when_they_are_needed(page: Page, stage: Stage, safety: None) -> None:
    sign_in(page, "alma")
    page.goto(f"/arenden/{stage.case.number}/steg/")
    kind, warning = page.locator("[name=place_type]"), page.locator(".place-warning")
    expect(kind).to_be_hidden()
    page.select_option("[name=place]", "community")
    expect(kind).to_be_visible()
    expect(page.locator(".form-group", has=kind)).to_contain_text("avråder från: butik eller köpcentrum; buss")
    expect(warning).to_be_hidden()
    page.select_option("[name=place_type]", "shop")
    expect(warning).to_contain_text("Ta upp det med sektionschefen")
    page.fill("[name=text]", "Vi handlade mat.")
    looks(page, "step-out")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".ds-error-summary")).to_contain_text("Hur kändes det?")
    looks(page, "step-error")
    page.check("[name=exposure][value=recognised]")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/arenden/{stage.case.number}/")
    expect(page.locator(".messages")).to_be_in_viewport()
    expect(page.locator(".messages")).to_contain_text("Säkerhetsplanen avråder från butik")
    expect(page.locator(".messages")).to_contain_text("ny riskbedömning")
    looks(page, "step-signed")


def test_the_form_without_script(page: Page, stage: Stage, plan: list[PlanStep], safety: None) -> None:
    sign_in(page, "alma")
    page.route("**/*.js", lambda route: route.abort())
    page.goto(f"/arenden/{stage.case.number}/steg/")
    expect(page.locator("[name=place_type]")).to_be_visible()
    expect(page.locator("form")).to_contain_text(["Fyll i det här när platsen är ”I samhället”."])
    page.fill("[name=text]", "Utan skript")
    page.select_option("[name=plan_step]", str(plan[0].pk))
    page.click("text=Signera stödsteget")
    page.wait_for_url(f"**/arenden/{stage.case.number}/#not-**")


def test_the_actor_leads_to_its_page_in_the_guide(page: Page, stage: Stage) -> None:
    load_start(by=None)
    sign_in(page, "alma")
    page.goto(f"/arenden/{stage.case.number}/steg/")
    expect(page.locator(".guide-link")).to_contain_text("Myndighetsguiden")
    page.fill("[name=actor]", "bank")
    right = page.locator(".guide-link a:visible")
    expect(right).to_have_text("Så gör du: Bank och e-legitimation")
    expect(right).to_have_attribute("href", "/guiden/bank-och-e-legitimation/")
    looks(page, "step-actor")


def test_how_the_pages_look(page: Page, stage: Stage, plan: list[PlanStep], safety: None) -> None:
    load_start(by=None)
    with keyring.scope():
        facts = {"place": "community", "place_type": "cafe", "exposure": "careful"}
        factories.make_step(stage.cast.alma, stage.case, **facts)
        said = "Vi ringde banken och fick en tid."
        step = Step("authority", "phone", "with", "done", timezone.now(), 20, said, actor="Bank")
        log_step(by=stage.cast.alma, case=stage.case, step=step, plan_step=plan[0], completes=True)
    sign_in(page, "alma")
    number = stage.case.number
    places = {"case": "", "safety": "sakerhet/", "step": "steg/"}
    for name, part in places.items():
        page.goto(f"/arenden/{number}/{part}")
        looks(page, f"own-{name}")
    page.goto(f"/arenden/{number}/sakerhet/")
    page.fill("[name=review_on]", "")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".ds-error-summary")).to_be_visible()
    looks(page, "safety-error")
    for part in ("", "skatteverket/", "polisen/", "polisen/tidigare/"):
        page.goto(f"/guiden/{part}")
        looks(page, f"guide-{part.replace('/', '-')}")


def test_how_the_sektionschefs_pages_look(page: Page, stage: Stage, safety: None) -> None:
    load_start(by=None)
    sign_in(page, "cecilia")
    for name, place in {"safety": f"/arenden/{stage.case.number}/sakerhet/", "guide": "/guiden/polisen/andra/"}.items():
        page.goto(place)
        looks(page, f"chief-{name}")
    page.goto("/guiden/sidor/ny/")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".ds-error-summary")).to_be_visible()
    looks(page, "chief-guide-error")
