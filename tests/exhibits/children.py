from typing import Any
from uuid import UUID

from django.utils import timezone

from casework.clients.children import actions, concern_actions, guardian_actions
from casework.clients.children.models import (
    Child,
    ChildPlaces,
    ChildTalk,
    ChildWords,
    ConcernReport,
    ConcernWords,
    Guardian,
    GuardianWords,
    TalkWords,
    Visitation,
    VisitationWords,
)
from casework.clients.models import Client, Identity
from casework.crypto import keyring

# The child of each case has a guardian, a visitation and a report of concern that nobody has assessed yet.
TABLE = """
URL                      how  contact deputy asked colleague chief chief2 other housing planner log  admin out

children                 GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
child_new                GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
child                    GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
child_reveal             POST +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
child_change             GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
child_identity           GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
child_identity_replace   GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >->-  ->--   ->--  ----    ----    xxx- ----  <<<<
child_mark_new           GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >->-  ->--   ->--  ----    ----    xxx- ----  <<<<
child_places             GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
child_leave              GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
child_talk               GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
guardian_new             GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
guardian_change          GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
guardian_end             GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
visitation_new           GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
visitation_end           GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
concern_new              GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
concern_move:assess      GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
concern_move:close       GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
concern_move:open        GET  ----    ----   ----  ----      ----  ----   ----  ----    ----    xxx- ----  <<<<
                         POST ----    ----   ----  ----      ----  ----   ----  ----    ----    xxx- ----  <<<<
concern_change           GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
"""
TODAY = timezone.localdate()
END = {"ended_on": str(TODAY)}


def _version(name: str) -> Any:
    """The version that a row of the case has now."""

    def of(world: Any, record: str) -> int:
        found = world.records.get(record)
        if found is None:
            return 1
        row = found.more[name]
        return int(type(row).objects.values_list("version", flat=True).get(pk=row.pk))

    return of


def _words(world: Any, record: str) -> dict[str, Any]:
    words = {"alias": "Yngsta", "needs": "Ro", "goals": "Simma", "strengths": "Modig"}
    return {**words, "version": _version("child")(world, record)}


def _client_version(world: Any, record: str) -> int:
    found = world.records.get(record)
    if found is None:
        return 1
    return int(Client.objects.values_list("version", flat=True).get(child=found.more["child"]))


def _named(world: Any, record: str) -> dict[str, Any]:
    names = {"given_name": "Ida", "family_name": "Rättad", "number": "", "language": ""}
    return {**names, "version": _client_version(world, record)}


FORMS: dict[str, Any] = {
    "child_identity": lambda world, record: {**_named(world, record), "spelling": "on"},
    "child_identity_replace": lambda world, record: {**_named(world, record), "grounds": "Beslut av domstol"},
    "child_mark_new": lambda world, record: {
        "kind": "SECRECY_MARKING", "valid_from": str(TODAY), "review_on": "", "decided_by": "Skatteverket",
    },
    "child_new": lambda world, record: {"alias": "Mellersta", "given_name": "Ida", "number": "", "lives_with": "on"},
    "child_reveal": lambda world, record: {"reason": "check"},
    "child_change": _words,
    "child_places": lambda world, record: {"school": "Ekskolan", "version": _version("child")(world, record)},
    "child_leave": lambda world, record: {"left_on": str(TODAY)},
    "child_talk": lambda world, record: {"talked_on": str(TODAY), "held": "yes", "said": "Jag vill hem"},
    "guardian_new": lambda world, record: {"basis": "custody_sole", "valid_from": str(TODAY), "name": "Rut"},
    "guardian_change": lambda world, record: {"may_consent": "on", "version": _version("guardian")(world, record)},
    "guardian_end": lambda world, record: END,
    "visitation_new": lambda world, record: {"basis": "court", "valid_from": str(TODAY), "terms": "Varannan vecka"},
    "visitation_end": lambda world, record: END,
    "concern_new": lambda world, record: {
        "direction": "made", "at_0": str(TODAY), "at_1": "00.00", "about": "Hon sover inte"
    },
    "concern_move": lambda world, record: {"text": "Inget akut"},
    "concern_change": lambda world, record: {"told_on": "", "version": _version("concern")(world, record)},
}  # fmt: skip


def _in_child(row: str = "") -> Any:
    def arguments(found: Any, use: str) -> list[Any]:
        names = ["child", *([row] if row else [])]
        keys = [found.more[name].pk if found else UUID(int=0) for name in names]
        return [found.case.number if found else "26-99999-9", *keys, *([use] if use else [])]

    return arguments


ARGUMENTS: dict[str, Any] = {
    **{name: _in_child() for name in ("child", "child_reveal", "child_change", "child_places", "child_leave")},
    **{name: _in_child() for name in ("child_talk", "guardian_new", "visitation_new", "concern_new")},
    **{name: _in_child() for name in ("child_identity", "child_identity_replace", "child_mark_new")},
    **{name: _in_child("guardian") for name in ("guardian_change", "guardian_end")},
    **{name: _in_child("concern") for name in ("concern_change", "concern_move")},
    "visitation_end": _in_child("visitation"),
}
TEXTS: set[str] = {
    "alias", "given_name", "family_name", "needs", "goals", "strengths", "school", "care", "leisure", "agreement",
    "said", "wants", "why_not", "name", "decision", "risks", "terms", "safety", "about", "text",
}  # fmt: skip
LAST: tuple[str, ...] = ()


def lay_out(case: Any, contact: Any, chief: Any) -> dict[str, Any]:
    who = Identity(given_name="Lill", family_name="Testsson")
    child = actions.add_child(by=contact, case=case, identity=who, alias="Äldsta", lives_with=True)
    basis = {"basis": "custody_joint", "valid_from": TODAY}
    guardian = guardian_actions.set_guardian(by=contact, child=child, words=GuardianWords(name="Rut Testsson"), **basis)
    visitation = guardian_actions.set_visitation(
        by=contact, child=child, basis="none", valid_from=TODAY, review_on=None, words=VisitationWords(risks="Hot")
    )
    concern = concern_actions.note_concern(
        by=contact, child=child, direction="received", at=timezone.now(), about="Ensam hemma"
    )
    return {"child": child, "guardian": guardian, "visitation": visitation, "concern": concern}


def sealed(known: Any, person: Any, user: Any) -> list[Any]:
    from tests.canary_people import filled

    client = Client(identity=filled(Identity, known))
    keyring.create_key(keyring.Purpose.CLIENT, client.pk)
    child = Child(case=person.case, client=client)
    child.words, child.places = filled(ChildWords, known), filled(ChildPlaces, known)
    owner: dict[str, Any] = {"child": child, "case": person.case, "client": client}
    return [
        client,
        child,
        ChildTalk(**owner, talked_on=TODAY, by=user, words=filled(TalkWords, known)),
        Guardian(**owner, basis="custody_joint", valid_from=TODAY, words=filled(GuardianWords, known)),
        Visitation(**owner, basis="court", valid_from=TODAY, words=filled(VisitationWords, known)),
        ConcernReport(**owner, direction="made", words=filled(ConcernWords, known)),
    ]
