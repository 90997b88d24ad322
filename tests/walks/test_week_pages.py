"""The pages of rhythm, week, hours and calendar, wide and narrow, light and dark, without a fault."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from casework.crypto import keyring
from casework.drafts import store
from contacts.assignments import actions as contacts
from contacts.rhythm.actions import agree_rhythm
from contacts.week import actions
from contacts.week.models import Appointment, AppointmentWords
from tests import factories
from tests.contacts.rhythm.test_flags import goal_of, planned, reviewed, step_of
from tests.walks.looking import looks
from tests.walks.stage import Stage, set_up, sign_in

TODAY = timezone.localdate()


@pytest.fixture
def stage(page: Page) -> Stage:
    return set_up()


def look(page: Page, place: str, name: str) -> None:
    answer = page.goto(place)
    assert answer is not None
    assert answer.status == 200, place
    looks(page, name)


def at(ahead: int, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(TODAY + timedelta(days=ahead), time(hour)))


def lay_out(stage: Stage) -> Appointment:
    """A full desk: three cases, hours, steps of notes and of plans, a review, a draft, a question, and late things."""
    cast, case = stage.cast, stage.case
    agree_rhythm(
        by=cast.alma, case=case, every=14, agreed_on=TODAY, with_person=True, why="Lagom, säger hon.", phase="support"
    )
    agree_rhythm(
        by=cast.alma, case=case, every=7, agreed_on=TODAY, with_person=False, why="Det är mycket nu.", phase="support"
    )
    goal = goal_of(case)
    for number, ahead in enumerate((-3, 0, 4, 30), 1):
        step_of(goal, TODAY + timedelta(days=ahead), number)
    words = AppointmentWords(what="Möte om bostadskön med handläggaren", who="Bostadsförmedlingen", where="Storgatan 3")
    hour = actions.make_appointment(
        by=cast.alma, case=case, kind="meeting", starts_at=at(0, 15), minutes=45, words=words
    )
    for ahead in (2, 9):
        words = AppointmentWords(what="Ring tillbaka")
        actions.make_appointment(
            by=cast.alma, case=case, kind="reminder", starts_at=at(ahead, 0), minutes=None, words=words
        )
    reviewed(case, cast.cecilia, TODAY + timedelta(days=60))
    store.save(user=cast.alma, slot=store.step_slot(case), path="/", post=store.QueryDict("text=a"), case=case)
    for days in (55, 200):
        old = factories.make_case(cast.cecilia, taken_in_days_ago=days)
        factories.assign(cast.cecilia, old, cast.alma)
    planned(old, cast.alma, TODAY - timedelta(days=9))
    late = {"next_step": "Fråga om tiden hos vårdcentralen", "next_on": TODAY - timedelta(days=1)}
    factories.make_step(cast.alma, old, when=timezone.now() - timedelta(days=30), **late)
    asked = factories.make_case(cast.cecilia)
    contacts.offer_assignment(by=cast.cecilia, case=asked, user=cast.alma, kind="main", no_conflict=True)
    return hour


def test_the_pages_of_the_week(page: Page, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contacts.week.news.SAME_VISIT", timedelta(0))
    cast, case = stage.cast, stage.case
    with keyring.scope():
        hour = lay_out(stage)
        factories.assign(cast.cecilia, case, cast.bo, kind="deputy")
    sign_in(page, "alma")
    page.goto("/min-vecka/")
    with keyring.scope():
        for _ in range(2):
            factories.make_step(cast.bo, case)
    look(page, "/min-vecka/", "week")
    look(page, "/mina-arenden/", "caseload-flags")
    number = case.number
    for name, place in (("case", ""), ("rhythm", "rytm/"), ("new", "tid/"), ("change", f"tid/{hour.pk}/")):
        look(page, f"/arenden/{number}/{place}", f"week-{name}")
    look(page, f"/arenden/{number}/tid/{hour.pk}/avsluta/", "week-end")
    page.goto(f"/arenden/{number}/tid/")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("[data-error-summary]")
    looks(page, "week-new-errors")


def test_the_calendar_and_an_empty_week(page: Page, stage: Stage) -> None:
    sign_in(page, "bo")
    look(page, "/min-vecka/", "week-empty")
    look(page, "/min-vecka/kalender/", "feed-none")
    page.click("text=Skapa en adress")
    page.wait_for_selector(".secret")
    looks(page, "feed-made")
    look(page, "/min-vecka/kalender/", "feed-has")
