"""Goals, steps and plans for tests, made through the acts."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from casework.cases import actions as cases
from casework.cases.models import Case
from casework.signin.models import User
from contacts.goals import actions
from contacts.goals.models import Goal, GoalWords, PlanStep, RecoveryPlan, StepWords
from tests.cast import Cast

TODAY = timezone.localdate()


def goal(by: User, case: Case, words: str = "Jag vill sova lugnt", *, area: str = "housing", **more: str) -> Goal:
    return actions.set_goal(by=by, case=case, area=area, words=GoalWords(words=words, **more))


def step(by: User, goal: Goal, what: str = "Ringa hyresvärden", *, due_on: date | None = None, **more: str) -> PlanStep:
    return actions.add_step(by=by, case=goal.case, goal=goal, words=StepWords(what=what, **more), due_on=due_on)


def submitted(by: User, case: Case, **more: Any) -> RecoveryPlan:
    facts = {"person_way": "said_meeting", "person_on": TODAY, "follow_up_on": TODAY + timedelta(days=90), **more}
    return actions.submit_plan(by=by, case=case, **facts)


def approved(cast: Cast, case: Case) -> RecoveryPlan:
    """A goal with a step, handed in by Alma and approved by Cecilia."""
    step(cast.alma, goal(cast.alma, case))
    return actions.approve_plan(by=cast.cecilia, plan=submitted(cast.alma, case))


def closed(cast: Cast, case: Case) -> Case:
    cases.move_case(by=cast.cecilia, case=case, name="begin_closing", reason="Klart")
    case.refresh_from_db()
    return cases.close_case(by=cast.cecilia, case=case, closure_reason="moved", note="Flyttat")
