from typing import Any

from audit import trail
from audit.tags import Tag
from casework.cases.disclosures.models import Disclosure, DisclosureWords
from casework.cases.release import actions
from casework.cases.release.models import PieceWords, Release, ReleasePiece, ReleaseWords

TABLE = """
URL                      how  contact deputy asked colleague chief chief2 other housing planner log  admin out
releases                 GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
release_new              GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >->-  ->--   ->--  ----    ----    xxx- ----  <<<<
release                  GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
release_piece            GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >->-  ->--   ->--  ----    ----    xxx- ----  <<<<
release_move:submit      GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >->-  ->--   ->--  ----    ----    xxx- ----  <<<<
release_move:approve     GET  x---    x---   ----  ----      +-+-  -+--   -x--  ----    ----    xxx- ----  <<<<
                         POST x---    x---   ----  ----      >->-  ->--   -x--  ----    ----    xxx- ----  <<<<
release_move:send_back   GET  x---    x---   ----  ----      +-+-  -+--   -x--  ----    ----    xxx- ----  <<<<
                         POST x---    x---   ----  ----      >->-  ->--   -x--  ----    ----    xxx- ----  <<<<
release_move:drop        GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >->-  ->--   ->--  ----    ----    xxx- ----  <<<<
release_print            POST s---    s---   ----  ----      s-s-  -s--   -s--  ----    ----    xxx- ----  <<<<
"""
TEXTS = {"note", "why", "reason"}
LAST: tuple[str, ...] = ()
NOBODY = "00000000-0000-0000-0000-000000000007"
# Which of the laid out prints an address is about: each is where its moves begin.
AT = {"submit": "marked", "approve": "waiting", "send_back": "waiting", "drop": "marking"}


def _piece(world: Any, record: str) -> dict[str, str]:
    version = 1
    if record in world.records:
        version = ReleasePiece.objects.get(release=world.records[record].more["release_marking"], place=1).version
    return {"verdict": "piece_held", "text": "", "why": "OSL 26 kap. 1 §", "version": str(version)}


def _new(world: Any, record: str) -> dict[str, Any]:
    found = world.records.get(record)
    disclosure = found.more["release_marking"].disclosure_id if found else NOBODY
    return {"disclosure": str(disclosure), "parts": ["narrative"], "since": "", "until": "", "note": "Hämtas"}


FORMS: dict[str, Any] = {
    "release_new": _new,
    "release_piece": _piece,
    "release_move": lambda world, record: {"reason": "Täck mer"},
    "release_print": lambda world, record: {},
}


def _of(found: Any, which: str, *more: Any) -> list[Any]:
    if found is None:
        return ["26-99999-9", NOBODY, *more]
    return [found.case.number, found.more[f"release_{which}"].pk, *more]


ARGUMENTS: dict[str, Any] = {
    "release": lambda found, use: _of(found, "waiting"),
    "release_piece": lambda found, use: _of(found, "marking", 1),
    "release_move": lambda found, use: _of(found, AT.get(use, "marking"), use),
    "release_print": lambda found, use: _of(found, "ready"),
}


def lay_out(case: Any, contact: Any, chief: Any) -> dict[str, Any]:
    """One print in each state that a move begins in; the chief has read what waits for her."""
    disclosure = Disclosure(case=case, client_id=case.client_id, provision="osl_10_3", proposed_by=contact)
    disclosure.words = DisclosureWords(recipient="Personen själv", purpose="Egen insyn")
    disclosure.decided_by = chief
    disclosure.give()
    with trail.act(Tag.IMPORTED):
        disclosure.save()
    found = {f"release_{name}": _begun(case, contact, disclosure) for name in ("marking", "marked", "waiting", "ready")}
    for name in ("marked", "waiting", "ready"):
        release = found[f"release_{name}"]
        piece = _only(release)
        text = piece.words.open().original
        verdict = {"verdict": "piece_show", "text": text, "why": "Hennes egna ord", "tried": True, "version": 1}
        actions.mark_piece(by=contact, piece=piece, **verdict)
        if name != "marked":
            release = actions.move_release(by=contact, release=release, name="submit", reason="")
            actions.pass_piece(by=chief, piece=_only(release), version=2)
            found[f"release_{name}"] = release
    ready = actions.move_release(by=chief, release=found["release_ready"], name="approve", reason="")
    return {**found, "release_ready": ready}


def _begun(case: Any, contact: Any, disclosure: Disclosure) -> Release:
    facts: dict[str, Any] = {"parts": ["narrative"], "since": None, "until": None, "note": "Hämtas på måndag"}
    return actions.begin_release(by=contact, case=case, disclosure=disclosure, **facts)


def _only(release: Release) -> ReleasePiece:
    piece = ReleasePiece.objects.get(release=release)
    piece.release = release
    return piece


def sealed(known: Any, person: Any, user: Any) -> list[Any]:
    from tests.canary_people import filled

    case, owner = person.case, person.case.client_id
    disclosure = Disclosure(
        case=case, client_id=owner, provision="osl_10_3", proposed_by=user, words=filled(DisclosureWords, known)
    )
    release = Release(
        case=case, client_id=owner, disclosure=disclosure, begun_by=user, words=filled(ReleaseWords, known)
    )
    piece = ReleasePiece(
        release=release, client_id=owner, place=1, model=case._meta.label, row=case.pk, words=filled(PieceWords, known)
    )
    return [disclosure, release, piece]
