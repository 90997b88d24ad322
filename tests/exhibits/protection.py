from typing import Any

from django.utils import timezone

from casework.clients.models import Client, Identity, ProtectionMark
from casework.clients.protection import actions, masking_actions
from casework.clients.protection.models import ChangeWords, HitWords, IdentityChange, MaskingHit

# The change that is laid out is finished, so that what may not be done during one can be tried: its hit is decided, and
# a form sent to it comes back with the reason.
TABLE = """
URL                      how  contact deputy asked colleague chief chief2 other housing planner log  admin out
protection               GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
protection_check         POST >---    >---   ----  ----      >->-  ->--   ->--  ----    ----    xxx- ----  <<<<
mark_change              GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >->-  ->--   ->--  ----    ----    xxx- ----  <<<<
identity_replace         GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >->-  ->--   ->--  ----    ----    xxx- ----  <<<<
masking                  GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
masking_hit              POST +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
identity_finish          GET  ----    ----   ----  ----      ----  ----   ----  ----    ----    xxx- ----  <<<<
                         POST ----    ----   ----  ----      ----  ----   ----  ----    ----    xxx- ----  <<<<
"""
TEXTS: set[str] = {"given_name", "family_name", "grounds", "why", "exact", "decided_by"}
LAST: tuple[str, ...] = ()
NOBODY = "00000000-0000-0000-0000-000000000011"


def _client_version(world: Any, record: str) -> str:
    if record not in world.records:
        return "1"
    return str(Client.objects.values_list("version", flat=True).get(pk=world.records[record].case.client_id))


def _mark_version(world: Any, record: str) -> str:
    if record not in world.records:
        return "1"
    return str(ProtectionMark.objects.values_list("version", flat=True).get(pk=world.records[record].mark.pk))


FORMS: dict[str, Any] = {
    "mark_change": lambda world, record: {
        "review_on": str(timezone.localdate()), "decided_by": "Skatteverket", "version": _mark_version(world, record)
    },
    "identity_replace": lambda world, record: {
        "given_name": "Berit", "family_name": "Ny", "number": "", "language": "", "grounds": "Beslut av domstol",
        "version": _client_version(world, record),
    },
    "masking_hit": lambda world, record: {"verdict": "mask", "why": ""},
}  # fmt: skip
ARGUMENTS: dict[str, Any] = {
    "mark_change": lambda found, use: [
        found.case.number if found else "26-99999-9", found.mark.pk if found else NOBODY
    ],
    "masking_hit": lambda found, use: [
        found.case.number if found else "26-99999-9", found.more["hit"].pk if found else NOBODY
    ],
}  # fmt: skip


def lay_out(case: Any, contact: Any, chief: Any) -> dict[str, Any]:
    """A finished change of the family name; the child keeps hers."""
    client = Client.objects.get(pk=case.client_id)
    identity = Identity(given_name="Testa", family_name="Nysson", number=client.identity.open().number)
    change = actions.replace_identity(
        by=contact, case=case, identity=identity, version=client.version, grounds="Nytt efternamn"
    )
    for hit in MaskingHit.objects.filter(change=change):
        masking_actions.propose_hit(by=contact, hit=hit, mask=False, why="Barnets eget namn")
        masking_actions.decide_hit(by=chief, hit=hit)
    masking_actions.finish_change(by=chief, change=change)
    # What was read before lies under a key that is destroyed when this is committed.
    case.refresh_from_db()
    return {"hit": MaskingHit.objects.filter(change=change).first(), "change": change}


def sealed(known: Any, person: Any, user: Any) -> list[Any]:
    from tests.canary_people import filled

    owner: dict[str, Any] = {"client": person.client}
    change = IdentityChange(case=person.case, **owner, begun_by=user, words=filled(ChangeWords, known))
    where = {"model": "casework.JournalNote", "row": person.note.pk, "group": "content", "field": "text"}
    hit = MaskingHit(change=change, **owner, **where, start=0, end=1, length=2, words=filled(HitWords, known))
    return [change, hit]
