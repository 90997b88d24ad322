from datetime import timedelta
from typing import Any

from django.utils import timezone

from casework.cases.consents import actions
from casework.cases.consents.models import Consent, ConsentWords

# The consent of each case is the person's own and holds.
TABLE = """
URL                      how  contact deputy asked colleague chief chief2 other housing planner log  admin out
consents                 GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
consent_new              GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
consent                  GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
consent_withdraw         GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >->-  ->--   ->--  ----    ----    xxx- ----  <<<<
"""
TODAY = timezone.localdate()
UNTIL = TODAY + timedelta(days=90)
NOBODY = "00000000-0000-0000-0000-000000000007"
TEXTS = {"recipient", "purpose", "contents", "note", "why"}
LAST: tuple[str, ...] = ()
FORMS: dict[str, Any] = {
    "consent_new": lambda world, record: {
        "giver": "person", "recipient": "Kuratorn", "purpose": "Planera stödet", "contents": "Att hon har stöd",
        "way": "oral", "given_on": str(TODAY), "until": str(UNTIL), "note": "",
    },
    "consent_withdraw": lambda world, record: {"why": "Hon vill vänta"},
}  # fmt: skip
ARGUMENTS: dict[str, Any] = {
    name: lambda found, use: [
        found.case.number if found else "26-99999-9",
        found.more["consent"].pk if found else NOBODY,
    ]
    for name in ("consent", "consent_withdraw")
}


def lay_out(case: Any, contact: Any, chief: Any) -> dict[str, Any]:
    words = ConsentWords(recipient="Vårdcentralen", purpose="Planera vården", contents="Att hon har stöd")
    consent = actions.note_consent(
        by=contact, case=case, given_by="person", way="written", given_on=TODAY, until=UNTIL, words=words
    )
    return {"consent": consent}


def sealed(known: Any, person: Any, user: Any) -> list[Any]:
    from tests.canary_people import filled

    return [
        Consent(
            case=person.case, client_id=person.case.client_id, given_by="person", way="oral", given_on=TODAY,
            until=UNTIL, noted_by=user, words=filled(ConsentWords, known),
        )
    ]  # fmt: skip
