"""What the database takes of a lease, and the steps between its states."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from casework.state import TransitionNotAllowed
from housing.landlords.models import Landlord
from housing.tenancies import readers
from housing.tenancies.models import Tenancy, TenancyWords
from tests.cast import Cast
from tests.housing import made
from tests.housing.tenancies.facts import TODAY, ago

LEASE = {"lease": "sublease", "tenant": "tenant_city", "starts_on": TODAY, "rent": 1}


@pytest.mark.parametrize(
    ("constraint", "more"),
    [
        ("tenancy_state_known", {"state": "gone", "moved_in_on": TODAY}),
        ("tenancy_moved_in_whole", {"state": "signed", "moved_in_on": TODAY}),
        ("tenancy_moved_in_whole", {"state": "living"}),
        ("tenancy_moved_in_whole|tenancy_taken_over_whole", {"state": "taken_over"}),
        ("tenancy_ended_whole", {"state": "tenancy_ended", "ended_on": TODAY}),
        ("tenancy_ended_whole", {"state": "tenancy_ended", "ended_why": "returned"}),
        ("tenancy_ended_whole", {"ended_on": TODAY, "ended_why": "returned"}),
        (
            "tenancy_end_forward",
            {"state": "tenancy_ended", "ended_on": ago(1), "ended_why": "returned", "moved_in_on": ago(1)},
        ),
        ("tenancy_taken_over_whole", {"state": "taken_over", "moved_in_on": TODAY, "taken_over_on": TODAY}),
        ("tenancy_taken_over_whole", {"state": "taken_over", "moved_in_on": TODAY, "tenant": "tenant_person"}),
        ("tenancy_waiver_whole", {"waiver_approval": "not_needed"}),
        ("tenancy_waiver_whole", {"waiver_approved_on": TODAY}),
        ("tenancy_waiver_whole|tenancy_approval_whole", {"waiver_approval": "hyresnamnden"}),
        ("tenancy_approval_whole", {"waiver_on": TODAY, "waiver_approval": "hyresnamnden"}),
    ],
)
def test_what_does_not_belong_together_is_not_saved(
    cast: Cast, case: Case, constraint: str, more: dict[str, Any]
) -> None:
    row = Tenancy(case=case, client_id=case.client_id, words=TenancyWords(), **{**LEASE, **more})
    expected = f"{constraint}|tenancy_state_known|tenancy_moved_in_whole|tenancy_ended_whole"
    with pytest.raises(IntegrityError, match=expected), transaction.atomic(), trail.act(Tag.IMPORTED):
        row.save()


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"state": "living", "moved_in_on": TODAY},
        {"state": "tenancy_ended", "ended_on": TODAY, "ended_why": "returned"},
        {"state": "taken_over", "moved_in_on": TODAY, "taken_over_on": TODAY, "tenant": "tenant_person"},
        {"state": "tenancy_ended", "ended_on": TODAY, "ended_why": "returned", "moved_in_on": TODAY},
        {"state": "tenancy_ended", "ended_on": ago(1), "ended_why": "returned"},
        {"waiver_on": TODAY},
        {"waiver_on": TODAY, "waiver_approval": "hyresnamnden", "waiver_approved_on": TODAY},
    ],
)
def test_what_belongs_together_is_saved(cast: Cast, case: Case, more: dict[str, Any]) -> None:
    with trail.act(Tag.IMPORTED):
        Tenancy(case=case, client_id=case.client_id, words=TenancyWords(), **{**LEASE, **more}).save()
    assert Tenancy.objects.count() == 1


def test_a_home_has_one_lease_that_goes_on(cast: Cast, case: Case) -> None:
    home = made.make_home()
    with trail.act(Tag.IMPORTED):
        Tenancy(case=case, client_id=case.client_id, home=home, words=TenancyWords(), **LEASE).save()
    again = Tenancy(case=case, client_id=case.client_id, home=home, words=TenancyWords(), **LEASE)
    with pytest.raises(IntegrityError), transaction.atomic(), trail.act(Tag.IMPORTED):
        again.save()


@pytest.mark.parametrize(
    ("state", "name"),
    [("living", "move_in"), ("signed", "take_over"), ("taken_over", "take_over"), ("tenancy_ended", "end")],
)
def test_a_step_that_a_state_does_not_allow(state: str, name: str) -> None:
    with pytest.raises(TransitionNotAllowed):
        getattr(Tenancy(state=state, **LEASE), name)()


def test_landlords_that_no_longer_work_with_us_are_not_chosen(cast: Cast) -> None:
    kept, gone = made.make_landlord(), made.make_landlord(active=False)
    found = readers.landlords()
    assert str(kept.pk) in found
    assert str(gone.pk) not in found
    assert Landlord.objects.count() == 2
