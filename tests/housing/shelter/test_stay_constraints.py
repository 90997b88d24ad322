"""What the database itself holds together: both, neither, half."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from casework.state import TransitionNotAllowed
from housing.shelter.models import ShelterStay, StayPlace
from tests.cast import Cast
from tests.housing.shelter.facts import TODAY, WORDS, adult, childs, day, decide, family, force, provider


def test_stay_state_known(cast: Cast, case: Case) -> None:
    stay = decide(cast, case)
    with pytest.raises(IntegrityError, match=r"stay_state_known|stay_ended_whole"):
        force(stay, state="gone")
    force(stay, state="waiting_court")
    force(stay, state="decided")


def test_stay_child_whole(cast: Cast, case: Case) -> None:
    hers = adult(cast, case)
    theirs = childs(cast, hers, family(cast, case), "immediate")
    half: list[tuple[ShelterStay, dict[str, Any]]] = [
        (hers, {"ground": "court"}), (theirs, {"ground": "adult"}), (theirs, {"adult_stay_id": None}),
    ]  # fmt: skip
    for row, values in half:
        with pytest.raises(IntegrityError, match="stay_child_whole"):
            force(row, **values)
    force(theirs, ground="all_consent")
    force(hers, ground="adult")


def test_stay_started_whole(cast: Cast, case: Case) -> None:
    stay = decide(cast, case)
    with pytest.raises(IntegrityError, match="stay_started_whole"):
        force(stay, state="staying")
    force(stay, state="staying", started_on=str(TODAY))
    force(stay, state="decided", started_on=None)


@pytest.mark.parametrize(
    "values",
    [
        {"state": "ended", "ended_on": None},
        {"state": "lapsed", "ended_on": None},
        {"state": "decided", "ended_on": str(TODAY)},
        {"state": "decided", "ended_why": "stay_left"},
    ],
)
def test_stay_ended_whole(cast: Cast, case: Case, values: dict[str, Any]) -> None:
    stay = decide(cast, case)
    with pytest.raises(IntegrityError, match="stay_ended_whole"):
        force(stay, **values)
    force(stay, state="ended", ended_on=str(TODAY), ended_why="stay_left")
    force(stay, state="decided", ended_on=None, ended_why="")


def test_stay_end_forward(cast: Cast, case: Case) -> None:
    stay = decide(cast, case)
    with pytest.raises(IntegrityError, match="stay_end_forward"):
        force(stay, state="ended", ended_on=str(day(-41)))
    force(stay, state="ended", ended_on=str(day(-40)))
    force(stay, state="decided", ended_on=None)


def test_stay_one_at_a_time(cast: Cast, case: Case) -> None:
    first = decide(cast, case)
    facts = {"case": case, "client_id": case.client_id, "provider": provider(), "ground": "adult"}
    more = {"decided_on": TODAY, "decided_by": cast.cecilia, "words": WORDS, "place": StayPlace()}
    with pytest.raises(IntegrityError), transaction.atomic(), trail.act(Tag.IMPORTED):
        ShelterStay(**facts, **more).save()
    force(first, state="ended", ended_on=str(TODAY))
    with trail.act(Tag.IMPORTED):
        ShelterStay(**facts, **more).save()
    assert any(one.name == "stay_one_at_a_time" for one in ShelterStay._meta.constraints)


ALLOWED = {
    ("decided", "await_court"), ("decided", "start"), ("waiting_court", "start"), ("decided", "lapse"),
    ("waiting_court", "lapse"), ("staying", "lapse"), ("decided", "end"), ("waiting_court", "end"), ("staying", "end"),
}  # fmt: skip


@pytest.mark.parametrize("name", ["await_court", "start", "lapse", "end"])
@pytest.mark.parametrize("state", ["decided", "waiting_court", "staying", "ended", "lapsed"])
def test_a_transition_is_allowed_from_where_it_is_meant(state: str, name: str) -> None:
    stay = ShelterStay(state=state)
    if (state, name) in ALLOWED:
        getattr(stay, name)()
        assert stay.state != state
    else:
        with pytest.raises(TransitionNotAllowed):
            getattr(stay, name)()
