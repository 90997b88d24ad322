"""The face in a real browser: sample pages look right, and the helpers do what they promise."""

from collections.abc import Iterator

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, Page, expect

from casework import shell
from casework.shell import NavItem
from tests.walks import desk as desks
from tests.walks.conftest import new_context
from tests.walks.desk import ORIGIN, Desk, answer
from tests.walks.looking import looks

STATUS = "[data-autosave-status]"


@pytest.fixture(autouse=True)
def frame(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(shell, "registry", shell.Registry())
    shell.register(NavItem("Mina ärenden", "list", "cases", ["kontaktperson"], key="m"))
    shell.register_search("kontaktperson")
    with override_settings(ROOT_URLCONF=desks):
        yield


@pytest.fixture
def desk(window: Page) -> Desk:
    return Desk(window)


@pytest.mark.parametrize("name", ["list", "list0", "form", "bad", "case", "plain"])
def test_a_sample_page_has_no_fault_in_any_size_or_colour(desk: Desk, name: str) -> None:
    desk.open(name)
    looks(desk.page, f"sample-{name}")


def test_a_long_list_fits_a_phone(desk: Desk) -> None:
    desk.page.set_viewport_size({"width": 320, "height": 700})
    desk.open("list100")
    assert desk.page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_help_and_the_menu_have_no_fault_either(desk: Desk) -> None:
    desk.open("case")
    desk.page.keyboard.press("?")
    expect(desk.page.get_by_role("dialog", name="Kortkommandon")).to_be_visible()
    looks(desk.page, "sample-help")
    desk.page.keyboard.press("Escape")
    desk.page.locator(".menu--user summary").click()
    looks(desk.page, "sample-menu")


def test_the_error_summary_has_focus_and_leads_into_the_field(desk: Desk) -> None:
    desk.open("bad")
    expect(desk.page.locator("[data-error-summary]")).to_be_focused()
    desk.page.get_by_role("link", name="Skriv ett heltal med siffror.").click()
    expect(desk.page.get_by_label("Minuter")).to_be_focused()


def test_a_draft_is_saved_when_typing_stops(desk: Desk) -> None:
    desk.say["/draft/"] = answer(saved="14.02")
    desk.open("form")
    desk.page.get_by_label("Vad hände?").fill("Vi talades vid")
    assert "POST /draft/" not in desk.asked
    expect(desk.page.locator(STATUS)).to_have_text("Utkast sparat 14.02")
    assert desk.asked.count("POST /draft/") == 1


def test_a_draft_that_cannot_be_saved_is_tried_again(desk: Desk) -> None:
    desk.say["/draft/"] = answer(503)
    desk.page.clock.install()
    desk.open("form")
    desk.page.get_by_label("Vad hände?").fill("Vi talades vid")
    desk.page.clock.run_for(2100)
    expect(desk.page.locator(STATUS)).to_have_text("Inte sparat än – försöker igen")
    desk.say["/draft/"] = answer(saved="14.03")
    desk.page.clock.run_for(3100)
    expect(desk.page.locator(STATUS)).to_have_text("Utkast sparat 14.03")


def test_a_locked_session_sends_the_writer_to_the_lock(desk: Desk) -> None:
    desk.say["/draft/"] = answer(423)
    desk.open("form")
    desk.page.get_by_label("Vad hände?").fill("Vi talades vid")
    desk.page.wait_for_url(lambda url: url.endswith("/lock/?next=%2Fform%2F"))


def test_leaving_with_unsaved_text_asks_first(desk: Desk) -> None:
    desk.say["/draft/"] = answer(503)
    asked: list[str] = []
    desk.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    desk.open("form")
    desk.page.get_by_label("Vad hände?").press_sequentially("Vi")
    desk.open("list")
    assert asked == ["beforeunload"]


def test_nothing_is_kept_in_the_browser(desk: Desk) -> None:
    desk.say["/draft/"] = answer(saved="14.02")
    desk.open("form")
    desk.page.get_by_label("Vad hände?").fill("Vi talades vid")
    expect(desk.page.locator(STATUS)).to_have_text("Utkast sparat 14.02")
    assert desk.page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_keys_search_go_and_start_a_step(desk: Desk) -> None:
    desk.open("case")
    desk.page.keyboard.press("/")
    expect(desk.page.locator("#top-search")).to_be_focused()
    desk.page.keyboard.type("gm")
    expect(desk.page.locator("#top-search")).to_have_value("gm")
    desk.page.evaluate("document.activeElement.blur()")
    desk.page.keyboard.press("n")
    desk.page.wait_for_url("**/form/")
    desk.page.keyboard.press("g")
    desk.page.keyboard.press("m")
    desk.page.wait_for_url("**/list/")


def test_letter_keys_can_be_switched_off(desk: Desk) -> None:
    desk.user.shortcuts = False
    desk.open("case")
    for key in ("n", "?", "/"):
        desk.page.keyboard.press(key)
    assert desk.page.url.endswith("/case/")
    expect(desk.page.get_by_role("dialog")).to_have_count(0)


def test_control_and_enter_send_the_form(desk: Desk) -> None:
    desk.open("form")
    desk.page.get_by_label("Vad hände?").press("Control+Enter")
    desk.page.wait_for_load_state()
    assert "POST /form/" in desk.asked


def test_control_alt_l_saves_the_draft_and_locks(desk: Desk) -> None:
    desk.say["/draft/"] = answer(saved="14.02")
    desk.open("form")
    desk.page.get_by_label("Vad hände?").press_sequentially("Vi")
    desk.page.keyboard.press("Control+Alt+KeyL")
    desk.page.wait_for_url("**/lock/")
    assert desk.asked.index("POST /draft/") < desk.asked.index("POST /lock/")


def test_an_idle_page_warns_and_goes_on_when_asked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell.Shell, "idle_seconds", 50)
    desk.say["/session/"] = answer(seconds_left=45)
    desk.open("list")
    dialog = desk.page.get_by_role("alertdialog", name="Snart låses sidan")
    expect(dialog).to_be_visible()
    desk.say["/session/"] = answer(seconds_left=600)
    dialog.get_by_role("button", name="Fortsätt arbeta").click()
    expect(dialog).to_be_hidden()
    assert "POST /session/" in desk.asked


