"""A year's quota is set, used and given back, and never passed."""

import pytest
from django.db import IntegrityError, transaction

from audit import trail
from audit.tags import Tag
from casework.cases.rules import Refused
from casework.policy import Forbidden
from housing.kompott.models import AgreementMember
from housing.landlords.models import Landlord
from housing.quotas import actions, taking
from housing.quotas.models import Quota
from tests.cast import Cast
from tests.fixtures import last_event
from tests.housing import made
from tests.housing.kompott import sides


@pytest.fixture
def member(cast: Cast) -> AgreementMember:
    return sides.own_member(sides.make_agreement(cast.hanna))


@pytest.fixture
def landlord(cast: Cast) -> Landlord:
    return made.make_landlord()


def take(**more: object) -> Quota:
    with trail.act(Tag.KOMPOTT_MOVED):
        return taking.take(**{"year": 2026, **more})  # type: ignore[arg-type]


def give_back(quota: Quota) -> Quota:
    with trail.act(Tag.KOMPOTT_MOVED):
        return taking.give_back(quota)


def test_a_quota_is_set_and_set_anew(cast: Cast, member: AgreementMember) -> None:
    quota = actions.set_quota(by=cast.hanna, member=member, year=2026, homes=3)
    assert (quota.homes, quota.taken, quota.version) == (3, 0, 1)
    again = actions.set_quota(by=cast.hanna, member=member, year=2026, homes=5)
    assert (again.pk, again.homes, again.version) == (quota.pk, 5, 2)
    assert last_event().tag == Tag.QUOTA_SET


def test_it_is_used_up_and_given_back(cast: Cast, member: AgreementMember, landlord: Landlord) -> None:
    actions.set_quota(by=cast.hanna, member=member, year=2026, homes=1)
    actions.set_quota(by=cast.hanna, landlord=landlord, year=2026, homes=1)
    quota = take(member=member)
    with pytest.raises(Refused, match="Kvoten för Malmö år 2026 är full: 1 av 1"):
        take(member=member)
    assert take(landlord=landlord).landlord == landlord
    assert give_back(quota).taken == 0
    with pytest.raises(Refused, match="Ingen bostad av kvoten används"):
        give_back(quota)
    assert take(member=member).taken == 1


def test_without_a_quota_nothing_is_used(member: AgreementMember, landlord: Landlord) -> None:
    with pytest.raises(Refused, match="Ingen kvot är satt för Malmö år 2026"):
        take(member=member)
    with pytest.raises(Refused, match=f"Ingen kvot är satt för {landlord.name}"):
        take(landlord=landlord)


def test_it_is_not_made_smaller_than_what_is_used(cast: Cast, member: AgreementMember) -> None:
    actions.set_quota(by=cast.hanna, member=member, year=2026, homes=2)
    take(member=member)
    with pytest.raises(Refused, match="används redan"):
        actions.set_quota(by=cast.hanna, member=member, year=2026, homes=0)
    assert actions.set_quota(by=cast.hanna, member=member, year=2026, homes=1).homes == 1


@pytest.mark.parametrize(("year", "homes"), [(2019, 1), (2101, 1), (2026, -1), (2026, 1001)])
def test_what_cannot_be_meant_is_refused(cast: Cast, member: AgreementMember, year: int, homes: int) -> None:
    with pytest.raises(Refused):
        actions.set_quota(by=cast.hanna, member=member, year=year, homes=homes)


def test_it_is_of_one_holder(cast: Cast, member: AgreementMember, landlord: Landlord) -> None:
    with pytest.raises(Refused, match="en kommun eller en hyresvärd"):
        actions.set_quota(by=cast.hanna, year=2026, homes=1)
    with pytest.raises(Refused, match="en kommun eller en hyresvärd"):
        actions.set_quota(by=cast.hanna, member=member, landlord=landlord, year=2026, homes=1)


@pytest.mark.parametrize("who", ["alma", "cecilia", "ada"])
def test_only_a_coordinator_sets_it(cast: Cast, member: AgreementMember, landlord: Landlord, who: str) -> None:
    for holder in ({"member": member}, {"landlord": landlord}):
        with pytest.raises(Forbidden):
            actions.set_quota(by=getattr(cast, who), year=2026, homes=1, **holder)  # type: ignore[arg-type]


def refused(match: str, pk: object, **columns: object) -> None:
    with pytest.raises(IntegrityError, match=match), transaction.atomic(), trail.bulk(Tag.IMPORTED):
        Quota.objects.filter(pk=pk).update(**columns)


def test_the_database_has_the_last_word(cast: Cast, member: AgreementMember, landlord: Landlord) -> None:
    quota = actions.set_quota(by=cast.hanna, member=member, year=2026, homes=1)
    refused("quota_not_overdrawn", quota.pk, taken=2)
    refused("quota_one_holder", quota.pk, landlord=landlord)
    refused("quota_one_holder", quota.pk, member=None)
    actions.set_quota(by=cast.hanna, member=member, year=2027, homes=1)
    refused("quota_member_once|member_id", quota.pk, year=2027)
    with trail.bulk(Tag.IMPORTED):
        Quota.objects.filter(pk=quota.pk).update(taken=1)
        Quota.objects.filter(pk=quota.pk).update(member=None, landlord=landlord)
