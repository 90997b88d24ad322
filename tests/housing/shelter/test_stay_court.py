"""What goes to the court about a child, its answers, and which ground the guardians leave."""

from datetime import date
from typing import Any

import pytest

from audit.tags import Tag
from casework import policy
from casework.cases.consents import actions as consents
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.clients import actions as clients
from casework.clients.children import actions as children
from casework.clients.children import guardian_actions
from casework.clients.children.models import Child
from casework.clients.models import Identity
from housing.shelter import actions, court_actions, rules
from housing.shelter.models import ShelterStay
from tests.cast import Cast
from tests.fixtures import events, last_event
from tests.housing.shelter.facts import (
    TODAY,
    adult,
    agree,
    child_of,
    childs,
    close,
    day,
    decide,
    family,
    guard,
    number_of,
    start,
)


def submit(cast: Cast, stay: ShelterStay, on: date = TODAY, **more: Any) -> ShelterStay:
    return court_actions.submit_to_court(**{"by": cast.alma, "stay": stay, "submitted_on": on, **more})


def confirm(cast: Cast, stay: ShelterStay, on: date = TODAY, **more: Any) -> ShelterStay:
    facts = {"by": cast.alma, "stay": stay, "confirmed_on": on, "confirmed": True}
    return court_actions.note_confirmation(**{**facts, **more})


def apply(cast: Cast, stay: ShelterStay, on: date = TODAY, **more: Any) -> ShelterStay:
    return court_actions.apply_to_court(**{"by": cast.alma, "stay": stay, "applied_on": on, **more})


def answer(cast: Cast, stay: ShelterStay, on: date = TODAY, **more: Any) -> ShelterStay:
    facts = {"by": cast.alma, "stay": stay, "court_decided_on": on, "granted": True, "court_final_on": None}
    return court_actions.note_court_decision(**{**facts, **more})


def immediate(cast: Cast, case: Case, days: int = -3) -> ShelterStay:
    return childs(cast, adult(cast, case), family(cast, case), "immediate", days)


def test_an_immediate_stay_goes_all_the_way_through_the_court(cast: Cast, case: Case) -> None:
    stay = start(cast, immediate(cast, case), -3)
    stay = submit(cast, stay, day(-2))
    stay = confirm(cast, stay, day(-1))
    stay = apply(cast, stay, day(-1))
    stay = answer(cast, stay, court_final_on=TODAY)
    stay.refresh_from_db()
    assert (stay.state, stay.submitted_on, stay.confirmed_on) == ("staying", day(-2), day(-1))
    assert (stay.applied_on, stay.court_decided_on, stay.court_final_on) == (day(-1), TODAY, TODAY)
    assert rules.possible(stay, TODAY) == ["end"]
    refs = {ref.id for ref in last_event(Tag.STAY_MOVED).refs}
    assert {str(stay.pk), str(stay.child_id)} <= refs


def test_each_step_waits_for_the_one_before(cast: Cast, case: Case) -> None:
    stay = immediate(cast, case)
    assert rules.possible(stay, TODAY) == ["start", "submit", "apply", "end"]
    for act in (confirm, answer):
        with pytest.raises(Refused, match="Det går inte nu"):
            act(cast, stay)
    stay = submit(cast, stay)
    for again in (submit, answer):
        with pytest.raises(Refused, match="Det går inte nu"):
            again(cast, stay)
    assert rules.possible(stay, TODAY) == ["start", "confirm", "apply", "end"]


def test_days_stand_in_their_order(cast: Cast, case: Case) -> None:
    stay = immediate(cast, case)
    for act in (submit, apply):
        for on, message in ((day(1), "inte kommit"), (day(-4), "före")):
            with pytest.raises(Refused, match=message):
                act(cast, stay, on)
    stay = apply(cast, submit(cast, stay, day(-1)), day(-1))
    for act in (confirm, answer):
        for on, message in ((day(1), "inte kommit"), (day(-2), "före")):
            with pytest.raises(Refused, match=message):
                act(cast, stay, on)
    for final, message in ((day(1), "inte kommit"), (day(-1), "före")):
        with pytest.raises(Refused, match=message):
            answer(cast, stay, court_final_on=final)


def test_what_is_too_late_is_refused(cast: Cast, case: Case) -> None:
    stay = immediate(cast, case, -29)
    with pytest.raises(Refused, match=r"Tiden gick ut .*4 kap. 3–4 §§"):
        submit(cast, stay)
    assert submit(cast, stay, day(-28)).submitted_on == day(-28)


