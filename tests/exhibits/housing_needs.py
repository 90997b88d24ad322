from typing import Any

from housing.needs import actions
from housing.needs.models import HousingNeed, NeedProfile, NeedVersion

# One of the ways laid out has a lease that goes on, so no need is taken back.
TABLE = """
URL                      how  contact deputy asked colleague chief chief2 other housing planner log  admin out
housing                  GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
need_preview             GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
need_new                 GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
need_change              GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
need_publish             GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
need_withdraw            GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
housing_queue            GET  x       x      x     x         x     x      x     +       x       x    x     <
need_by_token            GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  ++--    xxxx    xxxx xxxx  <<<<
"""
TEXTS: set[str] = {"note"}
LAST: tuple[str, ...] = ()
NOBODY = "00000000-0000-0000-0000-000000000007"
PROFILE = NeedProfile(adults=1, children=["1-5"], rooms=2, areas=["city_north"], avoid=["1281"], threat="partner")


def _need(found: Any) -> HousingNeed | None:
    return found.more["need"] if found else None


def _facts(world: Any, record: str) -> dict[str, Any]:
    return {
        "urgency": "month", "adults": "2", "children_1": "1", "rooms": "3", "max_rent": "11000",
        "areas": ["city_south"], "avoid": ["1281"], "access": ["step_free"], "note": "Lugnt läge",
    }  # fmt: skip


def _change(world: Any, record: str) -> dict[str, Any]:
    need, version = _need(world.records.get(record)), 1
    if need is not None:
        version = HousingNeed.objects.values_list("version", flat=True).get(pk=need.pk)
    return {**_facts(world, record), "version": str(version)}


FORMS: dict[str, Any] = {
    "need_new": _facts,
    "need_change": _change,
    "need_withdraw": lambda world, record: {"why": "need_person"},
}
ARGUMENTS: dict[str, Any] = {
    name: lambda found, use: [
        found.case.number if found else "26-99999-9",
        found.more["need"].pk if found else NOBODY,
    ]
    for name in ("need_change", "need_publish", "need_withdraw")
}
ARGUMENTS["need_by_token"] = lambda found, use: [found.more["need"].token if found else "B-222222"]


def lay_out(case: Any, contact: Any, chief: Any) -> dict[str, Any]:
    need = actions.write_need(by=contact, case=case, urgency="month", profile=PROFILE)
    return {"need": actions.publish_need(by=contact, need=need)}


def sealed(known: Any, person: Any, user: Any) -> list[Any]:
    from tests.canary_people import filled

    case, owner = person.case, person.case.client_id
    need = HousingNeed(case=case, client_id=owner, urgency="month", written_by=user)
    profile = filled(NeedProfile, known)
    return [need, NeedVersion(need=need, client_id=owner, number=1, written_by=user, profile=profile)]
