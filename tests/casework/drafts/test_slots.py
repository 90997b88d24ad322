"""Which drafts there may be: of the kinds that are known, about a case, with a part of their own or none."""

import pytest

from casework.drafts import slots
from casework.policy import Permission


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(slots, "_kinds", dict(slots._kinds))
    slots.register("letter", Permission.CASE_CHANGE)
    return "letter"


@pytest.mark.parametrize("part", ["", ":economy", ":a-b_2"])
def test_a_slot_names_its_case_and_takes_the_right_of_its_kind(kind: str, part: str) -> None:
    assert slots.read(f"letter:26-48173-5{part}") == slots.Slot("26-48173-5", Permission.CASE_CHANGE)
    assert slots.read("step:26-48173-5") == slots.Slot("26-48173-5", Permission.STEP_WRITE)


@pytest.mark.parametrize(
    "name",
    ["", "letter", "other:26-48173-5", "letter:26-48173-5:", "letter:1:A", "letter:1:2:3", "letter:1:" + "x" * 21],
)
def test_anything_else_is_no_slot(kind: str, name: str) -> None:
    assert slots.read(name) is None
