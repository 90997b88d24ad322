"""Two clients under one roof, and a place to stay away from: compared, told to nobody, decided by the sektionschef."""

from typing import Any

import pytest
from django.utils import timezone

from audit import trail
from audit.models import Event
from audit.tags import Tag
from casework.access import visit
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.crypto import blindindex
from casework.policy import Forbidden
from housing.homes import colocation, hold_actions, place_actions, rules
from housing.homes.colocation import Caution
from housing.homes.models import ColocationDecision, HomeHold, KnownPlace, PlaceIndex
from housing.tenancies.models import Tenancy, TenancyWords
from housing.tracks.models import Track
from tests.cast import Cast
from tests.fixtures import cases_of, events, last_event
from tests.housing import made
from tests.housing.homes import about

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
SAME, NEAR = Caution(same_building=True), Caution(near_perpetrator=True)


def lease(case: Case, home: Any = None, address: str = "", **more: Any) -> Tenancy:
    facts = {"lease": "first_hand", "tenant": "tenant_person", "starts_on": timezone.localdate(), "rent": 9_000, **more}
    row = Tenancy(case=case, client_id=case.client_id, home=home, words=TenancyWords(address=address), **facts)
    with trail.act(Tag.IMPORTED):
        row.save()
    return row


def warned(cast: Cast, case: Case) -> tuple[Any, Track]:
    """A home in a building that is a known place of the case, and a track to hold it for."""
    about.place(cast.alma, case)
    return about.safe(cast.hanna), about.track_for(cast.alma, case)


# --- what is compared -------------------------------------------------------------------------------------------------


def test_a_home_alone_in_its_building_is_warned_of_nothing(cast: Cast, case: Case) -> None:
    about.place(cast.alma, case, "Storgatan 14")
    assert not colocation.warnings(about.safe(cast.hanna), case)


@pytest.mark.parametrize("street", ["Storgatan 12 B", "storg. 12b, 4 tr"])
def test_another_client_in_the_building_is_warned_of(cast: Cast, case: Case, street: str) -> None:
    other = about.other_case(cast)
    about.hold(cast.bo, about.safe(cast.hanna, street=street), about.track_for(cast.bo, other))
    home = about.safe(cast.hanna)
    assert colocation.warnings(home, case) == SAME
    assert not colocation.warnings(home, other), "her own other home is no danger to her"


def test_a_released_home_warns_of_nobody(cast: Cast, case: Case) -> None:
    other = about.other_case(cast)
    hold = about.hold(cast.bo, about.safe(cast.hanna), about.track_for(cast.bo, other))
    hold_actions.release_home(by=cast.bo, hold=hold, why="unsafe")
    assert not colocation.warnings(about.safe(cast.hanna), case)


def test_a_lease_in_the_building_warns_until_it_ends_also_in_a_closed_case(cast: Cast, case: Case) -> None:
    other, home = about.other_case(cast), about.safe(cast.hanna)
    row = lease(other, about.safe(cast.hanna))
    about.close(cast, other)
    assert colocation.warnings(home, case) == SAME
    with trail.act(Tag.IMPORTED):
        row.delete()
    assert not colocation.warnings(home, case)


def test_a_lease_outside_the_register_is_compared_by_its_address(cast: Cast, case: Case) -> None:
    other, home = about.other_case(cast), about.safe(cast.hanna)
    lease(other, address="Nygatan 4, 211 41 Malmö")
    assert not colocation.warnings(home, case)
    lease(other, address="Storgatan 12 b, 211 41 Malmö")
    assert colocation.warnings(home, case) == SAME


def test_nothing_is_compared_across_the_branches(cast: Cast, case: Case) -> None:
    other = about.other_case(cast)
    about.hold(cast.bo, about.safe(cast.hanna), about.track_for(cast.bo, other))
    cast.other.branch = "perpetrators"
    cast.other.save()
    other.section = cast.other
    with trail.act(Tag.IMPORTED):
        other.save()
    assert not colocation.warnings(about.safe(cast.hanna), case)


def test_a_place_of_the_case_warns_and_another_cases_place_does_not(cast: Cast, case: Case) -> None:
    other, home = about.other_case(cast), about.safe(cast.hanna)
    place = about.place(cast.bo, other)
    assert not colocation.warnings(home, case)
    assert colocation.warnings(home, other) == NEAR
    place_actions.end_place(by=cast.bo, place=place, reason="Flyttat")
    assert not colocation.warnings(home, other)


def test_buildings_that_share_an_index_are_opened_and_told_apart(
    cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blindindex, "index", lambda kind, text: 1)
    about.place(cast.alma, case, "Annan väg 1")
    about.hold(cast.bo, about.safe(cast.hanna, street="Annan väg 3"), about.track_for(cast.bo, about.other_case(cast)))
    home = about.safe(cast.hanna)
    assert PlaceIndex.objects.count() == 3
    assert not colocation.warnings(home, case)


def test_a_home_without_a_whole_address_is_compared_with_nothing(cast: Cast, case: Case) -> None:
    about.place(cast.alma, case)
    assert not colocation.warnings(made.make_home(), case)


def test_comparing_is_no_look_at_the_other_cases(cast: Cast, case: Case) -> None:
    about.hold(cast.bo, about.safe(cast.hanna), about.track_for(cast.bo, about.other_case(cast)))
    home = about.safe(cast.hanna)
    with visit.begin() as seen:
        assert colocation.warnings(home, case)
    assert seen.empty


# --- what follows -----------------------------------------------------------------------------------------------------


