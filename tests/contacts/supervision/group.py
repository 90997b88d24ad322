"""A group supervision for tests, made through its own acts."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from casework.cases.models import Case
from casework.signin.models import User
from contacts.goals import actions as goals
from contacts.goals.models import Goal, GoalWords
from contacts.supervision import actions
from contacts.supervision.models import GroupSession, Idea, Presentation, SheetWords

WORDS = SheetWords(strengths="Lagar mat till många", wishes="Sjunga igen", help_wanted="Hur kan hon sjunga utan risk?")


def in_days(days: int) -> datetime:
    return timezone.now() + timedelta(days=days)


def make_group(chief: User, *people: User, state: str = "going_on", days: int = 0) -> GroupSession:
    """A session of the section the sektionschef leads, in this state."""
    section = chief.led_sections.get()
    group = actions.plan_session(by=chief, section=section, planned_at=in_days(days), participants=people)
    moves: dict[str, list[str]] = {"planned": [], "going_on": ["begin"], "held": ["begin", "finish"]}
    for name in moves.get(state, ["cancel"]):
        group = actions.move_session(by=chief, session=group, name=name)
    return group


def bring(user: User, group: GroupSession, case: Case, **words: str) -> Presentation:
    sheet = SheetWords(**{**vars_of(WORDS), **words})
    return actions.present_case(by=user, session=group, case=case, words=sheet)


def vars_of(words: SheetWords) -> dict[str, str]:
    return {"strengths": words.strengths, "wishes": words.wishes, "help_wanted": words.help_wanted}


def make_goal(user: User, case: Case) -> Goal:
    words = GoalWords(words="Jag vill sjunga i kör")
    return goals.set_goal(by=user, case=case, area="everyday", words=words, uses_natural=True)


def idea(user: User, sheet: Presentation, text: str = "Fråga kören") -> Idea:
    return actions.give_idea(by=user, presentation=sheet, text=text)


def finish(chief: User, group: GroupSession) -> GroupSession:
    return actions.move_session(by=chief, session=group, name="finish")


def close(chief: User, contact: User, case: Case) -> Any:
    from casework.cases import actions as cases

    cases.move_case(by=contact, case=case, name="begin_closing", reason="Klart")
    case.refresh_from_db()
    done = cases.close_case(by=chief, case=case, closure_reason="moved", note="Flyttat")
    case.refresh_from_db()
    return done
