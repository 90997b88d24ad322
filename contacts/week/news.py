"""What others have done in one's cases since one last opened the week: drawn from the log, each line a sentence."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from audit import reading
from audit.tags import Tag
from contacts.week.desk import Desk

# A page that is loaded again within this time is the same visit: what was new there still is.
SAME_VISIT = timedelta(minutes=30)
SHOWN = 30
TOLD = (
    Tag.STEP_SIGNED,
    Tag.STEP_CORRECTED,
    Tag.OPINION_NOTED,
    Tag.ASSESSMENT_SIGNED,
    Tag.ASSESSMENT_APPROVED,
    Tag.PLAN_APPROVED,
    Tag.PLAN_SENT_BACK,
    Tag.GOAL_SET,
    Tag.SAFETY_SET,
    Tag.RHYTHM_AGREED,
    Tag.APPOINTMENT_MADE,
    Tag.APPOINTMENT_CHANGED,
    Tag.CASE_REVIEWED,
    Tag.CASE_CHANGED,
    Tag.CASE_RESTED,
    Tag.CASE_RESUMED,
    Tag.CASE_CLOSING,
    Tag.CASE_KEPT_OPEN,
    Tag.ASSIGNMENT_ACCEPTED,
    Tag.COVER_SET,
    Tag.HANDOVER_PLANNED,
    Tag.CLOSING_APPROVED,
    Tag.CLOSING_SENT_BACK,
)


@dataclass
class Told:
    """What somebody did in a case, and how many times; `time` is the latest."""

    time: datetime
    actor: str
    sentence: str
    case: Any
    times: int = 1


@dataclass(frozen=True)
class News:
    """`since` is None at the first visit: then all would be new, and nothing is told."""

    since: datetime | None = None
    lines: list["Told"] = field(default_factory=list)


def news_for(desk: Desk) -> News:
    """Others' acts in the cases on the desk since the last visit, newest first, each with its case."""
    me = str(desk.user.pk)
    last = reading.last_done(me, Tag.WEEK_READ, timezone.now() - SAME_VISIT)
    if last is None:
        return News()
    cases = {case.number: case for case in desk.cases.values()}
    found = reading.done_since(last[0], list(cases), TOLD, but=me, limit=SHOWN)
    told: dict[tuple[str, str, str], Told] = {}
    for line, number in ((each, number) for each in found for number in _numbers(each) if number in cases):
        key = (line.actor_id, line.tag, number)
        if key in told:
            told[key].times += 1
        else:
            told[key] = Told(line.time, line.actor, line.sentence, cases[number])
    return News(last[1], list(told.values()))


def _numbers(line: reading.Line) -> list[str]:
    return list(dict.fromkeys(ref.case for ref in line.refs if ref.case))
