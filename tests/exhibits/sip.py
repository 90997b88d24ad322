from datetime import timedelta
from typing import Any

from django.utils import timezone

from casework.cases.consents import actions as consents
from casework.cases.consents.models import Consent, ConsentWords
from casework.cases.sip import actions, coordination_actions
from casework.cases.sip.models import CheckWords, CoordinationCheck, PartWords, Sip, SipPart, SipWords

# The plan of each case is planned, with one part; of the routine one point is noted.
TABLE = """
URL                             how  contact deputy asked colleague chief chief2 other housing planner log  admin out
sips                            GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
sip_new                         GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                                POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
sip                             GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
sip_print                       GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
sip_change                      GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                                POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
sip_part_new                    GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                                POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
sip_part_done                   GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                                POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
sip_move:hold                   GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                                POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
sip_move:follow_up              GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                                POST +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
sip_move:end                    GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                                POST +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
sip_move:cancel                 GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                                POST >---    >---   ----  ----      >->-  ->--   ->--  ----    ----    xxx- ----  <<<<
sip_move:open                   GET  ----    ----   ----  ----      ----  ----   ----  ----    ----    xxx- ----  <<<<
                                POST ----    ----   ----  ----      ----  ----   ----  ----    ----    xxx- ----  <<<<
coordination                    GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
coordination_check:one_contact  GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                                POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
coordination_check:none         GET  ----    ----   ----  ----      ----  ----   ----  ----    ----    xxx- ----  <<<<
                                POST ----    ----   ----  ----      ----  ----   ----  ----    ----    xxx- ----  <<<<
"""
TODAY = timezone.localdate()
UNTIL = TODAY + timedelta(days=90)
NOBODY = "00000000-0000-0000-0000-000000000007"
TEXTS = {"aim", "parties", "whole", "others", "who", "what", "her_view", "outcome", "note"}
LAST: tuple[str, ...] = ()


def _key(world: Any, record: str, name: str) -> str:
    return str(world.records[record].more[name].pk) if record in world.records else NOBODY


def _plan(world: Any, record: str) -> dict[str, Any]:
    when = {"meeting_at_0": str(UNTIL), "meeting_at_1": "10.00"}
    said = {"aim": "Må bättre", "parties": "Vårdcentralen", "whole": "Kuratorn", "others": "Föreningen"}
    return {**when, **said, "responsible": "municipality", "consent": _key(world, record, "sip_consent")}


def _version(world: Any, record: str) -> int:
    return int(Sip.objects.values_list("version", flat=True).get(pk=_key(world, record, "sip")))


FORMS: dict[str, Any] = {
    "sip_new": _plan,
    "sip_change": lambda world, record: {
        **_plan(world, record), "version": _version(world, record) if record in world.records else 1,
    },
    "sip_part_new": lambda world, record: {"who": "Vårdcentralen", "what": "Boka tid", "due_on": str(UNTIL)},
    "sip_part_done": lambda world, record: {"done_on": str(TODAY)},
    "sip_move": lambda world, record: {
        "held_on": str(TODAY), "followed_on": str(TODAY), "review_on": str(UNTIL), "her_view": "Det känns bra",
        "outcome": "Hon har fått vård",
    },
    "coordination_check": lambda world, record: {"done_on": str(TODAY), "note": "Hon vet"},
}  # fmt: skip


def _of(*rows: str) -> Any:
    def arguments(found: Any, use: str) -> list[Any]:
        keys = [found.more[name].pk if found else NOBODY for name in rows]
        return [found.case.number if found else "26-99999-9", *keys, *([use] if use else [])]

    return arguments


ARGUMENTS: dict[str, Any] = {
    **{name: _of("sip") for name in ("sip", "sip_print", "sip_change", "sip_part_new", "sip_move")},
    "sip_part_done": _of("sip", "part"),
    "coordination_check": _of(),
}


def lay_out(case: Any, contact: Any, chief: Any) -> dict[str, Any]:
    agreed = ConsentWords(recipient="Regionen", purpose="Gemensam plan", contents="Att hon har stöd")
    consent = consents.note_consent(
        by=contact, case=case, given_by="person", way="oral", given_on=TODAY, until=UNTIL, words=agreed
    )
    words = SipWords(aim="Sova bättre", parties="Vårdcentralen", responsible="Kuratorn")
    sip = actions.call_sip(
        by=contact, case=case, consent=consent, responsible="region", meeting_at=timezone.now(), words=words
    )
    said = PartWords(who="Kuratorn", what="Ringa regionen")
    part = actions.add_part(by=contact, sip=sip, words=said, due_on=UNTIL)
    coordination_actions.note_point(
        by=contact, case=case, point="all_known", done_on=TODAY, not_needed=False, note="Alla"
    )
    return {"sip_consent": consent, "sip": sip, "part": part}


def sealed(known: Any, person: Any, user: Any) -> list[Any]:
    from tests.canary_people import filled

    owner: dict[str, Any] = {"case": person.case, "client_id": person.case.client_id}
    agreed = ConsentWords(recipient="Regionen", purpose="Plan", contents="Stöd")
    consent = Consent(**owner, given_by="person", way="oral", given_on=TODAY, until=UNTIL, noted_by=user, words=agreed)
    sip = Sip(
        **owner, consent=consent, responsible="region", called_by=user, meeting_at=timezone.now(),
        words=filled(SipWords, known),
    )  # fmt: skip
    part = SipPart(sip=sip, client_id=owner["client_id"], words=filled(PartWords, known))
    check = CoordinationCheck(**owner, point="acute", done_on=TODAY, done_by=user, words=filled(CheckWords, known))
    return [consent, sip, part, check]
