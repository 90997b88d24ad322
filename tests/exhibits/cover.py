from datetime import timedelta
from typing import Any

from django.utils import timezone

TABLE = """
URL                      how  contact deputy asked colleague chief chief2 other housing planner log  admin out

cover_set                GET  x---    x---   ----  ----      +-+-  -+--   -x--  ----    ----    xxx- ----  <<<<
                         POST x---    x---   ----  ----      >-+-  ->--   -x--  ----    ----    xxx- ----  <<<<
cover_extend             GET  x---    x---   ----  ----      +-+-  -+--   -x--  ----    ----    xxx- ----  <<<<
                         POST x---    x---   ----  ----      >-+-  ->--   -x--  ----    ----    xxx- ----  <<<<
cover_end                POST x---    x---   ----  ----      >->-  ->--   -x--  ----    ----    xxx- ----  <<<<
handover                 GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
handover_plan            GET  x---    x---   ----  ----      +-+-  -+--   -x--  ----    ----    xxx- ----  <<<<
                         POST x---    x---   ----  ----      +-+-  -+--   -x--  ----    ----    xxx- ----  <<<<
handover_check           GET  +---    +---   ----  ----      +---  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >---  ->--   ->--  ----    ----    xxx- ----  <<<<
handover_complete        GET  +---    +---   ----  ----      +---  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >---  -+--   -+--  ----    ----    xxx- ----  <<<<
handover_cancel          POST x---    x---   ----  ----      >---  ->--   -x--  ----    ----    xxx- ----  <<<<
away                     GET  x       x      x     x         +     +      x     x       x       x    x     <
absence                  GET  xxxx    xxxx   xxxx  xxxx      +-+-  -+--   xxxx  xxxx    xxxx    xxxx xxxx  <<<<
                         POST xxxx    xxxx   xxxx  xxxx      >->-  ->--   xxxx  xxxx    xxxx    xxxx xxxx  <<<<
absence_end              POST xxxx    xxxx   xxxx  xxxx      >->-  ->--   xxxx  xxxx    xxxx    xxxx xxxx  <<<<
cover_all                GET  xxxx    xxxx   xxxx  xxxx      +-+-  -+--   xxxx  xxxx    xxxx    xxxx xxxx  <<<<
                         POST xxxx    xxxx   xxxx  xxxx      >->-  ->--   xxxx  xxxx    xxxx    xxxx xxxx  <<<<
leaving                  GET  xxxx    xxxx   xxxx  xxxx      +-+-  -+--   xxxx  xxxx    xxxx    xxxx xxxx  <<<<
"""
BY_STAFF = ("absence", "cover_all", "leaving")
LAST: tuple[str, ...] = ("handover_complete",)
TEXTS: set[str] = {"summary", "missing_why"}


def in_days(number: int) -> str:
    return str(timezone.localdate() + timedelta(days=number))


def _substitute(world: Any, record: str) -> str:
    """Gry in the other section; else Frej, who has no task in the case."""
    return str(world.people["gry" if record == "foreign" else "frej"].pk)


def _cover(world: Any, record: str) -> dict[str, Any]:
    days = {"starts_on": in_days(40), "ends_on": in_days(45)}
    return {**days, "substitute": _substitute(world, record), "no_conflict": "on", "message": ""}


def _plan(world: Any, record: str) -> dict[str, Any]:
    return {"conflict": "no", "taker": _substitute(world, record), "planned_on": in_days(9), "message": ""}


def _checks(world: Any, record: str) -> dict[str, Any]:
    return {"met_on": in_days(0), "channels_on": "", "code_word_on": "", "steps_on": "", "version": 1}


FORMS: dict[str, Any] = {
    "cover_set": _cover,
    "cover_extend": lambda world, record: {"ends_on": in_days(39), "message": ""},
    "handover_plan": _plan,
    "handover_check": _checks,
    "handover_complete": lambda world, record: {"summary": "Hon vill byta dag", "missing_why": "Bråttom"},
    "absence": lambda world, record: {"starts_on": in_days(60), "ends_on": in_days(61)},
    "cover_all": _cover,
}


def _in_case(found: Any, use: str) -> list[Any]:
    from tests.world import NO_CASE, NOBODY

    return [found.case.number, found.more["cover"].pk] if found else [NO_CASE, NOBODY]


def _of_staff(found: Any, use: str) -> list[Any]:
    from tests.world import NOBODY

    return [found.task.user_id if found else NOBODY]


def _absence(found: Any, use: str) -> list[Any]:
    from tests.world import NOBODY

    return [found.task.user_id, found.more["absence"].pk] if found else [NOBODY, NOBODY]


ARGUMENTS: dict[str, Any] = {
    "cover_extend": _in_case,
    "cover_end": _in_case,
    "absence_end": _absence,
    **dict.fromkeys(BY_STAFF, _of_staff),
}


def colleague(section: Any) -> Any:
    """Siv, who works in the section and has no column."""
    from casework.signin.models import Role, User

    facts = {"display_name": "Siv Ny", "role": Role.KONTAKTPERSON, "section": section}
    return User.objects.get_or_create(username=f"siv {section.name}".casefold(), defaults=facts)[0]


def lay_out(case: Any, contact: Any, chief: Any) -> dict[str, Any]:
    """A cover that lies ahead, by one who has no column; a handover to a deputy or to one who has not answered."""
    from contacts.cover import actions
    from contacts.cover.handing import actions as handing
    from contacts.models import Absence, Assignment

    other = colleague(case.section)
    deputy = Assignment.objects.filter(case=case, kind="deputy", state="active").first()
    today = timezone.localdate()
    ahead = {"starts_on": today + timedelta(days=30), "ends_on": today + timedelta(days=35)}
    cover = actions.cover_case(by=chief, case=case, substitute=other, message="Hon är borta", **ahead)
    taker = deputy.user if deputy else other
    handing.plan_handover(by=chief, case=case, taker=taker, planned_on=today + timedelta(days=9), no_conflict=True)
    first = today + timedelta(days=100 + Absence.objects.count())
    absence = actions.set_absence(by=chief, user=contact, starts_on=first, ends_on=first)
    return {"cover": cover, "absence": absence}


def sealed(known: Any, person: Any, user: Any) -> list[Any]:
    from contacts.cover.models import CoverWords, HandoverWords
    from contacts.models import Cover, Handover
    from tests.canary_people import filled

    others = type(user).objects.filter(role=user.role, section=user.section_id).exclude(pk=user.pk)
    colleague = others.order_by("username").first()
    chief = user.section.leaders.first()
    today = timezone.localdate()
    base = {"case": person.case, "client": person.client}
    return [
        Cover(
            **base,
            absent=user,
            substitute=colleague,
            starts_on=today + timedelta(days=50),
            ends_on=today + timedelta(days=51),
            set_by=chief,
            words=filled(CoverWords, known),
        ),
        Handover(
            **base,
            giver=user,
            taker=colleague,
            planned_on=today,
            planned_by=chief,
            state=Handover.State.DONE,
            ended_at=timezone.now(),
            words=filled(HandoverWords, known),
        ),
    ]
