"""A household moves from one municipality to another: two installations that share nothing but files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page

from casework.cases.disclosures import actions as disclosures
from casework.clients import actions as clients
from casework.crypto import keyring
from housing.kompott import agreement_actions as agreements
from housing.kompott.models import Agreement, AgreementMember, AgreementWords, KompottRequest
from housing.needs import actions as needs
from housing.needs.models import NeedProfile
from housing.quotas.actions import set_quota
from housing.stages import actions as stages
from housing.tracks import actions as tracks
from housing.tracks import kind_actions
from housing.tracks.models import Track, TrackKind
from tests.housing.made import make_consent
from tests.walks.conftest import tab
from tests.walks.elsewhere import installation
from tests.walks.stage import Stage, set_up, sign_in

LUND, MALMO = "1281", "1280"
PROFILE = NeedProfile(
    adults=1, children=["1-5"], rooms=2, avoid=["city_east"], threat="partner", note="Äldsta heter Quilla"
)
OFFER = {"text": "Två rum, 7 400 kr, från mars"}
SECRET = ("Åsa", "Öberg", "Quilla", "Alma")


@pytest.fixture
def lund(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A tab at the other municipality's program, which was installed just now."""
    home = tmp_path / "lund"
    home.mkdir()
    with installation(home, LUND) as origin:
        yield from tab(browser, origin)


@pytest.fixture
def hanna(browser: Browser, live_server: Any, page: Page) -> Iterator[Page]:
    """The coordinator's own tab at our program: what is hers is done there."""
    yield from tab(browser, live_server.url)


@pytest.fixture
def stage(page: Page) -> Stage:
    """Alma's person needs a home in another municipality; an agreement with Lund waits for its keys."""
    made = set_up()
    cast, today = made.cast, timezone.localdate()
    until = today.replace(year=today.year + 1, day=1)
    with keyring.scope():
        kind_actions.load_start(by=None)
        need = needs.write_need(by=cast.alma, case=made.case, urgency="now", profile=PROFILE)
        need = needs.publish_need(by=cast.alma, need=need)
        kompott = TrackKind.objects.get(key="kompott")
        track = tracks.start_track(by=cast.alma, need=need, kind=kompott, next_step="", next_on=None, note="")
        asked = stages.Asked(recipient="Lund", purpose="Ett hem", weighing="Utan hem blir hon kvar i fara.")
        clients.add_mark(by=cast.alma, case=made.case, kind="SECRECY_MARKING", valid_from=today)
        row = stages.ask_stage(
            by=cast.alma, track=track, receiver="municipality", stage="stage_profile", asked=asked,
            consent=make_consent(cast.alma, made.case),
        )  # fmt: skip
        assert row.disclosure is not None
        disclosures.give_disclosure(by=cast.cecilia, disclosure=row.disclosure)
        agreement = agreements.write_agreement(
            by=cast.hanna, name="Kompott Skåne", valid_from=today, valid_until=until, answer_days=14,
            lease="sublease", sublet_months=12, words=AgreementWords(),
        )  # fmt: skip
        member = agreements.add_member(by=cast.hanna, agreement=agreement, code=LUND)
        set_quota(by=cast.hanna, member=member, year=today.year, homes=1)
    return made


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def demo(page: Page, username: str) -> None:
    """Through the demo's door of the other installation."""
    page.context.clear_cookies()
    page.goto("/demo/")
    with page.expect_navigation():
        page.locator(f"[data-username={username}]").click()
    page.wait_for_url(lambda url: "/demo/" not in url and "/logga-in/" not in url, timeout=30_000)


def file_of(page: Page, folder: Path) -> Path:
    """The file that the other side is to be told by."""
    with page.expect_download() as loading:
        page.get_by_role("button", name="Ladda ner filen").click()
    kept = folder / f"{timezone.now():%H%M%S%f}.json"
    loading.value.save_as(kept)
    for word in SECRET:
        assert word.encode() not in kept.read_bytes()
    return kept


def take_in(page: Page, file: Path) -> None:
    page.goto("/boende/kompott/las-in/")
    page.set_input_files("[name=file]", str(file))
    press(page, "Läs in filen")
    assert page.get_by_text("Filen är inläst").is_visible()


