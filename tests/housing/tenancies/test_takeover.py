"""On the way to her own lease, and only that way."""

from datetime import timedelta

import pytest

from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.rules import Refused
from housing.tenancies import actions
from tests.cast import Cast
from tests.fixtures import last_event
from tests.housing.tenancies.facts import TODAY, ago, living, sign, step_all, taken_over, terms


def test_a_lease_is_taken_over_when_every_step_is_done(cast: Cast, case: Case) -> None:
    tenancy = living(cast, case)
    with pytest.raises(Refused, match=r"saknas: Hyran betald.*Eget kontrakt påskrivet"):
        actions.take_over(by=cast.alma, tenancy=tenancy, on=TODAY, reason="Hon vill")
    with pytest.raises(Refused, match="saknas"):
        actions.take_over(by=cast.cecilia, tenancy=tenancy, on=TODAY, reason=" ")
    step_all(cast, tenancy)
    actions.take_over(by=cast.alma, tenancy=tenancy, on=TODAY, reason="")
    tenancy.refresh_from_db()
    assert (tenancy.state, tenancy.lease, tenancy.tenant) == ("taken_over", "first_hand", "tenant_person")
    assert tenancy.taken_over_on == TODAY
    with pytest.raises(Refused, match="redan ett eget"):
        actions.take_over(by=cast.alma, tenancy=tenancy, on=TODAY, reason="")


def test_the_sektionschef_lets_her_take_over_before_every_step_is_done(cast: Cast, case: Case) -> None:
    tenancy = living(cast, case)
    actions.take_over(by=cast.cecilia, tenancy=tenancy, on=TODAY, reason="Rosenbuske sade ja")
    event = last_event(Tag.TENANCY_MOVED)
    assert "Rosenbuske" not in str(event)
    tenancy.refresh_from_db()
    assert tenancy.state == "taken_over"


def test_nobody_takes_over_a_home_she_has_no_keys_to(cast: Cast, case: Case) -> None:
    tenancy = sign(cast, case)
    step_all(cast, tenancy)
    with pytest.raises(Refused, match="läget är ”kontrakt”"):
        actions.take_over(by=cast.alma, tenancy=tenancy, on=TODAY, reason="")


def test_the_day_of_a_takeover_lies_within_the_lease(cast: Cast, case: Case) -> None:
    tenancy = living(cast, case)
    step_all(cast, tenancy)
    for day, message in ((TODAY + timedelta(days=1), "framåt"), (ago(11), "Kontraktet började")):
        with pytest.raises(Refused, match=message):
            actions.take_over(by=cast.alma, tenancy=tenancy, on=day, reason="")


def test_what_was_taken_over_stays_a_first_hand_lease(cast: Cast, case: Case) -> None:
    tenancy = taken_over(cast, case)
    own = {"lease": "first_hand", "tenant": "tenant_person"}
    with pytest.raises(Refused, match="Det är ett förstahandskontrakt"):
        actions.change_tenancy(by=cast.alma, tenancy=tenancy, terms=terms(), version=tenancy.version)
    late = terms(**own, starts_on=TODAY + timedelta(days=1))
    with pytest.raises(Refused, match="tog över kontraktet"):
        actions.change_tenancy(by=cast.alma, tenancy=tenancy, terms=late, version=tenancy.version)
    done = actions.change_tenancy(by=cast.alma, tenancy=tenancy, terms=terms(**own, rent=5), version=tenancy.version)
    assert (done.rent, done.state) == (5, "taken_over")


def test_her_name_comes_on_a_lease_she_lives_in_by_a_takeover_alone(cast: Cast, case: Case) -> None:
    own = terms(lease="first_hand", tenant="tenant_person")
    signed, lived = sign(cast, case), living(cast, case)
    assert actions.change_tenancy(by=cast.alma, tenancy=signed, terms=own, version=1).lease == "first_hand"
    with pytest.raises(Refused, match="antecknar du övertagandet"):
        actions.change_tenancy(by=cast.alma, tenancy=lived, terms=own, version=lived.version)


def test_there_is_nothing_to_take_over_of_a_first_hand_lease(cast: Cast, case: Case) -> None:
    own = living(cast, case, lease="first_hand", tenant="tenant_person")
    with pytest.raises(Refused, match="redan ett eget"):
        actions.take_over(by=cast.cecilia, tenancy=own, on=TODAY, reason="Ja")
