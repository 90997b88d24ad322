"""From a need to keys, in files both ways, until the ledger balances."""

from django.utils import timezone

from audit.tags import Tag
from casework.cases.models import Case
from housing.kompott import answering_actions, file_actions, ledger
from housing.kompott.models import KompottOffer, KompottRequest
from housing.quotas.models import Quota
from tests.cast import Cast
from tests.fixtures import events
from tests.housing.kompott import sides
from tests.housing.kompott.conftest import OFFER, answered, go
from tests.housing.kompott.sides import Other


def test_somebody_of_ours_moves_there_and_the_case_follows(
    cast: Cast, case: Case, other: Other, written: KompottRequest
) -> None:
    row = go(cast, written, "send")
    assert (row.state, row.track.state, row.track.answer_due_on) == ("sent", "applied", row.answer_due_on)
    row = answered(cast, other, row, ("acknowledged", {}), OFFER)
    assert (row.state, row.track.state, row.words.open().offer) == ("offered", "offered", OFFER[1]["offer"])
    row = go(cast, row, "accept")
    assert (row.track.state, row.quota.member_id, row.quota.taken) == ("accepted", other.member.pk, 1)
    row = answered(cast, other, row, ("contract", {"lease": "first_hand"}))
    assert row.track.state == "contract"
    row = go(cast, row, "move_in", on=timezone.localdate())
    assert (row.state, row.track.state, row.moved_on) == ("moved", "moved", timezone.localdate())
    row = go(cast, row, "ask_transfer")
    row = answered(cast, other, row, ("transfer_answer", {"takes_over": True}))
    row = go(cast, row, "close")
    assert (row.state, row.transfer_answered_on, row.ended_on) == ("closed", timezone.localdate(), timezone.localdate())
    assert len(events(Tag.EXCHANGE_EXPORTED)) == 5
    assert len(events(Tag.EXCHANGE_IMPORTED)) == 4


def test_somebody_of_theirs_moves_here(cast: Cast, other: Other) -> None:
    row = sides.come(other, cast.hanna)
    assert (row.state, row.urgency, row.profile.open().threat) == ("sent", "month", "partner")
    row = answering_actions.move_offer(by=cast.hanna, offer=row, name="acknowledge")
    assert told(cast, other, row).kind == "acknowledged"
    row = answering_actions.offer_home(by=cast.hanna, offer=row, text="Två rum i maj", home=None)
    assert told(cast, other, row).facts == {"offer": "Två rum i maj"}
    row = came(cast, other, row, "accepted")
    assert (row.state, row.quota.member.own, row.quota.taken) == ("accepted", True, 1)
    row = answering_actions.note_contract(by=cast.hanna, offer=row, lease="sublease")
    assert told(cast, other, row).facts == {"lease": "sublease"}
    today = str(timezone.localdate())
    row = came(cast, other, row, "moved", day=today)
    row = came(cast, other, row, "transfer_asked", day=today)
    row = answering_actions.answer_transfer(by=cast.hanna, offer=row, takes_over=True)
    assert told(cast, other, row).facts == {"takes_over": True}
    row = came(cast, other, row, "closed")
    assert (row.state, row.ended_on) == ("closed", timezone.localdate())


def test_one_each_way_and_the_ledger_balances(cast: Cast, other: Other, sent: KompottRequest) -> None:
    row = answered(cast, other, sent, OFFER)
    go(cast, row, "accept", "move_in")
    line = next(line for line in ledger.lines() if line.code == other.code)
    assert (line.quota, line.taken, line.asked, line.offered_us, line.theirs, line.balance) == (2, 1, 1, 1, 1, -1)
    theirs = sides.come(other, cast.hanna)
    answering_actions.offer_home(by=cast.hanna, offer=theirs, text="Två rum", home=None)
    told(cast, other, theirs)
    came(cast, other, theirs, "accepted")
    came(cast, other, theirs, "moved", day=str(timezone.localdate()))
    line = next(line for line in ledger.lines() if line.code == other.code)
    assert (line.asked_us, line.offered, line.ours, line.balance) == (1, 1, 1, 0)
    assert set(Quota.objects.values_list("taken", flat=True)) == {1}


def told(cast: Cast, other: Other, row: KompottOffer) -> sides.Message:
    """What the other side reads in the file we make."""
    return other.read(file_actions.make_offer_file(by=cast.hanna, offer=row))


def came(cast: Cast, other: Other, row: KompottOffer, kind: str, **facts: object) -> KompottOffer:
    file_actions.import_file(by=cast.hanna, raw=other.file(kind, row.reference, facts))
    return KompottOffer.objects.get(pk=row.pk)
