"""A key that shows who one is: added, signed in with alone, unlocked and confirmed with. The browser plays the key."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from playwright.sync_api import CDPSession, Page, expect

from casework.demo import entrance
from casework.signin.models import User
from tests.walks.looking import looks
from tests.walks.stage import Stage, path, set_up, sign_in
from tests.walks.test_signin import fill_sign_in, forget_proof

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class VirtualKey:
    """A key in the computer; `verified` says whether it recognises the person."""

    def __init__(self, session: CDPSession) -> None:
        self.session = session
        session.send("WebAuthn.enable")
        self.id = session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})["authenticatorId"]

    def recognise(self, verified: bool) -> None:
        self.session.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": verified})

    def credentials(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.session.send("WebAuthn.getCredentials", {"authenticatorId": self.id})[
            "credentials"
        ]
        return found


@pytest.fixture
def stage(page: Page) -> Stage:
    return set_up()


@pytest.fixture
def key(page: Page, stage: Stage) -> VirtualKey:
    """Alma's key, which she has just added."""
    made = VirtualKey(page.context.new_cdp_session(page))
    sign_in(page, "alma")
    page.goto("/konto/nyckel/")
    page.fill("[name=name]", "Mobilen")
    page.get_by_role("button", name="Lägg till nyckeln").click()
    page.wait_for_url(lambda url: "/nyckel/" not in url)
    return made


def sign_out(page: Page) -> None:
    page.goto("/konto/")
    page.locator(".menu--user summary").click()
    page.get_by_role("button", name="Logga ut").click()
    page.wait_for_url("**/logga-in/")


def test_a_key_is_added_and_bears_its_name(page: Page, key: VirtualKey) -> None:
    page.goto("/konto/")
    expect(page.locator("[aria-labelledby=factors]")).to_contain_text("Mobilen")
    looks(page, "account-two-factors")
    assert len(key.credentials()) == 1
    page.click("text=Ta bort Mobilen")
    looks(page, "key-remove")
    page.get_by_role("button", name="Ta bort nyckeln").click()
    page.wait_for_url("**/konto/")
    assert not Authenticator.objects.filter(user__username="alma", type="webauthn").exists()


def test_a_key_alone_signs_in(page: Page, key: VirtualKey, stage: Stage) -> None:
    sign_out(page)
    page.goto(f"/arenden/{stage.case.number}/")
    page.get_by_role("button", name="Logga in med nyckel").click()
    page.wait_for_url(f"**/arenden/{stage.case.number}/")
    expect(page.locator(".topbar__who")).to_contain_text("Alma")


def test_a_key_is_the_second_step_after_a_password(page: Page, key: VirtualKey) -> None:
    sign_out(page)
    fill_sign_in(page, "alma", entrance.PASSWORD)
    page.wait_for_url("**/logga-in/kod/**")
    looks(page, "code-or-key")
    page.get_by_role("button", name="nyckel").click()
    page.wait_for_url("**/mina-arenden/")


def test_a_key_unlocks(page: Page, key: VirtualKey, stage: Stage) -> None:
    page.goto(f"/arenden/{stage.case.number}/")
    page.keyboard.press("Control+Alt+l")
    page.wait_for_url("**/las-upp/**")
    looks(page, "locked-with-key")
    page.get_by_role("button", name="Lås upp med nyckel").click()
    page.wait_for_url(f"**/arenden/{stage.case.number}/")


def test_a_key_that_does_not_recognise_the_person_opens_nothing(page: Page, key: VirtualKey) -> None:
    page.goto("/konto/")
    page.keyboard.press("Control+Alt+l")
    page.wait_for_url("**/las-upp/**")
    key.recognise(False)
    page.get_by_role("button", name="Lås upp med nyckel").click()
    expect(page.locator("[data-passkey-error]")).to_be_visible()
    looks(page, "locked-key-refused")
    page.goto("/konto/")
    assert path(page) == "/las-upp/"


def test_a_key_confirms_what_is_sensitive(page: Page, key: VirtualKey) -> None:
    page.goto("/konto/")
    forget_proof(page)
    page.click("text=Byt lösenord")
    expect(page.locator("h1")).to_have_text("Bekräfta att det är du")
    looks(page, "confirm-with-key")
    page.get_by_role("button", name="Bekräfta med nyckel").click()
    page.wait_for_url("**/konto/losenord/")


def test_a_shut_account_is_open_to_its_key_and_a_blocked_one_is_not(page: Page, key: VirtualKey) -> None:
    sign_out(page)
    for _ in range(settings.AXES_FAILURE_LIMIT):
        page.goto("/logga-in/")
        with page.expect_navigation():
            fill_sign_in(page, "alma", "fel")
    expect(page.locator("h1")).to_contain_text("stängt")
    page.goto("/logga-in/")
    page.get_by_role("button", name="Logga in med nyckel").click()
    page.wait_for_url("**/mina-arenden/")
    sign_out(page)
    User.objects.filter(username="alma").update(is_active=False)
    page.get_by_role("button", name="Logga in med nyckel").click()
    expect(page.locator("h1")).to_have_text("Kontot är spärrat")