def test_an_application_has_six_weeks_or_what_the_court_gives(cast: Cast, case: Case) -> None:
    hers = adult(cast, case, decided_on=day(-70))
    hers_start = ShelterStay.objects.get(pk=hers.pk)
    assert hers_start.started_on == day(-30)
    stay = start(cast, childs(cast, hers, family(cast, case), "immediate", -30), -30)
    stay = submit(cast, stay, day(-29))
    with pytest.raises(Refused, match="omedelbar insats"):
        actions.change_stay(
            by=cast.alma, stay=apply(cast, stay), version=4, care_plan_on=None, implementation_plan_on=None,
            apply_extended_to=day(30), court_final_on=None,
        )  # fmt: skip


def late_start(cast: Cast, case: Case) -> ShelterStay:
    """A child who has been there for 60 days; submitted in time, not applied for."""
    hers = start(cast, decide(cast, case, decided_on=day(-70)), -65)
    stay = start(cast, childs(cast, hers, family(cast, case), "immediate", -62), -62)
    return submit(cast, stay, day(-61))


def test_an_application_after_its_time_is_refused_unless_there_is_more(cast: Cast, case: Case) -> None:
    stay = late_start(cast, case)
    with pytest.raises(Refused, match=r"Tiden gick ut .*4 kap. 6–7 §§"):
        apply(cast, stay)
    assert "lapse" in rules.possible(stay, TODAY)
    more = {"care_plan_on": None, "implementation_plan_on": TODAY, "apply_extended_to": day(5), "court_final_on": None}
    stay = actions.change_stay(by=cast.alma, stay=stay, version=stay.version, **more)
    assert "lapse" not in rules.possible(stay, TODAY)
    assert apply(cast, stay).applied_on == TODAY


@pytest.mark.parametrize("step", ["confirm", "answer"])
def test_a_no_of_the_court_ends_it(cast: Cast, case: Case, step: str) -> None:
    stay = start(cast, immediate(cast, case), -3)
    stay = apply(cast, submit(cast, stay, day(-2)), day(-1))
    done = confirm(cast, stay, confirmed=False) if step == "confirm" else answer(cast, stay, granted=False)
    done.refresh_from_db()
    assert (done.state, done.ended_on, done.confirmed_on) == ("lapsed", TODAY, None)
    assert rules.possible(done, TODAY) == []
    with pytest.raises(Refused, match="upphörde att gälla"):
        confirm(cast, done)


def test_without_an_immediate_decision_nothing_begins_before_the_court(cast: Cast, case: Case) -> None:
    stay = childs(cast, adult(cast, case), family(cast, case), "court")
    assert rules.possible(stay, TODAY) == ["apply", "end"]
    with pytest.raises(Refused, match="Det går inte nu"):
        start(cast, stay, 0)
    stay = apply(cast, stay, day(-2))
    assert stay.state == "waiting_court"
    with pytest.raises(Refused, match="Det går inte nu"):
        start(cast, stay, 0)
    stay = answer(cast, stay, day(-1))
    with pytest.raises(Refused, match="före"):
        start(cast, stay, -2)
    assert start(cast, stay, 0).state == "staying"


def test_a_permission_that_has_lapsed_lets_nothing_begin(cast: Cast, case: Case) -> None:
    hers = start(cast, decide(cast, case, decided_on=day(-70)), -65)
    stay = childs(cast, hers, family(cast, case), "court", -60)
    stay = answer(cast, apply(cast, stay, day(-50)), day(-40), court_final_on=day(-39))
    assert "lapse" in rules.possible(stay, TODAY)
    with pytest.raises(Refused, match="gäller inte sedan"):
        start(cast, stay, 0)
    assert start(cast, stay, -20).state == "staying"


def test_when_it_became_final_can_be_told_later(cast: Cast, case: Case) -> None:
    stay = childs(cast, adult(cast, case), family(cast, case), "court")
    stay = answer(cast, apply(cast, stay, day(-2)), day(-1))
    more = {"care_plan_on": None, "implementation_plan_on": None, "apply_extended_to": None}
    facts = {"by": cast.alma, "stay": stay, "version": stay.version, **more}
    with pytest.raises(Refused, match="före"):
        actions.change_stay(**facts, court_final_on=day(-2))  # type: ignore[arg-type]
    assert actions.change_stay(**facts, court_final_on=TODAY).court_final_on == TODAY  # type: ignore[arg-type]


def test_a_child_begins_with_the_adult_and_is_kept_for_ever(cast: Cast, case: Case) -> None:
    hers, child = decide(cast, case), family(cast, case)
    stay = childs(cast, hers, child, "immediate")
    with pytest.raises(Refused, match="att den vuxnas vistelse har börjat"):
        start(cast, stay, 0)
    start(cast, hers, -1)
    with pytest.raises(Refused, match="före"):
        start(cast, stay, -2)
    start(cast, stay, 0)
    assert (Child.objects.get().in_shelter, Child.objects.get().version) == (True, 2)


