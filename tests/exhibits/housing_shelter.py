from datetime import timedelta
from typing import Any

from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.insatser.models import Actor, ActorWords
from casework.clients.children import actions as children
from casework.clients.children import guardian_actions
from casework.clients.children.models import GuardianWords
from casework.clients.models import Identity
from housing.shelter import actions
from housing.shelter.models import ReviewWords, ShelterStay, StayPlace, StayReview, StayWords

# The person is there, and a child of hers by an immediate decision that nobody has submitted yet.
TABLE = """
URL                      how  contact deputy asked colleague chief chief2 other housing planner log  admin out

stays                    GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
stay_new                 GET  x---    x---   ----  ----      +-+-  -+--   -x--  ----    ----    xxx- ----  <<<<
                         POST x---    x---   ----  ----      +-+-  -+--   -x--  ----    ----    xxx- ----  <<<<
stay                     GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
stay_change              GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
stay_place               GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
stay_reveal              POST +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
stay_consider            GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
stay_move:start          GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
stay_move:submit         GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
stay_move:confirm        GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
stay_move:apply          GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
stay_move:decided        GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
stay_move:lapse          GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
stay_move:end            GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >->-  ->--   ->--  ----    ----    xxx- ----  <<<<
stay_move:fly            GET  ----    ----   ----  ----      ----  ----   ----  ----    ----    xxx- ----  <<<<
                         POST ----    ----   ----  ----      ----  ----   ----  ----    ----    xxx- ----  <<<<
"""
TEXTS = {"contents", "motivation", "visitation", "unit", "address", "note", "considered", "view", "outcome"}
LAST: tuple[str, ...] = ()
PAGES = ("stay", "stay_change", "stay_place", "stay_reveal", "stay_consider", "stay_move")
NOBODY = "00000000-0000-0000-0000-000000000007"
TODAY = timezone.localdate()
OF_CHILD = ("submit", "confirm", "apply", "decided", "lapse")


def _version(world: Any, record: str) -> str:
    found = world.records.get(record)
    if found is None:
        return "1"
    return str(ShelterStay.objects.values_list("version", flat=True).get(pk=found.more["stay_adult"].pk))


def _provider() -> Actor:
    known = Actor.objects.filter(name="Skyddet").first()
    if known is not None:
        return known
    with trail.act(Tag.IMPORTED):
        made = Actor(name="Skyddet", branch="actor_private", secrecy="duty", words=ActorWords())
        made.save()
        return made


def _decision(world: Any, record: str) -> dict[str, Any]:
    actor = Actor.objects.filter(name="Skyddet").first()
    texts = {"contents": "Bifall", "motivation": "Hotet består", "unit": "Enhet 4", "address": "", "note": ""}
    return {"provider": str(actor.pk if actor else NOBODY), "decided_on": str(TODAY), "track": "", **texts}


FORMS: dict[str, Any] = {
    "stay_new": _decision,
    "stay_change": lambda world, record: {"care_plan_on": str(TODAY), "version": _version(world, record)},
    "stay_place": lambda world, record: {
        "unit": "Enhet 5", "address": "Gränden 2", "note": "", "version": _version(world, record),
    },
    "stay_reveal": lambda world, record: {"reason": "check"},
    "stay_consider": lambda world, record: {
        "considered_on": str(TODAY), "considered": "Behövs", "view": "Jag vill stanna", "goes_on": "yes",
    },
    "stay_move": lambda world, record: {
        "day": str(TODAY), "answer": "yes", "final_on": "", "why": "stay_own_home", "outcome": "Det gick bra",
    },
}  # fmt: skip


def _at(found: Any, use: str) -> list[Any]:
    which = "stay_child" if use in OF_CHILD else "stay_adult"
    return [
        found.case.number if found else "26-99999-9",
        found.more[which].pk if found else NOBODY,
        *([use] if use else []),
    ]


ARGUMENTS: dict[str, Any] = dict.fromkeys(
    ("stay", "stay_change", "stay_place", "stay_reveal", "stay_consider", "stay_move"), _at
)


def lay_out(case: Any, contact: Any, chief: Any) -> dict[str, Any]:
    words, before = StayWords(contents="Bifall", motivation="Hotet består"), TODAY - timedelta(days=30)
    facts = {"by": chief, "case": case, "provider": _provider(), "words": words}
    hers = actions.decide_stay(**facts, ground="adult", decided_on=before, place=StayPlace(unit="Enhet 3"))
    hers = actions.start_stay(by=contact, stay=hers, started_on=before)
    child = children.add_child(by=contact, case=case, identity=Identity(), alias="Barnet i boendet", lives_with=True)
    for person in (True, False):
        guardian_actions.set_guardian(
            by=contact, child=child, basis="custody_joint", valid_from=before, words=GuardianWords(),
            is_case_person=person,
        )  # fmt: skip
    theirs = actions.decide_stay(**facts, child=child, ground="immediate", decided_on=TODAY, adult_stay=hers)
    return {"stay_adult": hers, "stay_child": theirs}


def sealed(known: Any, person: Any, user: Any) -> list[Any]:
    from tests.canary_people import filled

    case, owner = person.case, person.case.client_id
    actor = Actor(name=f"Skydd {owner}", branch="own", secrecy="strong", words=filled(ActorWords, known))
    stay = ShelterStay(
        case=case, client_id=owner, provider=actor, ground="adult", decided_on=TODAY, decided_by=user,
        words=filled(StayWords, known), place=filled(StayPlace, known),
    )  # fmt: skip
    review = StayReview(stay=stay, client_id=owner, by=user, words=filled(ReviewWords, known))
    return [actor, stay, review]
