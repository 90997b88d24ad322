from datetime import timedelta
from typing import Any

from django.utils import timezone

from casework.cases.risk.actions import assess_risk
from casework.cases.risk.models import RiskAssessment, RiskWords

TABLE = """
URL                      how  contact deputy asked colleague chief chief2 other housing planner log  admin out

risks                    GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
risk                     GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
risk_new                 GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
"""
FORMS: dict[str, Any] = {
    "risk_new": lambda world, record: {
        "instrument": "freda_danger",
        "occasion": "planned",
        "assessed_on": str(timezone.localdate()),
        "result": "14 poäng",
        "own_level": "low",
        "own_view": "Det är lugnt nu",
        "assessor_level": "high",
        "assessor_view": "Han söker henne",
        "gap": "Vi talade om helgen",
        "measures": "Byta väg hem",
        "review_on": str(timezone.localdate() + timedelta(days=60)),
    }
}


def _one(found: Any, use: str) -> list[Any]:
    from tests.world import NO_CASE, NOBODY

    return [found.case.number, found.more["risk"].pk] if found else [NO_CASE, NOBODY]


ARGUMENTS: dict[str, Any] = {"risk": _one}
TEXTS: set[str] = {"result", "own_view", "assessor_view", "gap", "measures"}
LAST: tuple[str, ...] = ()


def _facts() -> dict[str, Any]:
    today = timezone.localdate()
    levels = {"assessor_level": "high", "own_level": "low"}
    days = {"assessed_on": today, "review_on": today + timedelta(days=90)}
    return {"instrument": "freda_short", "occasion": "first", **levels, **days}


def lay_out(case: Any, contact: Any, chief: Any) -> dict[str, Any]:
    words = RiskWords(result="9 poäng", assessor_view="Oroande", own_view="Mindre", gap="Vi talade om det")
    return {"risk": assess_risk(by=contact, case=case, words=words, **_facts())}


def sealed(known: Any, person: Any, user: Any) -> list[Any]:
    from tests.canary_people import filled

    owner = {"case": person.case, "client_id": person.case.client_id}
    return [RiskAssessment(**owner, assessed_by=user, words=filled(RiskWords, known), **_facts())]
