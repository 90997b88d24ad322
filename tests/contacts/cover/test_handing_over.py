"""A planned change of contact person: asked, ticked, completed once, or called off."""

from typing import Any

import pytest

from audit.tags import Tag
from casework.access.models import AccessGrant
from casework.cases import actions as cases
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.policy import Forbidden
from casework.records import StaleEdit
from casework.signin.models import User
from contacts.assignments import actions as assignments
from contacts.cover.handing import actions, readers, rules
from contacts.cover.handing.actions import Checks
from contacts.models import Assignment, Handover
from tests import factories
from tests.cast import Cast
from tests.contacts.cover.clock import day
from tests.fixtures import events, last_event

ALL = Checks(*[day(0)] * 4)


def plan(cast: Cast, case: Case, **more: Any) -> Handover:
    facts = {"by": cast.cecilia, "case": case, "taker": cast.bo, "planned_on": day(14), "no_conflict": True, **more}
    return actions.plan_handover(**facts)


def say_yes(user: User) -> None:
    question = Assignment.objects.select_related("case").get(user=user, state="offered")
    assignments.accept_assignment(by=user, assignment=question, no_conflict=True)


@pytest.fixture
def planned(cast: Cast, case: Case) -> Handover:
    """From Alma to Bo, who has said yes to be deputy until then."""
    made = plan(cast, case)
    say_yes(cast.bo)
    return made


def complete(by: User, handover: Handover, summary: str = "Hon vill byta dag", why: str = "") -> Handover:
    return actions.complete_handover(by=by, handover=handover, summary=summary, missing_why=why)


def test_the_one_who_takes_over_is_asked_to_be_deputy_first(cast: Cast, case: Case) -> None:
    made = plan(cast, case, message="Kan du ta över?")
    question = Assignment.objects.get(user=cast.bo)
    assert (question.kind, question.state, question.words.open().message) == ("deputy", "offered", "Kan du ta över?")
    assert (made.giver, made.taker, made.planned_by) == (cast.alma, cast.bo, cast.cecilia)
    assert not AccessGrant.objects.filter(user=cast.bo).exists()
    with pytest.raises(Refused, match="inte tackat ja än"):
        complete(cast.cecilia, made, why="Bråttom")
    assert Handover.objects.get().state == "planned"


def test_a_deputy_is_not_asked_again(cast: Cast, case: Case) -> None:
    factories.assign(cast.cecilia, case, cast.bo, kind="deputy")
    plan(cast, case)
    assert Assignment.objects.filter(user=cast.bo).count() == 1


def test_who_may_plan_and_to_whom(cast: Cast, case: Case) -> None:
    assert rules.can_plan(cast.cecilia, case)
    for by in (cast.alma, cast.edvin):
        assert not rules.can_plan(by, case)
        with pytest.raises(Forbidden):
            plan(cast, case, by=by)
    for wrong, reason in (
        ({"no_conflict": False}, "jäv"),
        ({"planned_on": day(-1)}, "dag framåt"),
        ({"taker": cast.eva}, "aktiv kontaktperson i sektionen"),
        ({"taker": cast.hanna}, "aktiv kontaktperson i sektionen"),
        ({"taker": cast.alma}, "Alma Lind är redan kontaktperson"),
    ):
        with pytest.raises(Refused, match=reason):
            plan(cast, case, **wrong)
    assignments.offer_assignment(by=cast.cecilia, case=case, user=cast.bo, kind="main", no_conflict=True)
    with pytest.raises(Refused, match="redan tillfrågad som kontaktperson"):
        plan(cast, case)
    assert not Handover.objects.exists()


def test_one_at_a_time_and_not_without_a_contact_person(cast: Cast, case: Case, planned: Handover) -> None:
    with pytest.raises(Refused, match="pågår redan"):
        plan(cast, case)
    actions.cancel_handover(by=cast.cecilia, handover=planned)
    main = Assignment.objects.get(kind="main")
    assignments.end_assignment(by=cast.cecilia, assignment=main, close_reason="ended", reason="Slutar")
    with pytest.raises(Refused, match="ingen kontaktperson som kan lämna över"):
        plan(cast, case)


def test_ticked_with_the_day_by_each_of_the_three(cast: Cast, case: Case, planned: Handover) -> None:
    days = (day(-2), day(-1), None, None)
    for version, by in enumerate((cast.alma, cast.bo, cast.cecilia), start=1):
        assert rules.can_hand_over(by, planned)
        done = actions.check_handover(by=by, handover=planned, checks=Checks(*days), version=version)
    assert (done.met_on, done.channels_on) == days[:2]
    assert done.missing == ["kodordet lämnat över", "öppna delmål genomgångna"]
    assert last_event(Tag.HANDOVER_CHECKED).actor_id == str(cast.cecilia.pk)
    with pytest.raises(StaleEdit):
        actions.check_handover(by=cast.alma, handover=planned, checks=ALL, version=1)
    with pytest.raises(Refused, match="ligger framåt"):
        actions.check_handover(by=cast.alma, handover=planned, checks=Checks(met_on=day(1)), version=4)