def test_another_active_tab_keeps_this_one_open(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell.Shell, "idle_seconds", 62)
    desk.say["/session/"] = answer(seconds_left=600)
    desk.page.clock.install()
    desk.open("list")
    for _ in range(8):
        desk.page.clock.run_for(10_000)
    assert desk.page.url.endswith("/list/")
    expect(desk.page.get_by_role("alertdialog")).to_have_count(0)


def test_an_idle_page_locks_itself(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell.Shell, "idle_seconds", 2)
    desk.say["/session/"] = answer(seconds_left=1)
    desk.page.clock.install()
    desk.open("list")
    desk.page.clock.run_for(4000)
    desk.page.wait_for_url("**/lock/")


def test_a_revealed_value_is_hidden_again(desk: Desk) -> None:
    desk.page.clock.install()
    desk.open("case")
    desk.page.clock.run_for(58_000)
    expect(desk.page.get_by_text("Ingenstansgatan 1")).to_be_visible()
    desk.page.clock.run_for(3000)
    desk.page.wait_for_url("**/list/")
    assert "Ingenstansgatan" not in desk.page.content()


def test_a_long_text_is_counted_not_cut(desk: Desk) -> None:
    desk.say["/draft/"] = answer(saved="14.02")
    desk.open("form")
    area = desk.page.get_by_label("Vad hände?")
    area.fill("å" * 170)
    expect(desk.page.get_by_text("30 tecken kvar")).to_be_visible()
    area.fill("å" * 260)
    expect(desk.page.get_by_text("60 tecken för mycket")).to_be_visible()
    assert len(area.input_value()) == 260


def test_everything_can_be_reached_without_script(browser: Browser) -> None:
    context = new_context(browser, ORIGIN, java_script_enabled=False)
    page = context.new_page()
    page.set_viewport_size({"width": 320, "height": 700})
    desk = Desk(page)
    desk.open("case")
    page.locator(".menu--nav summary").click()
    page.get_by_role("link", name="Mina ärenden").click()
    page.wait_for_url("**/list/")
    page.locator(".menu--user summary").click()
    assert page.get_by_role("button", name="Logga ut").is_visible()
    assert page.get_by_role("button", name="Lås").is_visible()
    context.close()


def test_the_case_header_stays_in_sight(desk: Desk) -> None:
    desk.open("form")
    desk.page.set_viewport_size({"width": 1400, "height": 500})
    desk.page.mouse.wheel(0, 2000)
    header = desk.page.get_by_role("region", name="Ärende 2026-0417")
    expect(header).to_be_in_viewport()
    expect(header.get_by_text("Skyddad folkbokföring")).to_be_in_viewport()


def test_a_printed_page_shows_the_case_and_who_printed(desk: Desk) -> None:
    desk.open("case")
    desk.page.emulate_media(media="print")
    expect(desk.page.get_by_text("Utskrivet av Alma Lind")).to_be_visible()
    expect(desk.page.get_by_role("region", name="Ärende 2026-0417")).to_be_visible()
    expect(desk.page.get_by_role("navigation", name="Huvudmeny")).to_have_count(0)


def test_targets_are_large_enough_for_a_finger(browser: Browser) -> None:
    context = new_context(browser, ORIGIN, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 800})
    Desk(page).open("list")
    heights = page.locator("main .ds-button, .topbar__button").evaluate_all(
        "all => all.filter(e => e.offsetParent).map(e => e.getBoundingClientRect().height)"
    )
    context.close()
    assert heights
    assert min(heights) >= 44
