"""The end of a stay, with those of the children; and a decision that a time in the law has passed by."""

from typing import Any

import pytest

from audit.tags import Tag
from casework import policy
from casework.cases.models import Case
from casework.cases.rules import Refused
from housing.shelter import ending_actions, rules
from housing.shelter.models import ShelterStay
from housing.tracks import moving
from housing.tracks.models import Track
from tests.cast import Cast
from tests.fixtures import cases_of, events
from tests.housing.made import make_kind, make_need, make_track
from tests.housing.shelter.facts import PLACE, TODAY, adult, childs, close, day, decide, family, start


def end(cast: Cast, stay: ShelterStay, **more: Any) -> ShelterStay:
    facts = {"by": cast.alma, "ended_on": TODAY, "ended_why": "stay_own_home", "outcome": "Hon har ett hem"}
    return ending_actions.end_stay(stay=stay, **{**facts, **more})


def lapse(cast: Cast, stay: ShelterStay, **more: Any) -> ShelterStay:
    return ending_actions.lapse_stay(stay=stay, **{"by": cast.alma, **more})


def test_a_stay_ends_with_how_it_went(cast: Cast, case: Case) -> None:
    stay = adult(cast, case)
    done = end(cast, stay)
    done.refresh_from_db()
    assert (done.state, done.ended_on, done.ended_why) == ("ended", TODAY, "stay_own_home")
    assert (done.words.open().outcome, done.words.open().motivation) == ("Hon har ett hem", "Hotet består")
    assert cases_of(events(Tag.STAY_MOVED)[-1]) == {case.number}
    with pytest.raises(Refused, match="avslutad"):
        end(cast, done)
    assert decide(cast, case).state == "decided"


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"ended_on": day(1)}, "inte kommit"),
        ({"ended_on": day(-31)}, "före"),
        ({"ended_why": "påhittad"}, "i listan"),
        ({"ended_why": ""}, "i listan"),
        ({"ended_why": "stay_guardians_ended"}, "i listan"),
        ({"ended_why": "stay_adult"}, "i listan"),
        ({"outcome": "Flyttade från Xylofonen"}, "inga platser"),
    ],
)
def test_an_end_that_cannot_be_is_refused(cast: Cast, case: Case, more: dict[str, Any], message: str) -> None:
    with pytest.raises(Refused, match=message):
        end(cast, adult(cast, case, place=PLACE), **more)


def test_the_childrens_stays_end_with_hers_the_same_day(cast: Cast, case: Case) -> None:
    hers = adult(cast, case)
    there = start(cast, childs(cast, hers, family(cast, case, agreed=True), "all_consent"), -2)
    waiting = childs(cast, hers, family(cast, case, alias="yngsta barnet"), "court")
    over = end(cast, childs(cast, hers, family(cast, case, agreed=True), "all_consent"), ended_why="stay_consent")
    before = len(events(Tag.STAY_MOVED))
    end(cast, hers)
    for stay in (there, waiting):
        stay.refresh_from_db()
        assert (stay.state, stay.ended_on, stay.ended_why) == ("ended", TODAY, "stay_guardians_ended")
    over.refresh_from_db()
    assert over.ended_why == "stay_consent"
    assert len(events(Tag.STAY_MOVED)) == before + 3


def test_she_does_not_end_before_a_child_came(cast: Cast, case: Case) -> None:
    hers = adult(cast, case)
    start(cast, childs(cast, hers, family(cast, case, agreed=True), "all_consent"), -2)
    with pytest.raises(Refused, match="före"):
        end(cast, hers, ended_on=day(-5))
    hers.refresh_from_db()
    assert hers.state == "staying"


def test_a_childs_own_end_leaves_hers(cast: Cast, case: Case) -> None:
    hers = adult(cast, case)
    stay = start(cast, childs(cast, hers, family(cast, case, agreed=True), "all_consent"), -2)
    assert end(cast, stay, ended_why="stay_adult").ended_why == "stay_adult"
    hers.refresh_from_db()
    assert hers.state == "staying"


def test_the_track_has_done_its_work(cast: Cast, case: Case) -> None:
    track = make_track(make_need(cast.alma, case), make_kind("way_shelter"))
    end(cast, adult(cast, case, track=track))
    assert (Track.objects.get().state, Track.objects.get().ended_on) == ("ended", TODAY)


@pytest.mark.parametrize(("why", "counted"), [("stay_left", 1), ("stay_back", 0)])
def test_the_track_waits_on_when_she_never_came(cast: Cast, case: Case, why: str, counted: int) -> None:
    track = make_track(make_need(cast.alma, case), make_kind("way_shelter"))
    end(cast, decide(cast, case, track=track), ended_why=why)
    track.refresh_from_db()
    assert (track.state, track.offers_declined) == ("queued", counted)


def test_a_track_that_is_gone_already_is_left_alone(cast: Cast, case: Case) -> None:
    track = make_track(make_need(cast.alma, case), make_kind("way_shelter"))
    stay = decide(cast, case, track=track)
    moving.move(moving.locked(track), "withdraw", declined="person_declined")
    assert end(cast, stay).state == "ended"
    track.refresh_from_db()
    assert track.state == "withdrawn"


def test_what_goes_on_in_a_closed_case_is_wound_up(cast: Cast, case: Case) -> None:
    hers = adult(cast, case)
    late = childs(cast, hers, family(cast, case), "immediate", -20)
    closed = close(cast, case)
    hers.case = late.case = closed
    assert lapse(cast, late, by=cast.cecilia).state == "lapsed"
    assert end(cast, hers, by=cast.cecilia).state == "ended"


def test_nothing_lapses_before_its_time(cast: Cast, case: Case) -> None:
    hers = adult(cast, case)
    for stay in (hers, childs(cast, hers, family(cast, case), "immediate", -1)):
        assert "lapse" not in rules.possible(stay, TODAY)
        with pytest.raises(Refused, match="Ingen tid i lagen"):
            lapse(cast, stay)


def test_a_decision_that_was_not_submitted_has_lapsed(cast: Cast, case: Case) -> None:
    hers, child = adult(cast, case), family(cast, case)
    stay = childs(cast, hers, child, "immediate", -20)
    assert "lapse" in rules.possible(stay, TODAY)
    done = lapse(cast, stay)
    assert (done.state, done.ended_why) == ("lapsed", "")
    assert done.ended_on is not None
    assert day(-13) < done.ended_on < TODAY
    with pytest.raises(Refused, match="upphörde att gälla"):
        lapse(cast, done)
    assert childs(cast, hers, child, "immediate").state == "decided"


@pytest.mark.parametrize("who", ["bo", "eva", "edvin", "hanna"])
def test_only_those_of_the_case_end_it(cast: Cast, case: Case, who: str) -> None:
    stay = adult(cast, case)
    for act in (end, lapse):
        with pytest.raises(policy.Forbidden):
            act(cast, stay, by=getattr(cast, who))
