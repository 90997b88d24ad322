"""Who may do what, and with which case."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from casework import policy
from casework.access import actions as access
from casework.access import visit
from casework.access.models import AccessGrant
from casework.cases.models import Case
from casework.policy import Forbidden, NotFound, Permission
from casework.signin.models import Role
from tests import factories
from tests.cast import Cast

EVERY = frozenset(Permission)


def test_every_role_and_permission_has_a_place_in_the_tables() -> None:
    assert set(policy.ROLES) == set(Role)
    assert set(policy.LABELS) == EVERY
    assert set(policy.GRANTS) == set(AccessGrant.Kind)


@pytest.mark.parametrize("who", ["dag", "hanna", "ada"])
def test_planner_coordinator_and_administrator_reach_no_case(cast: Cast, case: Case, who: str) -> None:
    user = getattr(cast, who)
    for permission in Permission:
        assert not policy.visible_cases(user, permission).exists()
    assert policy.permissions_for(user, case) == frozenset()
    with pytest.raises(NotFound):
        policy.get_case(user, case.number)


def test_a_kontaktperson_sees_by_grant_and_not_by_section(cast: Cast, case: Case) -> None:
    assert list(policy.visible_cases(cast.alma)) == [case]
    assert not policy.visible_cases(cast.bo).exists()
    assert policy.permissions_for(cast.alma, case) == policy.ROLES[Role.KONTAKTPERSON]
    assert policy.permissions_for(cast.bo, case) == frozenset()


def test_a_sektionschef_sees_the_sections_she_leads_and_no_other(cast: Cast, case: Case) -> None:
    assert list(policy.visible_cases(cast.cecilia)) == [case]
    assert not policy.visible_cases(cast.edvin).exists()
    assert policy.permissions_for(cast.cecilia, case) == policy.ROLES[Role.SEKTIONSCHEF]
    assert policy.permissions_for(cast.edvin, case) == frozenset()


def test_a_log_reviewer_reaches_the_log_of_every_case_and_nothing_else(cast: Cast, case: Case) -> None:
    assert policy.get_case(cast.lo, case.number, Permission.CASE_LOG) == case
    assert policy.permissions_for(cast.lo, case) == {Permission.CASE_LOG}
    with pytest.raises(Forbidden):
        policy.get_case(cast.lo, case.number, Permission.CASE_READ)


def test_a_deputy_does_all_but_change_the_cases_course(cast: Cast, case: Case) -> None:
    factories.assign(cast.cecilia, case, cast.bo, kind="deputy")
    assert policy.permissions_for(cast.bo, case) == policy.ROLES[Role.KONTAKTPERSON] - {Permission.CASE_STATE}
    assert policy.get_case(cast.bo, case.number, Permission.STEP_WRITE) == case
    with pytest.raises(Forbidden) as refused:
        policy.get_case(cast.bo, case.number, Permission.CASE_STATE)
    assert refused.value.refs == (case.ref(),)
    assert "vila" in refused.value.reason


def test_a_stranger_and_a_number_that_does_not_exist_get_the_same_error(cast: Cast, case: Case) -> None:
    with pytest.raises(NotFound) as stranger:
        policy.get_case(cast.eva, case.number)
    with pytest.raises(NotFound) as nothing:
        policy.get_case(cast.eva, "99-99999-9")
    assert stranger.value.refs == (case.ref(),)
    assert nothing.value.refs == ()


def test_a_number_with_a_nul_is_no_case(cast: Cast, case: Case) -> None:
    with pytest.raises(NotFound):
        policy.get_case(cast.alma, case.number + "\0")


@pytest.mark.parametrize("user", [None, AnonymousUser()])
def test_nobody_holds_nothing(cast: Cast, case: Case, user: object) -> None:
    assert not policy.may(user, Permission.CASELOAD)
    assert not policy.visible_cases(user).exists()
    assert policy.permissions_for(user, case) == frozenset()
    with pytest.raises(NotFound):
        policy.get_case(user, case.number)


def test_a_blocked_person_holds_nothing(cast: Cast, case: Case) -> None:
    cast.alma.is_active = False
    assert not any(policy.may(cast.alma, permission) for permission in Permission)
    assert not policy.visible_cases(cast.alma).exists()
    assert policy.permissions_for(cast.alma, case) == frozenset()


def test_check_may_says_what_the_role_lacks(cast: Cast) -> None:
    policy.check_may(cast.cecilia, Permission.INTAKE)
    with pytest.raises(Forbidden, match="ta emot en person"):
        policy.check_may(cast.alma, Permission.INTAKE)


def test_check_case_and_can_case_are_one_rule(cast: Cast, case: Case) -> None:
    policy.check_case(cast.alma, case, Permission.STEP_WRITE)
    assert policy.can_case(cast.alma, case, Permission.STEP_WRITE)
    assert not policy.can_case(cast.cecilia, case, Permission.STEP_WRITE)
    with pytest.raises(Forbidden, match="stödsteg"):
        policy.check_case(cast.cecilia, case, Permission.STEP_WRITE)


@pytest.mark.parametrize(("opens", "ends", "sees"), [(0, None, True), (0, 1, True), (-2, -1, False), (1, None, False)])
def test_a_grant_opens_between_its_two_moments(
    cast: Cast, case: Case, opens: int, ends: int | None, sees: bool
) -> None:
    now = timezone.now()
    grant = AccessGrant(
        case=case,
        client_id=case.client_id,
        user=cast.bo,
        kind="deputy",
        source=case.pk,
        opened_by=cast.cecilia,
        opened_at=now + timedelta(hours=opens),
        ends_at=now + timedelta(hours=ends) if ends is not None else None,
    )
    grant.save()
    assert policy.can_case(cast.bo, case, Permission.CASE_READ) is sees
    assert bool(policy.permissions_for(cast.bo, case)) is sees


def test_a_closed_grant_opens_nothing(cast: Cast, case: Case) -> None:
    grant = AccessGrant.objects.get(user=cast.alma)
    access.close_grants(by=cast.cecilia, source=grant.source, close_reason="ended")
    assert not policy.visible_cases(cast.alma).exists()


def test_a_fetched_case_is_noted_for_the_read_event_and_an_unseen_one_is_not(cast: Cast, case: Case) -> None:
    with visit.begin() as seen:
        policy.get_case_unseen(cast.alma, case.number, Permission.STEP_WRITE)
        assert seen.empty
        policy.get_case(cast.alma, case.number)
    assert list(seen.refs.values()) == [case.ref()]


def test_permissions_of_a_case_cost_one_query(cast: Cast, case: Case, django_assert_max_num_queries: object) -> None:
    for user in cast.everyone().values():
        with django_assert_max_num_queries(1):
            policy.permissions_for(user, case)
