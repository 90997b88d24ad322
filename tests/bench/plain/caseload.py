"""contacts/caseload/readers.py as it would be over plaintext columns: the same questions, nothing to open."""

from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from casework import policy
from casework.drafts import store
from casework.policy import GRANTS, Permission
from casework.signin.models import User
from contacts.caseload.readers import PEOPLE, Row, _urgency, agreed_rhythm
from contacts.models import Assignment
from tests.bench.plain.models import PlainAssignment, PlainCase, PlainDraft, PlainGrant, PlainNote


def visible_cases(user: User, permission: Permission) -> QuerySet[Any]:
    kinds = [kind for kind, allowed in GRANTS.items() if permission in allowed]
    granted = PlainGrant.objects.filter(policy.open_grants(), user=user, kind__in=kinds)
    cases: QuerySet[Any] = PlainCase.objects.filter(pk__in=granted.values("case"))
    return cases


def with_dates(cases: QuerySet[Any]) -> QuerySet[Any]:
    steps = PlainNote.objects.filter(case=OuterRef("pk"), entry="step")
    reached = steps.filter(outcome="done").exclude(way="for")
    latest = steps.order_by("-occurred_at", "-signed_at")
    return cases.defer("referral_note", "background", "wishes", "closure_note").annotate(
        last_contact=Subquery(reached.order_by("-occurred_at").values("occurred_at")[:1]),
        latest_step=Subquery(latest.values("pk")[:1]),
        every=Subquery(agreed_rhythm().values("every")[:1]),
    )


def mine(user: User) -> list[Row]:
    cases = visible_cases(user, Permission.CASELOAD).exclude(state="closed")
    return sorted(_rows(list(with_dates(cases)), drafts_of([user])), key=_urgency)


def drafts_of(users: Iterable[User]) -> list[Any]:
    drafts = PlainDraft.objects.filter(user__in=users).exclude(slot=store.HELD)
    return list(drafts.select_related("user", "case").order_by("created_at"))


def offers_to(user: User) -> list[Any]:
    rows = PlainAssignment.objects.filter(user=user, state=Assignment.State.OFFERED)
    return list(rows.select_related("case", "offered_by").order_by("offered_at"))


def _rows(cases: list[Any], drafts: Iterable[Any]) -> list[Row]:
    by_case = {draft.case_id: draft for draft in drafts}
    latest = [case.latest_step for case in cases if case.latest_step]
    steps = {step.case_id: step for step in PlainNote.objects.filter(pk__in=latest, next_on__isnull=False).order_by()}
    return [_row(case, steps.get(case.pk), by_case.get(case.pk)) for case in cases]


def _row(case: Any, step: Any, draft: Any) -> Row:
    row = Row(case, case.last_contact, draft=draft, every=case.every)
    if step is not None:
        row.next_on, row.next_step = step.next_on, step.next_step
    for name in PEOPLE & vars(case).keys():
        setattr(row, name, getattr(case, name) or "")
    return row
