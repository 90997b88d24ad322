"""The acts: a need is written, changed, handed over and taken back."""

from typing import Any

import pytest

from audit.tags import Tag
from casework import policy
from casework.cases import actions as cases
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.records import StaleEdit
from casework.state import TransitionNotAllowed
from housing.needs import actions, readers, rules
from housing.needs.models import HousingNeed, NeedProfile, NeedVersion
from housing.tracks import moving
from housing.tracks.models import Track
from tests.cast import Cast
from tests.fixtures import cases_of, last_event
from tests.housing.made import make_kind, make_track
from tests.housing.needs.facts import change, handed, profile, write

OUTSIDE = ["bo", "eva", "edvin", "dag", "hanna", "lo", "ada"]


def close(cast: Cast, case: Case) -> Case:
    closing = cases.move_case(by=cast.cecilia, case=case, name="begin_closing", reason="Klart")
    return cases.close_case(by=cast.cecilia, case=closing, closure_reason="goals_reached", note="Bra")


def test_a_need_is_written_and_only_the_case_knows_it(cast: Cast, case: Case) -> None:
    need = write(cast, case)
    assert (need.state, need.urgency, need.published_at, need.written_by) == ("draft", "month", None, cast.alma)
    assert (len(need.token), need.token[:2]) == (8, "B-")
    version = readers.version_of(need)
    assert (version.number, version.written_by) == (1, cast.alma)
    assert readers.newest(need).note == "Nära mormor"
    event = last_event(Tag.NEED_WRITTEN)
    assert cases_of(event) == {case.number}
    assert "mormor" not in str(vars(event))


def test_a_case_has_one_need_at_a_time(cast: Cast, case: Case) -> None:
    need = write(cast, case)
    with pytest.raises(Refused, match="redan ett boendebehov"):
        write(cast, case)
    actions.withdraw_need(by=cast.alma, need=need, why="need_recast")
    assert write(cast, case).token != need.token


@pytest.mark.parametrize("who", OUTSIDE)
def test_only_who_writes_in_the_case_writes_its_need(cast: Cast, case: Case, who: str) -> None:
    need, by = write(cast, case), getattr(cast, who)
    for act in (
        lambda: write(cast, case, by=by),
        lambda: change(cast, need, by=by),
        lambda: actions.publish_need(by=by, need=need),
        lambda: actions.withdraw_need(by=by, need=need, why="need_person"),
    ):
        with pytest.raises(policy.Forbidden):
            act()
    assert HousingNeed.objects.get().state == "draft"


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"urgency": "soon"}, "alternativen"), ({"children": ["7"]}, "alternativen"), ({"access": ["x"]}, "alternativ"),
        ({"obstacles": ["x"]}, "alternativen"), ({"threat": "x"}, "alternativen"), ({"areas": ["x"]}, "Välj områden"),
        ({"avoid": ["x"]}, "Välj områden"), ({"region": ["1280"]}, "Välj områden"),
        ({"areas": ["1281", "1230"]}, "Lund står både"), ({"adults": -1}, "mellan 0 och 20"),
        ({"rooms": 21}, "mellan 0 och 20"), ({"children": ["0"] * 21}, "mellan 0 och 20"),
        ({"max_rent": -1}, "hyra på högst"), ({"max_rent": 100_001}, "hyra på högst"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(cast: Cast, case: Case, more: dict[str, Any], message: str) -> None:
    with pytest.raises(Refused, match=message):
        write(cast, case, **more)
    assert not HousingNeed.objects.exists()
    need = write(cast, case)
    with pytest.raises(Refused, match=message):
        change(cast, need, **more)
    assert NeedVersion.objects.count() == 1


def test_a_change_makes_a_new_version_and_keeps_the_old(cast: Cast, case: Case) -> None:
    need = write(cast, case)
    changed = change(cast, need, by=cast.cecilia, rooms=4, urgency="now")
    assert (changed.urgency, changed.version) == ("now", 2)
    rows = list(NeedVersion.objects.filter(need=need))
    assert [(row.number, row.profile.open().rooms, row.written_by) for row in rows] == [
        (2, 4, cast.cecilia), (1, 3, cast.alma),
    ]  # fmt: skip
    with pytest.raises(StaleEdit):
        change(cast, need, version=1)
    assert cases_of(last_event(Tag.NEED_WRITTEN)) == {case.number}


def test_an_area_without_a_name_any_more_may_stay_to_be_avoided(cast: Cast, case: Case, settings: Any) -> None:
    known = settings.HOUSING
    settings.HOUSING = {**known, "city_areas": {**known["city_areas"], "city_old": "Gamla"}}
    need = write(cast, case, avoid=["city_old"])
    settings.HOUSING = known
    assert ("city_old", "city_old") in readers.area_choices(need)
    assert readers.newest(change(cast, need, avoid=["city_old"])).avoid == ["city_old"]
    with pytest.raises(Refused, match="Välj områden"):
        change(cast, HousingNeed.objects.get(), avoid=["city_older"])


def test_a_need_is_handed_over_once(cast: Cast, case: Case) -> None:
    need = write(cast, case)
    done = actions.publish_need(by=cast.alma, need=need)
    assert (done.state, done.published_at is not None) == ("published", True)
    assert cases_of(last_event(Tag.NEED_PUBLISHED)) == {case.number}
    for stage in (need, done):
        with pytest.raises(Refused, match="redan lämnat"):
            actions.publish_need(by=cast.alma, need=stage)
    with pytest.raises(TransitionNotAllowed):
        done.publish()


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"adults": 0}, "Fyll i antal vuxna innan"),
        ({"rooms": 0}, "antal rum"),
        ({"adults": 0, "rooms": 0}, "vuxna och"),
    ],
)
def test_only_a_whole_need_is_handed_over(cast: Cast, case: Case, more: dict[str, Any], message: str) -> None:
    need = write(cast, case, **more)
    with pytest.raises(Refused, match=message):
        actions.publish_need(by=cast.alma, need=need)
    done = actions.publish_need(by=cast.alma, need=change(cast, need))
    with pytest.raises(Refused, match=message):
        change(cast, done, **more)
    assert readers.newest(done).rooms == 3


