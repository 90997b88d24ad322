"""Questions about assignments that pages ask."""

from typing import Any
from uuid import UUID

from casework import policy
from casework.access import visit
from casework.cases.models import Case
from casework.crypto import fields
from casework.policy import Permission
from casework.signin.models import Role, User
from contacts.assignments.models import Assignment
from contacts.caseload import readers as caseload


def staff_choices(case: Case) -> Any:
    """The active kontaktpersoner of the case's section who have neither a task nor a question in it."""
    taken = Assignment.objects.filter(case=case, state__in=["offered", "active"]).values("user")
    staff = User.objects.filter(role=Role.KONTAKTPERSON, is_active=True, section=case.section_id)
    return staff.exclude(pk__in=taken).order_by("display_name")


def loads(user: User) -> dict[Any, str]:
    """How much each kontaktperson carries, in words for a choice."""
    return {load.user.pk: load_words(load) for load in caseload.loads_of(user)}


def load_words(load: caseload.Load) -> str:
    words = [f"{load.main} ärende" if load.main == 1 else f"{load.main} ärenden"]
    if load.deputy:
        words.append(f"ersättare i {load.deputy}")
    if load.offered:
        words.append(f"{load.offered} obesvarade frågor" if load.offered > 1 else "1 obesvarad fråga")
    return ", ".join(words)


def own(user: User, pk: UUID) -> Assignment:
    """An assignment or question of one's own. Raises NotFound for any other, Forbidden when the role has changed."""
    policy.check_may(user, Permission.ASSIGNMENT_ANSWER)
    assignment = Assignment.objects.select_related("case", "offered_by").filter(user=user, pk=pk).first()
    if assignment is None:
        hidden = Assignment.objects.select_related("case").filter(pk=pk).first()
        raise policy.NotFound("Uppdraget är inte ditt.", [hidden.case.ref()] if hidden else [])
    visit.saw(assignment.case)
    return assignment


def managed(user: User, pk: UUID) -> Assignment:
    """An assignment in a case this user may assign. Raises NotFound for any other."""
    policy.check_may(user, Permission.ASSIGN)
    visible = policy.visible_cases(user, Permission.ASSIGN)
    assignment = Assignment.objects.select_related("case", "user").filter(pk=pk, case__in=visible).first()
    if assignment is None:
        hidden = Assignment.objects.select_related("case").filter(pk=pk).first()
        raise policy.NotFound("Uppdraget finns inte i din sektion.", [hidden.case.ref()] if hidden else [])
    visit.saw(assignment.case)
    return assignment


def people_panel(user: User, case: Case, held: frozenset[Permission]) -> dict[str, Any] | None:
    """Who works with the case, who is asked, and who has said no."""
    rows = list(Assignment.objects.filter(case=case).select_related("user", "offered_by"))
    shown = [row for row in rows if row.state in {"active", "offered"}]
    declined = [row for row in rows if row.state == Assignment.State.DECLINED][:3]
    if Permission.ASSIGN in held:
        for row in fields.open_all(declined, "words"):
            row.reason = row.words.open().decline_reason
    active = [row for row in shown if row.state == Assignment.State.ACTIVE]
    return {
        "case": case,
        "rows": shown,
        "declined": declined if Permission.ASSIGN in held else [],
        "may_assign": Permission.ASSIGN in held and not case.closed,
        "orphan": not case.closed and not any(row.kind == Assignment.Kind.MAIN for row in active),
        "mine": next((row for row in active if row.user_id == user.pk), None),
    }
