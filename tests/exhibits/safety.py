from datetime import timedelta
from typing import Any

from django.utils import timezone

from casework.cases.safety.actions import set_safety
from casework.cases.safety.models import SafetyPlan, SafetyWords

TABLE = """
URL                      how  contact deputy asked colleague chief chief2 other housing planner log  admin out
safety                   GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      x-x-  -x--   ->--  ----    ----    xxx- ----  <<<<
safety_copy              GET  +---    +---   ----  ----      x-x-  -x--   -+--  ----    ----    xxx- ----  <<<<
                         POST +---    +---   ----  ----      x-x-  -x--   -+--  ----    ----    xxx- ----  <<<<
"""
FORMS: dict[str, Any] = {
    "safety": lambda world, record: {
        "avoid": ["shop", "cafe"],
        "advice": "Vi går in först.",
        "review_on": str(timezone.localdate()),
        "version": "1" if record in world.records else "0",
    }
}
ARGUMENTS: dict[str, Any] = {}
TEXTS = {"advice", "signs", "helps", "people", "leaving", "digital", "children"}
LAST: tuple[str, ...] = ()


def lay_out(case: Any, contact: Any, chief: Any) -> dict[str, Any]:
    day = timezone.localdate() + timedelta(days=90)
    facts = {"avoid": ["transit"], "advice": "Ring först.", "review_on": day, "version": 0}
    plan = set_safety(by=contact, case=case, own_copy="Vattna blommorna på söndag.", **facts)
    return {"safety": plan}


def sealed(known: Any, person: Any, user: Any) -> list[Any]:
    from tests.canary_people import filled

    words = filled(SafetyWords, known)
    day = timezone.localdate()
    return [SafetyPlan(case=person.case, client_id=person.case.client_id, review_on=day, written_by=user, words=words)]