def own_keys(page: Page) -> list[str]:
    """Signing key, sealing key and check code, as the administrator reads them."""
    page.goto("/boende/kompott/nycklar/")
    if page.get_by_text("Inga nycklar").is_visible():
        press(page, "Skapa nycklar")
    return [*page.locator("code").all_text_contents(), page.locator(".facts strong").first.inner_text()]


def check_keys(page: Page, member: str, keys: list[str]) -> None:
    page.goto(f"{member}nycklar/")
    for name, value in zip(("verify_key", "seal_key", "heard"), keys, strict=True):
        page.fill(f"[name={name}]", value)
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()
    assert page.get_by_text("Kontrollkoden är").is_visible()


def meet(page: Page, hanna: Page, lund: Page) -> None:
    """Both make keys, read them to each other and note them."""
    sign_in(page, "ada")
    ours = own_keys(page)
    demo(lund, "ada")
    theirs = own_keys(lund)
    sign_in(hanna, "hanna")
    check_keys(hanna, f"/boende/kompott/kommun/{AgreementMember.objects.get(code=LUND).pk}/", theirs)
    demo(lund, "hanna")
    lund.goto("/boende/kompott/")
    lund.get_by_role("link", name="Kompott Skåne").first.click()
    lund.get_by_role("link", name="Malmö").first.click()
    check_keys(lund, lund.url.removesuffix("/") + "/", ours)


def test_a_household_moves_from_one_installation_to_another(
    page: Page, hanna: Page, lund: Page, stage: Stage, tmp_path: Path
) -> None:
    meet(page, hanna, lund)
    page.context.clear_cookies()
    sign_in(page, "alma")
    track = Track.objects.get()
    request = f"/arenden/{stage.case.number}/boende/vagar/{track.pk}/kompott/"
    writes(page, request)
    send(page, request, "skicka")
    take_in(lund, file_of(page, tmp_path))
    reference = KompottRequest.objects.get().reference
    assert lund.get_by_role("heading", name=f"Förfrågan {reference}").is_visible()
    for word in (*SECRET, stage.case.number, track.need.token):
        assert word not in lund.content()
    offer = lund.url
    for answer, text, said in (("mottagen", {}, "Mottagen"), ("erbjud", OFFER, "Erbjudande")):
        send(lund, offer, answer, **text)
        take_in(hanna, file_of(lund, tmp_path))
        page.goto(request)
        assert page.get_by_text(said).first.is_visible()
    for step, theirs in (
        ("tacka-ja", "Tackat ja"),
        ("inflyttad", "Inflyttad"),
        ("kvar", "kvar"),
        ("avsluta", "Avslutad"),
    ):
        on = {"on": str(timezone.localdate())} if step == "inflyttad" else {}
        send(page, request, step, **on)
        take_in(lund, file_of(page, tmp_path))
        assert lund.get_by_text(theirs).first.is_visible()
        lund.goto(offer)
    assert KompottRequest.objects.get().state == "closed"
    for side, other in ((hanna, "Lund"), (lund, "Malmö")):
        side.goto("/boende/kompott/saldo/")
        assert side.get_by_role("row", name=other).first.is_visible()
    assert Agreement.objects.get().members.get(code=LUND).quotas.get().taken == 1


def writes(page: Page, request: str) -> None:
    """The request: to Lund, on her consent."""
    page.goto(request)
    page.select_option("[name=member]", index=1)
    page.select_option("[name=consent]", index=1)
    with page.expect_navigation():
        page.locator("main form.form button[type=submit]").click()
    assert page.locator("[data-error-summary]").count() == 0, page.locator("[data-error-summary]").inner_text()


def send(page: Page, place: str, step: str, **filled: str) -> None:
    """One step at one side's own page of the request."""
    page.goto(f"{place}{step}/")
    for name, value in filled.items():
        page.fill(f"[name={name}]", value)
    with page.expect_navigation():
        page.locator("main form.form button[type=submit]").click()
    assert page.locator("[data-error-summary]").count() == 0, page.locator("[data-error-summary]").inner_text()
