"""The constraints of cover, absence and handover, by name."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from contacts.cover import actions
from contacts.cover.handing import actions as handing
from contacts.models import Absence, Cover, Handover
from tests.cast import Cast
from tests.contacts.cover.clock import day

NOW = timezone.now()


def change(model: Any, **values: Any) -> int:
    with transaction.atomic(), trail.bulk(Tag.IMPORTED):
        return int(model.objects.update(**values))


@pytest.fixture
def rows(cast: Cast, case: Case) -> None:
    """One of each, from Alma to Bo."""
    actions.set_absence(by=cast.cecilia, user=cast.alma, starts_on=day(1), ends_on=day(2))
    actions.cover_case(by=cast.cecilia, case=case, substitute=cast.bo, starts_on=day(1), ends_on=day(2))
    handing.plan_handover(by=cast.cecilia, case=case, taker=cast.bo, planned_on=day(9), no_conflict=True)


@pytest.mark.parametrize(
    ("model", "values", "broken"),
    [
        (Absence, {"ends_on": None}, ""),
        (Absence, {"ends_on": day(1)}, ""),
        (Absence, {"ends_on": day(0)}, "absence_time_forward"),
        (Cover, {"ends_on": day(1)}, ""),
        (Cover, {"ends_on": day(0)}, "cover_time_forward"),
        (Handover, {"state": "done", "ended_at": NOW}, ""),
        (Handover, {"state": "cancelled", "ended_at": NOW}, ""),
        (Handover, {"state": "done"}, "handover_ended_whole"),
        (Handover, {"state": "cancelled"}, "handover_ended_whole"),
        (Handover, {"ended_at": NOW}, "handover_ended_whole"),
        (Handover, {"state": "lost", "ended_at": NOW}, "handover_state_known|handover_ended_whole"),
    ],
)
def test_what_belongs_together(rows: None, model: Any, values: dict[str, Any], broken: str) -> None:
    if not broken:
        assert change(model, **values) == 1
        return
    with pytest.raises(IntegrityError, match=broken):
        change(model, **values)


def test_nobody_covers_for_or_hands_over_to_herself(cast: Cast, rows: None) -> None:
    with pytest.raises(IntegrityError, match="cover_by_another"):
        change(Cover, substitute=cast.alma)
    with pytest.raises(IntegrityError, match="handover_to_another"):
        change(Handover, taker=cast.alma)


def test_one_handover_goes_on_in_a_case(cast: Cast, case: Case, rows: None) -> None:
    handing.cancel_handover(by=cast.cecilia, handover=Handover.objects.select_related("case").get())
    handing.plan_handover(by=cast.cecilia, case=case, taker=cast.bo, planned_on=day(9), no_conflict=True)
    with pytest.raises(IntegrityError):
        change(Handover, state="planned", ended_at=None)
