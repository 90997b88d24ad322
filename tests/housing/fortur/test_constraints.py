"""What belongs together in an application stands together, and the database holds it."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from housing.fortur.models import ForturApplication
from tests.cast import Cast
from tests.housing.fortur import facts

DAY = date(2026, 3, 1)


def keep(application: ForturApplication, **more: Any) -> None:
    for name, value in more.items():
        setattr(application, name, value)
    with transaction.atomic(), trail.act(Tag.IMPORTED):
        application.save()


def test_fortur_approved_whole(cast: Cast, case: Case) -> None:
    application = facts.write(cast, facts.track_in(cast, case))
    keep(application, approved_by=None, approved_at=None)
    keep(application, approved_by=cast.cecilia, approved_at=timezone.now())
    for half in ({"approved_by": None}, {"approved_at": None}):
        with pytest.raises(IntegrityError, match="fortur_approved_whole"):
            keep(ForturApplication.objects.get(pk=application.pk), **half)


@pytest.mark.parametrize(
    "whole",
    [
        {"outcome": "", "decided_on": None, "valid_until": None},
        {"outcome": "granted", "decided_on": DAY, "valid_until": DAY},
        {"outcome": "fortur_refused", "decided_on": DAY, "valid_until": None},
    ],
)
def test_fortur_decided_whole(cast: Cast, case: Case, whole: dict[str, Any]) -> None:
    keep(facts.write(cast, facts.track_in(cast, case)), **whole)
    assert ForturApplication.objects.get().outcome == whole["outcome"]


@pytest.mark.parametrize(
    "half",
    [
        {"outcome": "granted", "decided_on": DAY, "valid_until": None},
        {"outcome": "granted", "decided_on": None, "valid_until": DAY},
        {"outcome": "fortur_refused", "decided_on": None, "valid_until": None},
        {"outcome": "fortur_refused", "decided_on": DAY, "valid_until": DAY},
        {"outcome": "", "decided_on": DAY, "valid_until": None},
        {"outcome": "maybe", "decided_on": DAY, "valid_until": None},
    ],
)
def test_fortur_decided_whole_is_never_half(cast: Cast, case: Case, half: dict[str, Any]) -> None:
    application = facts.write(cast, facts.track_in(cast, case))
    with pytest.raises(IntegrityError, match="fortur_decided_whole"):
        keep(application, **half)


def test_fortur_lease_known(cast: Cast, case: Case) -> None:
    application = facts.write(cast, facts.track_in(cast, case))
    for lease in ("sublease", "first_hand"):
        keep(application, lease=lease)
    for lease in ("transition", ""):
        with pytest.raises(IntegrityError, match="fortur_lease_known"):
            keep(application, lease=lease)


def test_a_track_has_one_application(cast: Cast, case: Case) -> None:
    application = facts.write(cast, facts.track_in(cast, case))
    again = ForturApplication(
        track=application.track, case=case, client_id=case.client_id, landlord=application.landlord,
        lease="first_hand", written_by=cast.alma, words=application.words.open(),
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="track"):
        keep(again)
