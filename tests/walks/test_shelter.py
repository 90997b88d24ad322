"""Skyddat boende through the pages: a mother and her two children, whose other guardians do not answer alike."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from audit.tags import Tag
from casework.clients.children.models import Child
from casework.crypto import keyring
from housing.shelter import clocks
from housing.shelter.models import ShelterStay
from tests.fixtures import cases_of, last_event
from tests.housing.shelter.facts import PLACE, TODAY, child_of, day, family, guard, provider
from tests.walks.filling import fill, follow, form, submit
from tests.walks.looking import looks
from tests.walks.stage import Stage, path, set_up, sign_in

SECRET = ("Xylofonen", "Quintgatan", "Wexa")
BEGUN = -6  # the children came there so many days ago, within the week of an immediate decision
IMMEDIATELY = ("Underställ förvaltningsrätten", "Ansök hos förvaltningsrätten")


@dataclass
class Household:
    """The mother's case; the elder child's guardians all consent, one of the younger child's does not."""

    stage: Stage
    elder: Child
    younger: Child
    provider: str

    @property
    def at(self) -> str:
        return f"/arenden/{self.stage.case.number}/boende/skyddat/"

    def of(self, child: Child | None) -> str:
        """The address of her stay, or of a child's."""
        return f"{self.at}{ShelterStay.objects.get(child=child).pk}/"


@pytest.fixture
def household(page: Page) -> Household:
    stage = set_up()
    cast, case = stage.cast, stage.case
    with keyring.scope():
        elder = family(cast, case, agreed=True)
        younger = child_of(cast, case, day(-4 * 366), alias="yngsta barnet")
        guard(cast, younger, is_case_person=True)
        guard(cast, younger)
        return Household(stage, elder, younger, str(provider().pk))


def as_user(page: Page, username: str) -> None:
    page.context.clear_cookies()
    sign_in(page, username)


def text_of(page: Page, place: str) -> str:
    """What a page says, once it is known that it tells neither where they are nor who the child and guardians are."""
    answer = page.goto(place)
    assert answer is not None
    assert answer.status == 200, place
    hides(page)
    return page.locator("main").inner_text()


def hides(page: Page) -> None:
    for word in (*SECRET, "Qvirina", "Plyx"):
        assert word not in page.content(), f"{word}: {page.url}"


def row_of(page: Page, alias: str) -> str:
    """What the list says of one child."""
    return page.locator("main li", has=page.get_by_role("link", name=alias)).inner_text()


def decides(page: Page, household: Household, days: int, **fields: str) -> None:
    """Fills in the decision that is open, and takes it."""
    texts = {"contents": "Bifall till skyddat boende", "motivation": "Hotet består"}
    fill(page, provider=household.provider, decided_on=str(day(days)), **texts, **fields)
    submit(page)


def decides_hers(page: Page, household: Household) -> None:
    page.goto(household.at)
    follow(page, "Besluta om skyddat boende")
    decides(page, household, -40, unit=PLACE.unit, address=PLACE.address, note=PLACE.note)
    assert path(page) == household.of(None)
    assert page.get_by_text("Beslutet är fattat.").is_visible()
    hides(page)


def decides_theirs(page: Page, household: Household) -> None:
    """Each child's own ground; the one that all consent to is refused where a guardian does not."""
    text_of(page, household.at)
    follow(page, ": äldsta barnet")
    hides(page)
    assert page.get_by_text("Samtycke finns").is_visible()
    decides(page, household, BEGUN, ground="all_consent")
    text_of(page, household.of(household.elder))
    page.goto(household.at)
    follow(page, ": yngsta barnet")
    hides(page)
    assert page.get_by_text("Inget samtycke som gäller").is_visible()
    decides(page, household, BEGUN, ground="all_consent")
    assert "En vårdnadshavare har inget samtycke" in page.locator("[data-error-summary]").inner_text()
    fill(page, ground="immediate", visitation="Inget umgänge under tiden")
    submit(page)
    assert path(page) == household.of(household.younger)
    assert "Barn utan beslut" not in text_of(page, household.at)


def begin(page: Page, household: Household) -> None:
    for child, days in ((None, -30), (household.elder, BEGUN), (household.younger, BEGUN)):
        form(page, f"{household.of(child)}start/", day=str(day(days)))
        assert page.get_by_text("Vistelsen pågår, tiderna räknas.").is_visible()
        hides(page)


