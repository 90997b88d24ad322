"""We answer another municipality, and what it says afterwards happens here."""

from typing import Any

import pytest
from django.utils import timezone

from audit.tags import Tag
from casework.cases.rules import Refused
from casework.policy import Forbidden
from casework.state import transitions
from housing.homes.models import Home
from housing.kompott import answering_actions as acts
from housing.kompott import file_actions
from housing.kompott.models import KompottOffer
from housing.quotas import actions as quotas
from tests.cast import Cast
from tests.fixtures import last_event
from tests.housing import made
from tests.housing.kompott import sides
from tests.housing.kompott.sides import Other


@pytest.fixture
def row(cast: Cast, other: Other) -> KompottOffer:
    return sides.come(other, cast.hanna)


@pytest.fixture
def home(cast: Cast) -> Home:
    return made.make_home()


def told(cast: Cast, row: KompottOffer) -> KompottOffer:
    file_actions.make_offer_file(by=cast.hanna, offer=row)
    return KompottOffer.objects.get(pk=row.pk)


def offered(cast: Cast, row: KompottOffer, home: Home | None = None) -> KompottOffer:
    return told(cast, acts.offer_home(by=cast.hanna, offer=row, text="Två rum, 8 000 kr", home=home))


def came(cast: Cast, other: Other, row: KompottOffer, kind: str, **facts: Any) -> KompottOffer:
    file_actions.import_file(by=cast.hanna, raw=other.file(kind, row.reference, facts))
    return KompottOffer.objects.get(pk=row.pk)


def test_a_home_in_our_register_follows_the_offer(cast: Cast, other: Other, row: KompottOffer, home: Home) -> None:
    row = offered(cast, row, home)
    assert state(home) == "home_offered"
    row = came(cast, other, row, "accepted")
    assert state(home) == "reserved"
    row = told(cast, acts.note_contract(by=cast.hanna, offer=row, lease="first_hand"))
    assert state(home) == "taken"
    row = came(cast, other, row, "moved", day=str(timezone.localdate()))
    assert (row.state, row.home, state(home)) == ("moved", home, "taken")


def state(home: Home) -> str:
    return str(Home.objects.get(pk=home.pk).state)


@pytest.mark.parametrize("accepted", [False, True])
def test_a_home_that_is_turned_down_is_free_again(
    cast: Cast, other: Other, row: KompottOffer, home: Home, accepted: bool
) -> None:
    row = offered(cast, row, home)
    if accepted:
        came(cast, other, row, "accepted")
    row = came(cast, other, row, "turned_down", why="too_near")
    assert (row.state, row.home, row.quota, state(home)) == ("acknowledged", None, None, "free")
    assert set(row.member.agreement.members.values_list("quotas__taken", flat=True)) == {0}


def test_a_home_that_we_lose_gives_back_the_quota(cast: Cast, other: Other, row: KompottOffer, home: Home) -> None:
    row = came(cast, other, offered(cast, row, home), "accepted")
    row = acts.move_offer(by=cast.hanna, offer=row, name="lose", declined="home_gone")
    assert (row.state, row.quota, state(home)) == ("acknowledged", None, "free")
    assert other.read(file_actions.make_offer_file(by=cast.hanna, offer=row)).facts == {"why": "home_gone"}


def test_a_home_that_is_not_free_or_not_checked_is_not_offered(cast: Cast, other: Other, row: KompottOffer) -> None:
    unchecked = made.make_home(safety="unchecked", safety_on=None)
    with pytest.raises(Refused, match="säkerhetskontrollerad"):
        offered(cast, row, unchecked)
    held = made.make_home()
    offered(cast, row, held)
    second = sides.come(other, cast.hanna, "K-99999999")
    with pytest.raises(Refused, match="inte ledig"):
        offered(cast, second, held)
    second.refresh_from_db()
    assert second.state == "sent"


def test_a_home_moved_by_somebody_else_is_no_obstacle_to_letting_go(
    cast: Cast, other: Other, row: KompottOffer, home: Home
) -> None:
    row = offered(cast, row, home)
    moved = Home.objects.get(pk=home.pk)
    moved.release()
    moved.save()
    with pytest.raises(Refused, match="inte hållen"):
        came(cast, other, row, "accepted")
    row = acts.move_offer(by=cast.hanna, offer=row, name="lose", declined="home_gone")
    assert (row.home, state(home)) == (None, "free")


