from datetime import date
from typing import Any

from django.utils import timezone

from contacts.models import StrengthsAssessment, StrengthStatement
from contacts.strengths import actions
from contacts.strengths.actions import Saying
from contacts.strengths.models import AssessmentWords, StatementWords

TABLE = """
URL                      how  contact deputy asked colleague chief chief2 other housing planner log  admin out

assessment               GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
assessment_compare       GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
assessment_print         GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
assessment_empty         GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
assessment_version       GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
assessment_domain        GET  +---    +---   ----  ----      x-x-  -x--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      x-x-  -x--   ->--  ----    ----    xxx- ----  <<<<
assessment_rank          GET  +---    +---   ----  ----      x-x-  -x--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      x-x-  -x--   ->--  ----    ----    xxx- ----  <<<<
assessment_sign          GET  +---    +---   ----  ----      x-x-  -x--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      x-x-  -x--   ->--  ----    ----    xxx- ----  <<<<
assessment_approval      GET  +---    +---   ----  ----      x-x-  -x--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      x-x-  -x--   ->--  ----    ----    xxx- ----  <<<<
statement_reword         GET  +---    +---   ----  ----      x-x-  -x--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      x-x-  -x--   ->--  ----    ----    xxx- ----  <<<<
statement_out            GET  +---    +---   ----  ----      x-x-  -x--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      x-x-  -x--   ->--  ----    ----    xxx- ----  <<<<
"""
NO_CASE, NOBODY = "26-99999-9", "00000000-0000-0000-0000-000000000007"


def number_of(found: Any) -> str:
    return str(found.case.number) if found else NO_CASE


def statement_of(found: Any) -> Any:
    return found.more["strength"].pk if found else NOBODY


ARGUMENTS = {
    "assessment_domain": lambda found, use: [number_of(found), "ekonomi"],
    "assessment_version": lambda found, use: [number_of(found), 1],
    "assessment_approval": lambda found, use: [number_of(found), 1],
    "statement_reword": lambda found, use: [statement_of(found)],
    "statement_out": lambda found, use: [statement_of(found)],
}


def today() -> str:
    return str(timezone.localdate())


def version(world: Any, record: str) -> int:
    found = world.records.get(record)
    newest = StrengthsAssessment.objects.filter(case=found.case).first() if found else None
    return newest.version if newest else 0


def talk(world: Any, record: str) -> dict[str, Any]:
    return {"now": "Sparar varje månad", "wish": "", "before": "", "said_by": "person", "said_on": today()}


FORMS = {
    "assessment_domain": talk,
    "assessment_rank": lambda world, record: {"version": version(world, record)},
    "assessment_sign": lambda world, record: {
        "remark": "Bra",
        "approved_way": "said_phone",
        "approved_on": today(),
        "version": version(world, record),
    },
    "assessment_approval": lambda world, record: {"approved_way": "said_meeting", "approved_on": today()},
    "statement_reword": lambda world, record: {"text": "Låter så här", "said_by": "person", "said_on": today()},
    "statement_out": lambda world, record: {"why": "Det har ändrats"},
}
TEXTS = {"now", "wish", "before", "remark", "why"}
LAST: tuple[str, ...] = ()


def lay_out(case: Any, contact: Any, chief: Any) -> dict[str, Any]:
    """A signed number that she has not answered, and more said since."""
    day: date = timezone.localdate()
    first = Saying("wish", "Ett eget hem")
    [wish] = actions.state(by=contact, case=case, domain="economy", sayings=[first], said_on=day)
    actions.sign(by=contact, case=case, remark="Det här är jag")
    more = [Saying("now", "Går i kören", may_locate=True)]
    actions.state(by=contact, case=case, domain="leisure", sayings=more, said_on=day)
    return {"strength": wish}


def sealed(known: Any, person: Any, user: Any) -> list[Any]:
    from tests.canary_people import filled

    about = {"case": person.case, "client_id": person.case.client_id}
    number = StrengthsAssessment(number=1, opened_by=user, words=filled(AssessmentWords, known), **about)
    statement = StrengthStatement(
        assessment=number,
        domain="economy",
        column="wish",
        said_by="person",
        said_on=timezone.localdate(),
        author=user,
        words=filled(StatementWords, known),
        **about,
    )
    return [number, statement]
