"""A kontaktperson's and a sektionschef's working day, by keyboard, in a real browser."""

import time

import pytest
from playwright.sync_api import Page, expect

from casework.cases.models import Case, JournalNote
from casework.crypto import keyring
from contacts.assignments import actions as contacts
from contacts.models import Assignment
from tests import factories
from tests.walks.stage import Stage, path, set_up, sign_in


@pytest.fixture
def stage(page: Page) -> Stage:
    return set_up()


def presses(page: Page) -> list[str]:
    """Every key pressed from now on, also on the pages that follow."""
    keys: list[str] = []
    page.expose_function("countKey", lambda key: keys.append(str(key)))
    script = "addEventListener('keydown', (event) => countKey(event.key), true)"
    page.add_init_script(script)
    page.evaluate(script)
    return keys


def test_a_step_is_signed_by_keyboard_in_half_a_minute(page: Page, stage: Stage) -> None:
    sign_in(page, "alma")
    expect(page.locator("h1")).to_have_text("Mina ärenden")
    keys, began = presses(page), time.monotonic()
    page.keyboard.press("n")
    page.wait_for_url("**/steg/")
    written = "Vi gick igenom läget."
    expect(page.locator("[name=text]")).to_be_focused()
    page.keyboard.type(written)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/arenden/{stage.case.number}/**")
    assert time.monotonic() - began <= 30
    assert len(keys) - len(written) <= 12
    expect(page.locator(".messages")).to_contain_text("Stödsteget är signerat")
    expect(page.locator(".timeline__item").first).to_contain_text(written)


def test_an_assignment_is_accepted_and_the_case_opens(page: Page, stage: Stage) -> None:
    with keyring.scope():
        case = factories.make_case(stage.cast.cecilia, given_name="Maj", family_name="Ny")
        contacts.offer_assignment(by=stage.cast.cecilia, case=case, user=stage.cast.alma, kind="main", no_conflict=True)
    sign_in(page, "alma")
    page.click("text=Svara på uppdraget")
    page.click("text=Tacka ja till uppdraget")
    expect(page.locator(".ds-error-summary")).to_contain_text("jäv")
    page.check("[name=no_conflict]")
    page.click("text=Tacka ja till uppdraget")
    page.wait_for_url(f"**/arenden/{case.number}/")
    case.refresh_from_db()
    assert case.state == Case.State.OPEN


def test_a_draft_survives_the_lock(page: Page, stage: Stage) -> None:
    sign_in(page, "alma")
    page.goto(f"/arenden/{stage.case.number}/steg/")
    page.fill("[name=text]", "Halvvägs genom en mening")
    page.keyboard.press("Control+Alt+l")
    page.wait_for_url("**/las-upp/**")
    page.go_back()
    page.wait_for_url("**/las-upp/**")
    assert "Halvvägs" not in page.content()
    page.fill("[name=password]", "fyra ord utan samband 2026")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "las-upp" not in url)
    page.goto(f"/arenden/{stage.case.number}/steg/")
    expect(page.locator("[name=text]")).to_have_value("Halvvägs genom en mening")
    expect(page.locator("[data-autosave-status]")).to_contain_text("Utkast sparat")
    assert not JournalNote.objects.filter(signed_at__gte=stage.case.created_at).exclude(about=None).exists()


def test_the_sektionschef_takes_in_and_assigns(page: Page, stage: Stage) -> None:
    sign_in(page, "cecilia")
    page.keyboard.press("n")
    page.wait_for_url("**/arenden/nytt/")
    page.fill("[name=given_name]", "Mirela")
    page.fill("[name=safe_way]", "Ring och säg kodordet")
    page.select_option("[name=referral_source]", "police")
    page.check("[name=marks][value=SECRECY_MARKING]")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".ds-error-summary")).to_contain_text("från vilken dag")
    expect(page.locator("[name=given_name]")).to_have_value("Mirela")
    page.fill("[name=marked_from]", "1/3 2026")
    page.click("text=Ta emot och utse kontaktperson")
    page.wait_for_url("**/kontaktperson/")
    page.check("[name=conflict][value=no]")
    page.check(f"[name=user][value='{stage.cast.bo.pk}']")
    page.click("text=Skicka frågan")
    page.wait_for_url(lambda url: "kontaktperson" not in url)
    expect(page.locator(".case-header")).to_contain_text("Sekretessmarkering")
    assert Assignment.objects.get(user=stage.cast.bo).state == Assignment.State.OFFERED
    assert "Mirela" not in page.content()


def test_identity_is_shown_for_a_reason_and_masked_again(page: Page, stage: Stage) -> None:
    sign_in(page, "alma")
    page.goto(f"/arenden/{stage.case.number}/")
    assert "Öberg" not in page.content()
    page.select_option("#identitet-reason", "meeting")
    page.click("#identitet button")
    expect(page.locator(".facts").first).to_contain_text("Åsa Öberg")
    page.click("text=Dölj nu")
    page.wait_for_url(f"**/arenden/{stage.case.number}/")
    assert "Öberg" not in page.content()
    assert "Öberg" not in page.title()


@pytest.mark.parametrize("username", ["ada", "dag", "hanna"])
def test_those_who_need_no_person_see_none(page: Page, stage: Stage, username: str) -> None:
    sign_in(page, username)
    assert stage.case.number not in page.content()
    for place in (f"/arenden/{stage.case.number}/", "/mina-arenden/", "/sektionen/", "/arenden/nytt/", "/loggen/"):
        answer = page.goto(place)
        assert answer is not None
        assert answer.status in {403, 404}
        assert stage.case.pseudonym not in page.content()


def test_search_finds_the_case_and_leaves_no_trace_in_the_address(page: Page, stage: Stage) -> None:
    sign_in(page, "alma")
    page.keyboard.press("/")
    page.keyboard.type("öberg")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sok/")
    expect(page.locator(".hit")).to_contain_text(stage.case.number)
    assert path(page) == "/sok/"
