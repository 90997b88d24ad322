"""The sektionschef goes through her cases by keyboard; the kontaktperson reads what she said; how the pages look."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from casework.cases.models import Case
from casework.cases.safety.actions import set_safety
from casework.crypto import keyring
from casework.demo import many
from casework.signin.models import Role, User
from contacts.goals.actions import add_step, set_goal, submit_plan
from contacts.goals.models import GoalWords, StepWords
from contacts.models import CaseReview, RecoveryPlan
from contacts.review.actions import review_case
from tests import factories
from tests.walks.looking import keep, looks
from tests.walks.stage import Stage, path, set_up, sign_in

TODAY = timezone.localdate()
YEAR = timedelta(days=365)
CASES = 20


@pytest.fixture
def stage(page: Page) -> Stage:
    return set_up()


def filled(stage: Stage) -> None:
    """Alma's case with something of most kinds."""
    cast, case = stage.cast, stage.case
    set_safety(by=cast.alma, case=case, avoid=["transit"], advice="Vi går in först.", review_on=TODAY, version=0)
    words = GoalWords(words="Jag vill ha ett eget jobb", why="Stå på egna ben")
    goal = set_goal(by=cast.alma, case=case, area="work", words=words, uses_natural=True)
    add_step(by=cast.alma, case=case, goal=goal, words=StepWords(what="Skriva ett cv"), due_on=TODAY)
    for at in range(4):
        when = timezone.now() - timedelta(days=at * 9)
        text = "Vi gick igenom läget tillsammans och såg vad som har blivit bättre. " * (1 + at * 3)
        factories.make_step(cast.alma, case, when=when, text=text, kind=("talk", "economy", "housing", "talk")[at])
    ahead = TODAY + timedelta(days=90)
    note = "Ni har kommit långt. Ta hjälp av Bo med skulderna."
    review_case(by=cast.cecilia, case=case, decision="more", weight=3, next_on=ahead, note=note)


def test_twenty_cases_are_gone_through_by_keyboard(page: Page, stage: Stage) -> None:
    with keyring.scope():
        for at in range(CASES - 1):
            made = factories.make_case(stage.cast.cecilia, given_name=f"Nummer {at}", taken_in_days_ago=at + 1)
            factories.assign(stage.cast.cecilia, made, stage.cast.alma)
    sign_in(page, "cecilia")
    page.keyboard.press("g")
    page.keyboard.press("b")
    page.wait_for_url("**/genomgang/")
    expect(page.locator("h1")).to_have_text("Genomgång")
    page.keyboard.press("n")
    for at in range(1, CASES + 1):
        expect(page.locator(".page-head__lead")).to_contain_text(f"{at} av {CASES} att gå igenom")
        page.focus("[name=note]")
        page.keyboard.type(f"Anteckning {at}")
        page.keyboard.press("Control+Enter")
        page.wait_for_url(lambda url, before=page.url: url != before)
    assert path(page) == "/genomgang/"
    assert CaseReview.objects.count() == CASES
    expect(page.locator(".tabs")).to_contain_text("Att gå igenom 0")


def handed_in(stage: Stage) -> Case:
    cast, case = stage.cast, factories.make_case(stage.cast.cecilia, given_name="Maj")
    factories.assign(cast.cecilia, case, cast.alma)
    words = GoalWords(words="Jag vill ha ett eget jobb", why="Stå på egna ben")
    goal = set_goal(by=cast.alma, case=case, area="work", words=words, uses_natural=True)
    add_step(by=cast.alma, case=case, goal=goal, words=StepWords(what="Skriva ett cv"), due_on=TODAY)
    submit_plan(by=cast.alma, case=case, person_way="said_meeting", person_on=TODAY, follow_up_on=TODAY + YEAR)
    return case


def test_plans_are_approved_and_sent_back_on_the_way(page: Page, stage: Stage) -> None:
    with keyring.scope():
        first, second = handed_in(stage), handed_in(stage)
    sign_in(page, "cecilia")
    page.goto("/genomgang/?visa=godkanna")
    expect(page.locator("tbody tr", has_text="Plan att godkänna")).to_have_count(2)
    for case, button, after in (
        (first, "Godkänn planen", RecoveryPlan.State.APPROVED),
        (second, "Skicka tillbaka planen", RecoveryPlan.State.WORKING),
    ):
        page.goto(f"/arenden/{case.number}/genomgang/")
        page.focus("text=Ta ställning till planen")
        page.keyboard.press("Enter")
        page.wait_for_url("**/plan/beslut/")
        if after == RecoveryPlan.State.WORKING:
            page.focus("[name=why]")
            page.keyboard.type("Skriv också vem som hjälper till.")
        page.focus(f"button:has-text('{button}')")
        page.keyboard.press("Enter")
        page.wait_for_url("**/mal/")
        assert RecoveryPlan.objects.get(case=case).state == after
    page.goto("/genomgang/?visa=godkanna")
    expect(page.locator(".empty")).to_contain_text("Inget ärende behöver dig här")


def test_the_kontaktperson_reads_the_review_and_marks_it(page: Page, stage: Stage) -> None:
    with keyring.scope():
        filled(stage)
    sign_in(page, "alma")
    page.goto(f"/arenden/{stage.case.number}/")
    expect(page.locator("section[aria-labelledby=review]")).to_contain_text("Ta hjälp av Bo")
    page.focus("text=Markera som läst")
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("markerad som läst")
    assert CaseReview.objects.get().seen_at is not None


def test_the_timeline_and_the_summary(page: Page, stage: Stage) -> None:
    with keyring.scope():
        filled(stage)
    sign_in(page, "alma")
    for part in ("tidslinje/", "tidslinje/?slag=opinion", "sammanfattning/"):
        page.goto(f"/arenden/{stage.case.number}/{part}")
        looks(page, f"review-{part.strip('/').replace('/', '-').replace('?', '')}")
    page.emulate_media(media="print")
    keep(page, "review-sammanfattning-print")
    assert page.pdf(format="A4").count(b"/Type /Page\n") <= 2
    page.emulate_media(media="screen")
    page.goto(f"/arenden/{stage.case.number}/tidslinje/")
    expect(page.locator("text=Sedan jag sist var här")).to_be_visible()


def test_the_board_with_few_and_with_many(page: Page, stage: Stage) -> None:
    sign_in(page, "edvin")
    page.goto("/genomgang/")
    looks(page, "review-board-none")
    with keyring.scope():
        filled(stage)
        _many(stage)
    page.context.clear_cookies()
    sign_in(page, "cecilia")
    for name, place in (("many", "/genomgang/"), ("late", "/genomgang/?visa=forsenat")):
        page.goto(place)
        looks(page, f"review-board-{name}")
    page.goto(f"/arenden/{stage.case.number}/genomgang/")
    looks(page, "review-case")
    page.fill("[name=next_on]", str(TODAY))
    page.click("text=Spara genomgången")
    expect(page.locator(".ds-error-summary")).to_contain_text("framåt i tiden")
    looks(page, "review-case-errors")


def _many(stage: Stage) -> None:
    section, staff = stage.cast.section, []
    for at in range(8):
        user = User(username=f"k{at}", display_name=f"Kontaktperson {at}", role=Role.KONTAKTPERSON, section=section)
        user.set_unusable_password()
        user.save()
        staff.append(user)
    many.make(count=130, steps=2, by=stage.cast.cecilia, section=section, staff=staff, told=lambda done: None)
