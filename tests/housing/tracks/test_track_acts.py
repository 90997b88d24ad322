"""A track is begun, changed and taken charge of; obstacles, steps and a decision are tied to it."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from audit import trail
from audit.tags import Tag
from casework import policy
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.crypto.fields import sealed_fields
from casework.records import StaleEdit
from housing.needs.models import HousingNeed
from housing.tracks import actions, moving, readers, rules
from housing.tracks.models import Track, TrackObstacle
from tests import factories
from tests.casework.insatser.conftest import note as note_insats
from tests.cast import Cast
from tests.fixtures import cases_of, last_event
from tests.housing.made import make_kind, make_need, make_track
from tests.housing.tracks.facts import TODAY, ago, change, close_case, later, move, start


def test_a_track_is_begun_for_a_need(cast: Cast, case: Case, need: HousingNeed) -> None:
    made = later(start(cast, need, next_on=ago(-5)))
    assert (made.state, made.waits_on, made.next_on, made.started_on) == ("planned", "waits_us", ago(-5), TODAY)
    assert (made.words.open().next_step, made.words.open().note) == ("Ring kön", "Bara för oss")
    assert (str(made), made.client_id) == (str(made.pk), case.client_id)
    assert cases_of(last_event(Tag.TRACK_STARTED)) == {case.number}


def test_one_of_a_kind_goes_on_at_a_time(cast: Cast, need: HousingNeed) -> None:
    first = start(cast, need)
    with pytest.raises(Refused, match="prövas redan"):
        start(cast, need)
    start(cast, need, make_kind(key="annan"))
    move(cast, first, "withdraw")
    assert start(cast, need).state == "planned"
    with pytest.raises(Refused, match="prövas redan"):
        move(cast, later(first), "try_again")


def test_a_way_that_is_switched_off_or_a_need_that_is_over_takes_none(cast: Cast, need: HousingNeed) -> None:
    with pytest.raises(Refused, match="används inte"):
        start(cast, need, make_kind(key="gammal", active=False))
    with trail.act(Tag.IMPORTED):
        need.meet()
        need.save()
    with pytest.raises(Refused, match="Behovet är avslutat"):
        start(cast, need)


def test_nothing_of_it_stands_in_clear(cast: Cast, need: HousingNeed) -> None:
    start(cast, need, note="Rosenbuske", next_step="Rosenbuske")
    assert (Track, "words") in [(owner, field.name) for owner, field in sealed_fields()]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {Track._meta.db_table}")
        row = b"|".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in cursor.fetchone())
    assert b"Rosenbuske" not in row
    assert "Rosenbuske" not in str(last_event(Tag.TRACK_STARTED))


@pytest.mark.parametrize("text", ["Åsa ringer", "Ring Öberg-Linds kö", "Skriv {number}", "Fråga {pseudonym}"])
def test_what_a_coordinator_reads_names_nobody(cast: Cast, case: Case, need: HousingNeed, text: str) -> None:
    written = text.format(number=case.number, pseudonym=case.pseudonym)
    with pytest.raises(Refused, match="Boendesamordnaren läser texten"):
        start(cast, need, next_step=written)
    track = start(cast, need)
    with pytest.raises(Refused, match="Boendesamordnaren läser texten"):
        change(cast, track, next_step=written)
    with pytest.raises(Refused, match="Boendesamordnaren läser texten"):
        move(cast, track, "offer", offer=written)
    assert change(cast, track, note=written).words.open().note == written


def test_a_coordinator_cannot_find_out_a_name_by_guessing(cast: Cast, need: HousingNeed) -> None:
    track = start(cast, need)
    for guess in ("Åsa", "Eva"):
        assert change(cast, later(track), by=cast.hanna, next_step=guess).words.open().next_step == guess


def test_a_change_writes_over_and_says_who_was_late(cast: Cast, need: HousingNeed) -> None:
    track = start(cast, need)
    made = later(change(cast, track, note="Ny"))
    assert (made.waits_on, made.next_on, made.version) == ("waits_person", ago(-3), 2)
    assert (made.words.open().next_step, made.words.open().note) == ("Skicka intyget", "Ny")
    with pytest.raises(StaleEdit):
        change(cast, track)
    with pytest.raises(Refused, match="i listan"):
        change(cast, made, waits_on="grannen")
    with pytest.raises(Refused, match="högst 300"):
        change(cast, made, next_step="x" * 301)
    move(cast, made, "withdraw")
    with pytest.raises(Refused, match="återtaget"):
        change(cast, later(track))


def test_a_coordinator_leaves_the_cases_own_note_alone(cast: Cast, need: HousingNeed) -> None:
    track = start(cast, need)
    changed = change(cast, track, by=cast.hanna)
    assert changed.words.open().note == "Bara för oss"
    with pytest.raises(policy.Forbidden):
        change(cast, changed, by=cast.hanna, note="Mitt")
    with pytest.raises(policy.Forbidden):
        move(cast, changed, "withdraw", by=cast.hanna, outcome="Mitt")


def test_a_coordinator_takes_charge(cast: Cast, need: HousingNeed, monkeypatch: pytest.MonkeyPatch) -> None:
    track, told = start(cast, need), list[Track]()
    monkeypatch.setattr(moving, "on_taken", [told.append])
    assert not rules.can_take(cast.alma, track)
    taken = actions.take_track(by=cast.hanna, track=track)
    assert (later(track).coordinator, later(track).version, told) == (cast.hanna, 2, [taken])
    assert last_event(Tag.TRACK_TAKEN).actor_id == str(cast.hanna.pk)
    assert not rules.can_take(cast.hanna, taken)
    with pytest.raises(Refused, match="redan hand om"):
        actions.take_track(by=cast.hanna, track=taken)
    with pytest.raises(policy.Forbidden):
        actions.take_track(by=cast.alma, track=track)
    move(cast, later(track), "withdraw")
    with pytest.raises(Refused, match="återtaget"):
        actions.take_track(by=cast.hanna, track=later(track))


def test_a_coordinator_has_no_say_before_the_need_is_handed_over(cast: Cast, case: Case) -> None:
    track = start(cast, make_need(cast.alma, case, published=False))
    for act in (change, lambda cast, track, **more: move(cast, track, "apply", **more)):
        with pytest.raises(policy.NotFound):
            act(cast, track, by=cast.hanna)
    with pytest.raises(policy.NotFound):
        actions.take_track(by=cast.hanna, track=track)


@pytest.mark.parametrize("who", ["bo", "eva", "edvin", "dag", "lo", "ada"])
def test_only_those_of_the_case_write(cast: Cast, need: HousingNeed, who: str) -> None:
    user, track = getattr(cast, who), start(cast, need)
    assert not rules.can_write(user, track.case)
    for act in (
        lambda: start(cast, need, by=user),
        lambda: change(cast, track, by=user),
        lambda: move(cast, track, "apply", by=user),
        lambda: actions.note_obstacle(by=user, track=track, obstacle="debts", noted_on=TODAY),
        lambda: actions.tie_insats(by=user, track=track, insats=None, version=1),
    ):
        with pytest.raises(policy.Forbidden):
            act()


def test_in_a_closed_case_nothing_is_done(
    cast: Cast, case: Case, need: HousingNeed, monkeypatch: pytest.MonkeyPatch
) -> None:
    track = start(cast, need)
    need.case = track.case = close_case(cast, case, monkeypatch)
    for act in (
        lambda: start(cast, need, make_kind(key="b"), by=cast.cecilia),
        lambda: change(cast, track, by=cast.cecilia),
        lambda: move(cast, track, "withdraw", by=cast.cecilia),
        lambda: actions.note_obstacle(by=cast.cecilia, track=track, obstacle="debts", noted_on=TODAY),
    ):
        with pytest.raises(Refused, match="avslutat"):
            act()
    with pytest.raises(policy.NotFound):
        move(cast, track, "apply", by=cast.hanna)


def test_a_signed_step_of_the_case_is_tied_once(cast: Cast, case: Case, need: HousingNeed) -> None:
    track, note = start(cast, need), factories.make_step(cast.alma, case)
    made = actions.tie_step(by=cast.alma, track=track, note=note)
    assert (str(made), made.case_number()) == (str(made.pk), case.number)
    assert cases_of(last_event(Tag.TRACK_STEP_TIED)) == {case.number}
    with pytest.raises(Refused, match="redan kopplat"):
        actions.tie_step(by=cast.alma, track=track, note=note)
    other = factories.make_case(cast.cecilia)
    factories.assign(cast.cecilia, other, cast.alma)
    with pytest.raises(Refused, match="finns inte i ärendet"):
        actions.tie_step(by=cast.alma, track=track, note=factories.make_step(cast.alma, other))


def test_a_decision_about_her_home_is_tied(cast: Cast, case: Case, need: HousingNeed) -> None:
    track = start(cast, need, make_kind(key="beslut", decision=True))
    insats = note_insats(cast, case)
    tied = actions.tie_insats(by=cast.alma, track=track, insats=insats, version=1)
    assert (later(track).insats, tied.version) == (insats, 2)
    with pytest.raises(StaleEdit):
        actions.tie_insats(by=cast.alma, track=track, insats=insats, version=1)
    with pytest.raises(Refused, match="gäller inte"):
        actions.tie_insats(by=cast.alma, track=track, insats=note_insats(cast, case, area="area_work"), version=2)
    assert actions.tie_insats(by=cast.alma, track=track, insats=None, version=2).insats is None
    with pytest.raises(Refused, match="inget beslut"):
        actions.tie_insats(by=cast.alma, track=start(cast, need), insats=insats, version=1)


def test_an_obstacle_is_noted_and_gone(cast: Cast, case: Case, need: HousingNeed) -> None:
    track = start(cast, need)
    row = actions.note_obstacle(by=cast.alma, track=track, obstacle="debts", noted_on=ago(3))
    assert (str(row), row.case_number()) == (str(row.pk), case.number)
    assert cases_of(last_event(Tag.TRACK_OBSTACLE)) == {case.number}
    for more, message in (
        ({"obstacle": "debts"}, "redan antecknat"),
        ({"obstacle": "regn"}, "i listan"),
        ({"noted_on": ago(-1)}, "inte kommit än"),
    ):
        facts: dict[str, Any] = {"obstacle": "shortage", "noted_on": TODAY, **more}
        with pytest.raises(Refused, match=message):
            actions.note_obstacle(by=cast.alma, track=track, **facts)
    with pytest.raises(Refused, match="Välj den dagen"):
        actions.clear_obstacle(by=cast.alma, obstacle=row, gone_on=ago(4))
    assert actions.clear_obstacle(by=cast.alma, obstacle=row, gone_on=TODAY).gone_on == TODAY
    with pytest.raises(Refused, match="redan antecknat"):
        actions.clear_obstacle(by=cast.alma, obstacle=row, gone_on=TODAY)
    again = actions.note_obstacle(by=cast.alma, track=track, obstacle="debts", noted_on=TODAY)
    assert readers.obstacles(track)[0][0].pk == again.pk
    assert TrackObstacle.objects.count() == 2


# --- constraints ------------------------------------------------------------------------------------------------------

DAY = "2026-03-01"


def force(track: Track, **values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        names = ", ".join(f"{name} = %s" for name in values)
        cursor.execute(f"UPDATE {track._meta.db_table} SET {names}", list(values.values()))


@pytest.mark.parametrize(
    ("name", "bad", "good"),
    [
        ("track_state_known", {"state": "lost"}, {"state": "planned"}),
        ("track_gone_whole", {"state": "declined"}, {"state": "declined", "ended_on": DAY, "declined": "no_fit"}),
        ("track_gone_whole", {"state": "declined", "ended_on": DAY}, {"state": "ended", "ended_on": DAY}),
        ("track_gone_whole", {"ended_on": DAY}, {}),
        ("track_gone_whole", {"declined": "no_fit"}, {}),
        ("track_gone_whole", {"state": "ended", "ended_on": DAY, "declined": "no_fit"}, {}),
        ("track_applied_whole", {"state": "applied"}, {"state": "applied", "applied_on": DAY}),
        ("track_applied_whole", {"state": "queued"}, {"applied_on": DAY}),
        ("track_moved_whole", {"state": "moved"}, {"state": "moved", "moved_on": DAY}),
    ],
)
def test_halves_are_refused_by_the_database(
    cast: Cast, need: HousingNeed, name: str, bad: dict[str, Any], good: dict[str, Any]
) -> None:
    track = make_track(need)
    with pytest.raises(IntegrityError, match=f"{name}|track_state_known|track_gone_whole"):
        force(track, **bad)
    if good:
        force(track, **good)


def test_one_open_track_of_a_kind_and_one_open_obstacle(cast: Cast, need: HousingNeed) -> None:
    track = make_track(need)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_track(need)
    actions.note_obstacle(by=cast.alma, track=track, obstacle="debts", noted_on=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic(), trail.act(Tag.IMPORTED):
        TrackObstacle(track=track, client_id=track.client_id, obstacle="debts").save()
    assert {"track_one_of_a_kind"} <= {one.name for one in Track._meta.constraints}
