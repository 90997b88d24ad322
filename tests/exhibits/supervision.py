from datetime import timedelta
from typing import Any

from django.utils import timezone

from casework.signin.models import Role, User
from contacts.goals.models import Goal
from contacts.supervision import actions
from contacts.supervision.models import (
    GroupSession,
    Idea,
    IdeaWords,
    Mentoring,
    MentoringWords,
    Presentation,
    SheetWords,
)

# Every kontaktperson of the section takes part. The case is on the agenda of a session that is planned, of one that
# goes on (with an idea) and of one that was held; of a fourth it is not.
TABLE = """
URL                      how  contact deputy asked colleague chief chief2 other housing planner log  admin out

supervision              GET  +       +      +     +         +     +      +     x       x       x    x     <
mentorings               GET  +       +      +     +         +     +      +     x       x       x    x     <
mentoring_new            GET  x       x      x     x         +     +      x     x       x       x    x     <
                         POST x       x      x     x         >     +      x     x       x       x    x     <
supervision_plan         GET  xxxx    xxxx   xxxx  xxxx      +x+x  x+xx   xxxx  xxxx    xxxx    xxxx xxxx  <<<<
                         POST xxxx    xxxx   xxxx  xxxx      >x>x  x>xx   xxxx  xxxx    xxxx    xxxx xxxx  <<<<
supervision_session      GET  +-+-    +-+-   +-+-  +-+-      +-+-  -+--   -+--  xxxx    xxxx    xxxx xxxx  <<<<
supervision_change       GET  x-x-    x-x-   x-x-  x-x-      +-+-  -+--   -x--  xxxx    xxxx    xxxx xxxx  <<<<
                         POST x-x-    x-x-   x-x-  x-x-      >->-  ->--   -x--  xxxx    xxxx    xxxx xxxx  <<<<
supervision_move:begin   GET  x-x-    x-x-   x-x-  x-x-      +-+-  -+--   -x--  xxxx    xxxx    xxxx xxxx  <<<<
                         POST x-x-    x-x-   x-x-  x-x-      >->-  ->--   -x--  xxxx    xxxx    xxxx xxxx  <<<<
supervision_move:cancel  POST x-x-    x-x-   x-x-  x-x-      >->-  ->--   -x--  xxxx    xxxx    xxxx xxxx  <<<<
supervision_move:finish  GET  x-x-    x-x-   x-x-  x-x-      +-+-  -+--   -x--  xxxx    xxxx    xxxx xxxx  <<<<
                         POST x-x-    x-x-   x-x-  x-x-      >->-  ->--   -x--  xxxx    xxxx    xxxx xxxx  <<<<
supervision_again        POST x-x-    x-x-   x-x-  x-x-      >->-  ->--   -x--  xxxx    xxxx    xxxx xxxx  <<<<
supervision_bring        GET  +-+-    +-+-   +-+-  +-+-      xxxx  xxxx   -+--  xxxx    xxxx    xxxx xxxx  <<<<
present                  GET  +---    +---   ----  ----      x-x-  -x--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      x-x-  -x--   ->--  ----    ----    xxx- ----  <<<<
supervision_reword       GET  +---    +---   ----  ----      x-x-  -x--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      x-x-  -x--   ->--  ----    ----    xxx- ----  <<<<
idea_new                 POST >-+-    >-+-   >-+-  >-+-      >-+-  ->--   ->--  xxxx    xxxx    xxxx xxxx  <<<<
supervision_ideas        GET  +-+-    +-+-   +-+-  +-+-      +-+-  -+--   -+--  xxxx    xxxx    xxxx xxxx  <<<<
supervision_choose       GET  +---    +---   ----  ----      x-x-  -x--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      x-x-  -x--   ->--  ----    ----    xxx- ----  <<<<
supervision_sheet        GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
"""


def _plan(world: Any, record: str) -> dict[str, Any]:
    when = timezone.localdate() + timedelta(days=30)
    section = world.sections.get(record)
    staff = User.objects.filter(role=Role.KONTAKTPERSON, is_active=True, section=section)
    people = [str(pk) for pk in staff.values_list("pk", flat=True)]
    return {"planned_at_0": str(when), "planned_at_1": "13.00", "participants": people}


def _change(world: Any, record: str) -> dict[str, Any]:
    session = _of(world, record, "planned")
    people = [str(user.pk) for user in session.participants.all()] if session else []
    return {**_plan(world, record), "participants": people, "version": _version(session)}