def test_a_child_that_was_there_before_is_marked_once(cast: Cast, case: Case) -> None:
    hers, child = adult(cast, case), family(cast, case, agreed=True)
    children.change_child(by=cast.alma, child=child, words=child.words.open(), in_shelter=True, version=1)
    start(cast, childs(cast, hers, child, "all_consent"), 0)
    assert Child.objects.get().version == 2


def test_the_ground_is_the_one_that_the_guardians_leave(cast: Cast, case: Case) -> None:
    hers = adult(cast, case)
    alone, agreed, split = child_of(cast, case), family(cast, case, agreed=True), family(cast, case)
    with pytest.raises(Refused, match="vårdnadshavare först"):
        childs(cast, hers, alone, "all_consent")
    with pytest.raises(Refused, match="inget samtycke som gäller"):
        childs(cast, hers, split, "all_consent")
    for ground in ("court", "immediate"):
        with pytest.raises(Refused, match="Alla vårdnadshavare samtycker"):
            childs(cast, hers, agreed, ground)
    guard(cast, alone, basis="custody_sole")
    with pytest.raises(Refused, match="Barnet placeras med en vårdnadshavare"):
        childs(cast, hers, alone, "immediate")
    assert childs(cast, hers, agreed, "all_consent").ground == "all_consent"
    assert childs(cast, hers, split, "immediate").ground == "immediate"


def test_an_ended_guardian_and_a_god_man_without_that_task_are_not_asked(cast: Cast, case: Case) -> None:
    hers, child = adult(cast, case), child_of(cast, case)
    guard(cast, child, is_case_person=True)
    guardian_actions.end_guardian(by=cast.alma, guardian=guard(cast, child), ended_on=TODAY)
    guard(cast, child, basis="god_man", may_consent=False)
    asked = guard(cast, child, basis="god_man")
    with pytest.raises(Refused, match="inget samtycke som gäller"):
        childs(cast, hers, child, "all_consent")
    agree(cast, asked)
    assert childs(cast, hers, child, "all_consent").state == "decided"


def test_the_guardian_she_is_placed_with_is_of_age(cast: Cast, case: Case) -> None:
    hers, child = adult(cast, case), family(cast, case)
    young = Identity(given_name="Åsa", number=number_of(day(-17 * 365)), number_kind="personnummer")
    clients.change_identity(by=cast.alma, case=case, identity=young, version=case.client.version)
    hers.case = child.case = Case.objects.get(pk=case.pk)
    with pytest.raises(Refused, match="myndig"):
        childs(cast, hers, child, "immediate")


def test_a_consent_that_is_withdrawn_lets_no_child_begin(cast: Cast, case: Case) -> None:
    hers, child = adult(cast, case), child_of(cast, case)
    guard(cast, child, is_case_person=True)
    given = agree(cast, guard(cast, child))
    stay = childs(cast, hers, child, "all_consent")
    consents.withdraw_consent(by=cast.alma, consent=given, why="Ångrade sig")
    with pytest.raises(Refused, match="inget samtycke som gäller"):
        start(cast, stay, 0)
    assert not Child.objects.get().in_shelter


def test_each_child_has_its_own_ground_and_clocks(cast: Cast, case: Case) -> None:
    hers = adult(cast, case)
    consenting = childs(cast, hers, family(cast, case, agreed=True), "all_consent")
    opposed = childs(cast, hers, family(cast, case, alias="yngsta barnet"), "immediate")
    for stay in (consenting, opposed):
        start(cast, stay, -2)
    assert "submit" not in rules.possible(consenting, TODAY)
    submit(cast, opposed, day(-1))
    consenting.refresh_from_db()
    assert consenting.submitted_on is None
    for act in (submit, apply):
        with pytest.raises(Refused, match="Det går inte nu"):
            act(cast, consenting)


@pytest.mark.parametrize("who", ["bo", "eva", "edvin", "hanna"])
def test_only_those_of_an_open_case_write_of_the_court(cast: Cast, case: Case, who: str) -> None:
    stay = immediate(cast, case)
    for act in (submit, confirm, apply, answer):
        with pytest.raises(policy.Forbidden):
            act(cast, stay, by=getattr(cast, who))
    stay.case = close(cast, case)
    with pytest.raises(Refused, match="Ärendet är avslutat"):
        submit(cast, stay, by=cast.cecilia)
    assert len(events(Tag.STAY_MOVED)) == 1
