"""All the cases of somebody who is away are covered in one act, or none is."""

import pytest

from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.policy import Forbidden
from casework.signin.models import Role, User
from contacts.cover import actions
from contacts.models import Cover
from tests import factories
from tests.cast import Cast
from tests.contacts.cover.clock import day
from tests.fixtures import events

WEEK = {"starts_on": day(1), "ends_on": day(7)}


@pytest.fixture
def cases(cast: Cast, case: Case) -> list[Case]:
    """Three cases of Alma's; in the last one Bo is deputy."""
    found = [case, factories.make_case(cast.cecilia), factories.make_case(cast.cecilia)]
    for other in found[1:]:
        factories.assign(cast.cecilia, other, cast.alma)
    factories.assign(cast.cecilia, found[2], cast.bo, kind="deputy")
    return sorted(found[:2], key=lambda row: row.number) + found[2:]


def disa(cast: Cast) -> User:
    return User.objects.create(username="disa", display_name="Disa Ny", role=Role.KONTAKTPERSON, section=cast.section)


def test_one_colleague_for_all_but_those_she_has_already(cast: Cast, cases: list[Case]) -> None:
    made = actions.cover_all(by=cast.cecilia, absent=cast.alma, substitutes=cast.bo, message="Hej", **WEEK)
    assert [cover.case for cover in made] == cases[:2]
    assert {cover.substitute for cover in made} == {cast.bo}
    assert len(events(Tag.COVER_SET)) == 3


def test_one_colleague_for_each(cast: Cast, cases: list[Case]) -> None:
    other = disa(cast)
    chosen = {cases[0]: cast.bo, cases[2]: other}
    made = actions.cover_all(by=cast.cecilia, absent=cast.alma, substitutes=chosen, **WEEK)
    assert {cover.case: cover.substitute for cover in made} == chosen


def test_all_or_none_with_the_number_of_the_case_that_could_not(cast: Cast, cases: list[Case]) -> None:
    chosen = dict.fromkeys(cases, cast.bo)
    with pytest.raises(Refused, match=f"{cases[2].number}: Bo Ek kommer redan åt"):
        actions.cover_all(by=cast.cecilia, absent=cast.alma, substitutes=chosen, **WEEK)
    assert not Cover.objects.exists()
    assert not events(Tag.COVER_SET)


def test_nothing_to_cover_and_nobody_elses_section(cast: Cast, cases: list[Case]) -> None:
    with pytest.raises(Refused, match="inget ärende att täcka"):
        actions.cover_all(by=cast.cecilia, absent=cast.alma, substitutes={}, **WEEK)
    with pytest.raises(Refused, match="inget ärende att täcka"):
        actions.cover_all(by=cast.cecilia, absent=cast.bo, substitutes=cast.alma, **WEEK)
    for by in (cast.edvin, cast.alma):
        with pytest.raises(Forbidden):
            actions.cover_all(by=by, absent=cast.alma, substitutes=cast.bo, **WEEK)
