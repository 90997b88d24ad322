"""The sektionschef goes through a case and the kontaktperson reads the outcome. A review never changes."""

from datetime import date

from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.rules import Refused, check_open
from casework.signin.models import User
from contacts.review import rules
from contacts.review.models import CaseReview, ReviewWords


def review_case(*, by: User, case: Case, decision: str, weight: int, next_on: date, note: str) -> CaseReview:
    """Notes what the sektionschef decided, how heavy the case is, and when she looks again.

    Raises Forbidden, Refused (closed case, a next day that is not ahead).
    """
    rules.check_can_review(by, case)
    if next_on <= timezone.localdate():
        raise Refused("Nästa genomgång ska ligga framåt i tiden.")
    with trail.act(Tag.CASE_REVIEWED, by=by, refs=[case.ref()], reason_code=decision) as event:
        fresh = Case.objects.select_for_update().get(pk=case.pk)
        check_open(fresh)
        review = CaseReview(
            case=fresh,
            client_id=fresh.client_id,
            reviewer=by,
            decision=decision,
            weight=weight,
            next_on=next_on,
            words=ReviewWords(note=note),
        )
        review.save()
        event.touch(review.ref())
        return review


def mark_seen(*, by: User, review: CaseReview) -> CaseReview:
    """The contact person or the deputy has read a review. Raises Forbidden, Refused (marked already)."""
    rules.check_can_mark_seen(by, review)
    with trail.act(Tag.REVIEW_SEEN, by=by, refs=[review.case.ref(), review.ref()]):
        Case.objects.select_for_update().get(pk=review.case_id)
        fresh = CaseReview.objects.select_related("case").select_for_update().get(pk=review.pk)
        rules.check_can_mark_seen(by, fresh)
        fresh.seen_at = timezone.now()
        fresh.save()
        return fresh
