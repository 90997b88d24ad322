"""The case follows the person, or does not: asked, answered, decided by IVO (SoL 29:10-12)."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from casework.cases.rules import Refused
from casework.days import months_after
from housing.kompott import actions, rules
from housing.kompott import answering_actions as acts
from housing.kompott.models import KompottOffer, KompottRequest
from tests.cast import Cast
from tests.housing.kompott import sides
from tests.housing.kompott.conftest import OFFER, answered, go
from tests.housing.kompott.sides import Other
from tests.housing.kompott.test_answering_acts import came, offered, told

TODAY = timezone.localdate()


@pytest.fixture
def moved(cast: Cast, other: Other, sent: KompottRequest) -> KompottRequest:
    return go(cast, answered(cast, other, sent, OFFER), "accept", "move_in")


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 3, 1), 3, date(2026, 6, 1)),
    ],
)
def test_months_end_on_the_same_day_or_the_last(day: date, months: int, last: date) -> None:
    assert months_after(day, months) == last


def test_a_no_leads_to_ivo_and_ivo_to_a_transfer(cast: Cast, other: Other, moved: KompottRequest) -> None:
    with pytest.raises(Refused, match="Begär överflyttning"):
        go(cast, moved, "apply_to_ivo")
    row = go(cast, moved, "ask_transfer")
    assert (rules.answer_by(row), rules.ivo_by(row)) == (months_after(TODAY, 1), None)
    with pytest.raises(Refused, match="redan begärd"):
        go(cast, row, "ask_transfer")
    with pytest.raises(Refused, match="tid att svara"):
        go(cast, row, "apply_to_ivo")
    with pytest.raises(Refused, match="IVO har beslutat"):
        go(cast, row, "transfer")
    row = answered(cast, other, row, ("transfer_answer", {"takes_over": False}))
    assert (row.state, row.transfer_answered_on) == ("moved", TODAY)
    row = go(cast, row, "apply_to_ivo")
    assert rules.ivo_by(row) == months_after(TODAY, 3)
    with pytest.raises(Refused, match="redan antecknad"):
        go(cast, row, "apply_to_ivo")
    row = go(cast, row, "transfer", "close")
    assert (row.state, row.track.state) == ("closed", "moved")


def test_silence_for_a_month_leads_to_ivo(cast: Cast, moved: KompottRequest) -> None:
    row = go(cast, moved, "ask_transfer")
    row.transfer_asked_on = months_after(TODAY, -1)
    row.save()
    with pytest.raises(Refused, match="tid att svara"):
        go(cast, row, "apply_to_ivo")
    row.transfer_asked_on = months_after(TODAY, -1) - timedelta(days=4)
    row.save()
    assert go(cast, row, "apply_to_ivo").ivo_applied_on == TODAY


def test_the_case_may_be_kept(cast: Cast, moved: KompottRequest) -> None:
    row = go(cast, moved, "keep", "close")
    assert (row.state, row.ended_on) == ("closed", TODAY)


def test_a_transfer_is_not_asked_before_the_move(cast: Cast, sent: KompottRequest) -> None:
    with pytest.raises(Refused, match="flyttat in"):
        actions.move_request(by=cast.alma, request=sent, name="ask_transfer")


def test_an_answer_that_was_not_asked_for_is_refused(cast: Cast, other: Other, moved: KompottRequest) -> None:
    with pytest.raises(Refused, match="inte där vi är"):
        answered(cast, other, moved, ("transfer_answer", {"takes_over": True}))


@pytest.fixture
def here(cast: Cast, other: Other) -> KompottOffer:
    """Somebody of theirs who has moved here."""
    row = came(cast, other, offered(cast, sides.come(other, cast.hanna)), "accepted")
    return came(cast, other, row, "moved", day=str(TODAY))


def test_we_answer_once_and_only_when_asked(cast: Cast, other: Other, here: KompottOffer) -> None:
    with pytest.raises(Refused, match="Ingen har begärt"):
        acts.answer_transfer(by=cast.hanna, offer=here, takes_over=True)
    row = came(cast, other, here, "transfer_asked", day=str(TODAY))
    row = told(cast, acts.answer_transfer(by=cast.hanna, offer=row, takes_over=False))
    assert (row.state, row.transfer_answered_on) == ("moved", TODAY)
    with pytest.raises(Refused, match="redan besvarad"):
        acts.answer_transfer(by=cast.hanna, offer=row, takes_over=True)
    assert came(cast, other, row, "transferred").state == "transferred"


def test_they_may_keep_the_case(cast: Cast, other: Other, here: KompottOffer) -> None:
    row = came(cast, other, came(cast, other, here, "kept"), "closed")
    assert (row.state, row.ended_on) == ("closed", TODAY)


def test_a_transfer_asked_ahead_of_today_is_refused(cast: Cast, other: Other, here: KompottOffer) -> None:
    with pytest.raises(Refused, match="framåt"):
        came(cast, other, here, "transfer_asked", day=str(TODAY + timedelta(days=1)))
