"""Homes are put in, changed, checked and taken away; each act leaves its event and nothing of where they are."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from audit.models import Event
from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.policy import Forbidden
from casework.records import StaleEdit
from housing.homes import actions, colocation
from housing.homes.models import Home, HomeWords, PlaceIndex
from housing.homes.rules import Terms
from tests.cast import Cast
from tests.fixtures import last_event
from tests.housing import made
from tests.housing.homes import about

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def change(cast: Cast, home: Home, **more: Any) -> Home:
    told = {"access": ["quiet"], "note": "Ny port", "version": home.version, **more}
    return actions.change_home(by=cast.hanna, home=home, terms=told.pop("terms", about.terms(rooms=4)), **told)


def move(cast: Cast, home: Home, **more: Any) -> Home:
    told = {"street": "Nygatan 3", "postal_code": "", "town": "Lund", "flat": "", "version": home.version, **more}
    return actions.readdress_home(by=cast.hanna, home=home, **told)


def check(cast: Cast, home: Home, **more: Any) -> Home:
    told = {"safety": "safety_good", "safety_on": timezone.localdate(), "text": "", **more}
    return actions.note_safety(by=cast.hanna, home=home, **told)


def test_a_home_gets_a_running_number_and_no_trace_of_its_address(cast: Cast) -> None:
    first, second = about.add(cast.hanna), about.add(cast.hanna)
    assert int(second.name.removeprefix("H-")) == int(first.name.removeprefix("H-")) + 1 > 1_000
    assert (first.state, first.safety) == ("free", "unchecked")
    assert PlaceIndex.objects.filter(home=first).count() == 1
    line = last_event(Tag.HOME_WRITTEN)
    assert {ref.model for ref in line.refs} == {"housing.Landlord", "housing.Home"}
    assert not any("Storgatan" in str(row) for row in Event.objects.values())


def test_a_number_is_not_used_again_after_a_home_is_gone(cast: Cast) -> None:
    first = about.add(cast.hanna)
    actions.remove_home(by=cast.hanna, home=first)
    assert about.add(cast.hanna).name != first.name


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"lease": "other"}, "kontrakt"),
        ({"area": "moon"}, "område"),
        ({"rooms": 0}, "minst ett rum"),
        ({"access": ["lift"]}, "tillgänglighet"),
        ({"street": " "}, "både gata och ort"),
        ({"town": ""}, "både gata och ort"),
    ],
)
def test_what_is_in_no_list_and_half_an_address_are_refused(cast: Cast, more: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says):
        about.add(cast.hanna, **more)
    assert not Home.objects.exists()


def test_a_landlord_who_has_left_gives_no_home(cast: Cast) -> None:
    with pytest.raises(Refused, match="samarbetar inte"):
        about.add(cast.hanna, made.make_landlord(active=False))


def test_only_a_coordinator_keeps_the_register(cast: Cast) -> None:
    home = about.add(cast.hanna)
    for acts in (
        lambda: about.add(cast.alma),
        lambda: actions.change_home(by=cast.cecilia, home=home, terms=about.terms(), access=[], note="", version=1),
        lambda: actions.remove_home(by=cast.ada, home=home),
    ):
        with pytest.raises(Forbidden):
            acts()


def test_two_numbers_at_the_same_moment_lose_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    home = about.add(cast.hanna)
    monkeypatch.setattr(actions, "_next_name", lambda: home.name)
    with pytest.raises(Refused, match="en gång till"):
        about.add(cast.hanna)
    assert Home.objects.count() == 1


def test_a_change_keeps_where_the_home_is_and_what_the_check_showed(cast: Cast) -> None:
    home = change(cast, about.safe(cast.hanna, flat="1102"))
    words = Home.objects.get(pk=home.pk).words.open()
    assert (home.rooms, home.version) == (4, 3)
    assert words == HomeWords("Storgatan 12 B", "", "Malmö", "1102", ["quiet"], "", "Ny port")


def test_a_late_change_and_a_wrong_one_are_refused(cast: Cast) -> None:
    home = about.add(cast.hanna)
    change(cast, home)
    with pytest.raises(StaleEdit):
        change(cast, home)
    with pytest.raises(StaleEdit):
        move(cast, home)
    with pytest.raises(Refused, match="tillgänglighet"):
        change(cast, home, access=["lift"], version=2)
    with pytest.raises(Refused, match="minst ett rum"):
        change(cast, home, terms=Terms("first_hand", "city_south", 0, 1, True, timezone.localdate(), None, False))


def test_an_address_is_put_right_and_found_by_the_new_building(cast: Cast, case: Case) -> None:
    home = about.add(cast.hanna, flat="2")
    home = move(cast, home)
    words = home.words.open()
    assert (words.street, words.town, words.flat) == ("Nygatan 3", "Lund", "")
    assert PlaceIndex.objects.filter(home=home).count() == 1
    about.place(cast.alma, case, "Nygatan 3", "Lund")
    assert colocation.warnings(home, case).near_perpetrator
    with pytest.raises(Refused, match="både gata och ort"):
        move(cast, home, town=" ")


def test_an_address_is_fixed_once_somebody_is_offered_the_home(cast: Cast, case: Case) -> None:
    home = about.safe(cast.hanna)
    about.hold(cast.hanna, home, about.track_for(cast.alma, case))
    home.refresh_from_db()
    with pytest.raises(Refused, match="medan bostaden är ledig"):
        move(cast, home)


def test_an_address_is_fixed_once_it_has_been_judged(cast: Cast, case: Case) -> None:
    about.place(cast.alma, case)
    home = about.safe(cast.hanna)
    about.asked(cast.hanna, home, about.track_for(cast.alma, case))
    with pytest.raises(Refused, match="prövad på den här adressen"):
        move(cast, home)


def test_a_check_is_noted_and_a_later_one_replaces_it(cast: Cast) -> None:
    home = check(cast, about.add(cast.hanna), safety="safety_faults", text="Porten går inte i lås")
    assert home.words.open().safety == "Porten går inte i lås"
    home = check(cast, home)
    assert (home.safety, home.safety_on, home.words.open().safety) == ("safety_good", timezone.localdate(), "")
    assert "Porten" not in str(list(Event.objects.values()))


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"safety": "unchecked"}, "vad kontrollen visade"),
        ({"safety": "fine"}, "vad kontrollen visade"),
        ({"safety_on": timezone.localdate() + timedelta(days=1)}, "framåt i tiden"),
        ({"safety": "safety_faults"}, "vilka brister"),
        ({"safety": "safety_unfit", "text": " "}, "vilka brister"),
    ],
)
def test_a_check_without_a_result_a_day_or_a_reason_is_refused(cast: Cast, more: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says):
        check(cast, about.add(cast.hanna), **more)


def test_a_removed_home_changes_no_more(cast: Cast) -> None:
    home = actions.remove_home(by=cast.hanna, home=about.add(cast.hanna))
    assert home.state == "home_gone"
    assert last_event(Tag.HOME_MOVED).refs[0].model == "housing.Home"
    for acts in (change, move, check, lambda cast, home: actions.remove_home(by=cast.hanna, home=home)):
        with pytest.raises(Refused, match="finns inte längre i registret"):
            acts(cast, home)


def test_a_home_that_is_offered_is_not_removed_and_one_lived_in_is(cast: Cast, case: Case) -> None:
    home, track = about.safe(cast.hanna), about.track_for(cast.alma, case)
    about.hold(cast.hanna, home, track)
    with pytest.raises(Refused, match="Släpp den"):
        actions.remove_home(by=cast.hanna, home=home)
    about.moved(track, "accept", "sign")
    assert actions.remove_home(by=cast.hanna, home=home).state == "home_gone"
    assert home.holds.get().state == "hold_taken"
