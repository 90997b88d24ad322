"""Assignments for the invented people of the demo."""

from django.utils import timezone

from casework.access.models import AccessGrant, GrantReason
from casework.cases.models import Case
from casework.signin.models import User
from contacts.assignments import actions
from contacts.assignments.models import Assignment, AssignmentWords


def assign_story(case: Case, who: str, deputy: str, users: dict[str, User]) -> None:
    """The contact person accepts; with "?" before the name the question waits; a deputy accepts after."""
    for name, kind in ((who, Assignment.Kind.MAIN), (deputy, Assignment.Kind.DEPUTY)):
        if not name:
            continue
        user = users[name.lstrip("?")]
        asked = actions.offer_assignment(
            by=users["cecilia"],
            case=case,
            user=user,
            kind=kind,
            no_conflict=True,
            message="Hej! Har du plats för ett ärende till?" if name.startswith("?") else "",
        )
        if not name.startswith("?"):
            actions.accept_assignment(by=user, assignment=asked, no_conflict=True)


def assign_many(cases: list[Case], staff: list[User], by: User) -> list[AccessGrant]:
    """Running assignments and open grants for many cases at once; called within trail.bulk."""
    now = timezone.now()
    rows = [
        Assignment(
            case=case,
            client_id=case.client_id,
            user=user,
            kind=Assignment.Kind.MAIN,
            state=Assignment.State.ACTIVE,
            offered_by=by,
            manager_cleared=True,
            user_cleared=True,
            answered_at=now,
            words=AssignmentWords(),
        )
        for case, user in zip(cases, staff, strict=True)
    ]
    Assignment.objects.bulk_create(rows)
    grants = [
        AccessGrant(
            case_id=row.case_id,
            client_id=row.client_id,
            user_id=row.user_id,
            kind=AccessGrant.Kind.ASSIGNMENT,
            source=row.pk,
            opened_by=by,
            reason=GrantReason(),
        )
        for row in rows
    ]
    return AccessGrant.objects.bulk_create(grants)
