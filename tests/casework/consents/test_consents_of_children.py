"""Who consents for a child: herself from 15, before that a guardian who may, for as long as she may."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from casework import policy
from casework.cases.consents import readers, rules
from casework.cases.consents.models import Consent
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.clients.children import guardian_actions
from tests import factories
from tests.casework.consents.conftest import TODAY, MakeChild, MakeGuardian, day, note
from tests.cast import Cast


def by_guardian(cast: Cast, case: Case, child: Any, guardian: Any, **more: Any) -> Consent:
    return note(cast.alma, case, given_by="guardian", child=child, guardian=guardian, **more)


def test_a_childs_consent_lies_under_the_childs_key(
    cast: Cast, case: Case, child_of: MakeChild, guardian_of: MakeGuardian
) -> None:
    child = child_of(8)
    consent = by_guardian(cast, case, child, guardian_of(child))
    assert consent.seal_owner == child.client_id != case.client_id
    assert readers.in_force_for(case) == []
    assert readers.in_force_for(case, child) == [consent]
    assert readers.in_force_for(case, child_of(3, "Yngsta")) == []
    assert readers.label_of(consent) == f"Kuratorn, till och med {day(90)}"


def test_from_fifteen_the_child_consents_and_nobody_for_her(
    cast: Cast, case: Case, child_of: MakeChild, guardian_of: MakeGuardian
) -> None:
    child = child_of(16)
    with pytest.raises(Refused, match="Barnet har fyllt 15"):
        by_guardian(cast, case, child, guardian_of(child))
    assert note(cast.alma, case, given_by="child_15", child=child).in_force()


def test_before_fifteen_she_does_not(cast: Cast, case: Case, child_of: MakeChild) -> None:
    with pytest.raises(Refused, match="inte fyllt 15"):
        note(cast.alma, case, given_by="child_15", child=child_of(14))


def test_a_guardians_consent_ends_before_the_child_turns_fifteen(
    cast: Cast, case: Case, child_of: MakeChild, guardian_of: MakeGuardian
) -> None:
    child = child_of(0, days=15 * 365 - 30)
    guardian = guardian_of(child)
    with pytest.raises(Refused, match="fyller 15 före slutdagen"):
        by_guardian(cast, case, child, guardian, until=day(90))
    assert by_guardian(cast, case, child, guardian, until=day(10)).in_force()


def test_without_an_age_nobody_can_tell_who_consents(
    cast: Cast, case: Case, child_of: MakeChild, guardian_of: MakeGuardian
) -> None:
    child = child_of(None)
    for more in ({"given_by": "child_15"}, {"given_by": "guardian", "guardian": guardian_of(child)}):
        with pytest.raises(Refused, match="Fyll i barnets ålder"):
            note(cast.alma, case, child=child, **more)


@pytest.mark.parametrize(
    ("right", "given_on", "message"),
    [
        ({"may_consent": False}, 0, "får inte samtycka"),
        ({"valid_from": day(-2)}, -3, f"började gälla {day(-2)}"),
    ],
)
def test_a_guardian_without_the_right_does_not_consent(
    cast: Cast, case: Case, child_of: MakeChild, guardian_of: MakeGuardian, right: Any, given_on: int, message: str
) -> None:
    child = child_of(8)
    with pytest.raises(Refused, match=message):
        by_guardian(cast, case, child, guardian_of(child, **right), given_on=day(given_on))


def test_a_guardian_whose_time_has_ended_consents_only_before_that(
    cast: Cast, case: Case, child_of: MakeChild, guardian_of: MakeGuardian
) -> None:
    child = child_of(8)
    guardian = guardian_actions.end_guardian(by=cast.alma, guardian=guardian_of(child), ended_on=day(-1))
    with pytest.raises(Refused, match=f"upphörde {day(-1)}"):
        by_guardian(cast, case, child, guardian)
    assert not by_guardian(cast, case, child, guardian, given_on=day(-2)).in_force()


def test_when_the_guardians_right_ends_the_consent_no_longer_holds(
    cast: Cast, case: Case, child_of: MakeChild, guardian_of: MakeGuardian
) -> None:
    child = child_of(8)
    ending, losing = guardian_of(child), guardian_of(child)
    for guardian in (ending, losing):
        by_guardian(cast, case, child, guardian)
    assert len(readers.in_force_for(case, child)) == 2
    guardian_actions.end_guardian(by=cast.alma, guardian=ending, ended_on=TODAY)
    rights: Any = {"may_receive_location": False, "may_consent": False}
    guardian_actions.change_guardian(by=cast.alma, guardian=losing, version=losing.version, **rights)
    assert readers.in_force_for(case, child) == []
    for line in readers.listed(case):
        assert not line.consent.in_force()
        assert line.standing == rules.RIGHT_GONE


def test_a_child_or_guardian_from_elsewhere_is_not_taken(
    cast: Cast, case: Case, child_of: MakeChild, guardian_of: MakeGuardian
) -> None:
    child, sibling = child_of(8), child_of(5, "Yngsta")
    with pytest.raises(Refused, match="ett annat barn"):
        by_guardian(cast, case, child, guardian_of(sibling))
    with pytest.raises(Refused, match="i listan"):
        note(cast.alma, case, child=child)
    other = factories.make_case(cast.cecilia)
    factories.assign(cast.cecilia, other, cast.alma)
    with pytest.raises(policy.NotFound):
        by_guardian(cast, other, child, guardian_of(child))


def test_the_choices_are_the_household_by_alias(
    cast: Cast, case: Case, child_of: MakeChild, guardian_of: MakeGuardian
) -> None:
    child = child_of(8)
    guardian_of(child, is_case_person=True)
    guardian_actions.end_guardian(by=cast.alma, guardian=guardian_of(child, basis="god_man"), ended_on=TODAY)
    labels = [giver.label for giver in readers.givers(case)]
    assert labels == [
        "Personen själv",
        "Barnet självt, 15 år eller äldre: Äldsta",
        f"Vårdnadshavare för Äldsta: ensam vårdnad sedan {day(-30)}, personen i ärendet",
    ]


@pytest.mark.parametrize(
    ("given_by", "child", "guardian", "fine"),
    [
        ("person", False, False, True),
        ("child_15", True, False, True),
        ("guardian", True, True, True),
        ("person", True, False, False),
        ("child_15", False, False, False),
        ("guardian", True, False, False),
        ("guardian", False, True, False),
    ],
)
def test_consent_giver_whole(
    cast: Cast, case: Case, child_of: MakeChild, guardian_of: MakeGuardian, given_by: str, child: bool,
    guardian: bool, fine: bool,
) -> None:  # fmt: skip
    young = child_of(8)
    consent = by_guardian(cast, case, young, guardian_of(young))
    keys = [young.pk.hex if child else None, consent.guardian_id.hex if guardian else None]  # type: ignore[union-attr]
    query = "UPDATE casework_consent SET given_by = %s, child_id = %s, guardian_id = %s"
    with transaction.atomic(), connection.cursor() as cursor:
        if fine:
            cursor.execute(query, [given_by, *keys])
            return
        with pytest.raises(IntegrityError, match="consent_giver_whole"), transaction.atomic():
            cursor.execute(query, [given_by, *keys])
