"""Offering, answering and ending an assignment. Access is opened and closed in the same act."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.access import actions as access
from casework.access.models import AccessGrant
from casework.cases import actions as cases
from casework.cases.models import Case
from casework.cases.rules import Refused, check_open
from casework.signin.models import Role, User
from casework.state import TransitionNotAllowed
from contacts.assignments import rules
from contacts.assignments.models import Assignment, AssignmentWords

GRANT_KIND = {
    Assignment.Kind.MAIN: AccessGrant.Kind.ASSIGNMENT,
    Assignment.Kind.DEPUTY: AccessGrant.Kind.DEPUTY,
}

# Other ways into the case that a task makes needless end here, at the moment its own door opens.
on_accepting: list[Callable[..., None]] = []


def offer_assignment(
    *, by: User, case: Case, user: User, kind: str, no_conflict: bool, message: str = ""
) -> Assignment:
    """A sektionschef asks a kontaktperson to take a case. The question of conflict of interest is answered first.

    Raises Forbidden, Refused (conflict not ruled out or found, wrong role, blocked, already asked, closed case).
    Source: förvaltningslagen (2017:900) 16-17 §§.
    """
    rules.check_can_assign(by, case)
    if not no_conflict:
        raise Refused("Svara först på frågan om jäv. Den som är jävig får inte ha ärendet.")
    if user.role != Role.KONTAKTPERSON or not user.is_active:
        raise Refused("Bara en aktiv kontaktperson kan få ett ärende.")
    with trail.act(Tag.ASSIGNMENT_OFFERED, by=by, refs=[case.ref(), user.ref()], reason_code=kind):
        fresh = Case.objects.select_for_update().get(pk=case.pk)
        check_open(fresh)
        rules.check_no_tie(by, user, fresh)
        assignment = Assignment(
            case=fresh,
            client_id=fresh.client_id,
            user=user,
            kind=kind,
            offered_by=by,
            manager_cleared=True,
            words=AssignmentWords(message=message),
        )
        try:
            with transaction.atomic():
                assignment.save()
        except IntegrityError:
            raise Refused(f"{user.display_name} har redan ett uppdrag eller en fråga i ärendet.") from None
        return assignment


def accept_assignment(*, by: User, assignment: Assignment, no_conflict: bool) -> Assignment:
    """The kontaktperson says yes: the door opens, an earlier contact person's door closes, an intake becomes open.

    Raises Refused (conflict not ruled out or found, already answered, closed case), Forbidden for anybody else's.
    """
    rules.check_can_answer(by, assignment)
    if not no_conflict:
        raise Refused("Svara på frågan om jäv innan du tackar ja.")
    with trail.act(Tag.ASSIGNMENT_ACCEPTED, by=by, refs=[assignment.case.ref()], reason_code=assignment.kind):
        case, fresh = _locked(assignment)
        check_open(case)
        rules.check_no_tie(by, by, case)
        if fresh.kind == Assignment.Kind.MAIN:
            for earlier in Assignment.objects.filter(case=case, state="active", kind="main"):
                _end(by, earlier, AccessGrant.Close.HANDED_OVER, "")
        _step(fresh, "accept")
        _open(by, case, by, fresh, timezone.now())
        if fresh.kind == Assignment.Kind.MAIN:
            cases.begin_support(by=by, case=case)
        return fresh


def hand_over(*, by: User, case: Case, giver: User, taker: User) -> Assignment:
    """The deputy `taker` becomes contact person instead of `giver`, whose task ends; at no moment has either both doors
    or the case none. Within the act of a handover, which says who may.

    Raises Refused (closed case, a taker who is not deputy or who is tied to somebody in the case, somebody else who is
    contact person by now).
    """
    with trail.act(Tag.ASSIGNMENT_ACCEPTED, by=by, refs=[case.ref(), giver.ref(), taker.ref()], reason_code="main"):
        fresh = Case.objects.select_for_update().get(pk=case.pk)
        check_open(fresh)
        rules.check_no_tie(by, taker, fresh)
        active = Assignment.objects.select_for_update().filter(case=fresh, state=Assignment.State.ACTIVE)
        before = rules.replaced_by(list(active), giver, taker)
        now = timezone.now()
        for task in before:
            ended = AccessGrant.Close.ENDED if task.user_id == taker.pk else AccessGrant.Close.HANDED_OVER
            _end(by, task, ended, "", at=now)
        main = Assignment(
            case=fresh,
            client_id=fresh.client_id,
            user=taker,
            kind=Assignment.Kind.MAIN,
            offered_by=before[0].offered_by,
            manager_cleared=True,
            words=AssignmentWords(),
        )
        _step(main, "accept")
        _open(by, fresh, taker, main, now)
        cases.begin_support(by=by, case=fresh)
        return main


def decline_assignment(*, by: User, assignment: Assignment, code: str, reason: str) -> Assignment:
    """The kontaktperson says no, with a reason; the sektionschef sees it. Raises Refused, Forbidden."""
    rules.check_can_answer(by, assignment)
    if code == Assignment.Decline.OTHER and not reason.strip():
        raise Refused("Skriv vilket skäl det är.")
    with trail.act(Tag.ASSIGNMENT_DECLINED, by=by, refs=[assignment.case.ref()], reason_code=code):
        _, fresh = _locked(assignment)
        fresh.words = replace(fresh.words.open(), decline_reason=reason)
        _step(fresh, "decline", code=code)
        return fresh


def withdraw_assignment(*, by: User, assignment: Assignment) -> Assignment:
    """The sektionschef takes back a question that has no answer yet. Raises Refused, Forbidden."""
    rules.check_can_withdraw(by, assignment)
    with trail.act(Tag.ASSIGNMENT_WITHDRAWN, by=by, refs=[assignment.case.ref(), assignment.user.ref()]):
        _, fresh = _locked(assignment)
        _step(fresh, "withdraw")
        return fresh


def end_assignment(*, by: User, assignment: Assignment, close_reason: str, reason: str) -> Assignment:
    """The sektionschef ends an assignment; its door closes at once. Raises Refused, Forbidden."""
    rules.check_can_end(by, assignment)
    if not reason.strip():
        raise Refused("Skriv varför uppdraget avslutas.")
    with trail.act(
        Tag.ASSIGNMENT_ENDED,
        by=by,
        refs=[assignment.case.ref(), assignment.user.ref()],
        reason_code=close_reason,
    ):
        _, fresh = _locked(assignment)
        _end(by, fresh, close_reason, reason)
        return fresh


def report_conflict(*, by: User, assignment: Assignment, reason: str) -> Assignment:
    """A kontaktperson who finds that she knows someone in the case leaves it at once (förvaltningslagen 18 §)."""
    rules.check_can_leave(by, assignment)
    with trail.act(
        Tag.ASSIGNMENT_CONFLICT, by=by, refs=[assignment.case.ref()], reason_code=AccessGrant.Close.CONFLICT
    ):
        _, fresh = _locked(assignment)
        _end(by, fresh, AccessGrant.Close.CONFLICT, reason)
        return fresh


def end_all(*, by: User, case: Case) -> None:
    """Ends every assignment and question of a case that closes. Within the closing act."""
    with trail.act(Tag.ASSIGNMENT_ENDED, by=by, refs=[case.ref()], reason_code=AccessGrant.Close.CASE_CLOSED) as event:
        rows = Assignment.objects.select_for_update().filter(case=case, state__in=["offered", "active"])
        for assignment in rows:
            if assignment.state == Assignment.State.OFFERED:
                _step(assignment, "withdraw")
            else:
                _end(by, assignment, AccessGrant.Close.CASE_CLOSED, "")
            event.touch(assignment.user.ref())


def _locked(assignment: Assignment) -> tuple[Case, Assignment]:
    """The case first, then the assignment: every act takes the locks in this order."""
    case = Case.objects.select_for_update().get(pk=assignment.case_id)
    return case, Assignment.objects.select_for_update().get(pk=assignment.pk)


def _step(assignment: Assignment, name: str, **values: str) -> None:
    try:
        getattr(assignment, name)(**values)
    except TransitionNotAllowed:
        raise Refused(f"Uppdraget är redan i läget ”{assignment.get_state_display()}”.") from None
    assignment.save()


def _open(by: User, case: Case, user: User, assignment: Assignment, at: datetime) -> None:
    for give_way in on_accepting:
        give_way(by=by, case=case, user=user, at=at)
    kind = GRANT_KIND[Assignment.Kind(assignment.kind)]
    access.open_grant(by=by, case=case, user=user, kind=kind, source=assignment.pk, opens_at=at)


def _end(by: User, assignment: Assignment, close_reason: str, reason: str, at: datetime | None = None) -> None:
    if reason:
        assignment.words = replace(assignment.words.open(), end_reason=reason)
    _step(assignment, "end")
    access.close_grants(by=by, source=assignment.pk, close_reason=close_reason, at=at)
