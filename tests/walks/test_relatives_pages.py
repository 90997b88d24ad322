"""Persons around, the comparison and one's own ties in a real browser: how they look, wide and narrow."""

import pytest
from playwright.sync_api import Page

from casework.clients.relatives import actions
from casework.clients.relatives.models import RelatedPerson, RelatedWords, TieWords
from casework.crypto import keyring
from tests import factories
from tests.walks.looking import looks
from tests.walks.stage import Stage, path, set_up, sign_in

LONG = "Har följt efter henne till arbetet två gånger i våras och ringer från nya nummer. Känner till körkvällarna."


@pytest.fixture
def stage(page: Page) -> Stage:
    return set_up()


def look(page: Page, place: str, name: str) -> None:
    answer = page.goto(place)
    assert answer is not None
    assert answer.status == 200, place
    looks(page, name)


def people(stage: Stage) -> RelatedPerson:
    """Two around her, one who is not any more, and ties of two who work here."""
    cast, case = stage.cast, stage.case
    with keyring.scope():
        facts = {"by": cast.alma, "case": case}
        told = RelatedWords(name="Rune Granberg", number="191212121212", about="Tidigare sambo", threat=LONG)
        actions.add_related(**facts, part="perpetrator", relation="former_partner", words=told)
        sister = RelatedWords(name="Gunda Nyberg", about="Syster", contact="Ring dagtid, hon vet vilka vi är.")
        related = actions.add_related(**facts, part="network", relation="sibling", words=sister)
        gone = actions.add_related(**facts, part="god_man", relation="rel_god_man", words=RelatedWords(name="Ulf Ros"))
        actions.end_related(by=cast.alma, related=gone, reason="Uppdraget upphörde")
        for user in (cast.alma, cast.bo):
            actions.declare_tie(by=user, words=TieWords(name="Rune Granberg", tie="Granne i samma trappuppgång"))
        factories.make_case(cast.cecilia, given_name="Gunda", family_name="Nyberg")
    return related


def test_the_pages_of_persons_around(page: Page, stage: Stage) -> None:
    case = stage.case
    sign_in(page, "cecilia")
    look(page, f"/arenden/{case.number}/personer/", "relatives-none")
    related = people(stage)
    for place, name in (
        ("", "relatives"),
        ("ny/", "related-new"),
        (f"{related.pk}/", "related-change"),
        (f"{related.pk}/avsluta/", "related-end"),
    ):
        look(page, f"/arenden/{case.number}/personer/{place}", name)
    page.goto(f"/arenden/{case.number}/personer/")
    page.get_by_role("button", name="Jämför personerna").click()
    assert page.get_by_text("Jäv kan finnas för: Bo Ek").is_visible()
    looks(page, "relatives-compared")


def test_the_pages_of_ones_own_ties(page: Page, stage: Stage) -> None:
    sign_in(page, "bo")
    look(page, "/mina-anknytningar/", "ties-none")
    look(page, "/mina-anknytningar/ny/", "tie-new")
    page.fill("[name=name]", "Rune")
    page.fill("[name=tie]", "Min bror")
    page.get_by_role("button", name="Anmäl anknytningen").click()
    looks(page, "tie-new-wrong")
    page.fill("[name=name]", "Rune Granberg")
    page.get_by_role("button", name="Anmäl anknytningen").click()
    assert path(page) == "/mina-anknytningar/"
    looks(page, "ties")
    page.get_by_role("link", name="Avsluta anknytningen").click()
    looks(page, "tie-end")