def _words(world: Any, record: str) -> dict[str, Any]:
    texts = {"strengths": "Lagar mat", "wishes": "Sjunga", "help_wanted": "Hur hittar hon en kör?"}
    return {**texts, "version": _version(_of(world, record, "brought"))}


def _choose(world: Any, record: str) -> dict[str, Any]:
    idea, day = _of(world, record, "idea"), str(timezone.localdate() + timedelta(days=7))
    pk = idea.pk if idea else ""
    goal = Goal.objects.filter(case=idea.presentation.case).first() if idea else None
    ticked = {f"pick_{pk}": "on", f"goal_{pk}": str(goal.pk) if goal else "", f"due_{pk}": day}
    return {**ticked, "follow_up_on": day, "read_back": "Kören"}


def _mentoring(world: Any, record: str) -> dict[str, Any]:
    facts = {"worker": str(world.people["alma"].pk), "kind": "field", "held_on": str(timezone.localdate())}
    return {**facts, "focus": "Att vänta in", "agreement": "Två samtal", "next_on": ""}


def _of(world: Any, record: str, name: str) -> Any:
    return world.records[record].more[name] if record in world.records else None


def _version(row: Any) -> int:
    return type(row).objects.values_list("version", flat=True).get(pk=row.pk) if row else 1


FORMS: dict[str, Any] = {
    "supervision_plan": _plan,
    "supervision_change": _change,
    "present": _words,
    "supervision_reword": _words,
    "idea_new": lambda world, record: {"text": "Fråga i kören"},
    "supervision_choose": _choose,
    "mentoring_new": _mentoring,
}


def _at(name: str, number: bool = False) -> Any:
    def arguments(found: Any, use: str) -> list[Any]:
        from tests.world import NO_CASE, NOBODY

        first = [found.case.number if found else NO_CASE] if number else []
        return [*first, found.more[name].pk if found else NOBODY]

    return arguments


def _section(found: Any, use: str) -> list[Any]:
    from tests.world import NOBODY

    return [found.case.section_id if found else NOBODY]


ARGUMENTS: dict[str, Any] = {
    "supervision_plan": _section,
    "supervision_session": _at("going_on"),
    "supervision_change": _at("planned"),
    "supervision_move": lambda found, use: [*_at("going_on" if use == "finish" else "planned")(found, use), use],
    "supervision_again": _at("held"),
    "supervision_bring": _at("planned"),
    "present": _at("without", number=True),
    "supervision_reword": _at("brought"),
    "idea_new": _at("brought"),
    "supervision_ideas": _at("brought"),
    "supervision_choose": _at("brought"),
    "supervision_sheet": _at("brought", number=True),
}
TEXTS: set[str] = {"strengths", "wishes", "help_wanted", "read_back", "focus", "agreement"}
LAST: tuple[str, ...] = ("supervision_move",)


def lay_out(case: Any, contact: Any, chief: Any) -> dict[str, Any]:
    section = chief.led_sections.get()
    people = list(User.objects.filter(role=Role.KONTAKTPERSON, section=section))
    made: dict[str, Any] = {}
    for name, moves in (("without", []), ("planned", []), ("going_on", ["begin"]), ("held", ["begin", "finish"])):
        at = timezone.now() + timedelta(days=1)
        made[name] = actions.plan_session(by=chief, section=section, planned_at=at, participants=people)
        if name != "without":
            words = SheetWords(strengths="Lagar mat", wishes="Sjunga", help_wanted="Hur hittar hon en kör?")
            sheet = actions.present_case(by=contact, session=made[name], case=case, words=words)
            made["brought"] = sheet if name == "going_on" else made.get("brought")
        for move in moves:
            made[name] = actions.move_session(by=chief, session=made[name], name=move)
    made["brought"].refresh_from_db()
    made["idea"] = actions.give_idea(by=contact, presentation=made["brought"], text="Fråga kören")
    return made


def sealed(known: Any, person: Any, user: Any) -> list[Any]:
    from tests.canary_people import filled

    chief = person.task.offered_by
    now, owner = timezone.now(), {"client_id": person.case.client_id}
    session = GroupSession(section_id=person.case.section_id, led_by=chief, planned_at=now, state="held", ended_at=now)
    sheet = Presentation(**owner, session=session, case=person.case, presenter=user, sheet=filled(SheetWords, known))
    idea = Idea(**owner, presentation=sheet, author=user, words=filled(IdeaWords, known))
    mentoring = Mentoring(
        worker=user, mentor=chief, section_id=person.case.section_id, kind="field", held_on=timezone.localdate(),
        words=filled(MentoringWords, known),
    )  # fmt: skip
    return [session, sheet, idea, mentoring]