def test_a_home_that_is_warned_of_waits_for_the_sektionschef(cast: Cast, case: Case) -> None:
    home, track = warned(cast, case)
    with pytest.raises(rules.Warned, match="Sektionschefen behöver besluta"):
        about.hold(cast.hanna, home, track)
    facts = {"by": cast.hanna, "home": home, "track": track, "answer_by": None, "viewing_at": None, "note": ""}
    question = hold_actions.hold_or_ask(**facts)
    assert isinstance(question, ColocationDecision)
    assert (question.decision, question.near_perpetrator, question.same_building) == ("asked", True, False)
    assert not HomeHold.objects.exists()
    track.refresh_from_db()
    assert track.waits_on == "waits_chief"
    with pytest.raises(Refused, match="väntar på sektionschefens beslut"):
        hold_actions.hold_or_ask(**facts)
    assert about.asked(cast.hanna, home, track).pk == question.pk


def test_without_a_warning_the_home_is_held_and_there_is_nothing_to_ask(cast: Cast, case: Case) -> None:
    home, track = about.safe(cast.hanna), about.track_for(cast.alma, case)
    with pytest.raises(Refused, match="inget att besluta"):
        about.asked(cast.hanna, home, track)
    facts = {"by": cast.hanna, "home": home, "track": track, "answer_by": None, "viewing_at": None, "note": ""}
    assert isinstance(hold_actions.hold_or_ask(**facts), HomeHold)


def test_a_yes_lets_the_home_be_held(cast: Cast, case: Case) -> None:
    home, track = warned(cast, case)
    question = about.asked(cast.hanna, home, track)
    told = {"by": cast.cecilia, "question": question, "decision": "go_on"}
    done = hold_actions.decide_about_home(**told, reason="Han sitter häktad")
    track.refresh_from_db()
    assert (done.decided_by, track.waits_on) == (cast.cecilia, "waits_coordinator")
    assert done.words.open().reason == "Han sitter häktad"
    assert cases_of(last_event(Tag.COLOCATION_DECIDED)) == {case.number}
    assert "häktad" not in str(list(Event.objects.values()))
    assert about.hold(cast.hanna, home, track).state == "hold_offered"
    with pytest.raises(Refused, match="redan fattat"):
        hold_actions.decide_about_home(**told, reason="Igen")


def test_a_yes_to_one_danger_is_no_yes_to_another(cast: Cast, case: Case) -> None:
    home, track = warned(cast, case)
    question = about.asked(cast.hanna, home, track)
    hold_actions.decide_about_home(by=cast.cecilia, question=question, decision="go_on", reason="Häktad")
    about.hold(cast.bo, about.safe(cast.hanna), about.track_for(cast.bo, about.other_case(cast)))
    with pytest.raises(rules.Warned):
        about.hold(cast.hanna, home, track)
    again = about.asked(cast.hanna, home, track)
    assert again.pk != question.pk
    assert (again.same_building, again.near_perpetrator) == (True, True)


def test_a_no_holds_for_that_home_and_that_track_alone(cast: Cast, case: Case) -> None:
    home, track = warned(cast, case)
    question = about.asked(cast.hanna, home, track)
    hold_actions.decide_about_home(by=cast.cecilia, question=question, decision="object", reason="För nära")
    place_actions.end_place(by=cast.alma, place=KnownPlace.objects.get(), reason="Flyttat")
    with pytest.raises(Refused, match="sagt nej"):
        about.hold(cast.hanna, home, track)
    assert about.hold(cast.hanna, home, about.track_for(cast.alma, case, key="annan")).state == "hold_offered"


@pytest.mark.parametrize(
    ("more", "says"),
    [({"decision": "asked"}, "får erbjudas"), ({"decision": ""}, "får erbjudas"), ({"reason": " "}, "varför")],
)
def test_half_a_decision_is_refused(cast: Cast, case: Case, more: dict[str, Any], says: str) -> None:
    question = about.asked(cast.hanna, *warned(cast, case))
    with pytest.raises(Refused, match=says):
        hold_actions.decide_about_home(
            by=cast.cecilia, question=question, **{"decision": "go_on", "reason": "Skäl", **more}
        )


def test_the_sektionschef_of_the_case_decides_and_nobody_else(cast: Cast, case: Case) -> None:
    question = about.asked(cast.hanna, *warned(cast, case))
    for stranger in (cast.alma, cast.hanna, cast.edvin):
        with pytest.raises(Forbidden):
            hold_actions.decide_about_home(by=stranger, question=question, decision="go_on", reason="Skäl")
    about.close(cast, case)
    question = ColocationDecision.objects.select_related("case", "track", "home").get(pk=question.pk)
    with pytest.raises(Refused, match="avslutat"):
        hold_actions.decide_about_home(by=cast.cecilia, question=question, decision="go_on", reason="Skäl")


def test_two_who_decide_at_once_are_heard_once(cast: Cast, case: Case) -> None:
    question = about.asked(cast.hanna, *warned(cast, case))
    stale = ColocationDecision.objects.select_related("case", "track", "home").get(pk=question.pk)
    hold_actions.decide_about_home(by=cast.cecilia, question=question, decision="object", reason="För nära")
    with pytest.raises(Refused, match="redan fattat"):
        hold_actions.decide_about_home(by=cast.cecilia, question=stale, decision="go_on", reason="Går bra")


def test_the_log_counts_what_was_found_and_never_names_the_other(cast: Cast, case: Case) -> None:
    other = about.other_case(cast)
    about.hold(cast.bo, about.safe(cast.hanna), about.track_for(cast.bo, other))
    about.asked(cast.hanna, about.safe(cast.hanna), about.track_for(cast.alma, case))
    line = events(Tag.COLOCATION_ASKED)[-1]
    assert cases_of(line) == {case.number}
    assert other.number not in str(line)
