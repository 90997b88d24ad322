"""The seven items that can be computed. Each is a function of a section and a period, both days included.

Each gives a Figure: what stands above and below the line, and the facts behind it. Below is 0 when there is nothing to
divide by. The number of queries is fixed. A case and a kontaktperson belong to the section they belong to now: where
they were before is not kept. Items: University of Kansas, strengths model fidelity scale (draft 2007-08-19);
Rapp & Goscha, The Strengths Model (2011).
"""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from casework.cases.codes import StepOutcome, StepPlace, StepWay
from casework.cases.models import Case, JournalNote
from casework.signin.models import Role, Section, User
from contacts.assignments.models import Assignment, AssignmentState
from contacts.cover.models import Absence
from contacts.fidelity.models import FidelityItem
from contacts.goals.models import Goal, GoalState
from contacts.strengths.models import AssessmentState, StrengthsAssessment
from contacts.supervision.models import GroupSession, Mentoring, SessionState

OUT_OF_OFFICE = (StepPlace.COMMUNITY, StepPlace.HOME)
HUNDREDTH = Decimal("0.01")


class Figure(NamedTuple):
    above: Decimal
    below: Decimal
    facts: dict[str, int]

    @property
    def value(self) -> Decimal | None:
        return self.above / self.below if self.below else None


class Task(NamedTuple):
    """A main assignment within the period: the days it counts, and whether it has ended since."""

    user: UUID
    days: range
    ended: bool


def caseload(section: Section, from_day: date, to_day: date) -> Figure:
    """Cases per available kontaktperson: the mean, over the days of the period, of one divided by the other.

    Above is the sum of the daily numbers, below the days that count. A main assignment counts from the day it was
    accepted up to and including the day before it ended. Somebody absent is not available, but her cases still count;
    a day without anybody available leaves the mean. A section without a single case has no figure.
    Source: the scale's item of low caseload ratios.
    """
    tasks = _tasks(section, from_day, to_day)
    there = _available(_staff(section, tasks, from_day, to_day), from_day, to_day)
    carried = _carried(tasks)
    days = [day for day in _days(from_day, to_day) if there[day]]
    ratios = sum((Fraction(carried[day], there[day]) for day in days), Fraction())
    facts = {"assignments": len(tasks), "days": len(days), "left_out": len(_days(from_day, to_day)) - len(days)}
    if not carried:
        return Figure(Decimal(0), Decimal(0), facts)
    return Figure(_decimal(ratios), Decimal(len(days)), facts)


def supervisor(section: Section, from_day: date, to_day: date) -> Figure:
    """Kontaktpersoner of the section on the last day, absent or not, for each sektionschef who leads it now.

    Source: the scale's item of the ratio of case managers to supervisor.
    """
    staff = _staff(section, _tasks(section, to_day, to_day), to_day, to_day)
    workers = sum(1 for days in staff.values() if days)
    chiefs = User.objects.filter(role=Role.SEKTIONSCHEF, is_active=True, led_sections=section).count()
    facts = {"workers": workers, "chiefs": chiefs}
    return Figure(Decimal(workers), Decimal(chiefs if workers else 0), facts)


def community(section: Section, from_day: date, to_day: date) -> Figure:
    """The share of contacts that took place in the community or in the person's home.

    A contact is a signed support step that was carried out together with the person (way "with", outcome "done"). The
    scale counts home visits as community, since the point is to leave the office; so the places are "community" and
    "home". The office, telephone, online and another authority's office do not count.
    Source: the scale's item of community contact.
    """
    found = _contacts(section, from_day, to_day).aggregate(
        all=Count("pk"), out=Count("pk", filter=Q(place__in=OUT_OF_OFFICE))
    )
    return _share(found["out"], found["all"])


def assessments(section: Section, from_day: date, to_day: date) -> Figure:
    """The share of open cases whose newest signed strengths assessment was not too old on the last day.

    A case is open when it was taken in and not closed by the end of that day; it counts when it was taken in more than
    METHOD["assessment_days"] before. Too old is more than METHOD["assessment_age_days"]; without one is too old.
    Source: the scale's items of the strengths assessment and of the review of its tools.
    """
    method = settings.METHOD
    signed = StrengthsAssessment.objects.filter(
        case=OuterRef("pk"),
        state=AssessmentState.SIGNED,
        signed_at__gte=_start(to_day - timedelta(days=method["assessment_age_days"])),
        signed_at__lt=_end(to_day),
    )
    due = Case.objects.filter(_open_on(to_day), section=section).filter(
        taken_in_on__lt=to_day - timedelta(days=method["assessment_days"])
    )
    found = due.aggregate(all=Count("pk"), fresh=Count("pk", filter=Q(Exists(signed))))
    return _share(found["fresh"], found["all"])


def tied(section: Section, from_day: date, to_day: date) -> Figure:
    """The share of contacts (as for `community`) that are tied to a step of a goal.

    Source: the scale's item of the use of the recovery goal worksheet.
    """
    found = _contacts(section, from_day, to_day).aggregate(all=Count("pk"), tied=Count("tie"))
    return _share(found["tied"], found["all"])


def natural(section: Section, from_day: date, to_day: date) -> Figure:
    """The share of goals, active on the last day in open cases, that use natural resources.

    Active is begun and not ended by the end of that day. When a goal came to rest is not kept: one that rests now is
    left out. Source: the scale's item of naturally occurring resources.
    """
    running = Q(state=GoalState.ACTIVE) | Q(ended_on__gt=to_day)
    goals = Goal.objects.filter(_open_on(to_day, "case__"), running, case__section=section, started_on__lte=to_day)
    found = goals.aggregate(all=Count("pk"), natural=Count("pk", filter=Q(uses_natural=True)))
    return _share(found["natural"], found["all"])


