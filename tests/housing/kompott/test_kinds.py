"""What a file can say, and nothing else."""

from typing import Any

import pytest

from casework.cases.rules import Refused
from casework.state import transitions
from housing.kompott.kinds import ANSWERING, ASKING, KINDS, label, profile_of, told_of, understood
from housing.kompott.models import KompottRequest
from housing.kompott.steps import new_reference
from housing.needs.models import NeedProfile
from housing.stages import table

REFERENCE = "K-22334455"
RIGHT: dict[str, dict[str, Any]] = {
    "turned_down": {"why": "person_declined"},
    "withdrawn": {"why": "other_home"},
    "moved": {"day": "2026-03-01"},
    "transfer_asked": {"day": "2026-03-01"},
    "offered": {"offer": "Två rum\n8 000 kr"},
    "declined": {"why": "no_home"},
    "offer_lost": {"why": "home_gone"},
    "contract": {"lease": "sublease"},
    "transfer_answer": {"takes_over": False},
}


def content(kind: Any, facts: Any = None, reference: Any = REFERENCE) -> dict[str, Any]:
    return {"kind": kind, "reference": reference, "facts": {} if facts is None else facts}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_understood(kind: str) -> None:
    message = understood(content(kind, RIGHT.get(kind, {})))
    assert (message.kind, message.reference) == (kind, REFERENCE)
    assert label(kind) == message.known.label


def test_every_kind_makes_a_step_there_is() -> None:
    names = {name for _, name, _ in transitions(KompottRequest)}
    assert {kind.move for kind in KINDS.values()} - {""} <= names
    assert {kind.side for kind in KINDS.values()} == {ASKING, ANSWERING}
    assert label("gone") == "gone"


@pytest.mark.parametrize("kind", sorted(RIGHT))
def test_a_kind_without_its_facts_is_refused(kind: str) -> None:
    with pytest.raises(Refused, match="inte förstår"):
        understood(content(kind))


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        ("nothing", {}), (None, {}), (["request"], {}), ("request", []), ("accepted", {"note": "Anna bor här"}),
        ("request", {"note": "x"}), ("request", {"name": "Anna"}), ("request", {"adults": "1"}),
        ("request", {"adults": True}), ("request", {"adults": 21}), ("request", {"children": ["2019-03-01"]}),
        ("request", {"children": "1-5"}), ("request", {"children": ["1-5"] * 21}),
        ("request", {"avoid": ["city_north"]}),
        ("request", {"obstacles": ["Anna"]}), ("request", {"threat": "x"}), ("request", {"pets": 1}),
        ("request", {"urgency": ""}), ("request", {"access": [["quiet"]]}),
        ("offered", {"offer": ""}), ("offered", {"offer": "  "}), ("offered", {"offer": "x" * 2001}),
        ("offered", {"offer": "a\x00b"}), ("offered", {"offer": "a\u202eb"}), ("offered", {"offer": 1}),
        ("declined", {"why": "för dyr"}), ("moved", {"day": "1/3 2026"}), ("moved", {"day": "20260301"}),
        ("moved", {"day": "2026-02-30"}), ("contract", {"lease": "x"}), ("transfer_answer", {"takes_over": "ja"}),
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_refused(kind: Any, facts: Any) -> None:
    with pytest.raises(Refused, match="inte förstår"):
        understood(content(kind, facts))


@pytest.mark.parametrize("reference", [None, 1, "", "B-22334455", "K-2233445", "K-2233445o", "K-22334455 "])
def test_a_strange_reference_is_refused(reference: Any) -> None:
    with pytest.raises(Refused):
        understood(content("accepted", reference=reference))


@pytest.mark.parametrize("more", [{"name": "Anna"}, {"facts": None}])
def test_a_content_that_holds_more_or_less_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        understood({**content("accepted"), **more})


def test_a_reference_is_drawn_by_chance() -> None:
    drawn = {new_reference() for _ in range(200)}
    assert len(drawn) == 200
    assert all(understood(content("accepted", reference=one)) for one in drawn)


def test_of_a_need_the_table_decides_and_no_note_ever_leaves() -> None:
    profile = NeedProfile(
        adults=2, children=["1-5"], rooms=3, max_rent=9000, areas=["1282"], avoid=["1214", "city_north"],
        region=["1287", "city_south"], access=["quiet"], pets=True, obstacles=["debts"], threat="honour", note="Anna",
    )  # fmt: skip
    facts = told_of("now", profile, table.allowed("municipality", "stage_profile"))
    assert facts == {
        "urgency": "now", "adults": 2, "children": ["1-5"], "rooms": 3, "avoid": ["1214"], "region": ["1287"],
        "access": ["quiet"], "pets": True, "obstacles": ["debts"], "threat": "honour",
    }  # fmt: skip
    assert told_of("now", profile, {"rooms"}) == {"rooms": 3}
    assert profile_of(understood(content("request", facts)).facts).rooms == 3