def each_has_its_own(page: Page, household: Household) -> None:
    """The ground and the clocks of each child, on its page and on the list; nothing of the other one's."""
    elder, younger = (text_of(page, household.of(child)) for child in (household.elder, household.younger))
    text_of(page, household.at)
    for told in (elder, row_of(page, "Äldsta barnet")):
        assert "Alla vårdnadshavare samtycker" in told
        assert "SoL 22 kap. 13 §" in told
        assert "Yngsta" not in told
        assert not any(word in told for word in ("Omedelbar insats", *IMMEDIATELY))
    for told in (younger, row_of(page, "Yngsta barnet")):
        assert "Omedelbar insats (lag 2024:79, 4 kap.)" in told
        assert f"Senast {clocks.submit_by(day(BEGUN))}" in told
        assert f"Senast {clocks.apply_by(day(BEGUN))}" in told
        assert "Äldsta" not in told
        assert "Alla vårdnadshavare samtycker" not in told


def goes_to_court(page: Page, household: Household) -> None:
    """The younger child's decision: submitted within its week, confirmed, applied for and granted."""
    at = household.of(household.younger)
    for button, days, fields in (
        ("Anteckna underställningen", -4, {}),
        ("Anteckna rättens prövning", -3, {"answer": "yes"}),
        ("Anteckna ansökan till rätten", -2, {}),
        ("Anteckna rättens beslut", 0, {"answer": "yes"}),
    ):
        page.goto(at)
        follow(page, button)
        hides(page)
        fill(page, day=str(day(days)), **fields)
        submit(page)
        assert path(page) == at
        assert not page.get_by_role("link", name=button).count()
    for told in (text_of(page, at), text_of(page, household.at) and row_of(page, "Yngsta barnet")):
        assert f"Gjort {day(-4)}" in told
        assert f"Gjort {day(-2)}" in told
    assert "rätten" not in row_of(page, "Äldsta barnet")
    course = text_of(page, at)
    for word in ("Underställdes rätten", "Rätten fastställde", "Ansökan till rätten", "Rätten beslutade"):
        assert word in course


def is_shown_for_a_reason(page: Page, household: Household) -> None:
    text_of(page, household.of(None))
    page.get_by_label("Varför behöver du se stället?").select_option("meeting")
    page.get_by_role("button", name="Visa stället").click()
    for word in SECRET:
        page.get_by_text(word).wait_for()
    looks(page, "stay-place")
    with keyring.scope():
        event = last_event(Tag.STAY_PLACE_REVEALED)
        assert (cases_of(event), event.reason_code) == ({household.stage.case.number}, "meeting")
    page.get_by_role("link", name="Dölj nu").click()
    page.get_by_role("button", name="Visa stället").wait_for()
    hides(page)
    for place in (household.at, *(household.of(child) for child in (None, household.elder, household.younger))):
        text_of(page, place)


def ends_hers(page: Page, household: Household) -> None:
    """With hers the children's stays are over, the same day, and no time runs any more."""
    page.goto(household.of(None))
    follow(page, "Avsluta vistelsen")
    hides(page)
    fill(page, day=str(TODAY), why="stay_own_home", outcome="De har flyttat hem till sig")
    submit(page)
    for child in (None, household.elder, household.younger):
        told = text_of(page, household.of(child))
        assert "Läge: avslutad." in told
        assert "Inga tider löper." in told
        assert str(TODAY) in told
        assert ("Vårdnadshavarens insats upphörde (7 kap. 1 §)" in told) is (child is not None)
        for word in ("Gör nu", "är inte övervägd än"):
            assert word not in told
    looks(page, "stay-over")
    assert text_of(page, household.at).count(f"Upphörde {TODAY}") == 3
    looks(page, "stays-over")


def test_a_mother_and_her_children_of_different_guardians(page: Page, household: Household) -> None:
    sign_in(page, "cecilia")
    decides_hers(page, household)
    decides_theirs(page, household)
    as_user(page, "alma")
    begin(page, household)
    each_has_its_own(page, household)
    goes_to_court(page, household)
    is_shown_for_a_reason(page, household)
    page.goto(household.of(household.younger))
    looks(page, "stay-child")
    page.goto(household.at)
    looks(page, "stays")
    ends_hers(page, household)
