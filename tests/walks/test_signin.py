"""Coming in, being locked and being shut out, in a real browser and through the real doors."""

import time
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from casework.crypto import keyring
from casework.demo import entrance
from casework.signin import actions
from casework.signin.models import Role, User
from tests.walks.conftest import tab
from tests.walks.looking import looks
from tests.walks.stage import Stage, path, set_up, sign_in

CHOSEN = "gul hink under nionde trappan"


@pytest.fixture
def stage(page: Page) -> Stage:
    return set_up()


@pytest.fixture
def second(browser: Browser, live_server: Any, page: Page) -> Iterator[Page]:
    """The browser of somebody else, at the same time."""
    yield from tab(browser, live_server.url)


def fill_sign_in(page: Page, username: str, password: str) -> None:
    page.fill("[name=login]", username)
    page.fill("[name=password]", password)
    page.keyboard.press("Enter")


def forget_proof(page: Page) -> None:
    """As if the person had signed in an hour ago: what is sensitive asks again."""
    [key] = [cookie["value"] for cookie in page.context.cookies() if cookie["name"] == settings.SESSION_COOKIE_NAME]
    session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    records = session["account_authentication_methods"]
    session["account_authentication_methods"] = [{**record, "at": record["at"] - 3600} for record in records]
    session.save()


def test_from_a_link_to_the_start_page(page: Page, stage: Stage) -> None:
    with keyring.scope():
        _, link = actions.create_user(
            by=stage.cast.ada,
            username="nina",
            display_name="Nina Ask",
            role=Role.PLANNER,
            section=None,
            led_sections=[],
        )
    page.goto(link)
    looks(page, "invite")
    page.fill("[name=password1]", "kort")
    page.keyboard.press("Enter")
    expect(page.locator(".ds-error-summary")).to_be_visible()
    page.fill("[name=password1]", CHOSEN)
    page.fill("[name=password2]", CHOSEN)
    page.keyboard.press("Enter")
    page.wait_for_url("**/logga-in/")
    fill_sign_in(page, "Nina ", CHOSEN)
    expect(page.locator("h1")).to_have_text("Ordna ett andra steg")
    looks(page, "enrol")
    page.click("text=Använd en app")
    looks(page, "enrol-app")
    secret = page.locator("code.secret").inner_text()
    page.fill("[name=code]", format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    page.keyboard.press("Enter")
    expect(page.locator(".codes code")).to_have_count(10)
    looks(page, "recovery-codes")
    page.click("text=Jag har skrivit upp dem")
    expect(page.locator(".topbar__who")).to_contain_text("Nina Ask")
    page.goto("/konto/reservkoder/")
    expect(page.locator(".codes code")).to_have_count(0)
    looks(page, "recovery-codes-again")
    page.goto(link)
    expect(page.locator("h1")).to_have_text("Länken gäller inte längre")
    looks(page, "link-used")


def test_wrong_passwords_say_little_and_then_shut_the_account(page: Page, stage: Stage) -> None:
    page.goto("/logga-in/")
    looks(page, "sign-in")
    fill_sign_in(page, "alma", "fel")
    expect(page.locator(".ds-error-summary")).to_contain_text("Fel användarnamn eller lösenord.")
    looks(page, "sign-in-wrong")
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        with page.expect_navigation():
            fill_sign_in(page, "ALMA", "fel")
    expect(page.locator("h1")).to_contain_text("stängt")
    looks(page, "shut-out")
    page.goto("/logga-in/")
    fill_sign_in(page, "alma", entrance.PASSWORD)
    expect(page.locator("h1")).to_contain_text("stängt")


def test_a_wrong_code_is_told_and_the_right_one_opens(page: Page, stage: Stage) -> None:
    page.goto(f"/arenden/{stage.case.number}/")
    fill_sign_in(page, "alma", entrance.PASSWORD)
    page.wait_for_url("**/logga-in/kod/**")
    looks(page, "code")
    page.fill("[name=code]", "000000")
    page.keyboard.press("Enter")
    expect(page.locator(".ds-error-summary")).to_be_visible()
    looks(page, "code-wrong")
    page.fill("[name=code]", entrance.code_for(stage.cast.alma))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/arenden/{stage.case.number}/")


def test_locked_by_keyboard_and_opened_where_one_was(page: Page, stage: Stage) -> None:
    sign_in(page, "alma")
    place = f"/arenden/{stage.case.number}/"
    page.goto(place)
    page.keyboard.press("Control+Alt+l")
    page.wait_for_url("**/las-upp/**")
    assert stage.case.number not in page.content().replace(place, "")
    looks(page, "locked")
    page.goto("/roller/")
    assert path(page) == "/las-upp/"
    page.goto(f"/las-upp/?next={place}")
    page.fill("[name=password]", "fel")
    page.keyboard.press("Enter")
    expect(page.locator(".ds-error-summary")).to_contain_text("Fel lösenord.")
    looks(page, "locked-wrong")
    page.fill("[name=code]", entrance.code_for(stage.cast.alma))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{place}")


def test_a_block_asks_who_does_it_and_is_in_force_at_the_next_click(page: Page, second: Page, stage: Stage) -> None:
    sign_in(second, "alma")
    sign_in(page, "ada")
    page.goto(f"/anvandare/{stage.cast.alma.pk}/")
    forget_proof(page)
    page.click("text=Spärra användaren")
    expect(page.locator("h1")).to_have_text("Bekräfta att det är du")
    looks(page, "confirm")
    assert User.objects.get(username="alma").is_active
    page.fill("[name=password]", entrance.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/anvandare/")
    expect(page.locator(".messages")).to_contain_text("spärrad")
    assert not User.objects.get(username="alma").is_active
    second.locator("a.brand").click()
    expect(second.locator("h1")).to_have_text("Logga in")
    fill_sign_in(second, "alma", entrance.PASSWORD)
    expect(second.locator("h1")).to_have_text("Kontot är spärrat")
    looks(second, "blocked")


def test_the_pages_of_an_account(page: Page, stage: Stage) -> None:
    sign_in(page, "bo")
    for place in ("/konto/", "/konto/losenord/", "/konto/nyckel/", "/konto/reservkoder/nya/", "/konto/app/ta-bort/"):
        answer = page.goto(place)
        assert answer is not None
        assert answer.status == 200, place
        looks(page, place.strip("/").replace("/", "-"))


def test_the_pages_of_the_administrator(page: Page, stage: Stage) -> None:
    sign_in(page, "ada")
    alma = f"/anvandare/{stage.cast.alma.pk}/"
    for place in ("/anvandare/", "/anvandare/ny/", "/anvandare/sektion/", alma):
        answer = page.goto(place)
        assert answer is not None
        assert answer.status == 200, place
        looks(page, "user" if place == alma else place.strip("/").replace("/", "-"))
    page.click("text=Gör en ny engångslänk")
    expect(page.locator(".secret")).to_contain_text("/valkommen/")
    looks(page, "user-link")


def test_signing_out_leaves_nothing_behind(page: Page, stage: Stage) -> None:
    sign_in(page, "alma")
    page.goto(f"/arenden/{stage.case.number}/")
    page.locator(".menu--user summary").click()
    page.get_by_role("button", name="Logga ut").click()
    page.wait_for_url("**/logga-in/")
    page.go_back()
    page.wait_for_url("**/logga-in/**")
    assert stage.case.pseudonym not in page.content()
