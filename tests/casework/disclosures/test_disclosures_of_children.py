"""A child's data goes out for itself; a guardian is told of places only when she may be (OSL 26:2)."""

from typing import Any

import pytest

from casework import policy
from casework.cases.disclosures import actions, contents, rules
from casework.cases.disclosures.models import Disclosure
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.clients.children import guardian_actions
from casework.clients.children.models import Child
from tests import factories
from tests.casework.consents.conftest import MakeChild, MakeGuardian
from tests.casework.disclosures.conftest import TODAY, note, propose, protect
from tests.cast import Cast

PLACES = [key for key, fact in contents.offered(Child()).items() if fact.weight == contents.PLACE]


def test_a_childs_disclosure_lies_under_the_childs_key(cast: Cast, case: Case, child_of: MakeChild) -> None:
    child = child_of(8)
    made = propose(cast.alma, case, child=child, facts=["child_alias"])
    assert made.seal_owner == child.client_id != case.client_id


@pytest.mark.parametrize("key", contents.offered(None))
def test_an_adults_facts_are_not_told_with_a_childs(cast: Cast, case: Case, child_of: MakeChild, key: str) -> None:
    with pytest.raises(Refused, match="i listan"):
        propose(cast.alma, case, child=child_of(8), facts=["child_alias", key])


def test_the_child_is_of_the_case(cast: Cast, case: Case, child_of: MakeChild) -> None:
    other = factories.make_case(cast.cecilia)
    with pytest.raises(policy.NotFound):
        propose(cast.cecilia, other, child=child_of(8), facts=["child_alias"])


def test_the_consent_is_of_that_child(cast: Cast, case: Case, child_of: MakeChild, guardian_of: MakeGuardian) -> None:
    child, sibling = child_of(8), child_of(5, "Yngsta")
    facts: dict[str, Any] = {"provision": "osl_12_2", "facts": ["child_alias"]}
    consent = note(cast.alma, case, given_by="guardian", child=child, guardian=guardian_of(child))
    for wrong, right in ((sibling, consent), (child, note(cast.alma, case))):
        with pytest.raises(Refused, match="gäller någon annan"):
            propose(cast.alma, case, child=wrong, consent=right, **facts)
    assert propose(cast.alma, case, child=child, consent=consent, **facts).consent == consent


def test_the_right_to_consent_may_end_before_it_is_decided(
    cast: Cast, case: Case, child_of: MakeChild, guardian_of: MakeGuardian
) -> None:
    child = child_of(8)
    guardian = guardian_of(child)
    consent = note(cast.alma, case, given_by="guardian", child=child, guardian=guardian)
    proposal = propose(
        cast.alma, case, child=child, consent=consent, provision="osl_12_2", facts=["child_alias"]
    )  # fmt: skip
    guardian_actions.end_guardian(by=cast.alma, guardian=guardian, ended_on=TODAY)
    with pytest.raises(Refused, match="gäller inte längre"):
        actions.give_disclosure(by=cast.alma, disclosure=proposal)


@pytest.mark.parametrize("key", PLACES)
def test_a_guardian_who_may_not_know_where_gets_no_place(
    cast: Cast, case: Case, child_of: MakeChild, guardian_of: MakeGuardian, key: str
) -> None:
    child = child_of(8)
    hidden, trusted = guardian_of(child), guardian_of(child, may_receive_location=True)
    with pytest.raises(Refused, match="får inte veta var barnet är"):
        propose(cast.alma, case, child=child, guardian=hidden, facts=[key])
    assert propose(cast.alma, case, child=child, guardian=trusted, facts=[key]).guardian == trusted
    assert propose(cast.alma, case, child=child, guardian=hidden, facts=["child_name"]).grave


def test_what_is_written_for_a_guardian_names_no_place_either(
    cast: Cast, case: Case, child_of: MakeChild, guardian_of: MakeGuardian
) -> None:
    child = child_of(8)
    with pytest.raises(Refused, match="får inte veta var barnet är"):
        propose(cast.alma, case, child=child, guardian=guardian_of(child), facts=[], other="Om", other_grave=True)


def test_the_right_to_know_may_be_taken_back_before_and_after(
    cast: Cast, case: Case, child_of: MakeChild, guardian_of: MakeGuardian
) -> None:
    protect(cast.alma, case)
    child = child_of(8)
    guardian = guardian_of(child, may_receive_location=True)
    facts: dict[str, Any] = {"child": child, "guardian": guardian, "facts": ["child_school"]}
    first, second = propose(cast.alma, case, **facts), propose(cast.alma, case, **facts)
    given = actions.give_disclosure(by=cast.cecilia, disclosure=first)
    assert rules.can_copy(cast.alma, given)
    guardian_actions.change_guardian(
        by=cast.alma, guardian=guardian, may_receive_location=False, may_consent=True, version=1
    )
    with pytest.raises(Refused, match="får inte veta var barnet är"):
        actions.give_disclosure(by=cast.cecilia, disclosure=second)
    assert not rules.can_copy(cast.alma, Disclosure.objects.get(pk=given.pk))


def test_the_guardian_is_of_that_child_and_is_one_today(
    cast: Cast, case: Case, child_of: MakeChild, guardian_of: MakeGuardian
) -> None:
    child, sibling = child_of(8), child_of(5, "Yngsta")
    ended = guardian_of(child)
    guardian_actions.end_guardian(by=cast.alma, guardian=ended, ended_on=TODAY)
    for wrong in (ended, guardian_of(sibling)):
        with pytest.raises(Refused, match="vårdnadshavare i dag"):
            propose(cast.alma, case, child=child, guardian=wrong, facts=["child_alias"])
    with pytest.raises(Refused, match="vårdnadshavare i dag"):
        propose(cast.alma, case, guardian=guardian_of(child))


def test_one_who_has_turned_18_has_no_guardian(
    cast: Cast, case: Case, child_of: MakeChild, guardian_of: MakeGuardian
) -> None:
    child = child_of(18)
    with pytest.raises(Refused, match="fyllt 18"):
        propose(cast.alma, case, child=child, guardian=guardian_of(child), facts=["child_alias"])
