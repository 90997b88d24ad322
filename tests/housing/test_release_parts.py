"""What housing gives to a print of the record."""

from datetime import timedelta

from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.release import parts
from casework.cases.release.scope import Found, Scope
from housing.fortur.models import ForturApplication, ForturWords
from housing.needs.models import NeedProfile
from housing.shelter.models import ReviewWords, ShelterStay, StayPlace, StayReview, StayWords
from housing.tenancies import living_actions as living
from housing.tenancies.actions import sign_tenancy
from housing.tenancies.rules import Terms
from housing.tracks.models import TrackWords
from tests.casework.disclosures.conftest import make_actor
from tests.cast import Cast
from tests.housing.made import make_kind, make_landlord, make_need, make_track

TODAY = timezone.localdate()


def collected(case: Case, key: str) -> list[Found]:
    scope = Scope(case)
    return parts.collect(parts.chosen([key], scope), scope)


def test_a_need_is_told_version_by_version(cast: Cast, case: Case) -> None:
    make_need(cast.alma, case, profile=NeedProfile(adults=1, rooms=2, note="Nära mormor", region=["city_south"]))
    [found] = collected(case, "housing_needs")
    assert found.heading.startswith("Boendebehov, version 1")
    assert "Nära mormor" in found.text
    assert found.sensitive


def test_a_way_is_told_with_its_fortur(cast: Cast, case: Case) -> None:
    track = make_track(make_need(cast.alma, case), make_kind("way_fortur", key="fortur-forsta-hand"))
    track.words = TrackWords(note="Ring på tisdag")
    application = ForturApplication(
        track=track, case=case, client_id=case.client_id, landlord=make_landlord(kind="public"), lease="first_hand",
        written_by=cast.alma, words=ForturWords(certificate="Hushållet behöver ett hem"),
    )  # fmt: skip
    with trail.act(Tag.IMPORTED):
        track.save()
        application.save()
    [found] = collected(case, "housing_tracks")
    assert "Ring på tisdag" in found.text
    assert "Intyg: Hushållet behöver ett hem" in found.text
    assert not found.sensitive


def test_a_stay_is_told_without_its_place(cast: Cast, case: Case) -> None:
    stay = ShelterStay(
        case=case, client_id=case.client_id, provider=make_actor(), ground="adult", decided_on=TODAY,
        decided_by=cast.cecilia, words=StayWords(motivation="Behöver skydd"), place=StayPlace(address="Wyxvägen 1"),
    )  # fmt: skip
    with trail.act(Tag.IMPORTED):
        stay.save()
        StayReview(
            stay=stay, client_id=case.client_id, considered_on=TODAY, by=cast.cecilia,
            words=ReviewWords(considered="Behövs ännu"),
        ).save()  # fmt: skip
    [found] = collected(case, "housing_stays")
    assert "Motivering: Behöver skydd" in found.text
    assert "Behövs ännu" in found.text
    assert "Wyx" not in found.text + found.heading


def test_a_lease_is_told_with_visits_and_alarms_and_without_its_address(cast: Cast, case: Case) -> None:
    terms = Terms(
        lease="sublease", tenant="tenant_city", starts_on=TODAY - timedelta(days=9), rent=7_000, address="Wyxvägen 1",
        conditions="Tillsyn varje månad", landlord=make_landlord(kind="public"),
    )  # fmt: skip
    tenancy = sign_tenancy(by=cast.alma, case=case, track=None, terms=terms)
    living.visit(by=cast.alma, tenancy=tenancy, on=TODAY, text="Allt väl", next_on=None)
    living.raise_alarm(by=cast.alma, tenancy=tenancy, kind="alarm_rent", came_on=TODAY, text="Mars är obetald")
    [found] = collected(case, "housing_tenancies")
    for word in ("Tillsyn varje månad", "Allt väl", "Mars är obetald"):
        assert word in found.text
    assert "Wyx" not in found.text + found.heading


def test_a_childs_record_has_the_childs_stays_alone() -> None:
    ours = {part.key: part.child for part in parts.offered() if part.key.startswith("housing_")}
    assert ours == {
        "housing_needs": False, "housing_tracks": False, "housing_stays": True, "housing_tenancies": False,
    }  # fmt: skip
