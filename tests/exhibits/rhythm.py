from typing import Any

from django.utils import timezone

from contacts.rhythm import actions
from contacts.rhythm.models import ContactRhythm, RhythmWords

TABLE = """
URL                      how  contact deputy asked colleague chief chief2 other housing planner log  admin out

rhythm                   GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      x-x-  -x--   ->--  ----    ----    xxx- ----  <<<<
"""


def _agreement(world: Any, record: str) -> dict[str, Any]:
    return {"every": "14", "phase": "support", "agreed_on": str(timezone.localdate()), "why": "Hon vill ha lugn och ro"}


FORMS: dict[str, Any] = {"rhythm": _agreement}
ARGUMENTS: dict[str, Any] = {}
TEXTS: set[str] = {"why"}
LAST: tuple[str, ...] = ()


def lay_out(case: Any, contact: Any, chief: Any) -> dict[str, Any]:
    rhythm = actions.agree_rhythm(
        by=contact,
        case=case,
        every=7,
        agreed_on=timezone.localdate(),
        with_person=True,
        why="Lagom",
        phase="support",
    )
    return {"rhythm": rhythm}


def sealed(known: Any, person: Any, user: Any) -> list[Any]:
    from tests.canary_people import filled

    return [
        ContactRhythm(
            case=person.case,
            client_id=person.case.client_id,
            every=14,
            agreed_on=timezone.localdate(),
            set_by=user,
            words=filled(RhythmWords, known),
        )
    ]
