"""Leases in a real browser: from a home that is held to her own lease, and the coordinator's board of them."""

import pytest
from playwright.sync_api import Page

from casework.crypto import keyring
from housing.tenancies import actions
from housing.tenancies.models import Tenancy
from tests.housing.tenancies.facts import TODAY, accepted, ago, alarm, living, sign, step_all, visit, waive
from tests.walks.looking import glance, looks
from tests.walks.stage import Stage, path, set_up, sign_in

LONG = "Bostadsrättsföreningens ordningsregler, fastighetsförvaltningens störningsanmälan, hyresgästföreningens svar."


@pytest.fixture
def stage(page: Page) -> Stage:
    return set_up()


def lived_in(stage: Stage) -> Tenancy:
    """A sublease near its two years, with an alarm, a visit, a waiver that lacks something and a check to make."""
    cast, case = stage.cast, stage.case
    with keyring.scope():
        track, _ = accepted(cast, case)
        tenancy = living(cast, case, track, starts_on=ago(640), conditions=LONG, trial_until=TODAY, next_visit_on=TODAY)
        alarm(cast, tenancy, text=LONG)
        visit(cast, tenancy, text=LONG)
        tenancy.refresh_from_db()
        waive(cast, tenancy, document=LONG, approval="", has_spouse=True)
        return Tenancy.objects.select_related("case").get(pk=tenancy.pk)


def test_a_lease_is_noted_from_the_home_that_is_held(page: Page, stage: Stage) -> None:
    base = f"/arenden/{stage.case.number}/boende/hyra/"
    with keyring.scope():
        accepted(stage.cast, stage.case)
    sign_in(page, "alma")
    page.goto(base)
    looks(page, "leases-none")
    page.get_by_role("link", name="Anteckna kontraktet för").click()
    looks(page, "lease-new")
    page.fill("[name=starts_on]", "förra veckan")
    page.get_by_role("button", name="Anteckna kontraktet").click()
    looks(page, "lease-new-wrong")
    page.fill("[name=starts_on]", str(ago(7)))
    page.select_option("[name=lease]", "sublease")
    page.get_by_label("Kommunen", exact=True).check()
    page.get_by_role("button", name="Anteckna kontraktet").click()
    assert page.get_by_text("Kontraktet är antecknat.").is_visible()
    page.get_by_role("link", name="Anteckna inflyttningen").click()
    page.get_by_role("button", name="Anteckna inflyttningen").click()
    assert page.get_by_text("Inflyttningen är antecknad.").is_visible()
    assert path(page).startswith(base)
    page.get_by_role("button", name="Visa hemmets adress").click()
    page.get_by_text("Rosengatan 7, Malmö").wait_for()


def test_the_pages_of_a_lease(page: Page, stage: Stage) -> None:
    tenancy = lived_in(stage)
    base, faults = f"/arenden/{stage.case.number}/boende/hyra/", []
    with keyring.scope():
        sign(stage.cast, stage.case, lease="transitional_home")
        alarm_pk = tenancy.alarms.get().pk
    sign_in(page, "cecilia")
    for more, name in (
        ("", "leases"),
        (f"{tenancy.pk}/", "lease"),
        (f"{tenancy.pk}/andra/", "lease-change"),
        (f"{tenancy.pk}/avstaende/", "lease-waiver"),
        (f"{tenancy.pk}/overtagande/", "lease-takeover"),
        (f"{tenancy.pk}/steg/", "lease-step"),
        (f"{tenancy.pk}/tillsyn/", "lease-visit"),
        (f"{tenancy.pk}/larm/", "lease-alarm"),
        (f"{tenancy.pk}/larm/{alarm_pk}/", "lease-alarm-settle"),
        (f"{tenancy.pk}/bor-kvar/?efter=check_6", "lease-check"),
        (f"{tenancy.pk}/avsluta/", "lease-end"),
    ):
        answer = page.goto(f"{base}{more}")
        assert answer is not None
        assert answer.status == 200, more
        faults += glance(page, name)
    assert not faults, "\n".join(faults)
    with keyring.scope():
        step_all(stage.cast, tenancy)
        actions.take_over(by=stage.cast.alma, tenancy=tenancy, on=TODAY, reason="")
    page.goto(f"{base}{tenancy.pk}/")
    looks(page, "lease-taken-over")


def test_the_coordinators_board(page: Page, stage: Stage) -> None:
    sign_in(page, "hanna")
    page.goto("/boende/hyra/")
    looks(page, "leases-board-none")
    tenancy = lived_in(stage)
    page.goto("/boende/hyra/")
    assert tenancy.home is not None
    assert page.get_by_text(tenancy.home.name, exact=True).is_visible()
    looks(page, "leases-board")
