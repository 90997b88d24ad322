"""Every step of the machine: allowed where the table says, refused everywhere else, once however many try."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections, transaction

from audit import trail
from audit.tags import Tag
from casework.cases.rules import Refused
from casework.crypto import keyring
from casework.records import StaleEdit
from casework.state import transitions
from housing.codes import DeclineReason
from housing.needs.models import HousingNeed
from housing.tracks import moving, rules
from housing.tracks.models import Track, TrackKind, TrackState
from tests.cast import Cast
from tests.fixtures import cases_of, events, last_event
from tests.housing.made import make_kind, make_track
from tests.housing.tracks.facts import TODAY, ago, later, move, start

PATHS: dict[str, tuple[str, ...]] = {
    "planned": (),
    "applied": ("apply",),
    "queued": ("apply", "acknowledge"),
    "offered": ("offer",),
    "viewing": ("offer", "view"),
    "accepted": ("offer", "accept"),
    "contract": ("offer", "accept", "sign"),
    "moved": ("offer", "accept", "move_in"),
    "ended": ("offer", "accept", "move_in", "end"),
    "declined": ("apply", "decline"),
    "withdrawn": ("withdraw",),
    "expired": ("apply", "expire"),
}
TARGETS = {(source, name): target for source, name, target in transitions(Track)}


def brought(cast: Cast, need: HousingNeed, state: str, **kind: Any) -> Track:
    """A track in that state, on a way that meets no need."""
    track = start(cast, need, make_kind("way_shelter", **kind))
    for name in PATHS[state]:
        if name == "expire":
            _late(track)
        track = move(cast, later(track), name)
    return later(track)


def _late(track: Track) -> None:
    fresh = later(track)
    fresh.answer_due_on = ago(1)
    with trail.act(Tag.IMPORTED):
        fresh.save()


@pytest.mark.parametrize("state", TrackState.values)
def test_each_state_takes_its_steps_and_no_other(cast: Cast, need: HousingNeed, state: str) -> None:
    track = brought(cast, need, state)
    assert track.state == state
    for name in rules.MOVES:
        fresh, target = brought_again(track, state), TARGETS.get((state, name))
        if target is None:
            with pytest.raises(Refused):
                move(cast, fresh, name)
        elif name == "expire" and state == "applied":
            with pytest.raises(Refused, match="på sig"):
                move(cast, fresh, name)
        else:
            assert (name in rules.possible(fresh)) is True
            with pytest.raises(Undone):
                undone(lambda fresh=fresh, name=name: move(cast, fresh, name), target)


class Undone(Exception):
    """What was tried is rolled back."""


def undone(step: Callable[[], Track], target: str) -> None:
    with transaction.atomic():
        assert step().state == target
        raise Undone


def brought_again(track: Track, state: str) -> Track:
    fresh = later(track)
    assert fresh.state == state
    return fresh


def test_a_whole_way_keeps_its_days_and_whom_it_waits_on(cast: Cast, need: HousingNeed) -> None:
    track = start(cast, need, make_kind("way_shelter", answer_days=14))
    seen = []
    for name in ("apply", "acknowledge", "offer", "view", "accept", "sign", "move_in", "end"):
        track = move(
            cast, track, name, offer="H-1042" if name == "offer" else "", outcome="Bra" if name == "end" else ""
        )
        seen.append(track.waits_on)
    fresh = later(track)
    assert seen[:3] == ["waits_receiver", "waits_receiver", "waits_person"]
    assert (fresh.state, fresh.ended_on, fresh.declined, fresh.next_on) == ("ended", TODAY, "", None)
    days = (fresh.applied_on, fresh.offered_on, fresh.accepted_on, fresh.contract_on, fresh.moved_on)
    assert (days, fresh.answer_due_on) == ((TODAY,) * 5, ago(-14))
    assert (fresh.words.open().offer, fresh.words.open().outcome) == ("H-1042", "Bra")
    assert len(events(Tag.TRACK_MOVED)) == 8
    assert cases_of(last_event(Tag.TRACK_MOVED)) == {track.case.number}


def test_an_offer_that_is_lost_is_counted_kept_and_waits_on(cast: Cast, need: HousingNeed) -> None:
    track = move(cast, brought(cast, need, "applied"), "offer", offer="Tre rum")
    lost = move(cast, track, "lose_offer", outcome="För nära")
    fresh = later(track)
    assert (fresh.state, fresh.offers_declined, fresh.offered_on, fresh.declined) == ("queued", 1, None, "")
    assert (fresh.words.open().offer, fresh.words.open().outcome) == ("", "Tre rum\nFör nära")
    assert lost.lost_for == "person_declined"
    with pytest.raises(Refused, match="varför"):
        move(cast, move(cast, fresh, "offer"), "lose_offer", declined="consent_missing")


def test_a_home_that_was_taken_away_is_no_no_of_hers(cast: Cast, need: HousingNeed) -> None:
    lost = move(cast, brought(cast, need, "accepted"), "lose_offer", declined="home_gone")
    assert (lost.offers_declined, lost.lost_for) == (0, "home_gone")


def test_an_offer_before_anybody_applied_waits_since_the_track_began(cast: Cast, need: HousingNeed) -> None:
    lost = move(cast, brought(cast, need, "offered"), "lose_offer")
    assert (later(lost).state, later(lost).applied_on) == ("queued", lost.started_on)


@pytest.mark.parametrize("name", ["decline", "expire", "withdraw"])
def test_what_comes_to_nothing_has_a_reason_of_its_own(cast: Cast, need: HousingNeed, name: str) -> None:
    track = brought(cast, need, "queued")
    with pytest.raises(Refused, match="varför"):
        move(cast, track, name, declined="")
    gone = move(cast, track, name, outcome="Nej")
    assert (gone.ended_on, gone.next_on, gone.words.open().outcome) == (TODAY, None, "Nej")
    again = move(cast, gone, "try_again")
    assert (again.state, again.ended_on, again.declined, again.applied_on) == ("planned", None, "", None)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"on": ago(-1)}, "framåt i tiden"),
        ({"on": ago(9)}, "hade kommit längre"),
        ({"name": "fly"}, "inte för hand"),
        ({"name": "save"}, "inte för hand"),
        ({"version": 7}, None),
    ],
)
def test_what_cannot_be_is_refused(cast: Cast, need: HousingNeed, more: dict[str, Any], message: str | None) -> None:
    track = brought(cast, need, "offered")
    with pytest.raises(Refused if message else StaleEdit, match=message):
        move(cast, track, **{"name": "accept", **more})
    assert later(track).state == "offered"


def test_moving_by_other_subjects_is_held_to_the_same(cast: Cast, need: HousingNeed) -> None:
    track = make_track(need)
    with pytest.raises(Refused, match="vägens läge är ”planeras”"):
        moving.move(track, "sign")
    with pytest.raises(Refused, match="varför"):
        moving.move(make_track(need, make_kind(key="b")), "withdraw")
    with pytest.raises(Refused, match="varför"):
        moving.turn_down(make_track(need, make_kind(key="c"), "offer"), declined="")


def test_what_is_taken_by_hand_depends_on_the_way() -> None:
    kinds = {way: make_kind_unsaved(way) for way in ("way_kompott", "way_fortur", "way_private", "way_plain")}
    assert rules.by_hand(kinds["way_kompott"]) == ["end", "withdraw", "try_again"]
    assert set(rules.by_hand(kinds["way_fortur"])) == {
        "view", "accept", "sign", "move_in", "end", "lose_offer", "withdraw", "try_again",
    }  # fmt: skip
    assert rules.by_hand(kinds["way_private"]) == list(rules.MOVES) == rules.by_hand(kinds["way_plain"])
    assert "view" not in rules.by_hand(make_kind_unsaved("way_plain", viewing=False))
    assert set(rules.MOVES) == {name for _, name, _ in transitions(Track)}
    assert all(set(move.why) <= set(DeclineReason.values) for move in rules.MOVES.values())


def make_kind_unsaved(way: str, **more: Any) -> Any:
    return TrackKind(key=way, name=way, way=way, **more)


def test_a_step_of_another_subject_is_not_taken_by_hand(cast: Cast, need: HousingNeed) -> None:
    exchange = start(cast, need, make_kind("way_kompott"))
    with pytest.raises(Refused, match="inte för hand"):
        move(cast, exchange, "apply")
    assert move(cast, exchange, "withdraw").state == "withdrawn"


def test_a_late_answer_is_shown_and_expires_only_by_hand(cast: Cast, need: HousingNeed) -> None:
    track = brought(cast, need, "applied")
    assert not rules.is_late(track)
    assert "expire" not in rules.possible(track)
    _late(track)
    late = later(track)
    assert (rules.is_late(late), late.state) == (True, "applied")
    assert move(cast, late, "expire").state == "expired"
    assert not rules.is_late(brought(cast, need, "queued", key="ko"))


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_of_many_who_take_the_same_step_one_does(cast: Cast, need: HousingNeed) -> None:
    track, answers = start(cast, need), list[str]()
    together = threading.Barrier(8)

    def take() -> None:
        try:
            with keyring.scope():
                together.wait(timeout=30)
                for _ in range(25):
                    answers.append(attempt(lambda: move(cast, track, "apply")))
        finally:
            connections.close_all()

    crowd = [threading.Thread(target=take) for _ in range(8)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert len(answers) == 200
    assert [answer for answer in answers if answer != "refused"] == ["applied"]
    assert len(events(Tag.TRACK_MOVED)) == 1
    assert (later(track).state, later(track).version) == ("applied", 2)


def attempt(step: Callable[[], Track]) -> str:
    try:
        return str(step().state)
    except (Refused, StaleEdit):
        return "refused"
