"""From a need to a home, through the pages: förtur with a sublease that is taken over, and a private landlord."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from casework.clients import actions as clients
from casework.crypto import keyring
from housing.homes import colocation
from housing.homes.models import ColocationDecision, Home
from housing.landlords import actions as landlords
from housing.landlords.models import Landlord
from housing.needs.models import HousingNeed
from housing.quotas.actions import set_quota
from housing.tenancies.models import Tenancy
from housing.tracks import kind_actions
from housing.tracks.models import Track, TrackKind
from tests import factories
from tests.housing.made import make_consent, make_home, make_need, make_track
from tests.walks.filling import fill, follow, form, submit
from tests.walks.looking import looks
from tests.walks.stage import Stage, set_up, sign_in


@pytest.fixture
def stage(page: Page) -> Stage:
    """The ways and the landlords that a new installation has; it is known that she has no protection of her data."""
    made = set_up()
    with keyring.scope():
        kind_actions.load_start(by=None)
        landlords.load_start(by=None)
        public = Landlord.objects.get(kind="public")
        set_quota(by=made.cast.hanna, landlord=public, year=timezone.localdate().year, homes=1)
        make_consent(made.cast.alma, made.case)
        facts = {"by": made.cast.alma, "case": made.case, "kind": "SECRECY_MARKING"}
        clients.add_mark(**facts, valid_from=timezone.localdate())
    return made


def as_user(page: Page, username: str) -> None:
    page.context.clear_cookies()
    sign_in(page, username)


def today(days: int = 0) -> str:
    return str(timezone.localdate() + timedelta(days=days))


def writes_the_need(page: Page, stage: Stage) -> HousingNeed:
    """The need, handed to the coordinator."""
    at = f"/arenden/{stage.case.number}/boende/"
    page.goto(at)
    looks(page, "housing-none")
    form(page, f"{at}behov/nytt/", urgency="month", adults="1", rooms="2", max_rent="9000")
    need = HousingNeed.objects.get()
    form(page, f"{at}behov/{need.pk}/lamna/")
    assert page.get_by_text(need.token).first.is_visible()
    return HousingNeed.objects.get()


def begins(page: Page, stage: Stage, key: str) -> Track:
    form(page, f"/arenden/{stage.case.number}/boende/vagar/ny/", kind=key)
    return Track.objects.get(kind__key=key, case=stage.case)


def a_home(page: Page, landlord: Landlord, lease: str) -> Home:
    """The coordinator puts a home in the register and checks it."""
    form(
        page, f"/boende/hem/ny/?hyresvard={landlord.pk}", landlord=str(landlord.pk), lease=lease, area="city_south",
        rooms="2", rent="7400", available_from=today(), street="Påhittsgatan 3", town="Malmö",
    )  # fmt: skip
    home = Home.objects.get(landlord=landlord)
    form(page, f"/boende/hem/{home.name}/kontroll/", safety="safety_good", safety_on=today(), text="Porttelefon")
    return home


def step(page: Page, stage: Stage, track: Track, name: str, **fields: str) -> None:
    form(page, f"/arenden/{stage.case.number}/boende/vagar/{track.pk}/steg/{name}/", **fields)


def test_fortur_becomes_a_sublease_that_is_taken_over(page: Page, stage: Stage) -> None:
    sign_in(page, "alma")
    need = writes_the_need(page, stage)
    track = begins(page, stage, "fortur-andra-hand")
    at = f"/arenden/{stage.case.number}/boende/vagar/{track.pk}/"
    public = Landlord.objects.get(kind="public")
    form(page, f"{at}fortur/skriv/", landlord=str(public.pk))
    as_user(page, "cecilia")
    form(page, f"{at}fortur/godkann/", read=True)
    as_user(page, "alma")
    asks(page, at, "kommunal-hyresvard", "samtycke")
    page.goto(f"{at}fortur/")
    with page.expect_download() as loading:
        page.get_by_role("button", name="Skriv ut").first.click()
    assert loading.value.suggested_filename.endswith(".pdf")
    form(
        page, f"{at}fortur/beslut/", outcome="granted", decided_on=today(), decider="Chefen Påhittad",
        valid_until=today(90), offers_allowed="1",
    )  # fmt: skip
    as_user(page, "hanna")
    home = a_home(page, public, "sublease")
    holds(page, home, need, track)
    as_user(page, "alma")
    step(page, stage, track, "accept", on=today())
    tenancy = signs(page, stage, track, lease="sublease", tenant="tenant_city")
    takes_over(page, stage, tenancy)
    assert Home.objects.get().state == "taken"
    assert HousingNeed.objects.get().state == "met"
    assert Landlord.objects.get(kind="public").quotas.get().taken == 1


def asks(page: Page, at: str, receiver: str, wanted: str) -> None:
    """A receiver is told more, on her consent."""
    page.goto(f"{at}vem-vet-vad/{receiver}/{wanted}/")
    page.locator("[name=consent]").select_option(index=1)
    fill(page, recipient="Hyresvärden", purpose="Ett hem", phone="040-10 00 00")
    submit(page)
    page.goto(f"{at}vem-vet-vad/")
    looks(page, "stages")


def holds(page: Page, home: Home, need: HousingNeed, track: Track) -> None:
    """The coordinator sees that the home fits, and why, and holds it; she never sees whose need it is."""
    page.goto(f"/boende/hem/behov/{need.token}/")
    assert page.get_by_text(home.name).first.is_visible()
    looks(page, "matches")
    page.goto(f"/boende/hem/{home.name}/hall/{need.token}/")
    for word in ("Åsa", "Öberg", track.case.number):
        assert word not in page.content()
    fill(page, answer_by=today(7))
    submit(page)


def signs(page: Page, stage: Stage, track: Track, **terms: str) -> Tenancy:
    at = f"/arenden/{stage.case.number}/boende/hyra/"
    form(page, f"{at}nytt/?vag={track.pk}", starts_on=today(-10), rent="7400", **terms)
    tenancy = Tenancy.objects.get()
    form(page, f"{at}{tenancy.pk}/inflyttning/", on=today())
    page.goto(f"{at}{tenancy.pk}/")
    looks(page, "tenancy")
    return tenancy


def takes_over(page: Page, stage: Stage, tenancy: Tenancy) -> None:
    at = f"/arenden/{stage.case.number}/boende/hyra/{tenancy.pk}/"
    for _ in range(7):
        page.goto(f"{at}steg/")
        page.locator("[name=step]").first.check()
        fill(page, on=today())
        submit(page)
    form(page, f"{at}overtagande/", on=today())
    assert page.get_by_text("Kontraktet är hennes eget").first.is_visible()
    page.goto(at)
    looks(page, "tenancy-taken-over")


def test_a_private_landlord_from_training_to_lease(page: Page, stage: Stage) -> None:
    sign_in(page, "hanna")
    form(page, "/boende/hyresvardar/ny/", called="Fastighets AB Sundet", kind="private", pilot=True)
    private = Landlord.objects.get(kind="private")
    one = f"/boende/hyresvardar/{private.pk}/"
    assert page.get_by_text("inte fått någon utbildning").is_visible()
    form(page, f"{one}utbildning/", content="training_basics", held_on=today(), held_by="Kompetenscentrum")
    form(page, f"{one}avtal/", valid_from=today(), valid_until=today(365), homes_a_year="4", terms="Svar på tio dagar")
    form(page, f"{one}samtal/", text="Ett hem blir ledigt i vår.")
    looks(page, "landlord")
    page.goto("/boende/hyresvardar/")
    looks(page, "landlords")
    home = a_home(page, private, "first_hand")
    as_user(page, "alma")
    need = writes_the_need(page, stage)
    track = begins(page, stage, "privat-hyresvard")
    as_user(page, "hanna")
    page.goto("/boende/")
    looks(page, "queue")
    follow(page, need.token)
    looks(page, "need")
    holds(page, home, need, track)
    page.goto("/boende/hem/")
    looks(page, "homes-board")
    as_user(page, "alma")
    step(page, stage, track, "accept", on=today())
    page.goto(f"/arenden/{stage.case.number}/boende/")
    looks(page, "housing")
    signs(page, stage, track, lease="first_hand", tenant="tenant_person")
    assert Track.objects.get().state == "moved"


def test_the_sektionschef_objects_to_a_home_where_somebody_else_lives(page: Page, stage: Stage) -> None:
    cast = stage.cast
    with keyring.scope():
        home, near = (make_home(rooms=2, street="Påhittsgatan 3", town="Malmö") for _ in range(2))
        for one in (home, near):
            colocation.index_home(one, one.words.open())
        other = factories.make_case(cast.cecilia, given_name="Berta", family_name="Annan")
        factories.assign(cast.cecilia, other, cast.bo)
        held = make_track(make_need(cast.bo, other), TrackKind.objects.get(key="privat-hyresvard"))
    sign_in(page, "hanna")
    holds(page, near, held.need, held)
    as_user(page, "alma")
    need = writes_own(page, stage)
    track = begins(page, stage, "privat-hyresvard")
    as_user(page, "hanna")
    holds(page, home, need, track)
    assert page.get_by_text("sektionschefens beslut").first.is_visible()
    assert "Berta" not in page.content()
    as_user(page, "cecilia")
    page.goto(f"/arenden/{stage.case.number}/boende/vagar/{track.pk}/varning/{home.name}/")
    assert "Berta" not in page.content()
    assert other.number not in page.content()
    looks(page, "colocation")
    fill(page, decision="object", reason="Två som vi stödjer ska inte bo i samma hus.")
    submit(page)
    assert ColocationDecision.objects.get().decision == "object"
    as_user(page, "hanna")
    page.goto(f"/boende/hem/{home.name}/hall/{need.token}/")
    submit(page)
    assert page.get_by_text("har sagt nej").first.is_visible()
    assert Track.objects.get(pk=track.pk).state == "planned"


def writes_own(page: Page, stage: Stage) -> HousingNeed:
    at = f"/arenden/{stage.case.number}/boende/"
    form(page, f"{at}behov/nytt/", urgency="month", adults="1", rooms="2")
    need = HousingNeed.objects.get(case=stage.case)
    form(page, f"{at}behov/{need.pk}/lamna/")
    return HousingNeed.objects.get(case=stage.case)
