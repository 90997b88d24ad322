"""What each protection asks, the strictest of several, and when it is not clear which there is."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.cases.letters.models import Letter
from casework.cases.models import Case
from casework.clients import actions
from casework.clients.models import Client
from casework.clients.protection import handling
from casework.clients.protection.handling import DIRECT, FORWARDING, HANDED, Handling, handling_of
from tests.casework.protection.conftest import begin, child_of
from tests.cast import Cast

TODAY = timezone.localdate()
SECRECY, REGISTRATION, FICTITIOUS = "SECRECY_MARKING", "PROTECTED_REGISTRATION", "FICTITIOUS_IDENTITY"


def mark(cast: Cast, case: Case, kind: str, **more: Any) -> Any:
    return actions.add_mark(by=cast.alma, case=case, kind=kind, **{"valid_from": TODAY, **more})


def asked(case: Case, **facts: Any) -> Handling:
    client = Client.objects.get(pk=case.client_id)
    for name, value in facts.items():
        setattr(client, name, value)
    return handling_of(client)


def test_every_kind_has_its_rule() -> None:
    assert set(handling.RULES) == set(handling.Kind.values)
    assert set(handling.EVERY) == set(Letter.Channel.values)


@pytest.mark.parametrize(
    ("kinds", "review", "channels"),
    [
        ((), None, {FORWARDING, DIRECT, HANDED}),
        ((SECRECY,), None, {FORWARDING, HANDED}),
        ((SECRECY,), -1, {FORWARDING, HANDED}),
        ((SECRECY,), 0, {FORWARDING, DIRECT, HANDED}),
        ((REGISTRATION,), 0, {FORWARDING, HANDED}),
        ((REGISTRATION,), 1, {FORWARDING, DIRECT, HANDED}),
        ((FICTITIOUS,), None, {DIRECT, HANDED}),
        ((FICTITIOUS, REGISTRATION), None, {HANDED}),
        ((SECRECY, REGISTRATION), 0, {FORWARDING, HANDED}),
    ],
)
def test_mail_goes_only_by_what_all_protections_allow(
    cast: Cast, case: Case, kinds: tuple[str, ...], review: int | None, channels: set[str]
) -> None:
    for kind in kinds:
        mark(cast, case, kind)
    found = asked(case, address_review_on=None if review is None else TODAY + timedelta(days=review))
    assert found.channels == channels
    assert found.kinds == set(kinds)


@pytest.mark.parametrize(
    ("kinds", "strict"),
    [((), False), ((SECRECY,), False), ((SECRECY, REGISTRATION), True), ((FICTITIOUS,), True)],
)
def test_the_strictest_of_several_holds(cast: Cast, case: Case, kinds: tuple[str, ...], strict: bool) -> None:
    for kind in kinds:
        mark(cast, case, kind)
    found = asked(case)
    assert found.declared_only == strict
    assert len(set(found.sentences)) == len(found.sentences) >= 2


def test_only_what_holds_today_counts(cast: Cast, case: Case) -> None:
    ended = mark(cast, case, REGISTRATION, valid_from=TODAY - timedelta(days=9))
    actions.end_mark(by=cast.alma, case=case, mark=ended, ended_on=TODAY, reason="Upphävt")
    mark(cast, case, FICTITIOUS, valid_from=TODAY + timedelta(days=1))
    assert asked(case).kinds == frozenset()
    assert asked(case).sentences == (handling.UNPROTECTED, handling.TWO)


@pytest.mark.parametrize(
    ("checked", "unclear"), [(None, handling.NEVER_CHECKED), (91, handling.CHECKED_LONG_AGO), (90, None), (0, None)]
)
def test_without_protection_somebody_has_to_have_checked(case: Case, checked: int | None, unclear: str | None) -> None:
    found = asked(case, protection_checked_on=None if checked is None else TODAY - timedelta(days=checked))
    assert found.unclear == ((unclear,) if unclear else ())


def test_a_passed_review_is_unclear_and_a_protection_in_force_is_clear(cast: Cast, case: Case) -> None:
    first = mark(cast, case, SECRECY, review_on=TODAY)
    assert asked(case).unclear == ()
    first.review_on = TODAY - timedelta(days=1)
    first.valid_from = TODAY - timedelta(days=9)
    first.save()
    assert asked(case).unclear == (handling.REVIEW_PASSED,)


def test_a_change_of_identity_is_unclear(cast: Cast, named: Case) -> None:
    mark(cast, named, SECRECY)
    begin(cast, named)
    assert asked(named).unclear == (handling.CHANGE_OPEN,)


def test_it_asks_the_same_of_the_database_however_many_there_are(cast: Cast, case: Case) -> None:
    counts = []
    for kind in (SECRECY, REGISTRATION):
        mark(cast, case, kind)
        client = Client.objects.get(pk=case.client_id)
        with CaptureQueriesContext(connection) as asked_for:
            handling_of(client)
        counts.append(len(asked_for))
    assert counts == [2, 2]


def test_a_child_is_protected_by_her_own_marks_beside_the_persons(cast: Cast, case: Case) -> None:
    child = child_of(cast, case)
    mark(cast, case, SECRECY)
    mark(cast, case, FICTITIOUS, child=child)
    alone, both = asked(case), handling_of(case.client, child.client)
    assert (alone.kinds, both.kinds) == ({SECRECY}, {SECRECY, FICTITIOUS})
    assert both.channels == {HANDED}
    assert both.declared_only
    assert handling.handling_of_all(case) == both


def test_a_childs_passed_review_is_unclear_for_what_concerns_her(cast: Cast, case: Case) -> None:
    child, client = child_of(cast, case), Client.objects.get(pk=case.client_id)
    passed = mark(cast, case, SECRECY, child=child, valid_from=TODAY - timedelta(days=9))
    passed.review_on = TODAY - timedelta(days=1)
    passed.save()
    client.protection_checked_on = TODAY
    assert handling_of(client).unclear == ()
    assert handling_of(client, child.client).unclear == (handling.CHILDS_PASSED,)
    client.protection_checked_on = None
    assert handling_of(client, child.client).unclear == (handling.NEVER_CHECKED, handling.CHILDS_PASSED)


def test_a_child_who_has_left_asks_nothing_of_who_gets_the_case(cast: Cast, case: Case) -> None:
    child = child_of(cast, case)
    mark(cast, case, FICTITIOUS, child=child)
    child.left_on = TODAY
    child.save()
    assert not handling.handling_of_all(case).declared_only
