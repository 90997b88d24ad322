from datetime import timedelta
from typing import Any

from django.utils import timezone

from housing.tenancies import actions, living_actions
from housing.tenancies.models import AlarmWords, Tenancy, TenancyAlarm, TenancyVisit, TenancyWords, VisitWords
from housing.tenancies.rules import Step, Terms

# Each case has a home that somebody has lived in for a year, with an open alarm and a step left; and a new lease on a
# track. The sektionschef alone lets the first be taken over.
TABLE = """
URL                      how  contact deputy asked colleague chief chief2 other housing planner log  admin out
tenancies_board          GET  x       x      x     x         x     x      x     +       x       x    x     <
tenancies                GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
tenancy_new              GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
tenancy                  GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
tenancy_reveal           POST +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
tenancy_change           GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
tenancy_move_in          GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
tenancy_takeover         GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST +---    +---   ----  ----      >-+-  ->--   -+--  ----    ----    xxx- ----  <<<<
tenancy_end              GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
tenancy_waiver           GET  x---    x---   ----  ----      +-+-  -+--   -x--  ----    ----    xxx- ----  <<<<
                         POST x---    x---   ----  ----      >-+-  ->--   -x--  ----    ----    xxx- ----  <<<<
tenancy_step             GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
tenancy_visit            GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
tenancy_alarm            GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
alarm_settle             GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
tenancy_check            GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
"""
TEXTS = {"address", "conditions", "document", "outcome", "text", "reason"}
LAST: tuple[str, ...] = ()
NOBODY = "00000000-0000-0000-0000-000000000007"
TODAY = timezone.localdate()
TERMS = {
    "lease": "sublease", "tenant": "tenant_city", "starts_on": str(TODAY - timedelta(days=370)), "rent": "8000",
    "trial_until": "", "takeover_on": "", "next_visit_on": "", "landlord": "", "address": "Ekgatan 7",
    "conditions": "Tillsyn",
}  # fmt: skip


def _version(world: Any, record: str) -> str:
    found = world.records.get(record)
    if found is None:
        return "1"
    return str(Tenancy.objects.values_list("version", flat=True).get(pk=found.more["tenancy"].pk))


def _step(world: Any, record: str) -> str:
    """The first step that nobody has noted yet."""
    found = world.records.get(record)
    done = set(found.more["tenancy"].takeover_steps.values_list("step", flat=True)) if found else set()
    return next(step for step in Step.values if step not in done)


def _on(**more: str) -> Any:
    return lambda world, record: {"on": str(timezone.localdate()), **more}


FORMS: dict[str, Any] = {
    "tenancy_new": lambda world, record: TERMS,
    "tenancy_reveal": lambda world, record: {"reason": "check"},
    "tenancy_change": lambda world, record: {**TERMS, "version": _version(world, record)},
    "tenancy_move_in": _on(),
    "tenancy_takeover": _on(reason="Hyresvärden vill"),
    "tenancy_end": _on(why="moved_on", outcome="Nytt hem"),
    "tenancy_waiver": lambda world, record: {
        "document": "Avstående 1", "on": str(TODAY), "until": "", "approval": "not_needed", "approved_on": "",
        "spouse_on": "", "version": _version(world, record),
    },
    "tenancy_step": lambda world, record: {"on": str(timezone.localdate()), "step": _step(world, record)},
    "tenancy_visit": _on(text="Allt är bra", next_on=""),
    "tenancy_alarm": _on(kind="alarm_disturbance", text="Hög musik"),
    "alarm_settle": _on(outcome="Talade med grannen"),
    "tenancy_check": lambda world, record: {"after": "check_12", "lives_there": "yes"},
}  # fmt: skip
OF_PAGE = {"tenancy_move_in": "tenancy_new"}


def _at(name: str) -> Any:
    def arguments(found: Any, use: str) -> list[Any]:
        names = [OF_PAGE.get(name, "tenancy"), *(["tenancy_alarm"] if name == "alarm_settle" else [])]
        return [
            found.case.number if found else "26-99999-9",
            *(found.more[row].pk if found else NOBODY for row in names),
        ]

    return arguments


ARGUMENTS: dict[str, Any] = {
    name: _at(name)
    for name in (*FORMS, "tenancy")
    if name != "tenancy_new"
}  # fmt: skip


def lay_out(case: Any, contact: Any, chief: Any) -> dict[str, Any]:
    from tests.housing import made

    track = made.make_track(made.need_in(case, contact), made.make_kind(key="hyra"), "offer", "accept")
    facts = {"lease": "sublease", "tenant": "tenant_city", "rent": 8_000, "address": "Lönngatan 3"}
    new = actions.sign_tenancy(
        by=contact,
        case=case,
        track=track,
        terms=Terms(starts_on=TODAY, **facts),  # type: ignore[arg-type]
    )
    begun = TODAY - timedelta(days=370)
    lived = actions.sign_tenancy(
        by=contact,
        case=case,
        track=None,
        terms=Terms(starts_on=begun, **facts),  # type: ignore[arg-type]
    )
    lived = actions.move_in(by=contact, tenancy=lived, on=begun)
    living_actions.do_step(by=contact, tenancy=lived, step="rent_paid", on=TODAY)
    living_actions.visit(by=contact, tenancy=lived, on=TODAY, text="Allt är bra", next_on=None)
    alarm = living_actions.raise_alarm(
        by=contact, tenancy=lived, kind="alarm_rent", came_on=TODAY, text="Hyran för mars"
    )
    return {"tenancy": lived, "tenancy_new": new, "tenancy_alarm": alarm}


def sealed(known: Any, person: Any, user: Any) -> list[Any]:
    from tests.canary_people import filled

    case, owner = person.case, person.case.client_id
    tenancy = Tenancy(
        case=case, client_id=owner, lease="sublease", tenant="tenant_city", starts_on=TODAY, rent=1,
        words=filled(TenancyWords, known),
    )  # fmt: skip
    of: dict[str, Any] = {"tenancy": tenancy, "client_id": owner}
    visit = TenancyVisit(**of, visited_on=TODAY, by=user, words=filled(VisitWords, known))
    alarm = TenancyAlarm(**of, kind="alarm_rent", noted_by=user, words=filled(AlarmWords, known))
    return [tenancy, visit, alarm]
