"""Who knows what, in a real browser: from the first question to the name, and how the pages look, wide and narrow."""

import pytest
from playwright.sync_api import Page

from casework.cases.models import Case
from casework.crypto import keyring
from tests.housing.stages.conftest import Way, climb, let_in, make_way, protect
from tests.walks.looking import looks
from tests.walks.stage import Stage, path, set_up, sign_in

LONG = "Allmännyttans Bostadsförvaltningsaktiebolags tillgänglighetsanpassningssamordnare"


@pytest.fixture
def way(page: Page) -> Way:
    stage: Stage = set_up()
    with keyring.scope():
        protect(stage.cast, stage.case)
        case = Case.objects.select_related("client", "section").get(pk=stage.case.pk)
        return make_way(stage.cast, case)


def url_of(way: Way) -> str:
    return f"/arenden/{way.case.number}/boende/vagar/{way.track.pk}/vem-vet-vad/"


def test_a_receiver_is_told_the_need_and_gets_its_paper(page: Page, way: Way) -> None:
    sign_in(page, "alma")
    page.goto(url_of(way))
    looks(page, "stages-nothing-told")
    page.get_by_role("link", name="Lämna ut").click()
    looks(page, "stages-ask")
    page.select_option("[name=consent]", index=1)
    page.fill("[name=recipient]", LONG)
    page.fill("[name=purpose]", "En plats")
    page.fill("[name=phone]", "040-135791")
    page.get_by_role("button", name="Lämna ut uppgifterna").click()
    assert path(page) == url_of(way)
    assert page.get_by_text("Mottagaren får veta det nu.").is_visible()
    looks(page, "stages-told")
    with page.expect_download() as loaded:
        page.get_by_role("button", name="Skriv ut underlaget").click()
    assert loaded.value.suggested_filename == "underlag.pdf"


def test_what_takes_two_and_who_is_let_in(page: Page, way: Way) -> None:
    with keyring.scope():
        climb(way, "stage_profile", "stage_consented")
        let_in(way)
    sign_in(page, "alma")
    page.goto(url_of(way))
    looks(page, "stages-let-in")
    page.get_by_role("link", name="Lämna ut").click()
    looks(page, "stages-ask-by-two")
    page.goto(url_of(way))
    page.get_by_role("link", name="Stäng för boendesamordnaren").click()
    looks(page, "stages-let-out")


def test_the_coordinator_reads_and_sees_the_name_for_a_while(page: Page, way: Way) -> None:
    with keyring.scope():
        let_in(way)
    sign_in(page, "hanna")
    page.goto(f"/boende/behov/{way.need.token}/vagar/{way.track.kind.key}/vet/")
    looks(page, "stages-token")
    page.get_by_role("button", name="Visa namnet").click()
    page.get_by_text("Åsa").first.wait_for()
    looks(page, "stages-name")
    page.get_by_role("link", name="Dölj nu").click()
    page.get_by_role("button", name="Visa namnet").wait_for()
    assert not page.get_by_text("Åsa").count()
