"""The course of a case: taken in, begun, resting, closing, closed and opened again."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework import policy
from casework.cases import actions, naming, rules
from casework.cases.models import Case, Narrative
from casework.cases.rules import Refused
from casework.policy import Forbidden, Permission
from casework.records import StaleEdit
from contacts.models import Assignment
from tests import factories
from tests.cast import Cast
from tests.fixtures import cases_of, last_event


def moved(cast: Cast, case: Case, *names: str) -> Case:
    for name in names:
        case = actions.move_case(by=cast.cecilia, case=case, name=name, reason="Det behövs")
    return case


def test_an_intake_has_a_number_and_a_pseudonym_made_by_the_program(cast: Cast) -> None:
    case = factories.make_case(cast.cecilia, given_name="Åsa")
    assert naming.is_case_number(case.number)
    assert "Åsa" not in case.number + case.pseudonym
    assert case.state == "intake"
    event = last_event(Tag.CASE_INTAKE)
    assert {case.ref(), case.client.ref()} <= set(event.refs)


def test_only_who_leads_a_section_takes_cases_into_it(cast: Cast) -> None:
    client = factories.make_client(cast.cecilia)
    facts = dict.fromkeys(("referral_source", "legal_basis"), "") | {"first_contact_on": None}
    for by in (cast.alma, cast.edvin, cast.ada):
        with pytest.raises(Forbidden):
            actions.open_intake(
                by=by,
                client=client,
                section=cast.section,
                taken_in_on=timezone.localdate(),
                narrative=Narrative(),
                **facts,
            )
    assert not Case.objects.exists()


def test_an_intake_opens_once_when_support_begins(cast: Cast) -> None:
    case = factories.make_case(cast.cecilia)
    assert actions.begin_support(by=cast.alma, case=case).state == "open"
    assert last_event(Tag.CASE_OPENED).refs[0] == case.ref()
    assert actions.begin_support(by=cast.alma, case=case).state == "open"


@pytest.mark.parametrize(
    ("names", "state"),
    [
        (["rest"], "resting"),
        (["rest", "resume"], "open"),
        (["begin_closing"], "closing"),
        (["rest", "begin_closing"], "closing"),
        (["begin_closing", "keep_open"], "open"),
    ],
)
def test_a_case_moves_between_its_states(cast: Cast, case: Case, names: list[str], state: str) -> None:
    case = moved(cast, case, *names)
    assert Case.objects.get().state == case.state == state
    event = last_event(rules.MOVES[names[-1]].tag)
    assert (event.reason, cases_of(event)) == ("Det behövs", {case.number})


def test_a_move_that_the_state_does_not_allow_is_refused_with_the_state(cast: Cast, case: Case) -> None:
    with pytest.raises(Refused, match="Pågår"):
        actions.move_case(by=cast.alma, case=case, name="resume", reason="Nu")
    assert not rules.can_move(cast.alma, case, "resume")
    assert rules.can_move(cast.alma, case, "rest")
    assert not rules.can_move(cast.bo, case, "rest")


def test_a_move_without_a_reason_is_refused(cast: Cast, case: Case) -> None:
    with pytest.raises(Refused, match="Skriv varför"):
        actions.move_case(by=cast.alma, case=case, name="rest", reason="  ")


def test_who_comes_second_is_told_the_state(cast: Cast, case: Case) -> None:
    stale = Case.objects.get(pk=case.pk)
    moved(cast, case, "begin_closing")
    with pytest.raises(Refused, match=r"hann före.*Avslutas"):
        actions.move_case(by=cast.alma, case=stale, name="rest", reason="Nu")


def test_a_deputy_and_a_stranger_do_not_move_a_case(cast: Cast, case: Case) -> None:
    factories.assign(cast.cecilia, case, cast.bo, kind="deputy")
    for by in (cast.bo, cast.eva):
        with pytest.raises(Forbidden):
            actions.move_case(by=by, case=case, name="rest", reason="Nu")


def test_closing_ends_every_assignment_and_shuts_every_door(cast: Cast, case: Case) -> None:
    factories.assign(cast.cecilia, case, cast.bo, kind="deputy")
    case = moved(cast, case, "begin_closing")
    done = actions.close_case(by=cast.cecilia, case=case, closure_reason="goals_reached", note="Hon bor tryggt.")
    assert (done.state, done.closed_on, done.closure_reason) == ("closed", timezone.localdate(), "goals_reached")
    assert Case.objects.get().narrative.open().closure_note == "Hon bor tryggt."
    assert set(Assignment.objects.values_list("state", flat=True)) == {"ended"}
    assert set(case.grants.values_list("close_reason", flat=True)) == {"case_closed"}
    for user in (cast.alma, cast.bo):
        assert not policy.can_case(user, done, Permission.CASE_READ)
    assert last_event(Tag.CASE_CLOSED).reason == "Hon bor tryggt."


def test_an_intake_that_never_began_is_closed_and_its_question_taken_back(cast: Cast) -> None:
    from contacts.assignments import actions as contacts

    case = factories.make_case(cast.cecilia)
    contacts.offer_assignment(by=cast.cecilia, case=case, user=cast.alma, kind="main", no_conflict=True)
    actions.close_case(by=cast.cecilia, case=case, closure_reason="own_wish", note="Hon ville inte.")
    assert Assignment.objects.get().state == "withdrawn"


def test_an_open_case_is_not_closed_at_once_and_only_by_the_sektionschef(cast: Cast, case: Case) -> None:
    assert not rules.can_close(cast.cecilia, case)
    with pytest.raises(Refused, match="Börja avsluta"):
        actions.close_case(by=cast.cecilia, case=case, closure_reason="moved", note="Flyttat")
    case = moved(cast, case, "begin_closing")
    assert rules.can_close(cast.cecilia, case)
    with pytest.raises(Forbidden):
        actions.close_case(by=cast.alma, case=case, closure_reason="moved", note="Flyttat")


def test_a_closed_case_is_opened_again_as_new(cast: Cast, case: Case) -> None:
    case = moved(cast, case, "begin_closing")
    case = actions.close_case(by=cast.cecilia, case=case, closure_reason="moved", note="Flyttat")
    again = moved(cast, case, "reopen")
    assert (again.state, again.closed_on, again.closure_reason) == ("intake", None, "")
    assert rules.is_open(again)
    assert factories.assign(cast.cecilia, again, cast.bo).state == "active"
    again.refresh_from_db()
    assert again.state == "open"


def test_buttons_follow_state_and_permissions(cast: Cast, case: Case) -> None:
    names = [move.name for move in rules.possible_moves(cast.alma, case, policy.permissions_for(cast.alma, case))]
    assert names == ["rest", "begin_closing"]
    assert rules.possible_moves(cast.lo, case, policy.permissions_for(cast.lo, case)) == []


def test_the_narrative_is_replaced_and_a_stale_edit_refused(cast: Cast, case: Case) -> None:
    before = case.version
    facts = {"by": cast.alma, "case": case, "legal_basis": "11:1", "version": before}
    changed = actions.change_narrative(narrative=Narrative(wishes="Egen bostad"), **facts)
    assert (changed.version, changed.legal_basis) == (before + 1, "11:1")
    assert Case.objects.get().narrative.open().wishes == "Egen bostad"
    with pytest.raises(StaleEdit):
        actions.change_narrative(narrative=Narrative(wishes="Annat"), **facts)


def test_the_narrative_of_a_closed_case_stays(cast: Cast, case: Case) -> None:
    case = moved(cast, case, "begin_closing")
    case = actions.close_case(by=cast.cecilia, case=case, closure_reason="moved", note="Flyttat")
    with pytest.raises(Refused, match="avslutat"):
        actions.change_narrative(
            by=cast.cecilia, case=case, narrative=Narrative(), legal_basis="", version=case.version
        )
    assert not rules.can_write(cast.alma, case)


TODAY = timezone.localdate()


@pytest.mark.parametrize(
    ("values", "broken"),
    [
        ({}, ""),
        ({"state": "closed", "closed_on": TODAY, "closure_reason": "moved"}, ""),
        ({"state": "closed"}, "case_closed_whole"),
        ({"state": "closed", "closed_on": TODAY}, "case_closed_whole"),
        ({"state": "closed", "closure_reason": "moved"}, "case_closed_whole"),
        ({"closed_on": TODAY, "closure_reason": "moved"}, "case_closed_whole"),
        (
            {"state": "closed", "closed_on": TODAY - timedelta(days=1), "closure_reason": "moved"},
            "case_closed_after_intake",
        ),
        ({"state": "paused"}, "case_state_known"),
    ],
)
def test_what_belongs_together_in_a_case(cast: Cast, case: Case, values: dict[str, object], broken: str) -> None:
    values = {"first_contact_on": TODAY, **values}
    if not broken:
        assert change_cases(values) == 1
        return
    with pytest.raises(IntegrityError, match=broken):
        change_cases(values)


def change_cases(values: dict[str, object]) -> int:
    with transaction.atomic(), trail.bulk(Tag.IMPORTED):
        return Case.objects.update(**values)
