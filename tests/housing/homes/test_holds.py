"""A home is held for one track, follows it, and is released; what stands in the way is said."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from audit.models import Event
from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.policy import Forbidden, NotFound
from housing.homes import actions, hold_actions, holding, rules
from housing.homes.models import Home, HomeHold
from housing.tracks.models import Track
from tests.cast import Cast
from tests.fixtures import cases_of, last_event
from tests.housing import made
from tests.housing.homes import about

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def states(home: Home, track: Track) -> tuple[str, str]:
    return Home.objects.get(pk=home.pk).state, HomeHold.objects.filter(track=track).latest("created_at").state


def test_a_held_home_is_offered_to_one_track_and_the_event_tells_no_words(cast: Cast, case: Case) -> None:
    home, track = about.safe(cast.hanna), about.track_for(cast.alma, case)
    hold = about.hold(cast.hanna, home, track, note="Nyckeln finns i receptionen")
    track.refresh_from_db()
    assert (*states(home, track), track.state) == ("home_offered", "hold_offered", "offered")
    assert hold.words.open().note == "Nyckeln finns i receptionen"
    assert cases_of(last_event(Tag.HOME_HELD)) == {case.number}
    assert "receptionen" not in str(list(Event.objects.values()))
    with pytest.raises(Refused, match="redan"):
        about.hold(cast.hanna, about.safe(cast.hanna, street="Nygatan 1"), track)


def test_the_contact_person_may_hold_too(cast: Cast, case: Case) -> None:
    assert about.hold(cast.alma, about.safe(cast.hanna), about.track_for(cast.alma, case)).held_by == cast.alma


def test_strangers_closed_cases_and_drafts_are_out_of_reach(cast: Cast, case: Case) -> None:
    home, track = about.safe(cast.hanna), about.track_for(cast.alma, case)
    for stranger in (cast.eva, cast.ada, cast.edvin):
        with pytest.raises(Forbidden):
            about.hold(stranger, home, track)
    other = about.other_case(cast)
    draft = made.make_track(made.make_need(cast.bo, other, published=False))
    with pytest.raises(NotFound):
        about.hold(cast.hanna, home, draft)
    about.close(cast, case)
    with pytest.raises(NotFound):
        about.hold(cast.hanna, home, Track.objects.select_related("case", "need").get(pk=track.pk))
    with pytest.raises(Refused, match="avslutat"):
        about.hold(cast.cecilia, home, Track.objects.select_related("case", "need").get(pk=track.pk))


def test_a_home_is_offered_only_when_it_is_found_safe_enough(cast: Cast, case: Case) -> None:
    home, track = about.add(cast.hanna), about.track_for(cast.alma, case)
    with pytest.raises(Refused, match="inte säkerhetskontrollerad"):
        about.hold(cast.hanna, home, track)
    told = {"by": cast.hanna, "home": home, "safety_on": timezone.localdate(), "text": "Insyn"}
    actions.note_safety(safety="safety_unfit", **told)
    with pytest.raises(Refused, match="inte är lämplig"):
        about.hold(cast.hanna, home, track)
    actions.note_safety(safety="safety_faults", **told)
    assert about.hold(cast.hanna, home, track).state == "hold_offered"


def test_a_home_that_is_gone_or_held_is_not_held_again(cast: Cast, case: Case) -> None:
    home, track = about.safe(cast.hanna), about.track_for(cast.alma, case)
    about.hold(cast.hanna, home, track)
    second = about.track_for(cast.bo, about.other_case(cast))
    with pytest.raises(Refused, match="hann före"):
        about.hold(cast.hanna, home, second)
    gone = actions.remove_home(by=cast.hanna, home=about.safe(cast.hanna, street="Nygatan 1"))
    with pytest.raises(Refused, match="finns inte längre"):
        about.hold(cast.hanna, gone, second)


def test_the_database_has_the_last_word_on_one_home_for_one(
    cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, track = about.safe(cast.hanna), about.track_for(cast.alma, case)
    about.hold(cast.hanna, home, track)
    second = about.track_for(cast.bo, about.other_case(cast))
    monkeypatch.setattr(rules, "check_can_offer", lambda home: None)
    monkeypatch.setattr(rules, "check_decided", lambda *about: None)
    with pytest.raises(Refused, match="hann före"):
        about.hold(cast.hanna, home, second)
    assert HomeHold.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"answer_by": timezone.localdate() - timedelta(days=1)}, "svar har passerat"),
        ({"viewing_at": timezone.now() - timedelta(minutes=1)}, "bakåt i tiden"),
    ],
)
def test_times_behind_are_refused(cast: Cast, case: Case, more: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says):
        about.hold(cast.hanna, about.safe(cast.hanna), about.track_for(cast.alma, case), **more)


@pytest.mark.parametrize("note", ["Ring Åsa först", "fru ÖBERG öppnar", "lind öppnar", "19800101-9802", "26-48173-5"])
def test_a_note_that_tells_who_it_is_about_is_refused(cast: Cast, case: Case, note: str) -> None:
    home, track = about.safe(cast.hanna), about.track_for(cast.alma, case)
    with pytest.raises(Refused, match="Skriv inte"):
        about.hold(cast.alma, home, track, note=note)
    with pytest.raises(Refused, match="Skriv inte"):
        about.hold(cast.alma, home, track, note=f"Hälsa från {case.pseudonym}")


def test_a_coordinator_cannot_ask_for_a_name_by_writing_it(cast: Cast, case: Case) -> None:
    """Refused for a name she guessed right, she would know that it was right."""
    home, track = about.safe(cast.hanna), about.track_for(cast.alma, case)
    with pytest.raises(Refused, match="Skriv inte personnummer"):
        about.hold(cast.hanna, home, track, note=f"Ärende {case.number}")
    assert about.hold(cast.hanna, home, track, note="Åsa eller Berta") is not None


@pytest.mark.parametrize("way", ["way_kompott", "way_shelter"])
def test_ways_without_a_home_of_the_register_hold_none(cast: Cast, case: Case, way: str) -> None:
    with pytest.raises(Refused, match="Välj en annan väg"):
        about.hold(cast.hanna, about.safe(cast.hanna), about.track_for(cast.alma, case, way=way))


def test_a_priority_takes_a_home_when_it_is_granted(cast: Cast, case: Case) -> None:
    home, track = about.safe(cast.hanna), about.track_for(cast.alma, case, "apply", way="way_fortur")
    with pytest.raises(Refused, match="inte beviljad"):
        about.hold(cast.hanna, home, track)
    about.moved(track, "acknowledge")
    assert about.hold(cast.hanna, home, track).state == "hold_offered"


def test_a_track_in_the_wrong_place_takes_no_home(cast: Cast, case: Case) -> None:
    home, track = about.safe(cast.hanna), about.track_for(cast.alma, case, "offer")
    with pytest.raises(Refused, match="Det går inte nu"):
        about.hold(cast.hanna, home, track)
    assert (Home.objects.get(pk=home.pk).state, HomeHold.objects.count()) == ("free", 0)


# --- the home follows the track ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moves", "home_state", "hold_state"),
    [
        (("view",), "home_offered", "hold_offered"),
        (("accept",), "reserved", "hold_reserved"),
        (("accept", "sign"), "taken", "hold_taken"),
        (("accept", "move_in"), "taken", "hold_taken"),
        (("accept", "sign", "move_in", "end"), "taken", "hold_taken"),
        (("lose_offer",), "free", "hold_released"),
        (("view", "accept", "lose_offer"), "free", "hold_released"),
        (("accept", "sign", "lose_offer"), "free", "hold_released"),
    ],
)
def test_a_home_follows_its_track(
    cast: Cast, case: Case, moves: tuple[str, ...], home_state: str, hold_state: str
) -> None:
    home, track = about.safe(cast.hanna), about.track_for(cast.alma, case)
    about.hold(cast.hanna, home, track)
    about.moved(track, *moves)
    assert states(home, track) == (home_state, hold_state)


@pytest.mark.parametrize("name", ["decline", "withdraw", "expire"])
def test_a_track_that_comes_to_nothing_frees_its_home_and_says_why(cast: Cast, case: Case, name: str) -> None:
    home, track = about.safe(cast.hanna), about.track_for(cast.alma, case)
    about.hold(cast.hanna, home, track)
    about.moved(track, name, declined="too_late")
    assert states(home, track) == ("free", "hold_released")
    released = HomeHold.objects.get(track=track)
    assert (released.released_on, released.released_why) == (timezone.localdate(), "too_late")
    assert holding.active(track) is None
    assert about.hold(cast.hanna, home, about.moved(track, "try_again")).state == "hold_offered"


def test_a_track_without_a_home_moves_all_the_same(cast: Cast, case: Case) -> None:
    track = about.track_for(cast.alma, case)
    assert about.moved(track, "offer", "accept", "sign", "lose_offer").state == "queued"


def test_a_home_that_was_removed_while_lived_in_is_not_free_again(cast: Cast, case: Case) -> None:
    home, track = about.safe(cast.hanna), about.track_for(cast.alma, case)
    about.hold(cast.hanna, home, track)
    about.moved(track, "accept", "sign")
    actions.remove_home(by=cast.hanna, home=home)
    about.moved(track, "lose_offer")
    assert states(home, track) == ("home_gone", "hold_released")


# --- releasing --------------------------------------------------------------------------------------------------------


def test_a_released_home_is_free_and_the_track_waits_on(cast: Cast, case: Case) -> None:
    home, track = about.safe(cast.hanna), about.track_for(cast.alma, case)
    hold = about.hold(cast.hanna, home, track)
    released = hold_actions.release_home(by=cast.hanna, hold=hold, why="unsafe")
    track.refresh_from_db()
    assert (*states(home, track), track.state) == ("free", "hold_released", "queued")
    assert released.released_why == "unsafe"
    assert cases_of(last_event(Tag.HOME_RELEASED)) == {case.number}
    with pytest.raises(Refused, match="redan släppt"):
        hold_actions.release_home(by=cast.hanna, hold=hold, why="unsafe")


def test_an_old_hold_does_not_release_the_new_one(cast: Cast, case: Case) -> None:
    home, track = about.safe(cast.hanna), about.track_for(cast.alma, case)
    old = about.hold(cast.hanna, home, track)
    hold_actions.release_home(by=cast.hanna, hold=old, why="unsafe")
    about.hold(cast.hanna, home, track)
    with pytest.raises(Refused, match="redan släppt"):
        hold_actions.release_home(by=cast.hanna, hold=old, why="unsafe")
    assert states(home, track) == ("home_offered", "hold_offered")


def test_without_a_reason_or_with_a_lease_nothing_is_released(cast: Cast, case: Case) -> None:
    home, track = about.safe(cast.hanna), about.track_for(cast.alma, case)
    hold = about.hold(cast.hanna, home, track)
    with pytest.raises(Refused, match="Välj varför"):
        hold_actions.release_home(by=cast.hanna, hold=hold, why="")
    about.moved(track, "accept", "sign")
    with pytest.raises(Refused, match="Det finns ett kontrakt"):
        hold_actions.release_home(by=cast.hanna, hold=hold, why="unsafe")


def test_a_home_is_not_kept_for_a_closed_case(cast: Cast, case: Case) -> None:
    home, track = about.safe(cast.hanna), about.track_for(cast.alma, case)
    hold = about.hold(cast.hanna, home, track)
    about.close(cast, case)
    hold = HomeHold.objects.select_related("case__section", "track__need", "home").get(pk=hold.pk)
    with pytest.raises(Forbidden):
        hold_actions.release_home(by=cast.alma, hold=hold, why="home_gone")
    assert hold_actions.release_home(by=cast.hanna, hold=hold, why="home_gone").state == "hold_released"
    assert Home.objects.get(pk=home.pk).state == "free"


def test_another_branch_does_not_release(cast: Cast, case: Case) -> None:
    home, track = about.safe(cast.hanna), about.track_for(cast.alma, case)
    hold = about.hold(cast.hanna, home, track)
    about.close(cast, case)
    cast.hanna.section = cast.other
    cast.other.branch = "perpetrators"
    cast.other.save()
    cast.hanna.save()
    hold = HomeHold.objects.select_related("case__section", "track__need", "home").get(pk=hold.pk)
    assert not rules.can_release(cast.hanna, hold)
    with pytest.raises(NotFound):
        hold_actions.release_home(by=cast.hanna, hold=hold, why="home_gone")