def test_nobody_else_ticks_or_completes(cast: Cast, case: Case, planned: Handover) -> None:
    other = User.objects.create(username="d", display_name="D", role="kontaktperson", section=cast.section)
    factories.assign(cast.cecilia, case, other, kind="deputy")
    for by in (other, cast.eva, cast.edvin, cast.lo):
        assert not rules.can_hand_over(by, planned)
        with pytest.raises(Forbidden):
            complete(by, planned, why="Därför")
        with pytest.raises(Forbidden):
            actions.check_handover(by=by, handover=planned, checks=ALL, version=1)


def test_one_act_ends_the_one_task_and_begins_the_other(cast: Cast, case: Case, planned: Handover) -> None:
    actions.check_handover(by=cast.alma, handover=planned, checks=ALL, version=1)
    done = complete(cast.alma, planned, why="Behövs inte")
    assert (done.state, done.words.open().summary, done.words.open().missing_why) == ("done", "Hon vill byta dag", "")
    tasks = {(task.user, task.kind): task.state for task in Assignment.objects.all()}
    assert tasks == {(cast.alma, "main"): "ended", (cast.bo, "deputy"): "ended", (cast.bo, "main"): "active"}
    before, deputy, main = AccessGrant.objects.order_by("opened_at")
    assert (before.close_reason, deputy.close_reason) == ("handed_over", "ended")
    assert before.closed_at == deputy.closed_at == main.opened_at
    assert (main.kind, main.user, main.closed_at) == ("assignment", cast.bo, None)
    assert {cast.alma.ref(), cast.bo.ref(), case.ref()} <= set(last_event(Tag.HANDOVER_DONE).refs)


def test_what_is_not_done_needs_a_reason_and_there_is_always_a_summary(cast: Cast, planned: Handover) -> None:
    with pytest.raises(Refused, match="veta"):
        complete(cast.bo, planned, summary=" ")
    with pytest.raises(Refused, match="träffats tillsammans, kontaktvägarna kontrollerade"):
        complete(cast.bo, planned)
    assert complete(cast.bo, planned, why="Hon orkade inte").words.open().missing_why == "Hon orkade inte"


def test_it_is_completed_once(cast: Cast, planned: Handover) -> None:
    stale = Handover.objects.select_related("case", "giver", "taker").get()
    complete(cast.alma, planned, why="Bråttom")
    for by in (cast.bo, cast.cecilia):
        with pytest.raises((Refused, Forbidden)):
            complete(by, stale, why="Bråttom")
    with pytest.raises(Refused, match="redan i läget ”Klar”"):
        actions.cancel_handover(by=cast.cecilia, handover=stale)
    with pytest.raises(Refused, match="redan i läget ”Klar”"):
        actions.check_handover(by=cast.cecilia, handover=stale, checks=ALL, version=1)
    stale.refresh_from_db()
    assert not rules.can_hand_over(cast.cecilia, stale)
    assert len(events(Tag.HANDOVER_DONE)) == 1
    assert Assignment.objects.filter(kind="main", state="active").count() == 1


def test_a_giver_who_has_left_leaves_no_gap(cast: Cast, planned: Handover) -> None:
    task = Assignment.objects.select_related("case").get(user=cast.alma)
    assignments.report_conflict(by=cast.alma, assignment=task, reason="Känner en granne")
    complete(cast.cecilia, planned, why="Alma har lämnat")
    assert Assignment.objects.get(state="active").user == cast.bo


def test_somebody_else_who_has_got_the_case_is_not_thrown_out(cast: Cast, case: Case, planned: Handover) -> None:
    other = User.objects.create(username="d", display_name="D", role="kontaktperson", section=cast.section)
    factories.assign(cast.cecilia, case, other)
    with pytest.raises(Refused, match="Någon annan är kontaktperson"):
        complete(cast.cecilia, planned, why="Bråttom")


def test_called_off_takes_the_question_back_but_not_a_yes(cast: Cast, case: Case) -> None:
    made = plan(cast, case)
    with pytest.raises(Forbidden):
        actions.cancel_handover(by=cast.alma, handover=made)
    assert actions.cancel_handover(by=cast.cecilia, handover=made).state == "cancelled"
    assert Assignment.objects.get(user=cast.bo).state == "withdrawn"
    again = plan(cast, case)
    say_yes(cast.bo)
    actions.cancel_handover(by=cast.cecilia, handover=again)
    assert Assignment.objects.get(user=cast.bo, state="active").kind == "deputy"
    assert list(readers.takers(case)) == [cast.bo]


def test_a_case_that_closes_calls_it_off(cast: Cast, case: Case, planned: Handover) -> None:
    closing = cases.move_case(by=cast.alma, case=case, name="begin_closing", reason="Klart")
    closed = cases.close_case(by=cast.cecilia, case=closing, closure_reason="moved", note="Flyttat")
    planned.refresh_from_db()
    assert planned.state == "cancelled"
    with pytest.raises(Refused, match="avslutat"):
        plan(cast, closed)
    with pytest.raises(Refused, match="avslutat"):
        plan(cast, case)