def test_taking_back_ends_the_tracks_that_are_open(cast: Cast, case: Case) -> None:
    need = handed(cast, case)
    open_one = make_track(need, make_kind(key="a"), "apply")
    moved = make_track(need, make_kind(key="b", lease="transitional_home"), "offer", "accept", "move_in")
    gone = actions.withdraw_need(by=cast.cecilia, need=need, why="need_own_home")
    assert (gone.state, gone.withdrawn_why, gone.ended_on is not None) == ("withdrawn", "need_own_home", True)
    states = dict(Track.objects.values_list("pk", "state"))
    assert (states[open_one.pk], states[moved.pk]) == ("withdrawn", "moved")
    assert Track.objects.get(pk=open_one.pk).declined == "other_home"
    event = last_event(Tag.NEED_ENDED)
    assert (event.reason_code, event.actor, cases_of(event)) == ("need_own_home", "Cecilia Holm", {case.number})


def test_a_track_that_cannot_end_keeps_the_whole_need(cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    need = handed(cast, case)
    for key in ("a", "leased"):
        make_track(need, make_kind(key=key))

    def refuse(track: Track, name: str) -> None:
        if track.kind.key == "leased":
            raise Refused("Hyresförhållandet ska avslutas först.")

    monkeypatch.setattr(moving, "on_moved", [refuse])
    with pytest.raises(Refused, match="avslutas först"):
        actions.withdraw_need(by=cast.alma, need=need, why="need_person")
    assert HousingNeed.objects.get().state == "published"
    assert set(Track.objects.values_list("state", flat=True)) == {"planned"}


@pytest.mark.parametrize("why", HousingNeed.WithdrawnWhy.values)
def test_every_reason_to_take_back_has_one_for_the_tracks(cast: Cast, case: Case, why: str) -> None:
    need = handed(cast, case)
    make_track(need)
    actions.withdraw_need(by=cast.alma, need=need, why=why)
    assert Track.objects.get().declined == actions.DECLINED[HousingNeed.WithdrawnWhy(why)]


def test_taking_back_needs_a_reason(cast: Cast, case: Case) -> None:
    with pytest.raises(Refused, match="Välj varför"):
        actions.withdraw_need(by=cast.alma, need=write(cast, case), why="tired")
    assert HousingNeed.objects.get().state == "draft"


def test_what_is_taken_back_does_not_change(cast: Cast, case: Case) -> None:
    before = write(cast, case)
    after = actions.withdraw_need(by=cast.alma, need=before, why="need_person")
    for need in (before, after):
        for act in (
            lambda need=need: change(cast, need),
            lambda need=need: actions.publish_need(by=cast.alma, need=need),
            lambda need=need: actions.withdraw_need(by=cast.alma, need=need, why="need_person"),
        ):
            with pytest.raises(Refused, match="ändras inte mer"):
                act()
    for name in ("publish", "meet", "withdraw"):
        with pytest.raises(TransitionNotAllowed):
            getattr(after, name)()


def test_in_a_closed_case_nothing_is_written(cast: Cast, case: Case) -> None:
    need = write(cast, case)
    done = close(cast, Case.objects.get(pk=case.pk))
    need.case = done
    other = HousingNeed.objects.get(pk=need.pk)
    for act in (
        lambda: write(cast, done, by=cast.cecilia),
        lambda: write(cast, case, by=cast.cecilia),
        lambda: change(cast, need, by=cast.cecilia),
        lambda: actions.publish_need(by=cast.cecilia, need=other),
        lambda: actions.withdraw_need(by=cast.cecilia, need=need, why="need_case_closed"),
    ):
        with pytest.raises(Refused, match="Ärendet är avslutat"):
            act()
    assert HousingNeed.objects.get().state == "draft"


def test_a_case_that_was_closed_meanwhile_takes_no_change(cast: Cast, case: Case) -> None:
    need = write(cast, case)
    need.case = Case.objects.get(pk=case.pk)
    close(cast, Case.objects.get(pk=case.pk))
    with pytest.raises(Refused, match="Ärendet är avslutat"):
        change(cast, need, by=cast.cecilia)


def test_many_needs_are_read_in_the_same_few_queries(
    cast: Cast, case: Case, django_assert_max_num_queries: Any
) -> None:
    need = change(cast, handed(cast, case), rooms=5)
    with django_assert_max_num_queries(2):
        found = readers.profiles([need])
    assert found == {need.pk: readers.newest(need)}
    assert found[need.pk] == profile(rooms=5)
    assert readers.profiles([]) == {}


def test_the_rules_know_every_state() -> None:
    assert set(rules.GOING_ON) == {"draft", "published"}
    assert not rules.places_of(NeedProfile())
