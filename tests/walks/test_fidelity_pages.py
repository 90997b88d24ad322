"""The pages of fidelity, wide and narrow, light and dark, without a fault."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page

from casework.crypto import keyring
from tests.contacts.fidelity.making import begun, finished, judged, make_case, step
from tests.walks.looking import looks
from tests.walks.stage import Stage, set_up, sign_in


@pytest.fixture
def stage(page: Page) -> Stage:
    return set_up()


def test_a_section_that_was_never_measured_begins(page: Page, stage: Stage) -> None:
    sign_in(page, "cecilia")
    page.goto("/programtrohet/")
    looks(page, "fidelity-empty")
    page.click("text=Börja en mätning")
    looks(page, "fidelity-new")
    page.click("text=Börja mätningen")
    page.wait_for_url("**/programtrohet/*-*/")
    looks(page, "fidelity-begun")
    page.click("#hope button[type=submit]")
    looks(page, "fidelity-error")
    page.check("#hope input[value='4']")
    page.fill("#hope textarea", "Vi frågar efter drömmar och egna val vid varje möte.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**#hope")
    looks(page, "fidelity-scored")


def test_a_section_with_some_years_behind_it(page: Page, stage: Stage) -> None:
    review = measured(stage)
    sign_in(page, "cecilia")
    for place, name in (("", "index"), (f"{review.pk}/klar/", "finish"), (f"{review.pk}/", "ready")):
        page.goto(f"/programtrohet/{place}")
        looks(page, f"fidelity-{name}")
    page.locator("#hope .fidelity-change > summary").click()
    page.locator("#community .fidelity-anchors > summary").click()
    looks(page, "fidelity-open")
    page.goto(f"/programtrohet/{review.pk}/klar/")
    page.click("button:has-text('Avsluta mätningen')")
    page.wait_for_url(f"**/{review.pk}/")
    looks(page, "fidelity-done")


def measured(stage: Stage) -> Any:
    """Five finished measurements, and one that is ready to be finished."""
    with keyring.scope():
        case = make_case(stage.cast)
        for place in ("home", "community", "office"):
            step(case, stage.cast.alma, date(2026, 10, 1), place=place)
        ends = (date(2024, 3, 31), date(2024, 9, 30), date(2025, 3, 31), date(2025, 9, 30), date(2026, 3, 31))
        for end, points in zip(ends, (3, 3, 4, 5, 5), strict=True):
            finished(stage.cast, points, from_day=end.replace(day=1), to_day=end)
        return judged(begun(stage.cast, from_day=date(2026, 4, 1), to_day=date(2026, 10, 31)), stage.cast.cecilia, 5)
