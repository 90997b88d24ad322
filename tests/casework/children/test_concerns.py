"""Reports of concern and what is done about them."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from casework import policy
from casework.cases.rules import Refused
from casework.clients.children import concern_actions
from casework.clients.children.models import Child, ConcernReport
from casework.records import StaleEdit
from tests.cast import Cast

TODAY = timezone.localdate()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
TABLE = "casework_concernreport"


@pytest.fixture
def concern(cast: Cast, child: Child) -> ConcernReport:
    return note(cast, child)


def note(cast: Cast, child: Child, **more: Any) -> ConcernReport:
    facts = {"by": cast.alma, "direction": "received", "at": timezone.now(), "about": "Ensam hemma"}
    return concern_actions.note_concern(child=child, **{**facts, **more})


def move(cast: Cast, concern: ConcernReport, *names: str) -> ConcernReport:
    for name in names:
        concern = concern_actions.move_concern(by=cast.alma, concern=concern, name=name, text=f"Om {name}")
    return concern


def test_a_report_goes_its_way(cast: Cast, concern: ConcernReport) -> None:
    done = move(cast, concern, "assess", "open_inquiry", "close")
    assert (done.state, done.decided_on, done.closed_on) == ("closed", TODAY, TODAY)
    assert done.assessed_at is not None
    words = ConcernReport.objects.get().words.open()
    assert (words.about, words.assessment, words.outcome) == ("Ensam hemma", "Om assess", "Om close")
    assert done.seal_owner == concern.child.client_id


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ((), "open_inquiry"),
        ((), "close"),
        (("assess",), "assess"),
        (("assess", "leave"), "open_inquiry"),
        (("assess", "leave"), "close"),
        ((), "received"),
    ],
)
def test_what_cannot_be_now_is_refused(cast: Cast, concern: ConcernReport, before: tuple[str], name: str) -> None:
    at = move(cast, concern, *before)
    with pytest.raises(Refused):
        move(cast, at, name)


def test_a_report_is_not_ahead_of_time(cast: Cast, child: Child) -> None:
    with pytest.raises(Refused, match="har inte kommit än"):
        note(cast, child, at=timezone.now() + timedelta(hours=1))


def test_days_are_noted_after_the_decision(cast: Cast, concern: ConcernReport) -> None:
    def change(version: int, **more: Any) -> ConcernReport:
        days = {"told_on": TODAY, "extended_to": TOMORROW, **more}
        return concern_actions.change_concern(by=cast.alma, concern=concern, version=version, **days)

    with pytest.raises(Refused, match="beslutet om utredning först"):
        change(1)
    move(cast, concern, "assess", "open_inquiry")
    for more, message in (
        ({"told_on": TOMORROW}, "har inte kommit än"),
        ({"told_on": YESTERDAY}, "Beslutet togs"),
        ({"extended_to": YESTERDAY}, "Beslutet togs"),
    ):
        with pytest.raises(Refused, match=message):
            change(3, **more)
    assert change(3).extended_to == TOMORROW
    assert change(4, told_on=None, extended_to=None).told_on is None
    with pytest.raises(StaleEdit):
        change(3)


@pytest.mark.parametrize("who", ["bo", "eva", "lo"])
def test_nobody_else_writes(cast: Cast, child: Child, concern: ConcernReport, who: str) -> None:
    user = getattr(cast, who)
    with pytest.raises(policy.Forbidden):
        note(cast, child, by=user)
    with pytest.raises(policy.Forbidden):
        concern_actions.move_concern(by=user, concern=concern, name="assess", text="Inget akut")


@pytest.mark.parametrize(
    ("before", "change", "constraint"),
    [
        ((), "state = 'odd'", "concern_state_known|concern_"),
        ((), "state = 'assessed'", "concern_assessed_whole"),
        (("assess",), "assessed_at = NULL", "concern_assessed_whole"),
        (("assess",), "state = 'inquiry'", "concern_decided_whole"),
        (("assess",), "decided_on = CURRENT_DATE", "concern_decided_whole"),
        (("assess", "leave"), "decided_on = NULL", "concern_decided_whole"),
        (("assess", "open_inquiry"), "state = 'closed'", "concern_closed_whole"),
        (("assess", "open_inquiry"), "closed_on = CURRENT_DATE", "concern_closed_whole"),
        (("assess", "open_inquiry", "close"), "closed_on = NULL", "concern_closed_whole"),
    ],
)
def test_half_a_report_is_refused_by_the_database(
    cast: Cast, concern: ConcernReport, before: tuple[str], change: str, constraint: str
) -> None:
    move(cast, concern, *before)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET {change}")
