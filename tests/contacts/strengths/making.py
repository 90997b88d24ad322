"""Assessments for tests, made through the product's own acts."""

from datetime import date
from typing import Any

from django.utils import timezone

from casework.cases.models import Case
from casework.signin.models import User
from contacts.strengths import actions, readers
from contacts.strengths.actions import Saying
from contacts.strengths.models import StrengthsAssessment, StrengthStatement


def today() -> date:
    return timezone.localdate()


def say(by: User, case: Case, *texts: str, column: str = "now", domain: str = "economy", **more: Any) -> Any:
    """Statements, one for each text; the only one itself when there is one."""
    sayings = [Saying(column, text, **more) for text in texts]
    made = actions.state(by=by, case=case, domain=domain, sayings=sayings, said_on=today())
    return made[0] if len(made) == 1 else made


def sign(by: User, case: Case, **more: Any) -> StrengthsAssessment:
    return actions.sign(by=by, case=case, remark=more.pop("remark", ""), **more)


def reword(by: User, statement: StrengthStatement, text: str, **more: Any) -> StrengthStatement:
    words = {"said_by": "person", "said_on": today(), "may_locate": False, **more}
    return actions.reword(by=by, statement=statement, text=text, **words)


def texts(case: Case, number: int | None = None) -> list[str]:
    """What a number holds, in order."""
    return [each.said for each in readers.sheet(case, number).statements]


def talk_data(**more: str) -> dict[str, str]:
    """The form of a domain as it is sent."""
    return {"now": "", "wish": "", "before": "", "said_by": "person", "said_on": str(today()), **more}
