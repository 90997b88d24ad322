"""A section as it was at another time: rows with days of their own, put in by the bulk door."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case, JournalNote, NoteContent
from casework.signin.models import User
from contacts.assignments.models import Assignment, AssignmentWords
from contacts.cover.models import Absence
from contacts.fidelity import actions
from contacts.fidelity.models import FidelityReview
from contacts.goals.models import Goal, GoalWords, PlanStep, StepTie, StepWords
from contacts.strengths.models import AssessmentWords, StrengthsAssessment
from contacts.supervision.models import GroupSession, Mentoring, MentoringWords
from tests import factories
from tests.cast import Cast

MARCH = date(2026, 3, 1)
LAST = date(2026, 3, 10)
LONG_AGO = date(2025, 1, 1)


def march(day: int) -> date:
    return date(2026, 3, day)


def at(day: date, clock: time = time(12)) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))


@contextmanager
def bulk() -> Iterator[None]:
    with trail.bulk(Tag.IMPORTED):
        yield


def save(*rows: Any) -> Any:
    """Saves rows of one model as they are; gives the first."""
    with bulk():
        type(rows[0]).objects.bulk_create(rows)
    return rows[0]


def there_since(day: date, *users: User) -> None:
    """As if these users had been made that day."""
    User.objects.filter(pk__in=[user.pk for user in users]).update(created_at=at(day))


def make_case(cast: Cast, taken_in: date = LONG_AGO, closed: date | None = None, by: User | None = None) -> Case:
    case = factories.make_case(by or cast.cecilia)
    values: dict[str, Any] = {"taken_in_on": taken_in, "state": "open"}
    if closed:
        values |= {"closed_on": closed, "closure_reason": "goals_reached", "state": "closed"}
    with bulk():
        Case.objects.filter(pk=case.pk).update(**values)
    return Case.objects.get(pk=case.pk)


def task(case: Case, user: User, first: date, ended: date | None = None, **more: Any) -> Assignment:
    """A main assignment, accepted at noon on one day and ended at noon on another."""
    facts = {"kind": "main", "state": "ended" if ended else "active", **more}
    return save(
        Assignment(
            case=case, client_id=case.client_id, user=user, offered_by=user, manager_cleared=True, user_cleared=True,
            answered_at=at(first), ended_at=at(ended) if ended else None, words=AssignmentWords(), **facts,
        )
    )  # fmt: skip


def away(user: User, first: date, last: date | None = None) -> Absence:
    return save(Absence(user=user, starts_on=first, ends_on=last, set_by=user))


def step_row(case: Case, author: User, when: datetime, **more: Any) -> JournalNote:
    facts = {"kind": "talk", "place": "office", "way": "with", "outcome": "done", "minutes": 30, **more}
    if facts["place"] == "community":
        facts |= {"place_type": "cafe", "exposure": "calm"}
    return JournalNote(
        case=case, client_id=case.client_id, author=author, entry="step", occurred_at=when,
        signed_at=when + timedelta(minutes=1), content=NoteContent(text="Vi sågs."), **facts,
    )  # fmt: skip


def step(case: Case, author: User, day: date = MARCH, **more: Any) -> JournalNote:
    return save(step_row(case, author, at(day), **more))


def assessment(case: Case, by: User, signed: date | None, number: int = 1) -> StrengthsAssessment:
    signing = {"state": "signed", "signed_by": by, "signed_at": at(signed)} if signed else {}
    return save(
        StrengthsAssessment(
            case=case, client_id=case.client_id, number=number, opened_by=by, words=AssessmentWords(), **signing
        )
    )


def goal(case: Case, number: int, *, natural: bool = False, **more: Any) -> Goal:
    facts = {"area": "everyday", "started_on": LONG_AGO, "uses_natural": natural, **more}
    return save(Goal(case=case, client_id=case.client_id, number=number, words=GoalWords(words="Ett mål"), **facts))


def plan_step(goal: Goal) -> PlanStep:
    words = StepWords(what="Ring")
    return save(PlanStep(case=goal.case, client_id=goal.client_id, goal=goal, number=1, words=words))


def tie(note: JournalNote, plan_step: PlanStep) -> StepTie:
    return save(StepTie(case=note.case, client_id=note.client_id, note=note, plan_step=plan_step))


def session(cast: Cast, day: date, state: str = "held", **more: Any) -> GroupSession:
    ended = at(day) if state in ("held", "cancelled") else None
    facts = {"section": cast.section, "led_by": cast.cecilia, **more}
    return save(GroupSession(planned_at=at(day), state=state, ended_at=ended, **facts))


def mentoring(cast: Cast, day: date, kind: str = "field", **more: Any) -> Mentoring:
    facts = {"worker": cast.alma, "mentor": cast.cecilia, "section": cast.section, **more}
    return save(Mentoring(kind=kind, held_on=day, words=MentoringWords(), **facts))


def begun(cast: Cast, **more: Any) -> FidelityReview:
    """A measurement of the section in March, going on. Alma and Bo have been there for long."""
    there_since(LONG_AGO, cast.alma, cast.bo)
    facts = {"by": cast.cecilia, "section": cast.section, "from_day": MARCH, "to_day": LAST, **more}
    return actions.begin_review(**facts)


def judged(review: FidelityReview, by: User, points: int = 4) -> FidelityReview:
    """Every item that has no points yet gets some."""
    for score in review.scores.filter(points__isnull=True):
        actions.score(by=by, review=review, item=score.item, points=points, grounds="Vi har sett det.")
    return review


def finished(cast: Cast, points: int = 4, **more: Any) -> FidelityReview:
    review = judged(begun(cast, **more), more.get("by", cast.cecilia), points)
    return actions.finish_review(by=more.get("by", cast.cecilia), review=review)
