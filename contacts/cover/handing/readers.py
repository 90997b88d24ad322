"""Questions about handovers that pages ask."""

from typing import Any

from django.db.models import QuerySet

from casework import policy
from casework.cases.models import Case
from casework.crypto import fields
from casework.drafts import store
from casework.drafts.models import Draft
from casework.signin.models import Role, User
from contacts.assignments.models import Assignment
from contacts.cover.models import Handover
from contacts.goals.models import PlanStep

CHECKS = ("met_on", "channels_on", "code_word_on", "steps_on")


def find(case: Case) -> Handover | None:
    """The handover that goes on in a case."""
    rows = Handover.objects.filter(case=case, state=Handover.State.PLANNED)
    return rows.select_related("case", "giver", "taker", "planned_by").first()


def going_on(case: Case) -> Handover:
    """The same. Raises NotFound when none goes on."""
    handover = find(case)
    if handover is None:
        raise policy.NotFound("Det pågår ingen överlämning i ärendet.", [case.ref()])
    return handover


def before(case: Case) -> list[Handover]:
    """Handovers that are done, newest first, with what was written."""
    rows = Handover.objects.filter(case=case, state=Handover.State.DONE).select_related("giver", "taker")
    found = list(rows.order_by("-ended_at")[:5])
    for row in fields.open_all(found, "words"):
        row.said = row.words.open()
    return found


def checks(handover: Handover) -> list[tuple[str, Any]]:
    """(what, the day it was done or None) of the whole list."""
    known: Any = handover._meta.get_field
    return [(str(known(name).verbose_name), getattr(handover, name)) for name in CHECKS]


def standing(handover: Handover) -> dict[str, Any]:
    """What else has to be known before it is completed."""
    active = Assignment.objects.filter(case=handover.case_id, user=handover.taker_id, state="active")
    return {
        "accepted": active.exists(),
        "open_steps": PlanStep.objects.filter(case=handover.case_id, state="planned").count(),
        "giver_draft": has_draft(handover.giver, handover.case),
    }


def has_draft(user: User, case: Case) -> bool:
    """Whether she has something unsigned about the case, which she does not reach without it."""
    return Draft.objects.filter(user=user, case=case).exclude(slot=store.HELD).exists()


def takers(case: Case) -> QuerySet[User]:
    """The active kontaktpersoner of the section who are not contact person in the case or asked to be."""
    main = Assignment.objects.filter(case=case, kind="main", state__in=["active", "offered"]).values("user")
    staff = User.objects.filter(role=Role.KONTAKTPERSON, is_active=True, section=case.section_id)
    return staff.exclude(pk__in=main).order_by("display_name")


def slot(case: Case) -> str:
    """Where the unfinished words of a handover are kept."""
    return f"handover:{case.number}"
