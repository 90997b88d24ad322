"""What the database refuses by itself: halves, two at once, and states that are none."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from housing.homes.models import ColocationDecision, ColocationWords, Home, HomeHold, PlaceIndex
from tests.cast import Cast
from tests.housing import made
from tests.housing.homes import about

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
DAY = "2026-03-01"


def force(row: Any, **values: Any) -> None:
    key = row.pk.hex if connection.vendor == "sqlite" and hasattr(row.pk, "hex") else row.pk
    with transaction.atomic(), connection.cursor() as cursor:
        names = ", ".join(f"{name} = %s" for name in values)
        cursor.execute(f"UPDATE {row._meta.db_table} SET {names} WHERE id = %s", [*values.values(), key])


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ({"safety": "unchecked"}, {"safety": "unchecked", "safety_on": None}),
        ({"safety_on": None}, {"safety": "safety_good", "safety_on": DAY}),
        ({"safety": "safety_unfit", "safety_on": None}, {"safety": "safety_unfit", "safety_on": DAY}),
    ],
)
def test_home_safety_whole(cast: Cast, bad: dict[str, Any], good: dict[str, Any]) -> None:
    home = made.make_home()
    with pytest.raises(IntegrityError, match="home_safety_whole"):
        force(home, **bad)
    force(home, **good)


def test_home_state_known(cast: Cast) -> None:
    with pytest.raises(IntegrityError, match="home_state_known"):
        force(made.make_home(), state="lost")


def test_hold_state_known(cast: Cast, case: Case) -> None:
    hold = about.hold(cast.hanna, about.safe(cast.hanna), about.track_for(cast.alma, case))
    with pytest.raises(IntegrityError, match=r"hold_state_known|hold_released_whole"):
        force(hold, state="lost", released_on=DAY)


@pytest.mark.parametrize(
    "bad",
    [
        {"state": "hold_released"},
        {"state": "hold_released", "released_on": DAY},
        {"state": "hold_released", "released_why": "unsafe"},
        {"released_on": DAY},
        {"released_why": "unsafe"},
    ],
)
def test_hold_released_whole(cast: Cast, case: Case, bad: dict[str, Any]) -> None:
    hold = about.hold(cast.hanna, about.safe(cast.hanna), about.track_for(cast.alma, case))
    with pytest.raises(IntegrityError, match="hold_released_whole"):
        force(hold, **bad)
    force(hold, state="hold_released", released_on=DAY, released_why="unsafe")


def test_hold_one_of_a_home_and_hold_one_of_a_track(cast: Cast, case: Case) -> None:
    first = about.hold(cast.hanna, about.safe(cast.hanna), about.track_for(cast.alma, case))
    other = about.track_for(cast.bo, about.other_case(cast))
    second = about.hold(cast.hanna, about.safe(cast.hanna, street="Nygatan 1"), other)
    for column, value in (("home_id", first.home_id), ("track_id", first.track_id)):
        with pytest.raises(IntegrityError, match=rf"hold_one_of_a|{column}"):
            force(second, **{column: value.hex if connection.vendor == "sqlite" else value})
    assert HomeHold.objects.count() == 2


def test_placeindex_one_owner_and_once(cast: Cast, case: Case) -> None:
    home, place = about.add(cast.hanna), about.place(cast.alma, case)
    for owners in ({}, {"home": home, "place": place}):
        with pytest.raises(IntegrityError, match="placeindex_one_owner"), transaction.atomic():
            PlaceIndex.objects.create(value=2, **owners)
    for owner in ({"home": home}, {"place": place}):
        PlaceIndex.objects.create(value=2, **owner)
        with pytest.raises(IntegrityError, match="placeindex"), transaction.atomic():
            PlaceIndex.objects.create(value=2, **owner)


def question(cast: Cast, case: Case, home: Home, **more: Any) -> ColocationDecision:
    track = about.track_for(cast.alma, case) if "track" not in more else more.pop("track")
    facts = {"home": home, "track": track, "case": case, "client_id": case.client_id, "asked_by": cast.hanna, **more}
    row = ColocationDecision(words=ColocationWords(), **facts)
    with trail.act(Tag.IMPORTED):
        row.save()
    return row


def test_colocation_has_cause(cast: Cast, case: Case) -> None:
    with pytest.raises(IntegrityError, match="colocation_has_cause"):
        question(cast, case, made.make_home())


@pytest.mark.parametrize(
    "bad",
    [{"decided_at": timezone.now()}, {"decision": "object"}, {"decision": "go_on", "decided_at": timezone.now()}],
)
def test_colocation_decided_whole(cast: Cast, case: Case, bad: dict[str, Any]) -> None:
    row = question(cast, case, made.make_home(), same_building=True)
    with pytest.raises(IntegrityError, match="colocation_decided_whole"):
        force(row, **bad)


def test_colocation_one_question(cast: Cast, case: Case) -> None:
    row = question(cast, case, made.make_home(), same_building=True)
    with pytest.raises(IntegrityError, match=r"colocation_one_question|track_id"):
        question(cast, case, row.home, track=row.track, near_perpetrator=True)
