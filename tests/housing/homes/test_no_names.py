"""What a coordinator is shown of homes: no name, no case, no place, whichever page she opens."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.cases.models import Case
from casework.clients import actions as clients
from casework.clients.models import Address
from casework.clients.relatives.models import RelatedWords
from casework.signin.models import User
from housing.homes import board, hold_actions, place_actions
from housing.homes.models import PlaceWords
from housing.needs.models import NeedProfile
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, send, text
from tests.housing import made
from tests.housing.homes import about

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
STREET = "Kanariegatan 77"


def laid_out(cast: Cast) -> tuple[Case, Any, Any, Any]:
    """A case full of words that stand nowhere else; a home held for it, and one that was warned of."""
    case = factories.make_case(cast.cecilia, given_name="Kanarina", family_name="Fågelsson")
    factories.assign(cast.cecilia, case, cast.alma)
    where = Address(street="Hemligvägen 5", postal_code="999 99", town="Gömmestad", note="Bakom kvarnen")
    clients.change_address(by=cast.alma, case=case, address=where, review_on=timezone.localdate(), version=1)
    profile = NeedProfile(adults=1, rooms=3, threat="honour", note="Kusinen Farlund letar")
    need = made.make_need(cast.alma, case, profile=profile)
    danger = RelatedWords(name="Farlig Farlund", threat="Har hotat med kniv")
    related = about.violent(cast.alma, case, words=danger)
    words = PlaceWords(street=STREET, town="Hotstad", about="Farbrodern bor där")
    place_actions.note_place(by=cast.alma, case=case, related=related, words=words)
    held, warned = about.safe(cast.hanna, flat="Lägenhet 1313"), about.safe(cast.hanna, street=STREET, town="Hotstad")
    tracks = [made.make_track(need, made.make_kind(key=key)) for key in ("vag-1", "vag-2", "vag-3")]
    about.hold(cast.hanna, held, tracks[0])
    question = about.asked(cast.hanna, warned, tracks[1])
    reason = "Faran Farlund är häktad"
    hold_actions.decide_about_home(by=cast.cecilia, question=question, decision="object", reason=reason)
    about.asked(cast.hanna, warned, tracks[2])
    return case, need, held, warned


def forbidden(case: Case, contact: User) -> list[str]:
    return [
        case.number, case.pseudonym, contact.display_name, str(case.pk), str(case.client_id), "/arenden/", "Kanarina",
        "Fågelsson", "Hemligvägen", "Gömmestad", "kvarnen", "Farlund", "kniv", "Farbrodern", "Kanariegatan", "Hotstad",
        "Storgatan", "1313", "häktad", "hedersmotiv",
    ]  # fmt: skip


def test_no_page_of_homes_tells_who_or_where(cast: Cast, signed_in: SignIn) -> None:
    case, need, held, warned = laid_out(cast)
    browser = signed_in(cast.hanna)
    addresses = [
        reverse("homes_board"), reverse("home_new"), reverse("matches_for_need", args=[need.token]),
        *(f"{reverse('homes_board')}?lage={slug}" for slug in (*board.STATES, board.NEEDS)),
    ]  # fmt: skip
    for home in (held, warned):
        names = ("home_page", "home_change", "home_safety", "home_remove", "matches_for_home")
        addresses += [reverse(name, args=[home.name]) for name in names]
        addresses.append(reverse("home_hold", args=[home.name, need.token]))
    addresses.append(reverse("home_release", args=[held.name]))
    for url in addresses:
        page = text(browser.get(url))
        assert "Hanna Sund" in page
        assert not [word for word in forbidden(case, cast.alma) if word in page], url


def test_a_refusal_tells_no_more_than_that_it_waits(cast: Cast, signed_in: SignIn) -> None:
    case, need, _, warned = laid_out(cast)
    third = need.tracks.get(kind__key="vag-3")
    browser, url = signed_in(cast.hanna), reverse("home_hold", args=[warned.name, need.token])
    page = text(send(browser, url, track=str(third.pk), note=""))
    assert "väntar på sektionschefens beslut" in page
    assert not [word for word in forbidden(case, cast.alma) if word in page]


def test_the_coordinator_has_no_door_to_the_case(cast: Cast, signed_in: SignIn) -> None:
    case, need, _, warned = laid_out(cast)
    browser = signed_in(cast.hanna)
    track = need.tracks.get(kind__key="vag-2")
    for url in (
        reverse("known_places", args=[case.number]),
        reverse("known_place_new", args=[case.number]),
        reverse("colocation", args=[case.number, track.pk, warned.name]),
    ):
        assert browser.get(url).status_code == 404
