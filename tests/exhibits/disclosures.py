from typing import Any

from django.utils import timezone

from casework.cases.disclosures import actions
from casework.cases.disclosures.models import Disclosure, DisclosureWords

# Each case has one that waits for a decision and one that is given; neither rests on a consent.
TABLE = """
URL                      how  contact deputy asked colleague chief chief2 other housing planner log  admin out
disclosures              GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
disclosure_new           GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >->-  ->--   ->--  ----    ----    xxx- ----  <<<<
disclosure               GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
disclosure_give          GET  x---    x---   ----  ----      +-+-  -+--   -x--  ----    ----    xxx- ----  <<<<
                         POST x---    x---   ----  ----      >->-  ->--   -x--  ----    ----    xxx- ----  <<<<
disclosure_refuse        GET  x---    x---   ----  ----      +-+-  -+--   -x--  ----    ----    xxx- ----  <<<<
                         POST x---    x---   ----  ----      >->-  ->--   -x--  ----    ----    xxx- ----  <<<<
disclosure_copy          POST +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
"""
TODAY = timezone.localdate()
NOBODY = "00000000-0000-0000-0000-000000000007"
TEXTS = {"recipient", "purpose", "weighing", "other", "reservation", "grounds"}
LAST: tuple[str, ...] = ()
FORMS: dict[str, Any] = {
    "disclosure_new": lambda world, record: {
        "recipient": "Kuratorn", "purpose": "Planera stödet", "asked_on": str(TODAY), "provision": "osl_26_1",
        "facts": ["case"], "other": "Att hon vill byta dag", "weighing": "Ingen lider men", "reservation": "",
    },
    "disclosure_refuse": lambda world, record: {"grounds": "Det är inte nödvändigt"},
}  # fmt: skip


def _in_case(row: str = "") -> Any:
    def arguments(found: Any, use: str) -> list[Any]:
        pk = [found.more[row].pk if found else NOBODY] if row else []
        return [found.case.number if found else "26-99999-9", *pk]

    return arguments


ARGUMENTS: dict[str, Any] = {
    **{name: _in_case() for name in ("disclosures", "disclosure_new")},
    **{name: _in_case("disclosure") for name in ("disclosure", "disclosure_give", "disclosure_refuse")},
    "disclosure_copy": _in_case("given_disclosure"),
}


def lay_out(case: Any, contact: Any, chief: Any) -> dict[str, Any]:
    said = {"recipient": "Kuratorn", "purpose": "Planera stödet", "weighing": "Ingen lider men"}
    proposed, decided = (
        actions.propose_disclosure(
            by=contact, case=case, provision="osl_26_1", asked_on=TODAY, words=DisclosureWords(**said, facts=["case"])
        )
        for _ in range(2)
    )
    return {"disclosure": proposed, "given_disclosure": actions.give_disclosure(by=chief, disclosure=decided)}


def sealed(known: Any, person: Any, user: Any) -> list[Any]:
    from tests.canary_people import filled

    return [
        Disclosure(
            case=person.case,
            client_id=person.case.client_id,
            provision="osl_26_1",
            proposed_by=user,
            words=filled(DisclosureWords, known),
        )
    ]
