"""A need that is written through its own acts, and the form as it is sent."""

from typing import Any

from casework.cases.models import Case
from housing.needs import actions
from housing.needs.models import HousingNeed, NeedProfile
from tests.cast import Cast

FACTS: dict[str, Any] = {
    "adults": 1, "children": ["1-5", "6-12"], "rooms": 3, "max_rent": 12_000, "areas": ["city_north"],
    "avoid": ["1281"], "region": ["1287"], "access": ["step_free"], "pets": True, "obstacles": ["debts"],
    "threat": "partner", "note": "Nära mormor",
}  # fmt: skip


def profile(**more: Any) -> NeedProfile:
    return NeedProfile(**{**FACTS, **more})


def write(cast: Cast, case: Case, **more: Any) -> HousingNeed:
    by, urgency = more.pop("by", cast.alma), more.pop("urgency", "month")
    return actions.write_need(by=by, case=case, urgency=urgency, profile=profile(**more))


def handed(cast: Cast, case: Case, **more: Any) -> HousingNeed:
    """A need that the coordinators have."""
    return actions.publish_need(by=more.get("by", cast.alma), need=write(cast, case, **more))


def change(cast: Cast, need: HousingNeed, **more: Any) -> HousingNeed:
    by, version = more.pop("by", cast.alma), more.pop("version", need.version)
    urgency = more.pop("urgency", need.urgency)
    return actions.change_need(by=by, need=need, urgency=urgency, profile=profile(**more), version=version)


def data(**more: Any) -> dict[str, Any]:
    """The form as it is sent."""
    return {
        "urgency": "month", "adults": "1", "children_1": "1", "children_2": "1", "rooms": "3", "max_rent": "12000",
        "areas": ["city_north"], "avoid": ["1281"], "region": ["1287"], "access": ["step_free"], "pets": "on",
        "obstacles": ["debts"], "threat": "partner", "note": "Nära mormor", **more,
    }  # fmt: skip
