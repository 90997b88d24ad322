"""The acts: a case is gone through, and the outcome is marked as read."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from audit.tags import Tag
from casework import policy
from casework.access import actions as access
from casework.cases import actions as cases
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.crypto.fields import sealed_fields
from contacts.assignments import actions as assignments
from contacts.models import Assignment, CaseReview
from contacts.review import actions, rules
from tests import factories
from tests.cast import Cast
from tests.fixtures import cases_of, events, last_event

TODAY = timezone.localdate()


def review(cast: Cast, case: Case, **more: Any) -> CaseReview:
    facts = {"decision": "go_on", "weight": 2, "next_on": TODAY + timedelta(days=90), "note": "Fint.", **more}
    return actions.review_case(by=cast.cecilia, case=case, **facts)


def test_a_review_says_what_was_decided_and_when_she_looks_again(cast: Cast, case: Case) -> None:
    made = review(cast, case, decision="more", weight=3, note="Be Bo om hjälp.")
    made.refresh_from_db()
    assert (made.decision, made.weight, made.next_on) == ("more", 3, TODAY + timedelta(days=90))
    assert (made.reviewer, made.seen_at, made.words.open().note) == (cast.cecilia, None, "Be Bo om hjälp.")
    event = last_event(Tag.CASE_REVIEWED)
    assert (cases_of(event), event.actor, event.reason) == ({case.number}, "Cecilia Holm", "Mer stöd behövs")


def test_the_note_does_not_stand_in_clear(cast: Cast, case: Case) -> None:
    made = review(cast, case, note="Rosenbuske")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM contacts_casereview")
        row = b"|".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in cursor.fetchone())
    assert b"Rosenbuske" not in row
    assert (CaseReview, "words") in [(model, field.name) for model, field in sealed_fields()]
    assert made.words.open().note == "Rosenbuske"


def test_a_new_look_is_a_new_review(cast: Cast, case: Case) -> None:
    first, second = review(cast, case), review(cast, case, weight=1)
    assert list(CaseReview.objects.filter(case=case)) == [second, first]


@pytest.mark.parametrize("who", ["alma", "bo", "edvin", "lo", "ada"])
def test_only_the_sektionschef_of_the_section_goes_through(cast: Cast, case: Case, who: str) -> None:
    user = getattr(cast, who)
    assert not rules.can_review(user, case)
    with pytest.raises(policy.Forbidden):
        actions.review_case(by=user, case=case, decision="go_on", weight=2, next_on=TODAY, note="")
    assert rules.can_review(cast.cecilia, case)


@pytest.mark.parametrize("days", [0, -1])
def test_the_next_look_lies_ahead(cast: Cast, case: Case, days: int) -> None:
    with pytest.raises(Refused, match="framåt"):
        review(cast, case, next_on=TODAY + timedelta(days=days))
    assert not events(Tag.CASE_REVIEWED)


def closed(cast: Cast, case: Case) -> Case:
    closing = cases.move_case(by=cast.cecilia, case=case, name="begin_closing", reason="Klart")
    return cases.close_case(by=cast.cecilia, case=closing, closure_reason="moved", note="Flyttat")


def test_a_closed_case_is_not_gone_through(cast: Cast, case: Case) -> None:
    with pytest.raises(Refused, match="avslutat"):
        review(cast, closed(cast, case))


def test_a_case_closed_in_the_meantime_is_not_gone_through(cast: Cast, case: Case) -> None:
    stale = Case.objects.get(pk=case.pk)
    closed(cast, case)
    with pytest.raises(Refused, match="avslutat"):
        review(cast, stale)
    assert not CaseReview.objects.exists()


@pytest.mark.parametrize("who", ["alma", "bo"])
def test_the_contact_person_or_the_deputy_marks_it_as_read(cast: Cast, case: Case, who: str) -> None:
    factories.assign(cast.cecilia, case, cast.bo, "deputy")
    made = review(cast, case)
    seen = actions.mark_seen(by=getattr(cast, who), review=made)
    assert seen.seen_at is not None
    assert cases_of(last_event(Tag.REVIEW_SEEN)) == {case.number}
    assert not rules.can_mark_seen(cast.alma, seen)
    for again in (made, seen):
        with pytest.raises(Refused, match="redan"):
            actions.mark_seen(by=cast.alma, review=again)


def test_nobody_else_marks_it_as_read(cast: Cast, case: Case) -> None:
    made = review(cast, case)
    access.open_grant(by=cast.cecilia, case=case, user=cast.bo, kind="deputy", source=case.pk)
    for user in (cast.bo, cast.cecilia, cast.eva, cast.lo):
        assert not rules.can_mark_seen(user, made)
        with pytest.raises(policy.Forbidden):
            actions.mark_seen(by=user, review=made)
    assert rules.can_mark_seen(cast.alma, made)


def test_who_has_left_the_case_does_not_mark_it(cast: Cast, case: Case) -> None:
    made = review(cast, case)
    task = Assignment.objects.get(case=case, user=cast.alma)
    assignments.end_assignment(by=cast.cecilia, assignment=task, close_reason="ended", reason="Byter tjänst")
    assert not rules.can_mark_seen(cast.alma, made)


@pytest.mark.parametrize("weight", [0, 4])
def test_review_weight_known(cast: Cast, case: Case, weight: int) -> None:
    with pytest.raises(IntegrityError, match="review_weight_known"), transaction.atomic():
        review(cast, case, weight=weight)
    assert review(cast, case, weight=1).weight == 1
