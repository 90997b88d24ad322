"""What has to move when a kontaktperson leaves. It tells; it stops nobody."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from casework import policy
from casework.access import visit
from casework.cases.models import Case
from casework.drafts import store
from casework.policy import Permission
from casework.signin.models import User
from contacts.assignments.models import Assignment
from contacts.cover.models import Cover, Handover
from contacts.goals.models import PlanStep
from contacts.supervision.models import GroupSession
from contacts.week.models import Appointment


def everything(user: User, colleague: User) -> dict[str, Any]:
    """All that hangs on `colleague`, in the cases that `user` leads; `elsewhere` counts her tasks in other sections."""
    led = policy.visible_cases(user, Permission.ASSIGN)
    tasks = list(_in(Assignment, led).filter(user=colleague, state__in=["active", "offered"]))
    active = [task for task in tasks if task.state == Assignment.State.ACTIVE]
    found: dict[str, Any] = {
        "main": [task for task in active if task.kind == Assignment.Kind.MAIN],
        "deputy": [task for task in active if task.kind == Assignment.Kind.DEPUTY],
        "questions": [task for task in tasks if task.state == Assignment.State.OFFERED],
        "covers": _covers(led, colleague),
        "handovers": _handovers(led, colleague),
        "drafts": store.drafts_of([colleague]),
        "appointments": _appointments(led, colleague),
        "sessions": _sessions(colleague),
    }
    found["steps"] = _open_steps(found["main"])
    found["elsewhere"] = _elsewhere(led, colleague)
    _seen(found)
    return {**found, "nothing": not any(found.values())}


def _in(model: Any, led: Any) -> Any:
    return model.objects.filter(case__in=led).select_related("case").order_by("case__number")


def _covers(led: Any, colleague: User) -> list[Cover]:
    """Those by which she works for somebody else."""
    rows = _in(Cover, led).filter(substitute=colleague, ended_at__isnull=True, ends_on__gte=timezone.localdate())
    return list(rows.select_related("case", "absent"))


def _handovers(led: Any, colleague: User) -> list[Handover]:
    rows = _in(Handover, led).filter(Q(giver=colleague) | Q(taker=colleague), state=Handover.State.PLANNED)
    return list(rows.select_related("case", "giver", "taker"))


def _appointments(led: Any, colleague: User) -> list[Appointment]:
    rows = _in(Appointment, led).filter(user=colleague, state="planned", starts_at__gte=timezone.now())
    return list(rows.order_by("starts_at"))


def _sessions(colleague: User) -> list[GroupSession]:
    rows = GroupSession.objects.filter(participants=colleague, state__in=["planned", "going_on"])
    return list(rows.order_by("planned_at"))


def _open_steps(main: list[Assignment]) -> list[dict[str, Any]]:
    """The cases of hers with steps of the plan that are not done yet, and how many."""
    steps = list(PlanStep.objects.filter(case__in=[task.case_id for task in main], state="planned").values_list("case"))
    counted = [{"case": task.case, "count": steps.count((task.case_id,))} for task in main]
    return [row for row in counted if row["count"]]


def _elsewhere(led: Any, colleague: User) -> int:
    return Assignment.objects.filter(user=colleague, state="active").exclude(case__in=led).count()


def _seen(found: dict[str, Any]) -> None:
    rows = [
        row for name in ("main", "deputy", "questions", "covers", "handovers", "appointments") for row in found[name]
    ]
    cases: list[Case] = [row.case for row in rows] + [draft.case for draft in found["drafts"] if draft.case]
    visit.saw_all(cases)