def group(section: Section, from_day: date, to_day: date) -> Figure:
    """Group supervisions held, by the day they were planned for, for each week of the period (its days / 7).

    There are always weeks to divide by: without a session the value is 0.
    Source: the scale's item of strengths-based group supervision.
    """
    held = GroupSession.objects.filter(
        section=section, state=SessionState.HELD, planned_at__gte=_start(from_day), planned_at__lt=_end(to_day)
    ).count()
    days = len(_days(from_day, to_day))
    return Figure(Decimal(held), _decimal(Fraction(days, 7)), {"held": held, "days": days})


def mentorings(section: Section, from_day: date, to_day: date) -> int:
    """How many field mentorings were held: a help to whoever judges that item."""
    within = Mentoring.objects.filter(section=section, kind=Mentoring.Kind.FIELD)
    return within.filter(held_on__gte=from_day, held_on__lte=to_day).count()


Measure = Callable[[Section, date, date], Figure]
MEASURES: dict[FidelityItem, Measure] = {
    FidelityItem.CASELOAD: caseload,
    FidelityItem.SUPERVISOR: supervisor,
    FidelityItem.COMMUNITY: community,
    FidelityItem.ASSESSMENTS: assessments,
    FidelityItem.TIED: tied,
    FidelityItem.NATURAL: natural,
    FidelityItem.GROUP: group,
}


# --- days -------------------------------------------------------------------------------------------------------------


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _end(day: date) -> datetime:
    return _start(day + timedelta(days=1))


def _days(first: date, last: date) -> range:
    """The days from first to last, both included, as numbers."""
    return range(first.toordinal(), last.toordinal() + 1)


def _within(days: range, first: date, last: date) -> range:
    """The part of the period from first to last."""
    return range(max(days.start, first.toordinal()), min(days.stop, last.toordinal() + 1))


def _decimal(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(HUNDREDTH)


# --- what is counted --------------------------------------------------------------------------------------------------


def _share(part: int, whole: int) -> Figure:
    return Figure(Decimal(part), Decimal(whole), {"part": part, "whole": whole})


def _contacts(section: Section, from_day: date, to_day: date) -> QuerySet[JournalNote]:
    return JournalNote.objects.filter(
        case__section=section,
        entry=JournalNote.Entry.STEP,
        way=StepWay.WITH,
        outcome=StepOutcome.DONE,
        occurred_at__gte=_start(from_day),
        occurred_at__lt=_end(to_day),
    )


def _open_on(day: date, path: str = "") -> Q:
    """The cases taken in, and not closed, by the end of a day."""
    closed = f"{path}closed_on"
    not_closed = Q(**{f"{closed}__isnull": True}) | Q(**{f"{closed}__gt": day})
    return Q(**{f"{path}taken_in_on__lte": day}) & not_closed


def _tasks(section: Section, from_day: date, to_day: date) -> list[Task]:
    rows = Assignment.objects.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gte=_start(from_day)),
        case__section=section,
        kind=Assignment.Kind.MAIN,
        state__in=[AssignmentState.ACTIVE, AssignmentState.ENDED],
        answered_at__lt=_end(to_day),
    )
    days, found = _days(from_day, to_day), []
    for user, accepted, ended in rows.order_by().values_list("user", "answered_at", "ended_at"):
        last = timezone.localdate(ended) - timedelta(days=1) if ended else to_day
        found.append(Task(user, _within(days, timezone.localdate(accepted), last), ended is not None))
    return [task for task in found if task.days]


def _carried(tasks: list[Task]) -> Counter[int]:
    """Day -> the cases that somebody had then."""
    carried: Counter[int] = Counter()
    for task in tasks:
        carried.update(task.days)
    return carried


def _staff(section: Section, tasks: list[Task], from_day: date, to_day: date) -> dict[UUID, set[int]]:
    """Kontaktperson -> the days of the period when she belonged to the section.

    One who belongs to it now does so since she was made a user, or since her first case there if that is earlier. One
    who has left (moved, blocked, in another role) did so on the days when she had a case there that she has left since.
    """
    main = Q(
        assignments__case__section=section,
        assignments__kind=Assignment.Kind.MAIN,
        assignments__state__in=[AssignmentState.ACTIVE, AssignmentState.ENDED],
    )
    here = User.objects.filter(role=Role.KONTAKTPERSON, is_active=True, section=section).order_by()
    days, staff = _days(from_day, to_day), {}
    for pk, made, began in here.annotate(began=Min("assignments__answered_at", filter=main)).values_list(
        "pk", "created_at", "began"
    ):
        staff[pk] = set(_within(days, timezone.localdate(min(made, began or made)), to_day))
    left: dict[UUID, set[int]] = {}
    for task in tasks:
        if task.ended and task.user not in staff:
            left.setdefault(task.user, set()).update(task.days)
    return staff | left


def _available(staff: dict[UUID, set[int]], from_day: date, to_day: date) -> Counter[int]:
    """Day -> how many of the staff were there and not away."""
    away = Absence.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=from_day), starts_on__lte=to_day)
    days = _days(from_day, to_day)
    for user, first, last in away.filter(user__in=list(staff)).values_list("user", "starts_on", "ends_on"):
        staff[user] = staff[user] - set(_within(days, first, last or to_day))
    return Counter(day for present in staff.values() for day in present)
