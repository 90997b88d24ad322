"""Asking that somebody is told more: in order, on a consent in force, by two where it tells who or where she is."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from audit import trail
from audit.tags import Tag
from casework import policy
from casework.cases import actions as cases
from casework.cases.consents import actions as consents
from casework.cases.consents.models import Consent
from casework.cases.disclosures import actions as disclosures
from casework.cases.disclosures.models import Disclosure
from casework.cases.rules import Refused
from housing.stages import actions, readers, rules, standing
from housing.stages.models import StageWords, TrackStage
from housing.tracks import moving
from housing.tracks.models import Track
from tests import factories
from tests.cast import Cast
from tests.fixtures import cases_of, events, last_event
from tests.housing import made
from tests.housing.stages.conftest import (
    Way,
    ask,
    asked,
    climb,
    give,
    let_in,
    make_hold,
    make_way,
    release,
    rewrite,
)  # fmt: skip


def reached(way: Way, receiver: str = "") -> str:
    track = Track.objects.select_related("kind", "need", "coordinator", "case").get(pk=way.track.pk)
    return readers.reached(track, receiver or track.kind.receiver)


def move(way: Way, name: str, **more: Any) -> None:
    with trail.act(Tag.TRACK_MOVED, by=way.contact):
        moving.move(moving.locked(way.track), name, **more)


def test_what_tells_neither_who_nor_where_is_given_at_once(way: Way) -> None:
    row = ask(way, "stage_profile")
    assert row.disclosure is not None
    assert (row.disclosure.state, row.disclosure.grave, row.disclosure.provision) == ("given", False, "osl_12_2")
    assert row.disclosure.words.open().facts == ["housing_profile_provider"]
    assert (row.need_version.number, row.hold, row.words.open().phone) == (1, None, "040-135791")
    assert reached(way) == "stage_profile"
    event = last_event(Tag.STAGE_ASKED)
    assert cases_of(event) == {way.case.number}
    assert "040-135791" not in str(event)


def test_what_tells_who_she_is_waits_for_another_person(way: Way) -> None:
    climb(way, "stage_profile", "stage_consented")
    row = ask(way, "stage_named")
    assert row.disclosure is not None
    assert (row.disclosure.state, row.disclosure.grave) == ("proposed", True)
    assert reached(way) == "stage_consented"
    with pytest.raises(Refused, match="väntar redan"):
        ask(way, "stage_named")
    disclosures.give_disclosure(by=way.chief, disclosure=row.disclosure)
    assert reached(way) == "stage_named"


def test_a_refused_disclosure_reaches_nothing_and_may_be_asked_for_again(way: Way) -> None:
    climb(way, "stage_profile", "stage_consented")
    first = ask(way, "stage_named")
    disclosures.refuse_disclosure(by=way.chief, disclosure=first.disclosure, grounds="Inte än")
    assert standing.look(way.track, "provider").lacks("stage_named") == [standing.REFUSED]
    give(way, ask(way, "stage_named"))
    assert reached(way) == "stage_named"


def test_stages_come_in_order(way: Way) -> None:
    for stage in ("stage_consented", "stage_named"):
        with pytest.raises(Refused, match="Steget före är inte nått"):
            ask(way, stage)
    climb(way, "stage_profile")
    with pytest.raises(Refused, match="får redan veta"):
        ask(way, "stage_profile")
    assert TrackStage.objects.count() == 1


@pytest.mark.parametrize(
    ("receiver", "stage", "message"),
    [
        ("municipality", "stage_profile", "annan mottagare"),
        ("provider", "stage_matched", "inget sådant steg"),
        ("coordinator", "stage_profile", "behöver inget samtycke"),
        ("nobody", "stage_profile", "annan mottagare"),
    ],
)
def test_only_the_tracks_own_receiver_and_its_stages(way: Way, receiver: str, stage: str, message: str) -> None:
    with pytest.raises(Refused, match=message):
        ask(way, stage, receiver=receiver)
    assert not Disclosure.objects.exists()


def test_a_receiver_that_is_told_of_a_home_needs_one(cast: Cast, way: Way) -> None:
    private = make_way(cast, way.case, "private_landlord")
    with pytest.raises(Refused, match="Ingen bostad hålls"):
        ask(private, "stage_matched")
    hold = make_hold(private)
    row = give(private, ask(private, "stage_matched"))
    assert (row.hold, reached(private)) == (hold, "stage_matched")
    release(hold)
    make_hold(private)
    assert reached(private) == "stage_token"
    assert standing.look(private.track, "private_landlord").lacks("stage_matched") == [standing.HOME_GONE]
    climb(private, "stage_matched")
    assert reached(private) == "stage_matched"


@pytest.mark.parametrize(
    ("who", "error"), [("hanna", policy.Forbidden), ("eva", policy.Forbidden), ("lo", policy.Denial)]
)
def test_only_the_cases_own_staff_ask(way: Way, who: str, error: type[Exception]) -> None:
    someone = getattr(way.cast, who)
    with pytest.raises(error):
        ask(way, "stage_profile", by=someone)
    with pytest.raises(error):
        actions.let_in(by=someone, track=way.track, consent=way.consent)
    with pytest.raises(error):
        actions.let_out(by=someone, track=way.track)


def test_nothing_is_asked_for_without_to_whom_and_how_it_was_weighed(way: Way) -> None:
    with pytest.raises(Refused, match="Skriv vem som får uppgifterna"):
        ask(way, "stage_profile", recipient=" ")
    climb(way, "stage_profile", "stage_consented")
    with pytest.raises(Refused, match="Skriv hur du har vägt"):
        ask(way, "stage_named", weighing="")
    assert TrackStage.objects.count() == 2


def test_a_closed_case_and_a_track_that_is_over_tell_nobody_more(way: Way) -> None:
    climb(way, "stage_profile")
    move(way, "withdraw", declined="person_declined")
    track = Track.objects.get(pk=way.track.pk)
    with pytest.raises(Refused, match="Vägen är avslutad"):
        actions.ask_stage(
            by=way.contact, track=track, receiver="provider", stage="stage_consented", consent=way.consent,
            asked=asked(),
        )  # fmt: skip
    closing = cases.move_case(by=way.chief, case=way.case, name="begin_closing", reason="Klart")
    closed = cases.close_case(by=way.chief, case=closing, closure_reason="goals_reached", note="Bra")
    way.track.case = closed
    with pytest.raises(Refused, match="Ärendet är avslutat"):
        ask(way, "stage_consented", by=way.chief)


def test_a_consent_of_another_or_of_no_force_opens_nothing(cast: Cast, way: Way) -> None:
    other = factories.make_case(cast.cecilia)
    factories.assign(cast.cecilia, other, cast.alma)
    wrong = made.make_consent(cast.alma, other)
    with pytest.raises(Refused, match="någon annan"):
        ask(way, "stage_profile", consent=wrong)
    make_hold(way)
    with pytest.raises(Refused, match="personen själv"):
        ask(way, "stage_consented", receiver="coordinator", consent=wrong)
    consents.withdraw_consent(by=way.contact, consent=Consent.objects.get(pk=way.consent.pk), why="")
    for receiver, stage in (("provider", "stage_profile"), ("coordinator", "stage_consented")):
        with pytest.raises(Refused, match="gäller inte längre"):
            ask(way, stage, receiver=receiver)
    assert not TrackStage.objects.exists()


def test_a_withdrawn_consent_takes_everything_back_at_once(way: Way) -> None:
    climb(way, "stage_profile")
    second = made.make_consent(way.contact, way.case)
    give(way, ask(way, "stage_consented", consent=second))
    consents.withdraw_consent(by=way.contact, consent=second, why="")
    assert reached(way) == "stage_profile"
    consents.withdraw_consent(by=way.contact, consent=way.consent, why="")
    assert reached(way) == "stage_token"
    found = standing.look(way.track, "provider")
    assert found.lacks("stage_profile") == [standing.CONSENT_GONE]
    assert found.keys == frozenset()


def test_a_lost_offer_ends_what_was_told_of_its_home_and_no_more(cast: Cast, way: Way) -> None:
    private = make_way(cast, way.case, "private_landlord")
    make_hold(private)
    climb(private, "stage_matched")
    climb(way, "stage_profile")
    for one in (private, way):
        move(one, "offer")
        move(one, "lose_offer")
    assert (reached(private), reached(way)) == ("stage_token", "stage_profile")
    assert cases_of(last_event(Tag.STAGE_ENDED)) == {way.case.number}


def test_a_track_that_is_tried_again_begins_anew(way: Way) -> None:
    climb(way, "stage_profile")
    move(way, "withdraw", declined="person_declined")
    assert reached(way) == "stage_token"
    move(way, "try_again")
    assert reached(way) == "stage_token"
    climb(way, "stage_profile")
    assert TrackStage.objects.filter(ended_at__isnull=False).count() == 1


def test_a_need_written_anew_is_told_first_when_it_is_asked_for_again(way: Way) -> None:
    climb(way, "stage_profile")
    before = readers.told(way.track, "provider", way.contact)
    rewrite(way, 2, threat="partner", children=["0"])
    assert readers.told(way.track, "provider", way.contact) == before
    climb(way, "stage_profile")
    assert dict(readers.told(way.track, "provider", way.contact))["Barn"] == "Under 1 år"
    with pytest.raises(Refused, match="får redan veta"):
        ask(way, "stage_profile")


def test_what_is_missing_is_said(way: Way) -> None:
    with pytest.raises(Refused, match="Ingen har bett om det"):
        rules.check_reached(way.track, "provider", "stage_profile")
    with pytest.raises(Refused, match="inget sådant steg"):
        rules.check_reached(way.track, "provider", "stage_matched")
    climb(way, "stage_profile", "stage_consented")
    rules.check_reached(way.track, "provider", "stage_profile")
    rules.check_reached(way.track, "provider", "stage_consented")
    ask(way, "stage_named")
    with pytest.raises(Refused, match="Sektionschefen har inte beslutat"):
        rules.check_reached(way.track, "provider", "stage_named")


@pytest.mark.parametrize(("receiver", "given"), [("coordinator", True), ("provider", False), ("coordinator", None)])
def test_a_stage_has_a_disclosure_just_when_the_receiver_is_outside(
    way: Way, receiver: str, given: bool | None
) -> None:
    """stage_disclosure_whole: both, neither, half."""
    disclosure = ask(way, "stage_profile").disclosure
    row = TrackStage(
        track=way.track, client_id=way.case.client_id, stage="stage_consented", receiver=receiver,
        consent=way.consent, need_version=readers.newest(way.track), asked_by=way.contact, words=StageWords(),
    )  # fmt: skip
    if given:
        TrackStage.objects.get().delete()
        row.disclosure = disclosure
    if given is None:
        row.save()
        return
    with pytest.raises(IntegrityError, match="stage_disclosure_whole"), transaction.atomic():
        row.save()


def test_all_tags_of_stages_name_the_case_and_no_words(way: Way) -> None:
    let_in(way)
    climb(way, "stage_profile")
    actions.let_out(by=way.contact, track=way.track)
    for event in events(Tag.STAGE_ASKED, Tag.STAGE_ENDED):
        assert cases_of(event) == {way.case.number}
        assert not [word for word in ("Mottagaren på plats", "040-135791", "Åsa", "Öberg") if word in str(event)]