def test_our_quota_is_never_passed(cast: Cast, other: Other, row: KompottOffer) -> None:
    own = sides.own_member(other.member.agreement)
    quotas.set_quota(by=cast.hanna, member=own, year=timezone.localdate().year, homes=0)
    row = offered(cast, row)
    with pytest.raises(Refused, match="är full"):
        came(cast, other, row, "accepted")
    row.refresh_from_db()
    assert row.state == "offered"


def test_a_no_ends_the_request_with_its_reason(cast: Cast, other: Other, row: KompottOffer) -> None:
    with pytest.raises(Refused, match="varför"):
        acts.move_offer(by=cast.hanna, offer=row, name="decline")
    row = acts.move_offer(by=cast.hanna, offer=row, name="decline", declined="no_home")
    assert (row.state, row.declined, row.ended_on) == ("declined", "no_home", timezone.localdate())
    assert other.read(file_actions.make_offer_file(by=cast.hanna, offer=row)).facts == {"why": "no_home"}
    with pytest.raises(Refused, match="fick nej"):
        acts.move_offer(by=cast.hanna, offer=told(cast, row), name="acknowledge")


@pytest.mark.parametrize(
    ("kind", "facts", "state", "why"),
    [("withdrawn", {"why": "other_home"}, "withdrawn", "other_home"), ("expired", {}, "expired", "too_late")],
)
def test_what_they_take_back_ends_here(
    cast: Cast, other: Other, row: KompottOffer, kind: str, facts: dict[str, str], state: str, why: str
) -> None:
    row = came(cast, other, row, kind, **facts)
    assert (row.state, row.declined) == (state, why)


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001, "a\x00"])
def test_an_offer_says_something_that_can_be_said(cast: Cast, row: KompottOffer, text: str) -> None:
    with pytest.raises(Refused, match="utan adress"):
        acts.offer_home(by=cast.hanna, offer=row, text=text, home=None)


def test_an_unknown_lease_and_a_contract_too_early_are_refused(cast: Cast, row: KompottOffer) -> None:
    with pytest.raises(Refused, match="slags kontrakt"):
        acts.note_contract(by=cast.hanna, offer=row, lease="nothing")
    with pytest.raises(Refused, match="läge är ”skickad”"):
        acts.note_contract(by=cast.hanna, offer=row, lease="sublease")


def test_each_answer_waits_until_the_one_before_is_told(cast: Cast, row: KompottOffer) -> None:
    row = acts.move_offer(by=cast.hanna, offer=row, name="acknowledge")
    with pytest.raises(Refused, match="Mottagen"):
        offered(cast, row)
    assert offered(cast, told(cast, row)).state == "offered"


def test_nothing_new_makes_no_file(cast: Cast, row: KompottOffer) -> None:
    with pytest.raises(Refused, match="inget nytt"):
        file_actions.make_offer_file(by=cast.hanna, offer=row)


@pytest.mark.parametrize("who", ["alma", "cecilia", "ada"])
def test_only_a_coordinator_answers(cast: Cast, row: KompottOffer, who: str) -> None:
    user = getattr(cast, who)
    for act in (
        lambda: acts.move_offer(by=user, offer=row, name="acknowledge"),
        lambda: acts.offer_home(by=user, offer=row, text="Två rum", home=None),
        lambda: acts.note_contract(by=user, offer=row, lease="sublease"),
        lambda: acts.answer_transfer(by=user, offer=row, takes_over=True),
        lambda: file_actions.make_offer_file(by=user, offer=row),
    ):
        with pytest.raises(Forbidden):
            act()


def test_the_words_of_an_offer_are_not_in_the_log(cast: Cast, row: KompottOffer) -> None:
    acts.offer_home(by=cast.hanna, offer=row, text="Hemlig bostad", home=None)
    event = last_event(Tag.KOMPOTT_MOVED)
    assert "Hemlig" not in str(event.__dict__)
    assert str(row.pk) in str(event.refs)


def test_an_offer_moves_by_the_table_alone(cast: Cast, row: KompottOffer) -> None:
    allowed = {name for source, name, _ in transitions(KompottOffer) if source == "sent"}
    assert allowed == {"acknowledge", "offer", "decline", "withdraw", "expire"}
    with pytest.raises(Refused):
        acts.move_offer(by=cast.hanna, offer=row, name="lose", declined="home_gone")
