from datetime import timedelta
from typing import Any

from django.utils import timezone

# The plan of the own case is worked on; that of the foreign one waits for an answer; the closed one's was never done.
TABLE = """
URL                      how  contact deputy asked colleague chief chief2 other housing planner log  admin out

closing                  GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      x-x-  -x--   -+--  ----    ----    xxx- ----  <<<<
closing_submit           GET  +---    +---   ----  ----      x-x-  -x--   -+--  ----    ----    xxx- ----  <<<<
                         POST +---    +---   ----  ----      x-x-  -x--   -+--  ----    ----    xxx- ----  <<<<
closing_taper            GET  +---    +---   ----  ----      x-x-  -x--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      x-x-  -x--   ->--  ----    ----    xxx- ----  <<<<
closing_leave            GET  +---    x---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    x---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
closing_decide           GET  x---    x---   ----  ----      +-+-  -+--   -x--  ----    ----    xxx- ----  <<<<
                         POST x---    x---   ----  ----      +-+-  ->--   -x--  ----    ----    xxx- ----  <<<<
"""
TEXTS: set[str] = {"network", "farewell", "learnt", "reason", "why"}
LAST: tuple[str, ...] = ("closing_decide", "closing_leave")


def _version(world: Any, record: str) -> int:
    from contacts.models import ClosingPlan

    found = world.records.get(record)
    rows = ClosingPlan.objects.filter(case=found.case) if found else ClosingPlan.objects.none()
    return rows.values_list("version", flat=True).first() or 0


def _closing(world: Any, record: str) -> dict[str, Any]:
    texts = {"network": "Systern och kören", "farewell": "Vi fikar", "learnt": "Att någon ringde"}
    day = str(timezone.localdate() + timedelta(days=9))
    return {**texts, "farewell_on": day, "reason": "goals_reached", "version": _version(world, record)}


FORMS: dict[str, Any] = {
    "closing": _closing,
    "closing_taper": lambda world, record: {
        "every": "30", "agreed_on": str(timezone.localdate()), "with_person": "on", "why": ""
    },
    "closing_leave": lambda world, record: {"reason": "Det var för tidigt"},
    "closing_decide": lambda world, record: {"do": "approve", "why": "", "version": _version(world, record)},
}  # fmt: skip
ARGUMENTS: dict[str, Any] = {}


def lay_out(case: Any, contact: Any, chief: Any) -> dict[str, Any]:
    """A whole plan. In the other section it waits for an answer, whatever the goals of the case say."""
    from contacts.closing import actions

    day = timezone.localdate() + timedelta(days=9)
    rounding = actions.Rounding(network="Systern", farewell_on=day, reason="goals_reached")
    plan = actions.write_closing(by=contact, case=case, rounding=rounding, version=0)
    if chief.username == "edvin":
        plan.submit(by=contact)
        plan.save()
    return {"closing": plan}


def sealed(known: Any, person: Any, user: Any) -> list[Any]:
    from contacts.closing.models import ClosingWords
    from contacts.models import ClosingPlan
    from tests.canary_people import filled

    return [ClosingPlan(case=person.case, client=person.client, words=filled(ClosingWords, known))]
