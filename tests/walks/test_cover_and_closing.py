"""Cover, handover, leaving and rounding off in a real browser: how they look, and the whole way by keyboard."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from casework.cases.models import Case
from casework.crypto import keyring
from casework.drafts import store
from contacts.closing import actions as closing
from contacts.cover import actions as covers
from contacts.cover.handing import actions as handing
from contacts.goals import actions as goals
from contacts.goals.models import GoalWords
from contacts.models import ClosingPlan
from tests import factories
from tests.contacts.cover.test_handing_over import say_yes
from tests.walks.looking import looks
from tests.walks.stage import Stage, path, set_up, sign_in
from tests.world import post_data

TODAY = timezone.localdate()
LONG = "Systern ringer varje söndag och kören träffas på tisdagar. Blir det svårt igen ringer hon stödlinjen först."


@pytest.fixture
def stage(page: Page) -> Stage:
    return set_up()


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def look(page: Page, place: str, name: str) -> None:
    answer = page.goto(place)
    assert answer is not None
    assert answer.status == 200, place
    looks(page, name)


def test_the_pages_of_cover_and_absence(page: Page, stage: Stage) -> None:
    cast, case = stage.cast, stage.case
    sign_in(page, "cecilia")
    look(page, f"/arenden/{case.number}/tackning/", "cover-none")
    with keyring.scope():
        other = factories.make_case(cast.cecilia)
        factories.assign(cast.cecilia, other, cast.alma)
        first = covers.cover_case(
            by=cast.cecilia, case=case, substitute=cast.bo, starts_on=TODAY, ends_on=day(6), message="Ring på torsdag"
        )
        covers.extend_cover(by=cast.cecilia, cover=first, ends_on=day(13))
        covers.set_absence(by=cast.cecilia, user=cast.alma, starts_on=TODAY, ends_on=day(13))
    for place, name in (
        (f"/arenden/{case.number}/tackning/", "cover"),
        (f"/arenden/{case.number}/tackning/{first.pk}/forlang/", "cover-extend"),
        (f"/arenden/{case.number}/", "cover-case"),
        ("/sektionen/franvaro/", "away"),
        (f"/medarbetare/{cast.alma.pk}/franvaro/", "absence"),
        (f"/medarbetare/{cast.alma.pk}/tackning/", "cover-all"),
        (f"/medarbetare/{cast.alma.pk}/flytta/", "leaving"),
        (f"/medarbetare/{cast.bo.pk}/flytta/", "leaving-bo"),
    ):
        look(page, place, name)
    page.goto(f"/arenden/{case.number}/tackning/")
    page.click("text=Låt kollegan täcka ärendet")
    page.wait_for_selector(".ds-error-summary")
    looks(page, "cover-wrong")


def test_what_the_one_who_covers_sees(page: Page, stage: Stage) -> None:
    cast = stage.cast
    with keyring.scope():
        covers.cover_case(
            by=cast.cecilia, case=stage.case, substitute=cast.bo, starts_on=TODAY, ends_on=day(6), message="Ring!"
        )
    sign_in(page, "bo")
    look(page, f"/arenden/{stage.case.number}/", "cover-bo")


def test_a_handover_from_plan_to_done(page: Page, stage: Stage) -> None:
    cast, case = stage.cast, stage.case
    sign_in(page, "cecilia")
    look(page, f"/arenden/{case.number}/overlamning/", "handover-none")
    look(page, f"/arenden/{case.number}/overlamning/planera/", "handover-plan")
    with keyring.scope():
        made = handing.plan_handover(by=cast.cecilia, case=case, taker=cast.bo, planned_on=day(9), no_conflict=True)
        store.save(user=cast.alma, slot=store.step_slot(case), path="/", post=post_data(text="Halvt"), case=case)
    look(page, f"/arenden/{case.number}/overlamning/", "handover-asked")
    with keyring.scope():
        say_yes(cast.bo)
        checks = handing.Checks(met_on=TODAY, channels_on=TODAY)
        handing.check_handover(by=cast.alma, handover=made, checks=checks, version=1)
    for part in ("", "pricka-av/", "slutfor/"):
        look(page, f"/arenden/{case.number}/overlamning/{part}", f"handover-{part.strip('/') or 'going-on'}")
    look(page, f"/medarbetare/{cast.alma.pk}/flytta/", "handover-leaving")
    page.goto(f"/arenden/{case.number}/overlamning/slutfor/")
    page.fill("[name=summary]", LONG)
    page.fill("[name=missing_why]", "Hon orkade inte träffas alla tre.")
    page.focus("[name=missing_why]")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/arenden/{case.number}/")
    look(page, f"/arenden/{case.number}/overlamning/", "handover-done")


def fill(stage: Stage, case: Case) -> ClosingPlan:
    alma = stage.cast.alma
    for words in ("Jag vill hitta hem till mig själv", "Jag vill ha ett eget bankkonto"):
        goal = goals.set_goal(by=alma, case=case, area="everyday", words=GoalWords(words=words), uses_natural=False)
    goals.move_goal(by=alma, goal=goal, name="reach", result="Kontot är hennes.")
    rounding = closing.Rounding(network=LONG, learnt="Att någon ringde.", farewell_on=day(4), reason="goals_reached")
    return closing.write_closing(by=alma, case=case, rounding=rounding, version=0)


def test_the_pages_of_rounding_off(page: Page, stage: Stage) -> None:
    cast, case, number = stage.cast, stage.case, stage.case.number
    sign_in(page, "alma")
    look(page, f"/arenden/{number}/avslutning/", "closing-none")
    with keyring.scope():
        plan = fill(stage, case)
    for part in ("", "lamna-in/", "nedtrappning/", "fortsatt/"):
        look(page, f"/arenden/{number}/avslutning/{part}", f"closing-{part.strip('/') or 'plan'}")
    look(page, f"/arenden/{number}/", "closing-case")
    with keyring.scope():
        goal = case.goals.get(number=1)
        goals.move_goal(by=cast.alma, goal=goal, name="pause")
        plan = closing.submit_closing(by=cast.alma, plan=plan)
        closing.send_back_closing(by=cast.cecilia, plan=plan, why="Vem ringer hon på natten?", version=plan.version)
    look(page, f"/arenden/{number}/avslutning/", "closing-back")


def test_the_sektionschef_approves_by_keyboard(page: Page, stage: Stage) -> None:
    cast, case, number = stage.cast, stage.case, stage.case.number
    with keyring.scope():
        plan = fill(stage, case)
        goals.move_goal(by=cast.alma, goal=case.goals.get(number=1), name="pause")
        store.save(user=cast.alma, slot=store.step_slot(case), path="/", post=post_data(text="Halvt"), case=case)
        closing.submit_closing(by=cast.alma, plan=plan)
    sign_in(page, "cecilia")
    look(page, f"/arenden/{number}/avslutning/", "closing-submitted")
    look(page, f"/arenden/{number}/avslutning/beslut/", "closing-decide")
    page.click("text=Skicka tillbaka avslutet")
    page.wait_for_selector(".ds-error-summary")
    looks(page, "closing-decide-wrong")
    page.focus("button[value=approve]")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/arenden/{number}/")
    assert "är avslutat" in page.inner_text(".messages")
    assert path(page) == f"/arenden/{number}/"
    look(page, f"/arenden/{number}/avslutning/", "closing-approved")
