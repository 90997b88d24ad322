from datetime import timedelta
from typing import Any

from django.utils import timezone

from contacts.models import CaseReview
from contacts.review.actions import review_case
from contacts.review.models import ReviewWords

TABLE = """
URL                      how  contact deputy asked colleague chief chief2 other housing planner log  admin out
board                    GET  x       x      x     x         +     +      x     x       x       x    x     <
case_review              GET  x---    x---   ----  ----      +-+-  -+--   -x--  ----    ----    xxx- ----  <<<<
                         POST x---    x---   ----  ----      >-+-  ->--   -x--  ----    ----    xxx- ----  <<<<
review_seen              POST >---    >---   ----  ----      x-x-  -x--   ->--  ----    ----    xxx- ----  <<<<
"""


def _ahead() -> Any:
    return timezone.localdate() + timedelta(days=90)


FORMS: dict[str, Any] = {
    "case_review": lambda world, record: {
        "decision": "more",
        "weight": "3",
        "next_on": str(_ahead()),
        "note": "Ta hjälp av Bo.",
    }
}
NOTHING = "00000000-0000-0000-0000-000000000007"
ARGUMENTS: dict[str, Any] = {
    "review_seen": lambda found, use: [found.case.number, found.more["review"].pk] if found else ["26-99999-9", NOTHING]
}
TEXTS = {"note"}
LAST: tuple[str, ...] = ()


def lay_out(case: Any, contact: Any, chief: Any) -> dict[str, Any]:
    made = review_case(by=chief, case=case, decision="go_on", weight=2, next_on=_ahead(), note="Det går bra.")
    return {"review": made}


def sealed(known: Any, person: Any, user: Any) -> list[Any]:
    from tests.canary_people import filled

    words, case = filled(ReviewWords, known), person.case
    return [
        CaseReview(case=case, client_id=case.client_id, reviewer=user, decision="go_on", next_on=_ahead(), words=words)
    ]
