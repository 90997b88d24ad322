"""A need is met by the track that leads to a lasting home, and the other tracks are withdrawn in the same act."""

import pytest

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from housing.codes import LeaseKind
from housing.needs import actions, following
from housing.needs.models import HousingNeed
from housing.tracks import moving
from housing.tracks.models import Track
from tests.cast import Cast
from tests.fixtures import cases_of, events, last_event
from tests.housing.made import make_kind, make_track
from tests.housing.needs.facts import handed, write

HOME = ("offer", "accept", "move_in")


@pytest.mark.parametrize("lease", ["first_hand", "sublease", "transition", ""])
def test_a_lasting_home_meets_the_need(cast: Cast, case: Case, lease: str) -> None:
    need = handed(cast, case)
    other = make_track(need, make_kind(key="other"), "apply")
    done = make_track(need, make_kind(key="home", lease=lease), *HOME)
    fresh = HousingNeed.objects.get()
    assert (fresh.state, fresh.ended_on is not None, fresh.withdrawn_why) == ("met", True, "")
    assert done.need.state == "met"
    states = dict(Track.objects.values_list("pk", "state"))
    assert states == {other.pk: "withdrawn", done.pk: "moved"}
    assert Track.objects.get(pk=other.pk).declined == "other_home"
    assert cases_of(last_event(Tag.NEED_ENDED)) == {case.number}


@pytest.mark.parametrize(
    ("way", "lease"), [("way_plain", "transitional_home"), ("way_plain", "trial_flat"), ("way_shelter", "")]
)
def test_a_home_for_a_time_leaves_the_need(cast: Cast, case: Case, way: str, lease: str) -> None:
    need = handed(cast, case)
    other = make_track(need, make_kind(key="other"), "apply")
    make_track(need, make_kind(way, key="time", lease=lease), *HOME)
    assert HousingNeed.objects.get().state == "published"
    assert Track.objects.get(pk=other.pk).state == "applied"
    assert not events(Tag.NEED_ENDED)


def test_every_lease_is_lasting_or_for_a_time() -> None:
    kinds = {lease: following.leads_home(make_unsaved(lease)) for lease in LeaseKind.values}
    assert [lease for lease, lasting in kinds.items() if not lasting] == ["transitional_home", "trial_flat"]


def make_unsaved(lease: str) -> "following.TrackKind":
    return following.TrackKind(way="way_plain", lease=lease)


def test_a_need_that_was_never_handed_over_is_met_too(cast: Cast, case: Case) -> None:
    make_track(write(cast, case), make_kind(), *HOME)
    assert HousingNeed.objects.get().state == "met"


def test_other_moves_leave_the_need(cast: Cast, case: Case) -> None:
    need = handed(cast, case)
    make_track(need, make_kind(key="a"), "apply", "acknowledge", "offer", "view", "accept", "sign")
    make_track(need, make_kind(key="b"), "apply", "acknowledge")
    assert HousingNeed.objects.get().state == "published"


def test_a_second_move_in_does_not_end_what_has_ended(cast: Cast, case: Case) -> None:
    need = handed(cast, case)
    first = make_track(need, make_kind(key="a"), *HOME)
    again = make_track(need, make_kind(key="b"), *HOME)
    assert (first.state, again.state) == ("moved", "moved")
    assert len(events(Tag.NEED_ENDED)) == 1


def test_the_need_is_met_within_the_act_that_moves_the_track(cast: Cast, case: Case) -> None:
    need = handed(cast, case)
    track = make_track(need, make_kind(), "offer", "accept")

    def move_and_fail() -> None:
        with trail.act(Tag.TRACK_MOVED, by=cast.hanna):
            moving.move(moving.locked(track), "move_in")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        move_and_fail()
    assert HousingNeed.objects.get().state == "published"
    assert not events(Tag.NEED_ENDED)


def test_after_a_met_need_there_is_room_for_a_new_one(cast: Cast, case: Case) -> None:
    make_track(handed(cast, case), make_kind(), *HOME)
    assert write(cast, case).state == "draft"
    assert actions.withdraw_need(by=cast.alma, need=HousingNeed.objects.get(state="draft"), why="need_person")
