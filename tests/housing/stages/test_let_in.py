"""The coordinator and the name: let in by a consent when a home is reserved, shut out by whatever ends that."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework import policy
from casework.access.models import AccessGrant
from casework.cases import actions as cases
from casework.cases.consents import actions as consents
from casework.cases.consents.models import Consent
from casework.cases.rules import Refused
from casework.policy import Permission
from casework.signin.models import Role, Section, User
from housing.homes.models import HomeHold
from housing.stages import actions, readers, standing
from housing.stages.models import TrackStage
from housing.tracks import actions as tracks
from housing.tracks import moving
from housing.tracks.models import Track
from tests.fixtures import events
from tests.housing import made
from tests.housing.stages.conftest import TODAY, Way, ask, later, let_in, make_hold, take


def fresh(way: Way) -> Track:
    return Track.objects.select_related("kind", "need", "coordinator", "case__client").get(pk=way.track.pk)


def reached(way: Way) -> str:
    return readers.reached(fresh(way), "coordinator")


def told(way: Way, user: User | None = None) -> dict[str, str]:
    return dict(readers.told(fresh(way), "coordinator", user or way.cast.hanna))


def is_in(way: Way, user: User | None = None) -> bool:
    return policy.can_case(user or way.cast.hanna, way.case, Permission.HOUSING_NAMED)


def another(way: Way, section: Section | None = None) -> User:
    user = User(username="hilda", display_name="Hilda Ny", role=Role.HOUSING_COORDINATOR, section=section)
    user.section = section or way.cast.section
    user.set_unusable_password()
    user.save()
    return user


def test_the_coordinator_rises_with_the_need_the_home_and_the_consent(way: Way) -> None:
    assert reached(way) == "stage_profile"
    assert "Bostaden" not in told(way)
    take(way)
    hold = make_hold(way)
    assert reached(way) == "stage_matched"
    assert told(way)["Bostaden"] == hold.home.name
    ask(way, "stage_consented", receiver="coordinator")
    assert reached(way) == "stage_consented"
    assert told(way)["Kontakt"] == "Alma Lind, 040-135791"
    assert not {"Namn", "Hot"} & told(way).keys()


def test_a_need_that_is_not_handed_over_tells_the_coordinator_nothing(way: Way) -> None:
    with trail.act(Tag.IMPORTED):
        way.need.withdraw()
        way.need.withdrawn_why = "need_person"
        way.need.save()
    assert reached(way) == "stage_token"
    assert told(way) == {}


def test_she_is_let_in_to_the_name_and_nothing_else(way: Way) -> None:
    row = let_in(way)
    assert (row.stage, row.disclosure, row.hold) == ("stage_named", None, HomeHold.objects.get())
    assert reached(way) == "stage_named"
    assert told(way)["Namn"] == "Åsa Öberg-Lind"
    assert "Personnummer eller samordningsnummer" not in told(way)
    assert policy.permissions_for(way.cast.hanna, way.case) == {Permission.HOUSING_NAMED}
    grant = AccessGrant.objects.get(kind="housing")
    end = datetime.combine(way.consent.until + timedelta(days=1), time.min)
    assert grant.ends_at == timezone.make_aware(end)
    assert events(Tag.GRANT_OPENED)
    assert "Namn" not in told(way, another(way))


def test_the_door_is_shut_no_later_than_the_shorter_consent(way: Way) -> None:
    take(way)
    make_hold(way, "hold_reserved")
    short = made.make_consent(way.contact, way.case, until=TODAY + timedelta(days=3))
    ask(way, "stage_consented", receiver="coordinator", consent=short)
    actions.let_in(by=way.chief, track=way.track, consent=way.consent)
    grant = AccessGrant.objects.get(kind="housing")
    assert grant.ends_at is not None
    assert timezone.localdate(grant.ends_at) == later(4)


def test_nobody_is_let_in_before_a_home_is_reserved(way: Way) -> None:
    def refused(message: str) -> None:
        with pytest.raises(Refused, match=message):
            actions.let_in(by=way.contact, track=way.track, consent=way.consent)

    refused("Ingen boendesamordnare har tagit vägen")
    take(way)
    refused("inte reserverad")
    hold = make_hold(way)
    refused("inte reserverad")
    with trail.act(Tag.IMPORTED):
        hold.reserve()
        hold.save()
    refused("Steget före är inte nått")
    ask(way, "stage_consented", receiver="coordinator")
    consents.withdraw_consent(by=way.contact, consent=made.make_consent(way.contact, way.case), why="")
    actions.let_in(by=way.contact, track=way.track, consent=way.consent)
    refused("får redan veta")
    assert AccessGrant.objects.filter(kind="housing").count() == 1


def test_a_consent_that_is_gone_lets_nobody_in(way: Way) -> None:
    take(way)
    make_hold(way, "hold_reserved")
    ask(way, "stage_consented", receiver="coordinator")
    gone = made.make_consent(way.contact, way.case)
    consents.withdraw_consent(by=way.contact, consent=Consent.objects.get(pk=gone.pk), why="")
    assert gone.in_force(), "as it was when the form was opened"
    with pytest.raises(Refused, match="gäller inte längre"):
        actions.let_in(by=way.contact, track=way.track, consent=gone)
    assert not is_in(way)


def test_a_coordinator_of_the_other_branch_is_not_let_in(way: Way) -> None:
    section = Section.objects.create(name="Samtalsmottagningen", branch="perpetrators")
    take(way)
    make_hold(way, "hold_reserved")
    ask(way, "stage_consented", receiver="coordinator")
    with trail.act(Tag.IMPORTED):
        way.track.coordinator = another(way, section)
        way.track.save()
    with pytest.raises(Refused, match="annan verksamhetsgren"):
        actions.let_in(by=way.contact, track=way.track, consent=way.consent)
    assert not TrackStage.objects.filter(stage="stage_named").exists()


def moves(*names: str, **last: Any) -> Any:
    def do(way: Way) -> None:
        with trail.act(Tag.TRACK_MOVED, by=way.contact):
            for at, name in enumerate(names):
                moving.move(moving.locked(way.track), name, **(last if at == len(names) - 1 else {}))

    return do


def close(way: Way) -> None:
    closing = cases.move_case(by=way.chief, case=way.case, name="begin_closing", reason="Klart")
    cases.close_case(by=way.chief, case=closing, closure_reason="goals_reached", note="Bra")


ENDS: dict[str, Any] = {
    "let out": lambda way: actions.let_out(by=way.contact, track=way.track),
    "consent withdrawn": lambda way: consents.withdraw_consent(by=way.contact, consent=way.consent, why=""),
    "track withdrawn": moves("withdraw", declined="person_declined"),
    "offer lost": moves("offer", "lose_offer"),
    "track ended": moves("offer", "accept", "move_in", "end"),
    "taken by another": lambda way: tracks.take_track(by=another(way), track=fresh(way)),
    "case closed": close,
}


@pytest.mark.parametrize("how", ENDS)
def test_whatever_ends_it_shuts_the_door_at_once(way: Way, how: str) -> None:
    let_in(way)
    assert is_in(way)
    ENDS[how](way)
    assert not is_in(way)
    assert reached(way) != "stage_named"
    assert "Namn" not in told(way)
    grant = AccessGrant.objects.get(kind="housing")
    assert grant.close_reason == "housing_done"
    assert grant.closed_by is not None
    assert events(Tag.STAGE_ENDED)


def test_a_move_that_ends_nothing_leaves_the_door_open(way: Way) -> None:
    let_in(way)
    moves("offer", "accept")(way)
    assert is_in(way)
    assert not events(Tag.STAGE_ENDED)


def test_whoever_is_signed_in_is_named_as_the_one_who_shut_it(way: Way) -> None:
    let_in(way)
    with trail.bind(trail.Context(way.chief.trail_actor())):
        moves("withdraw", declined="person_declined")(way)
    assert AccessGrant.objects.get(kind="housing").closed_by == way.chief


def test_what_is_not_open_is_not_shut(way: Way) -> None:
    with pytest.raises(Refused, match="Ingen boendesamordnare är insläppt"):
        actions.let_out(by=way.contact, track=way.track)
    assert standing.look(fresh(way), "coordinator").lacks("stage_named")[-1] == standing.NO_COORDINATOR


def test_what_takes_nothing_away_leaves_no_event(way: Way) -> None:
    take(way)
    make_hold(way)
    ask(way, "stage_consented", receiver="coordinator")
    tracks.take_track(by=another(way), track=fresh(way))
    moves("offer", "lose_offer")(way)
    consents.withdraw_consent(by=way.contact, consent=way.consent, why="")
    assert not events(Tag.STAGE_ENDED)


def test_a_coordinator_is_told_why_she_does_not_know_more(way: Way) -> None:
    take(way)
    make_hold(way)
    lacks = standing.look(fresh(way), "coordinator").lacks("stage_named")
    assert lacks == [standing.NOT_ASKED, standing.NOT_SURE, standing.NOT_LET_IN]


def test_a_track_that_nobody_was_told_of_ends_without_a_word(way: Way) -> None:
    moves("withdraw", declined="person_declined")(way)
    assert not events(Tag.STAGE_ENDED)
