"""The coordinator's pages of homes, and the case's pages of places and warnings."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.tags import Tag
from casework.cases.models import Case
from housing.homes.models import ColocationDecision, Home, HomeHold, KnownPlace
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, events, last_event, send, text
from tests.housing import made
from tests.housing.homes import about

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def facts(**more: Any) -> dict[str, Any]:
    today = str(timezone.localdate())
    return {
        "lease": "first_hand", "area": "city_south", "rooms": "2", "rent": "8500", "available_from": today,
        "access": ["quiet"], "note": "Hiss", **more,
    }  # fmt: skip


def hold_data(track: Any, **more: Any) -> dict[str, Any]:
    return {"track": str(track.pk), "answer_by": str(timezone.localdate() + timedelta(days=5)), "note": "", **more}


def test_a_home_is_put_in_checked_and_held_by_hand(cast: Cast, case: Case, signed_in: SignIn) -> None:
    landlord, browser = made.make_landlord(), signed_in(cast.hanna)
    told = facts(street="Storgatan 12", town="Malmö", landlord=str(landlord.pk))
    page = browser.post(reverse("home_new"), {"once": "1" * 32, **told})
    home = Home.objects.get()
    assert page["Location"] == reverse("home_page", args=[home.name])
    again = browser.post(reverse("home_new"), {"once": "1" * 32, **told})
    assert (again["Location"], Home.objects.count()) == (page["Location"], 1)
    checked = {"safety": "safety_good", "safety_on": str(timezone.localdate()), "text": ""}
    send(browser, reverse("home_safety", args=[home.name]), **checked)
    track = about.track_for(cast.alma, case)
    url = reverse("home_hold", args=[home.name, track.need.token])
    assert "Lagom många rum" not in text(browser.get(url))
    assert send(browser, url, **hold_data(track))["Location"] == page["Location"]
    shown = text(browser.get(page["Location"]))
    assert track.need.token in shown
    assert "Bostaden hålls för behovet" in shown
    send(browser, reverse("home_release", args=[home.name]), why="unsafe")
    assert HomeHold.objects.get().state == "hold_released"


def test_an_address_is_shown_for_a_reason_and_noted(cast: Cast, signed_in: SignIn) -> None:
    home, browser = about.safe(cast.hanna, flat="1102"), signed_in(cast.hanna)
    assert "Storgatan" not in text(browser.get(reverse("home_page", args=[home.name])))
    url = reverse("home_reveal", args=[home.name])
    assert "Välj varför" in text(send(browser, url, reason=""))
    assert not events(Tag.HOME_REVEALED)
    assert "Storgatan 12 B" in text(send(browser, url, reason="check"))
    line = last_event(Tag.HOME_REVEALED)
    assert [ref.id for ref in line.refs if ref.model == "housing.Home"] == [str(home.pk)]
    part = browser.post(url, {"reason": "check"}, headers={"X-Requested-With": "fetch"})
    assert "Storgatan 12 B" in text(part)
    assert "<html" not in text(part)
    browser.get(reverse("home_address", args=[home.name]))
    assert len(events(Tag.HOME_REVEALED)) == 3


def test_a_stale_change_shows_both_and_a_fresh_one_is_saved(cast: Cast, signed_in: SignIn) -> None:
    home, browser = about.add(cast.hanna), signed_in(cast.hanna)
    url = reverse("home_change", args=[home.name])
    send(browser, url, **facts(version="1"))
    page = text(send(browser, url, **facts(rooms="5", version="1")))
    assert "Någon annan hann ändra" in page
    assert Home.objects.get().rooms == 2
    address = {"street": "Nygatan 3", "town": "Lund", "version": "2"}
    send(browser, reverse("home_address", args=[home.name]), **address)
    assert Home.objects.get().words.open().street == "Nygatan 3"
    send(browser, reverse("home_remove", args=[home.name]))
    assert Home.objects.get().state == "home_gone"
    assert "Ändra bostaden" not in text(browser.get(reverse("home_page", args=[home.name])))


def test_a_home_of_another_branch_is_told_without_its_need(cast: Cast, case: Case, signed_in: SignIn) -> None:
    home = about.safe(cast.hanna)
    hold = about.hold(cast.hanna, home, about.track_for(cast.alma, case), note="Ring porttelefonen")
    cast.other.branch = "perpetrators"
    cast.other.save()
    cast.hanna.section = cast.other
    cast.hanna.save()
    browser = signed_in(cast.hanna)
    page = browser.get(reverse("home_page", args=[home.name]))
    assert "Visas inte för dig" in text(page)
    assert hold.track.need.token not in text(page)
    assert "porttelefonen" not in text(page)
    assert not cases_of(events()[-1])
    assert hold.track.need.token not in text(browser.get(reverse("homes_board")))
    assert browser.get(reverse("home_release", args=[home.name])).status_code == 404


def test_a_home_nobody_has_is_not_released(cast: Cast, signed_in: SignIn) -> None:
    url = reverse("home_release", args=[about.safe(cast.hanna).name])
    assert signed_in(cast.hanna).get(url).status_code == 404


def test_a_warned_home_is_asked_about_and_the_coordinator_learns_no_more(
    cast: Cast, case: Case, signed_in: SignIn
) -> None:
    about.place(cast.alma, case)
    home, track, browser = about.safe(cast.hanna), about.track_for(cast.alma, case), signed_in(cast.hanna)
    url = reverse("home_hold", args=[home.name, track.need.token])
    page = text(browser.get(send(browser, url, **hold_data(track))["Location"]))
    assert "Väntar på sektionschefens beslut" in page
    assert track.need.token in page
    assert "våld" not in page
    assert "väntar på sektionschefens beslut" in text(send(browser, url, **hold_data(track)))
    assert "Väntar på sektionschefens beslut" in text(browser.get(reverse("homes_board")))
    assert ColocationDecision.objects.count() == 1


def test_the_sektionschef_reads_the_warning_and_decides(cast: Cast, case: Case, signed_in: SignIn) -> None:
    about.place(cast.alma, case)
    home, track = about.safe(cast.hanna), about.track_for(cast.alma, case)
    about.asked(cast.hanna, home, track)
    browser, url = signed_in(cast.cecilia), reverse("colocation", args=[case.number, track.pk, home.name])
    assert url in text(browser.get(reverse("known_places", args=[case.number])))
    page = text(browser.get(url))
    assert "känd plats för någon som använt våld" in page
    assert "Någon annan som har stöd" not in page
    assert "Storgatan" not in page
    assert "Svara på frågan" in text(send(browser, url, decision="go_on", reason=""))
    send(browser, url, decision="object", reason="För nära")
    page = text(browser.get(url))
    assert "Nej, inte det här hemmet" in page
    assert "För nära" in page
    assert "redan fattat" in text(send(browser, url, decision="go_on", reason="Ändå"))


def test_a_warning_of_another_home_track_or_case_is_not_found(cast: Cast, case: Case, signed_in: SignIn) -> None:
    about.place(cast.alma, case)
    home, track = about.safe(cast.hanna), about.track_for(cast.alma, case)
    about.asked(cast.hanna, home, track)
    other, browser = about.other_case(cast), signed_in(cast.cecilia)
    theirs = about.track_for(cast.bo, other)
    for number, pk, name in (
        (case.number, track.pk, about.safe(cast.hanna).name),
        (case.number, theirs.pk, home.name),
        (other.number, track.pk, home.name),
    ):
        assert browser.get(reverse("colocation", args=[number, pk, name])).status_code == 404


def test_a_place_is_noted_listed_and_ended(cast: Cast, case: Case, signed_in: SignIn) -> None:
    browser, url = signed_in(cast.alma), reverse("known_places", args=[case.number])
    assert "Lägg först till den som använder våld" in text(browser.get(url))
    somebody = about.violent(cast.alma, case)
    assert "Ingen plats är tillagd" in text(browser.get(url))
    told = {"related": str(somebody.pk), "street": "Nygatan 1", "town": "Malmö", "about": "Arbetar där"}
    send(browser, reverse("known_place_new", args=[case.number]), **told)
    place = KnownPlace.objects.get()
    page = text(browser.get(url))
    assert "Nygatan 1" in page
    assert "Arbetar där" in page
    send(browser, reverse("known_place_end", args=[case.number, place.pk]), reason="Flyttat")
    page = text(browser.get(url))
    assert "Gäller inte längre" in page
    assert "Nygatan" not in page


def test_a_place_of_another_case_is_not_found(cast: Cast, case: Case, signed_in: SignIn) -> None:
    other = about.other_case(cast)
    place = about.place(cast.bo, other)
    browser = signed_in(cast.cecilia)
    assert browser.get(reverse("known_place_end", args=[case.number, place.pk])).status_code == 404
    told = {"related": str(place.related_id), "street": "Nygatan 1", "town": "Malmö", "about": ""}
    page = send(browser, reverse("known_place_new", args=[case.number]), **told)
    assert page.status_code == 200
    assert KnownPlace.objects.count() == 1


def test_in_a_closed_case_places_are_read_and_nothing_is_written(cast: Cast, case: Case, signed_in: SignIn) -> None:
    place = about.place(cast.alma, case)
    about.close(cast, case)
    browser = signed_in(cast.cecilia)
    page = text(browser.get(reverse("known_places", args=[case.number])))
    assert about.STREET in page
    assert "Platsen gäller inte längre" not in page
    page = text(send(browser, reverse("known_place_end", args=[case.number, place.pk]), reason="Flyttat"))
    assert "Ärendet är avslutat" in page


@pytest.mark.parametrize("name", ["home_page", "home_change", "matches_for_home", "home_safety"])
def test_the_case_staff_have_no_door_to_the_register(cast: Cast, signed_in: SignIn, name: str) -> None:
    home = about.add(cast.hanna)
    for user in (cast.alma, cast.cecilia):
        assert signed_in(user).get(reverse(name, args=[home.name])).status_code == 403
    assert signed_in(cast.hanna).get(reverse(name, args=["H-%00"])).status_code == 404


def test_a_form_sent_twice_holds_once_and_another_needs_track_never(cast: Cast, case: Case, signed_in: SignIn) -> None:
    home, track, browser = about.safe(cast.hanna), about.track_for(cast.alma, case), signed_in(cast.hanna)
    theirs = about.track_for(cast.bo, about.other_case(cast))
    url = reverse("home_hold", args=[home.name, track.need.token])
    assert browser.post(url, {"once": "2" * 32, **hold_data(theirs)}).status_code == 200
    assert not HomeHold.objects.exists()
    first = browser.post(url, {"once": "3" * 32, **hold_data(track)})
    again = browser.post(url, {"once": "3" * 32, **hold_data(track)})
    assert again["Location"] == first["Location"] == reverse("home_page", args=[home.name])
    assert HomeHold.objects.get().track == track
