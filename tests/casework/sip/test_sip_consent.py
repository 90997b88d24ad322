"""A plan rests on a consent: without one that holds it is not called and does not go on; taken back, it stops."""

from typing import Any

import pytest
from django.db import connection

from audit.tags import Tag
from casework.cases.consents import actions as consents
from casework.cases.consents.models import Consent
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.cases.sip import actions, readers, rules
from casework.cases.sip.models import Sip
from casework.clients.children import guardian_actions
from casework.clients.children.models import Child, Guardian
from tests.casework.consents.conftest import child_of, guardian_of
from tests.casework.consents.test_consent_acts import close
from tests.casework.sip.conftest import TODAY, add, agree, call, day, follow, hold
from tests.casework.sip.test_sip_acts import change
from tests.cast import Cast
from tests.fixtures import cases_of, events

__all__ = ["child_of", "guardian_of"]


def run_out(consent: Consent) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE casework_consent SET given_on = %s, until = %s WHERE id = %s",
            [day(-9), day(-1), consent.pk.hex],
        )


@pytest.fixture
def child(child_of: Any) -> Child:
    return child_of(8)  # type: ignore[no-any-return]


@pytest.fixture
def guardian(child: Child, guardian_of: Any) -> Guardian:
    return guardian_of(child)  # type: ignore[no-any-return]


def for_child(cast: Cast, case: Case, child: Child, guardian: Guardian) -> Consent:
    return agree(cast.alma, case, given_by="guardian", child=child, guardian=guardian)


def test_a_childs_plan_lies_under_the_childs_key(cast: Cast, case: Case, child: Child, guardian: Guardian) -> None:
    sip = call(cast.alma, case, for_child(cast, case, child, guardian))
    assert (sip.child, sip.seal_owner) == (child, child.client_id)
    assert add(cast.alma, sip).seal_owner == child.client_id
    assert [line.about for line in readers.listed(case)] == ["Äldsta"]


def test_a_consent_that_does_not_hold_calls_nobody(cast: Cast, case: Case, consent: Consent) -> None:
    run_out(consent)
    with pytest.raises(Refused, match="Samtycket gäller inte i dag"):
        call(cast.alma, case, consent)
    assert readers.choices(case) == []


def test_a_plan_stands_still_until_it_has_a_new_consent(cast: Cast, case: Case, consent: Consent, planned: Sip) -> None:
    run_out(consent)
    sip = readers.sip_of(case, planned.pk)
    for act in (hold, add):
        with pytest.raises(Refused, match="Samtycket gäller inte i dag"):
            act(cast.alma, sip)
    assert not rules.can_add(cast.alma, sip)
    assert rules.can_change(cast.alma, sip)
    assert readers.begin(sip)["consent"] == ""
    with pytest.raises(Refused, match="Samtycket gäller inte i dag"):
        change(cast, sip, consent)
    moved = change(cast, sip, agree(cast.alma, case))
    assert hold(cast.alma, moved).state == "held"


def test_a_plan_stands_still_when_the_guardians_right_has_ended(
    cast: Cast, case: Case, child: Child, guardian: Guardian
) -> None:
    sip = call(cast.alma, case, for_child(cast, case, child, guardian))
    add(cast.alma, sip)
    held = hold(cast.alma, sip)
    guardian_actions.end_guardian(by=cast.alma, guardian=guardian, ended_on=TODAY)
    with pytest.raises(Refused, match="Samtycket gäller inte i dag"):
        follow(cast.alma, readers.sip_of(case, held.pk))


def test_a_consent_about_somebody_else_is_not_taken(
    cast: Cast, case: Case, planned: Sip, child: Child, guardian: Guardian
) -> None:
    other = for_child(cast, case, child, guardian)
    with pytest.raises(Refused, match="gäller någon annan"):
        change(cast, planned, other)
    assert [key for key, _ in readers.choices(case, client_id=child.client_id)] == [str(other.pk)]
    assert len(readers.choices(case)) == 2


def test_what_is_taken_back_stops_every_plan_that_rests_on_it(
    cast: Cast, case: Case, consent: Consent, held: Sip
) -> None:
    planned, others = call(cast.alma, case, consent), call(cast.alma, case, agree(cast.alma, case))
    done = call(cast.alma, case, consent)
    actions.cancel_sip(by=cast.alma, sip=done, outcome="Redan inställt")
    before = len(events(Tag.SIP_MOVED))
    consents.withdraw_consent(by=cast.alma, consent=consent, why="Wyx")
    for sip, state, outcome in (
        (held, "ended", actions.TAKEN_BACK),
        (planned, "cancelled", actions.TAKEN_BACK),
        (others, "planned", ""),
        (done, "cancelled", "Redan inställt"),
    ):
        found = readers.sip_of(case, sip.pk)
        assert (found.state, found.words.open().outcome) == (state, outcome)
    moved = events(Tag.SIP_MOVED)[before:]
    assert [cases_of(event) for event in moved] == [{case.number}] * 2
    part = readers.whole(readers.sip_of(case, held.pk)).parts[0]
    assert part.words.who == "Plyxen"
    with pytest.raises(Refused, match="planen är ”avslutad”"):
        follow(cast.alma, readers.sip_of(case, held.pk))


def test_it_stops_in_a_closed_case_too(cast: Cast, case: Case, consent: Consent, held: Sip) -> None:
    close(cast, case)
    fresh = Consent.objects.select_related("case").get(pk=consent.pk)
    consents.withdraw_consent(by=cast.cecilia, consent=fresh, why="")
    assert Sip.objects.get(pk=held.pk).state == "ended"


def test_a_withdrawal_without_a_plan_moves_none(cast: Cast, case: Case, consent: Consent) -> None:
    consents.withdraw_consent(by=cast.alma, consent=consent, why="")
    assert not events(Tag.SIP_MOVED)
