"""The board and the suggestions: in order, without names, in a fixed number of queries and quickly."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from casework.clients.models import Client
from casework.crypto import keyring
from housing.homes import board, matches
from housing.homes.models import Home, HomeWords
from housing.needs.models import HousingNeed, NeedVersion
from housing.tracks.models import Track, TrackWords
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, last_event, text
from tests.housing import made
from tests.housing.homes import about

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
WORDS = HomeWords(street="Storgatan 1", town="Malmö", access=["step_free"])


def need(cast: Cast, **more: Any) -> HousingNeed:
    """A published need with a track, of a case of its own."""
    case = factories.make_case(cast.cecilia)
    found = made.make_need(cast.alma, case, **more)
    made.make_track(found)
    return found


def queries(ask: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connections["default"]) as first, CaptureQueriesContext(connections["keys"]) as second:
        ask()
    return len(first) + len(second)


def test_an_empty_board_says_what_to_do(cast: Cast, signed_in: SignIn) -> None:
    page = text(signed_in(cast.hanna).get(reverse("homes_board")))
    for words in ("Ingen bostad är ledig", "Inga behov väntar", "Lägg upp en bostad", "Reserverade"):
        assert words in page


def test_the_board_tells_states_days_tokens_and_whom_it_waits_on(cast: Cast, case: Case, signed_in: SignIn) -> None:
    free = about.add(cast.hanna, available_from=timezone.localdate() - timedelta(days=12))
    track = about.track_for(cast.alma, case)
    held = about.safe(cast.hanna, street="Nygatan 1")
    about.hold(cast.hanna, held, track)
    page = text(signed_in(cast.hanna).get(reverse("homes_board")))
    for words in (free.name, held.name, track.need.token, "Erbjudande, väntar på personen".lower(), ">12<"):
        assert words in page or words in page.lower()
    assert cases_of(last_event(Tag.HOMES_READ)) == {case.number}
    for words in ("Storgatan", "Nygatan", case.number, case.pseudonym):
        assert words not in page


def test_needs_stand_by_urgency_and_then_by_how_long_they_have_waited(cast: Cast) -> None:
    later, first, urgent = need(cast), need(cast), need(cast, urgency="now")
    with trail.act(Tag.IMPORTED):
        first.published_at = timezone.now() - timedelta(days=40)
        first.save()
    assert list(board.waiting(cast.hanna)) == [urgent, first, later]
    assert board.waited(first) == 40


def test_one_state_is_read_a_page_at_a_time(cast: Cast, signed_in: SignIn) -> None:
    landlord = made.make_landlord()
    for at in range(board.PAGE + 1):
        made.make_home(landlord, name=f"H-9{at:03d}")
    browser, url = signed_in(cast.hanna), reverse("homes_board")
    page = text(browser.get(url))
    assert f"Visa alla {board.PAGE + 1}" in page
    assert page.count("Se behov") == board.SHORT
    assert text(browser.get(url, {"lage": "lediga"})).count("Se behov") == board.PAGE
    assert text(browser.get(url, {"lage": "lediga", "page": "2"})).count("Se behov") == 1
    assert "Behov som väntar" in text(browser.get(url, {"lage": "behov"}))
    assert "Reserverade" in text(browser.get(url, {"lage": "påhittad"}))


def test_suggestions_stand_by_what_suits_and_say_why(cast: Cast, case: Case, signed_in: SignIn) -> None:
    track = about.track_for(cast.alma, case)
    good = about.safe(cast.hanna, access=["step_free"])
    bad = about.safe(cast.hanna, area="1281")
    browser = signed_in(cast.hanna)
    page = text(browser.get(reverse("matches_for_need", args=[track.need.token])))
    assert page.index(good.name) < page.index(bad.name)
    assert "Lund ska undvikas" in page
    assert "Lagom många rum" in page
    page = text(browser.get(reverse("matches_for_home", args=[bad.name])))
    assert track.need.token in page
    assert "Passar inte" in page
    assert cases_of(last_event(Tag.MATCHES_READ)) == {case.number}


def test_without_homes_needs_or_ways_the_suggestions_say_so(cast: Cast, case: Case, signed_in: SignIn) -> None:
    browser, found = signed_in(cast.hanna), made.make_need(cast.alma, case)
    url = reverse("matches_for_need", args=[found.token])
    assert "Ingen bostad är ledig" in text(browser.get(url))
    home = about.safe(cast.hanna)
    assert "Ingen väg kan ta emot" in text(browser.get(url))
    assert "Ingen väg kan ta emot" in text(browser.get(reverse("home_hold", args=[home.name, found.token])))
    about.close(cast, case)
    assert "Inga behov väntar" in text(browser.get(reverse("matches_for_home", args=[home.name])))
    assert browser.get(url).status_code == 404


def test_a_page_asks_as_many_queries_for_ten_as_for_one(cast: Cast, case: Case, signed_in: SignIn) -> None:
    browser, first = signed_in(cast.hanna), need(cast)
    home, held = about.safe(cast.hanna), about.safe(cast.hanna)
    about.hold(cast.hanna, held, Track.objects.get(need=first))
    pages = [reverse("homes_board"), reverse("matches_for_need", args=[first.token]),
             reverse("matches_for_home", args=[home.name])]  # fmt: skip
    places = reverse("known_places", args=[case.number])
    about.place(cast.alma, case)
    one, chief = [queries(lambda url=url: browser.get(url)) for url in pages], signed_in(cast.cecilia)
    chief.get(places)
    listed = queries(lambda: chief.get(places))
    for at in range(9):
        other = need(cast)
        about.safe(cast.hanna, street=f"Nygatan {at}")
        about.hold(cast.hanna, about.safe(cast.hanna, street=f"Vägen {at}"), Track.objects.get(need=other))
        about.place(cast.alma, case, street=f"Torget {at}")
    assert [queries(lambda url=url: browser.get(url)) for url in pages] == one
    assert queries(lambda: chief.get(places)) == listed
    assert queries(lambda: board.board(cast.hanna, "", None)) <= 20


def many_homes(count: int) -> None:
    facts = {"landlord": made.make_landlord(), "lease": "first_hand", "area": "city_south", "rent": 9_000}
    with trail.bulk(Tag.SEEDED):
        Home.objects.bulk_create(
            Home(name=f"H-7{at:03d}", rooms=1 + at % 5, available_from=timezone.localdate(), words=WORDS, **facts)
            for at in range(count)
        )


def many_needs(cast: Cast, count: int) -> list[HousingNeed]:
    """Published needs, each of a case of its own, with a version and a track."""
    kind, clients = made.make_kind(), [Client() for _ in range(count)]
    keyring.create_keys(keyring.Purpose.CLIENT, [client.pk for client in clients])
    near = [{"client": client} for client in clients]
    facts = {"section": cast.section, "state": "open", "referral_source": "police", "taken_in_on": "2026-01-02"}
    with trail.bulk(Tag.SEEDED):
        Client.objects.bulk_create(clients)
        cases = [
            Case(number=f"90-{at:05d}-0", pseudonym=f"Påhittad {at}", **one, **facts) for at, one in enumerate(near)
        ]
        Case.objects.bulk_create(cases)
        told = {"urgency": "month", "written_by": cast.alma, "state": "published", "published_at": timezone.now()}
        needs = [HousingNeed(case=case, client_id=case.client_id, **told) for case in cases]
        HousingNeed.objects.bulk_create(needs)
        Track.objects.bulk_create(
            Track(need=one, case=one.case, client_id=one.client_id, kind=kind, words=TrackWords()) for one in needs
        )
        NeedVersion.objects.bulk_create(
            NeedVersion(need=one, client_id=one.client_id, number=1, written_by=cast.alma, profile=made.PROFILE)
            for one in needs
        )
    return needs


def test_five_hundred_homes_and_three_hundred_needs_are_told_quickly(cast: Cast) -> None:
    """The board is to take a fifth of a second; here it has three times that, for a machine with much else to do."""
    with keyring.scope():
        many_homes(500)
        needs = many_needs(cast, 300)
    with keyring.scope():
        board.board(cast.hanna, "", None)
        began = time.process_time()
        found = board.board(cast.hanna, "", None)
        assert time.process_time() - began < 0.6
        assert (found.sections[0].count, found.needs_count) == (500, 300)
    with keyring.scope():
        began = time.process_time()
        assert len(matches.homes_for(needs[0])) == matches.SHOWN
        assert len(matches.needs_for(cast.hanna, Home.objects.all()[0])) == matches.SHOWN
        assert time.process_time() - began < 1
