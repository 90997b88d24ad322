"""Who goes through a case, and who marks the outcome as read, as pairs of check_x and can_x."""

from casework import policy
from casework.cases.models import Case
from casework.cases.rules import Refused, allowed, check_open
from casework.policy import Permission
from casework.signin.models import User
from contacts.assignments.models import Assignment
from contacts.review.models import CaseReview


def check_can_review(user: User, case: Case) -> None:
    """Raises Forbidden or Refused: who may go through this case now."""
    policy.check_case(user, case, Permission.CASE_REVIEW)
    check_open(case)


def can_review(user: User, case: Case) -> bool:
    return allowed(check_can_review, user, case)


def check_can_mark_seen(user: User, review: CaseReview) -> None:
    """Raises Forbidden for anybody but the case's contact person and deputy, Refused when it is marked already."""
    policy.check_case(user, review.case, Permission.METHOD_WRITE)
    if not works_with(user, review.case):
        reason = "Genomgången är till ärendets kontaktperson och ersättare."
        raise policy.Forbidden(reason, [review.case.ref()])
    if review.seen_at is not None:
        raise Refused("Genomgången är redan markerad som läst.")


def can_mark_seen(user: User, review: CaseReview) -> bool:
    return allowed(check_can_mark_seen, user, review)


def works_with(user: User, case: Case) -> bool:
    """True for the case's contact person and deputy."""
    return Assignment.objects.filter(case=case, user=user, state=Assignment.State.ACTIVE).exists()
