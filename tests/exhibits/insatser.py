from datetime import timedelta
from typing import Any

from django.utils import timezone

from casework.cases.consents import actions as consents
from casework.cases.consents.models import ConsentWords
from casework.cases.insatser import actions, ground_actions, move_actions, register_actions
from casework.cases.insatser.models import (
    Actor,
    ActorWords,
    FollowUpWords,
    Insats,
    InsatsFollowUp,
    InsatsWords,
    Offer,
)

TABLE = """
URL                      how  contact deputy asked colleague chief chief2 other housing planner log  admin out
insatser                 GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
insats_new               GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
insats                   GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
insats_change            GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
insats_move:ask          GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
insats_move:order        GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
insats_move:start        GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
insats_move:end          GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >->-  ->--   ->--  ----    ----    xxx- ----  <<<<
insats_move:decline      GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >->-  ->--   ->--  ----    ----    xxx- ----  <<<<
insats_move:give_up      GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >->-  ->--   ->--  ----    ----    xxx- ----  <<<<
insats_move:try_again    GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
insats_move:follow_up    POST ----    ----   ----  ----      ----  ----   ----  ----    ----    xxx- ----  <<<<
insats_consent           GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
insats_decide            GET  x---    x---   ----  ----      +-+-  -+--   -x--  ----    ----    xxx- ----  <<<<
                         POST x---    x---   ----  ----      >-+-  ->--   -x--  ----    ----    xxx- ----  <<<<
insats_pause             GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
insats_follow_up         GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
unexecuted               GET  x       x      x     x         +     +      x     x       x       x    x     <
unexecuted_csv           GET  x       x      x     x         +     +      x     x       x       x    x     <
register                 GET  +       +      +     +         +     +      +     x       x       x    +     <
actor_new                GET  x       x      x     x         x     x      x     x       x       x    +     <
                         POST x       x      x     x         x     x      x     x       x       x    >     <
actor_change             GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  xxxx    xxxx    xxxx +++-  <<<<
                         POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  xxxx    xxxx    xxxx >>>-  <<<<
offer_new                GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  xxxx    xxxx    xxxx +++-  <<<<
                         POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  xxxx    xxxx    xxxx >>>-  <<<<
offer_change             GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  xxxx    xxxx    xxxx +++-  <<<<
                         POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  xxxx    xxxx    xxxx >>>-  <<<<
"""
TEXTS = {
    "need", "who_does_what", "obstacles", "contents", "motivation", "delegation", "appeal", "outcome", "why", "reason",
    "result", "her_view", "contact", "opening", "note",
}  # fmt: skip
TODAY = timezone.localdate()
LAST: tuple[str, ...] = ()
NOBODY = "00000000-0000-0000-0000-000000000007"
# Which of the case's insatser a step is tried on: one for each state that it begins in.
OF_STEP = {
    "ask": "need", "decline": "need", "give_up": "need", "order": "grounded", "start": "grounded", "end": "started",
    "try_again": "declined",
}  # fmt: skip
OF_PAGE = {"insats_consent": "need", "insats_decide": "need", "insats_pause": "started", "insats_follow_up": "started"}


def _today(**more: Any) -> Any:
    return lambda world, record: {
        name: str(timezone.localdate()) if value == "today" else value for name, value in more.items()
    }


def _one(world: Any, record: str, kind: str) -> Any:
    return world.records[record].more[f"insats_{kind}"] if record in world.records else None


def _described(world: Any, record: str) -> dict[str, Any]:
    found = _one(world, record, "need")
    return {
        "area": "area_school", "need": "Ny skola", "who_does_what": "Vi ringer", "obstacle": "", "obstacles": "",
        "offer": "", "actor": "", "responsible": str(found.responsible_id if found else NOBODY), "review_on": "",
    }  # fmt: skip


def _version(world: Any, record: str, model: Any, name: str) -> str:
    found = world.records[record].more[name].pk if record in world.records else None
    return str(model.objects.filter(pk=found).values_list("version", flat=True).first() or 1)


def _move(world: Any, record: str) -> dict[str, Any]:
    actor = world.records[record].more["insats_actor"] if record in world.records else None
    chosen = {"actor": str(actor.pk if actor else ""), "offer": "", "consent": ""}
    told = {"outcome": "Bra", "why": "Hon vill inte", "code": "by_person", "obstacle": "", "reason": "Nytt läge"}
    return {"day": str(timezone.localdate()), "review_on": "", **chosen, **told}


def _consent(world: Any, record: str) -> dict[str, Any]:
    found = world.records[record].more["insats_consent"] if record in world.records else None
    return {"consent": str(found.pk if found else NOBODY), "legal_basis": "sol_11_5"}


