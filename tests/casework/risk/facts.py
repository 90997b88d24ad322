"""A risk assessment rightly filled in, for the act and for the form."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from casework.cases import actions as cases
from casework.cases.models import Case
from casework.cases.risk import actions
from casework.cases.risk.models import RiskAssessment, RiskWords
from tests.cast import Cast

TODAY = timezone.localdate()
WORDS = {"result": "14 poäng", "assessor_view": "Han söker henne", "own_view": "Det är lugnt"}


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def facts(cast: Cast, **more: Any) -> dict[str, Any]:
    """What the act takes, by Alma; words of RiskWords stand among the rest."""
    words = {name: more.pop(name) for name in RiskWords.__dataclass_fields__ if name in more}
    known = {
        "by": cast.alma,
        "instrument": "freda_danger",
        "occasion": "first",
        "assessed_on": TODAY,
        "assessor_level": "high",
        "own_level": "high",
        "review_on": TODAY + timedelta(days=60),
        "words": RiskWords(**{**WORDS, **words}),
    }
    return {**known, **more}


def assess(cast: Cast, case: Case, **more: Any) -> RiskAssessment:
    return actions.assess_risk(case=case, **facts(cast, **more))


def data(**more: Any) -> dict[str, Any]:
    return {
        "once": str(uuid4()),
        "instrument": "patriark",
        "occasion": "planned",
        "assessed_on": str(TODAY),
        "result": "Hög sannolikhet",
        "own_level": "low",
        "own_view": "De har gett upp",
        "assessor_level": "high",
        "assessor_view": "De letar",
        "gap": "Vi talade om kusinen",
        "measures": "Byta väg",
        "review_on": str(TODAY + timedelta(days=30)),
        **more,
    }


def closed(cast: Cast, case: Case) -> Case:
    closing = cases.move_case(by=cast.cecilia, case=case, name="begin_closing", reason="Klart")
    return cases.close_case(by=cast.cecilia, case=closing, closure_reason="moved", note="Flyttat")
