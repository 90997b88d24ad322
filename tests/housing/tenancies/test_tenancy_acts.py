"""The acts of a lease: signed, changed, moved in, taken over, ended; and what its track and home make of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from audit import trail
from audit.tags import Tag
from casework import policy
from casework.cases import actions as cases
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.records import StaleEdit
from housing.homes.models import HomeHold
from housing.tenancies import actions, readers
from housing.tenancies.models import Tenancy, TenancyWords
from housing.tracks import moving
from tests import factories
from tests.cast import Cast
from tests.fixtures import cases_of, events, last_event
from tests.housing import made
from tests.housing.tenancies.facts import (
    TODAY,
    accepted,
    ago,
    close,
    end,
    living,
    sign,
    taken_over,
    terms,
)  # fmt: skip


def move_track(track: Any, name: str, **more: Any) -> Any:
    with trail.act(Tag.IMPORTED):
        return moving.move(moving.locked(track), name, **more)


def test_a_lease_without_a_track_is_signed(cast: Cast, case: Case) -> None:
    landlord = made.make_landlord()
    tenancy = sign(cast, case, landlord=landlord, address="Rosengatan 7", conditions="Ingen hund")
    tenancy.refresh_from_db()
    assert (tenancy.state, tenancy.lease, tenancy.tenant) == ("signed", "sublease", "tenant_city")
    assert (tenancy.landlord, tenancy.home, tenancy.track, tenancy.client_id) == (landlord, None, None, case.client_id)
    assert tenancy.words.open() == TenancyWords(address="Rosengatan 7", conditions="Ingen hund")
    assert str(tenancy) == str(tenancy.pk)
    assert cases_of(last_event(Tag.TENANCY_WRITTEN)) == {case.number}


def test_a_lease_on_a_track_brings_its_home_and_moves_it(cast: Cast, case: Case) -> None:
    track, home = accepted(cast, case)
    other = made.make_landlord()
    tenancy = sign(cast, case, track, landlord=other, address="Skrivs inte")
    track.refresh_from_db()
    home.refresh_from_db()
    assert (track.state, track.contract_on) == ("contract", TODAY)
    assert (tenancy.home, tenancy.landlord, tenancy.track) == (home, home.landlord, track)
    assert (home.state, tenancy.words.open().address) == ("taken", "")


def test_a_track_that_has_its_lease_or_keys_already_is_not_moved_again(cast: Cast, case: Case) -> None:
    track, home = accepted(cast, case)
    move_track(track, "move_in")
    tenancy = sign(cast, case, track)
    track.refresh_from_db()
    assert (track.state, tenancy.home) == ("moved", home)
    actions.move_in(by=cast.alma, tenancy=tenancy, on=TODAY)
    track.refresh_from_db()
    assert track.state == "moved"


@pytest.mark.parametrize("moves", [(), ("apply",), ("apply", "acknowledge", "offer")])
def test_a_track_that_has_not_come_so_far_has_no_lease(cast: Cast, case: Case, moves: tuple[str, ...]) -> None:
    track = made.make_track(made.make_need(cast.alma, case), None, *moves)
    with pytest.raises(Refused, match="inte framme"):
        sign(cast, case, track)
    assert not Tenancy.objects.exists()


def test_a_track_has_one_lease(cast: Cast, case: Case) -> None:
    track, _ = accepted(cast, case)
    sign(cast, case, track)
    with pytest.raises(Refused, match="redan haft"):
        sign(cast, case, track)


def test_a_track_of_another_case_is_not_found(cast: Cast, case: Case) -> None:
    track, _ = accepted(cast, case)
    other = factories.make_case(cast.cecilia)
    with pytest.raises(policy.NotFound):
        actions.sign_tenancy(by=cast.cecilia, case=other, track=track, terms=terms())


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"lease": "hyra"}, "i listorna"),
        ({"tenant": "grannen"}, "i listorna"),
        ({"lease": "first_hand"}, "står på personen själv"),
        ({"tenant": "tenant_person"}, "I andra hand står kommunen"),
        ({"trial_until": ago(11)}, "Prövotiden kan inte"),
        ({"takeover_on": ago(11)}, "Övertagandet kan inte"),
    ],
)
def test_terms_that_cannot_be_are_refused(cast: Cast, case: Case, more: dict[str, Any], message: str) -> None:
    with pytest.raises(Refused, match=message):
        sign(cast, case, **more)
    tenancy = sign(cast, case)
    with pytest.raises(Refused, match=message):
        actions.change_tenancy(by=cast.alma, tenancy=tenancy, terms=terms(**more), version=1)


def test_a_change_keeps_an_address_that_is_left_empty(cast: Cast, case: Case) -> None:
    tenancy = sign(cast, case, address="Rosengatan 7")
    changed = terms(lease="transition", rent=9_000, block_let=True, conditions="Tillsyn")
    actions.change_tenancy(by=cast.alma, tenancy=tenancy, terms=changed, version=1)
    tenancy.refresh_from_db()
    assert (tenancy.rent, tenancy.block_let, tenancy.lease, tenancy.version) == (9_000, True, "transition", 2)
    assert tenancy.words.open() == TenancyWords(address="Rosengatan 7", conditions="Tillsyn")
    actions.change_tenancy(by=cast.alma, tenancy=tenancy, terms=terms(address="Ny gata 1"), version=2)
    tenancy.refresh_from_db()
    assert tenancy.words.open().address == "Ny gata 1"


def test_a_change_that_came_late_is_stale(cast: Cast, case: Case) -> None:
    tenancy = sign(cast, case)
    actions.change_tenancy(by=cast.alma, tenancy=tenancy, terms=terms(rent=1), version=1)
    with pytest.raises(StaleEdit):
        actions.change_tenancy(by=cast.alma, tenancy=tenancy, terms=terms(rent=2), version=1)
    assert Tenancy.objects.get().rent == 1


def test_keys_move_the_track(cast: Cast, case: Case) -> None:
    track, _ = accepted(cast, case)
    tenancy = actions.move_in(by=cast.alma, tenancy=sign(cast, case, track), on=ago(1))
    track.refresh_from_db()
    tenancy.refresh_from_db()
    assert (tenancy.state, tenancy.moved_in_on) == ("living", ago(1))
    assert (track.state, track.moved_on) == ("moved", ago(1))
    assert cases_of(last_event(Tag.TENANCY_MOVED)) == {case.number}
    with pytest.raises(Refused, match="läget är ”bor där”"):
        actions.move_in(by=cast.alma, tenancy=tenancy, on=TODAY)


def test_keys_noted_on_the_track_are_keys_to_the_lease(cast: Cast, case: Case) -> None:
    track, _ = accepted(cast, case)
    tenancy = sign(cast, case, track)
    move_track(track, "move_in", on=ago(3))
    tenancy.refresh_from_db()
    assert (tenancy.state, tenancy.moved_in_on) == ("living", ago(3))


@pytest.mark.parametrize("name", ["lose_offer", "withdraw"])
def test_a_track_with_a_lease_does_not_come_to_nothing(cast: Cast, case: Case, name: str) -> None:
    track, home = accepted(cast, case)
    tenancy = sign(cast, case, track)
    with pytest.raises(Refused, match="ska avslutas först"):
        move_track(track, name, declined="home_gone")
    tenancy.refresh_from_db()
    home.refresh_from_db()
    assert (tenancy.state, home.state) == ("signed", "taken")


def test_a_track_without_a_lease_may(cast: Cast, case: Case) -> None:
    track, _ = accepted(cast, case)
    assert move_track(track, "withdraw", declined="home_gone").state == "withdrawn"


def test_the_day_of_the_keys_is_not_ahead(cast: Cast, case: Case) -> None:
    with pytest.raises(Refused, match="framåt i tiden"):
        actions.move_in(by=cast.alma, tenancy=sign(cast, case), on=TODAY + timedelta(days=1))


def test_a_home_that_somebody_has_a_lease_on_takes_no_other(cast: Cast, case: Case) -> None:
    """Also when it was let go by another way than the end of the lease."""
    track, home = accepted(cast, case)
    other = factories.make_case(cast.cecilia)
    with trail.act(Tag.IMPORTED):
        Tenancy(
            case=other, client_id=other.client_id, home=home, words=TenancyWords(), lease="sublease",
            tenant="tenant_city", starts_on=TODAY, rent=1,
        ).save()  # fmt: skip
    with pytest.raises(Refused, match="redan ett kontrakt som gäller"):
        sign(cast, case, track)
    track.refresh_from_db()
    assert track.state == "accepted"


def test_the_end_lets_the_home_go_and_ends_the_track(cast: Cast, case: Case) -> None:
    track, home = accepted(cast, case)
    tenancy = living(cast, case, track, next_visit_on=TODAY)
    end(cast, tenancy)
    for row in (tenancy, track, home):
        row.refresh_from_db()
    assert (tenancy.state, tenancy.ended_on, tenancy.ended_why) == ("tenancy_ended", TODAY, "moved_on")
    assert (tenancy.words.open().outcome, tenancy.next_visit_on) == ("Flyttade", None)
    assert (track.state, home.state, HomeHold.objects.get().released_why) == ("ended", "free", "other_home")
    assert cases_of(last_event(Tag.TENANCY_MOVED)) == {case.number}
    with pytest.raises(Refused, match="ändras inte mer"):
        end(cast, tenancy)


def test_a_lease_that_never_began_takes_its_track_back(cast: Cast, case: Case) -> None:
    track, home = accepted(cast, case)
    tenancy = end(cast, sign(cast, case, track, starts_on=TODAY + timedelta(days=9)), why="person_ended")
    track.refresh_from_db()
    home.refresh_from_db()
    assert (tenancy.ended_on, track.state, track.declined, home.state) == (
        TODAY, "withdrawn", "person_declined", "free",
    )  # fmt: skip


@pytest.mark.parametrize(("why", "state", "safety"), [
    ("moved_on", "free", "safety_good"),
    ("tenancy_unsafe", "free", "unchecked"),
    ("landlord_ended", "home_gone", "safety_good"),
])  # fmt: skip
def test_what_becomes_of_the_home(cast: Cast, case: Case, why: str, state: str, safety: str) -> None:
    track, home = accepted(cast, case)
    end(cast, living(cast, case, track), why=why)
    home.refresh_from_db()
    assert (home.state, home.safety) == (state, safety)


def test_a_home_that_was_hers_is_not_offered_again(cast: Cast, case: Case) -> None:
    track, home = accepted(cast, case)
    end(cast, taken_over(cast, case, track))
    home.refresh_from_db()
    assert home.state == "home_gone"


def test_a_home_is_let_go_once(cast: Cast, case: Case) -> None:
    """Somebody let it go before: whoever holds it now keeps it."""
    from housing.homes import holding

    track, home = accepted(cast, case)
    tenancy = living(cast, case, track)
    with trail.act(Tag.IMPORTED):
        holding.release(moving.locked(track), why="home_gone")
        home.refresh_from_db()
        home.offer()
        home.save()
    end(cast, tenancy, why="landlord_ended")
    home.refresh_from_db()
    assert home.state == "home_offered"


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"why": ""}, "Välj varför"),
        ({"on": TODAY + timedelta(days=1)}, "framåt i tiden"),
        ({"on": ago(11)}, "Kontraktet började"),
    ],
)
def test_an_end_that_cannot_be_is_refused(cast: Cast, case: Case, more: dict[str, Any], message: str) -> None:
    with pytest.raises(Refused, match=message):
        end(cast, living(cast, case), **more)
    assert Tenancy.objects.get().state == "living"


def test_only_those_who_work_in_the_case_write(cast: Cast, case: Case) -> None:
    tenancy = sign(cast, case)
    for stranger in (cast.bo, cast.eva, cast.edvin, cast.hanna, cast.lo):
        with pytest.raises(policy.Forbidden):
            actions.sign_tenancy(by=stranger, case=case, track=None, terms=terms())
        with pytest.raises(policy.Forbidden):
            actions.move_in(by=stranger, tenancy=tenancy, on=TODAY)
        with pytest.raises(policy.Forbidden):
            end(cast, tenancy, by=stranger)
    assert actions.move_in(by=cast.cecilia, tenancy=tenancy, on=TODAY).state == "living"


def test_nothing_is_written_in_a_closed_case(cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    tenancy = sign(cast, case)
    monkeypatch.setattr(cases, "on_closing", [])
    closed = close(cast, case)
    found = readers.get_tenancy(cast.cecilia, case.number, tenancy.pk)
    acts = (
        lambda: actions.sign_tenancy(by=cast.cecilia, case=closed, track=None, terms=terms()),
        lambda: actions.change_tenancy(by=cast.cecilia, tenancy=found, terms=terms(), version=1),
        lambda: actions.move_in(by=cast.cecilia, tenancy=found, on=TODAY),
        lambda: actions.take_over(by=cast.cecilia, tenancy=found, on=TODAY, reason="Ja"),
        lambda: end(cast, found, by=cast.cecilia),
    )
    for act in acts:
        with pytest.raises(Refused, match="Ärendet är avslutat"):
            act()


def test_what_is_told_does_not_stand_in_clear(cast: Cast, case: Case) -> None:
    tenancy = living(cast, case, address="Rosenbuske 7", conditions="Rosenbuske")
    end(cast, tenancy, outcome="Rosenbuske")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM housing_tenancy")
        row = cursor.fetchone()
    clear = b"|".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in row)
    assert b"Rosenbuske" not in clear
    assert "Rosenbuske" not in "".join(str(line) for line in events())