_ACTOR = {"branch": "own", "secrecy": "strong", "contact": "Ring", "opening": "Dagtid", "note": "", "active": "on"}
_OFFER = {"area": "area_work", "needs_decision": "on", "active": "on"}
FORMS: dict[str, Any] = {
    "insats_new": lambda world, record: {
        **_described(world, record), "child": "person", "noted_on": str(timezone.localdate()),
    },
    "insats_change": lambda world, record: {
        **_described(world, record), "version": _version(world, record, Insats, "insats_need"),
    },
    "insats_move": _move,
    "insats_consent": _consent,
    "insats_decide": _today(
        favourable="yes", legal_basis="sol_11_1", decided_on="today", contents="Bifall", motivation="Behovet finns",
        delegation="Punkt 4", appeal="Till förvaltningsrätten",
    ),
    "insats_pause": _today(day="today", obstacle="obst_queue"),
    "insats_follow_up": _today(held_on="today", result="Det går bra", her_view="Jag sover", review_on=""),
    "actor_new": lambda world, record: {"called": "Ny aktör", **_ACTOR},
    "actor_change": lambda world, record: {
        "called": f"Aktör {record}", **_ACTOR, "version": _version(world, record, Actor, "insats_actor"),
    },
    "offer_new": lambda world, record: {"called": "Ny insats", **_OFFER},
    "offer_change": lambda world, record: {
        "called": "Ändrad", **_OFFER, "version": _version(world, record, Offer, "insats_offer"),
    },
}  # fmt: skip


def _at(name: str) -> Any:
    def arguments(found: Any, use: str) -> list[Any]:
        number = found.case.number if found else "26-99999-9"
        kind = OF_STEP.get(use) or OF_PAGE.get(name, "need")
        return [number, found.more[f"insats_{kind}"].pk if found else NOBODY, *([use] if use else [])]

    return arguments


def _of_register(name: str) -> Any:
    return lambda found, use: [found.more[name].pk if found else NOBODY]


ARGUMENTS: dict[str, Any] = {
    **{
        name: _at(name)
        for name in ("insats", "insats_change", "insats_move", "insats_consent", "insats_decide", "insats_pause")
    },
    "insats_follow_up": _at("insats_follow_up"),
    "actor_change": _of_register("insats_actor"),
    "offer_new": _of_register("insats_actor"),
    "offer_change": _of_register("insats_offer"),
}


def lay_out(case: Any, contact: Any, chief: Any) -> dict[str, Any]:
    register_actions.load_start(by=None)
    actor = Actor.objects.get(name="Kriscentrum Boende")
    words = ConsentWords(recipient="Kriscentrum", purpose="Planera", contents="Att hon har stöd")
    consent = consents.note_consent(
        by=contact, case=case, given_by="person", way="oral", given_on=TODAY, until=TODAY + timedelta(days=30),
        words=words,
    )  # fmt: skip
    found = {name: _noted(case, contact, actor) for name in ("need", "grounded", "started", "declined", "decided")}
    for name in ("grounded", "started"):
        found[name] = ground_actions.rest_on_consent(
            by=contact, insats=found[name], consent=consent, legal_basis="sol_11_5"
        )
    move_actions.start_insats(by=contact, insats=found["started"], started_on=TODAY, review_on=None)
    move_actions.decline_insats(by=contact, insats=found["declined"], code="by_person", declined_on=TODAY, why="Nej")
    ground_actions.decide_insats(
        by=chief, insats=found["decided"], favourable=True, legal_basis="sol_11_1",
        decided_on=TODAY - timedelta(days=100), contents="Bifall", motivation="Behovet", delegation="4", appeal="Rätt",
    )  # fmt: skip
    more = {"insats_actor": actor, "insats_offer": actor.offers.first(), "insats_consent": consent}
    return {**more, **{f"insats_{name}": insats for name, insats in found.items()}}


def _noted(case: Any, contact: Any, actor: Any) -> Insats:
    return actions.note_insats(
        by=contact, case=case, child=None, area="area_housing", actor=actor, offer=None, responsible=contact,
        noted_on=TODAY, review_on=None, obstacle="obst_queue", words=InsatsWords(need="Ett hem"),
    )  # fmt: skip


def sealed(known: Any, person: Any, user: Any) -> list[Any]:
    from tests.canary_people import filled

    case, owner = person.case, person.case.client_id
    insats = Insats(case=case, client_id=owner, area="area_housing", responsible=user, words=filled(InsatsWords, known))
    followed = InsatsFollowUp(
        insats=insats, client_id=owner, held_on=timezone.localdate(), by=user, words=filled(FollowUpWords, known)
    )
    actor = Actor(name=f"Aktör {owner}", branch="own", secrecy="strong", words=filled(ActorWords, known))
    return [insats, followed, actor]
