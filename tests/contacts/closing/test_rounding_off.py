"""Rounding off: written little by little, handed in whole, approved by somebody else, and so the case is closed."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.access.models import AccessGrant
from casework.cases import actions as cases
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.policy import Forbidden
from casework.records import StaleEdit
from casework.signin.models import User
from contacts.closing import actions, readers, rules
from contacts.closing.actions import Rounding
from contacts.cover import actions as covers
from contacts.cover.handing import actions as handing
from contacts.goals import actions as goals
from contacts.goals.models import GoalWords
from contacts.models import Appointment, ClosingPlan, Cover, Goal, Handover
from contacts.week.models import AppointmentWords
from tests import factories
from tests.cast import Cast
from tests.fixtures import events, last_event

TODAY = timezone.localdate()
NOW = timezone.now()
WHOLE = Rounding(
    network="Systern och kören",
    farewell="Vi fikar",
    learnt="Att någon ringde",
    farewell_on=TODAY,
    reason="goals_reached",
)


def write(by: User, case: Case, version: int = 0, **more: Any) -> ClosingPlan:
    return actions.write_closing(by=by, case=case, rounding=Rounding(**{**vars(WHOLE), **more}), version=version)


def make_goal(by: User, case: Case) -> Goal:
    return goals.set_goal(by=by, case=case, area="everyday", words=GoalWords(words="Hitta hem"), uses_natural=False)


def submitted(cast: Cast, case: Case, **more: Any) -> ClosingPlan:
    return actions.submit_closing(by=cast.alma, plan=write(cast.alma, case, **more))


def test_it_is_written_little_by_little(cast: Cast, case: Case) -> None:
    first = actions.write_closing(by=cast.alma, case=case, rounding=Rounding(network="Kören"), version=0)
    assert (first.state, first.reason, first.words.open().network) == ("working", "", "Kören")
    second = write(cast.alma, case, first.version)
    assert second.pk == first.pk
    assert (second.farewell_on, second.words.open().learnt) == (TODAY, "Att någon ringde")
    for stale in (0, first.version):
        with pytest.raises(StaleEdit):
            write(cast.alma, case, stale)
    assert case.ref() in last_event(Tag.CLOSING_WRITTEN).refs


def test_a_plan_that_is_gone_is_not_written_over(cast: Cast, case: Case) -> None:
    plan = write(cast.alma, case)
    actions.leave_closing(by=cast.alma, plan=plan, reason="Det var för tidigt")
    with pytest.raises(StaleEdit):
        write(cast.alma, case, plan.version)


def test_who_writes_and_when(cast: Cast, case: Case) -> None:
    assert rules.can_write(cast.alma, case)
    for by in (cast.cecilia, cast.bo, cast.eva):
        assert not rules.can_write(by, case)
        with pytest.raises(Forbidden):
            write(by, case)
    with pytest.raises(Refused, match="skälen i listan"):
        write(cast.alma, case, reason="bored")
    other = factories.make_case(cast.cecilia)
    factories.assign(cast.cecilia, other, cast.alma, kind="deputy")
    with pytest.raises(Refused, match="har inte börjat"):
        write(cast.alma, other)


@pytest.mark.parametrize(
    ("more", "left"),
    [
        ({"network": " "}, ["Vad som finns kvar i hennes nätverk"]),
        ({"reason": ""}, ["Skälet till avslutet"]),
        ({"farewell_on": None}, ["Dagen för avskedsmötet"]),
        ({"farewell_on": None, "reason": "deceased"}, []),
        ({"farewell_on": None, "reason": "no_contact"}, []),
        ({"network": "", "reason": "", "farewell_on": None}, ["nätverk", "Skälet", "avskedsmötet"]),
    ],
)
def test_it_is_handed_in_whole(cast: Cast, case: Case, more: dict[str, Any], left: list[str]) -> None:
    plan = write(cast.alma, case, **more)
    if not left:
        assert actions.submit_closing(by=cast.alma, plan=plan).state == "submitted"
        return
    with pytest.raises(Refused, match=".*".join(["Det här saknas", *left])):
        actions.submit_closing(by=cast.alma, plan=plan)
    assert ClosingPlan.objects.get().state == "working"


def test_without_a_plan_everything_is_missing(cast: Cast, case: Case) -> None:
    assert len(rules.missing(None, readers.words(None), [])) == 3


def test_no_goal_is_left_going_on(cast: Cast, case: Case) -> None:
    for _ in range(3):
        make_goal(cast.alma, case)
    first, second, third = Goal.objects.select_related("case").order_by("number")
    goals.move_goal(by=cast.alma, goal=first, name="reach", result="Hon hittar")
    goals.move_goal(by=cast.alma, goal=second, name="pause")
    with pytest.raises(Refused, match="Hur det blev med mål 3"):
        submitted(cast, case)
    goals.move_goal(by=cast.alma, goal=third, name="drop", result="Hon vill inte längre")
    assert actions.submit_closing(by=cast.alma, plan=ClosingPlan.objects.select_related("case").get())


def test_what_is_handed_in_does_not_change_under_the_reader(cast: Cast, case: Case) -> None:
    plan = submitted(cast, case)
    with pytest.raises(Refused, match="Väntar på godkännande"):
        write(cast.alma, case, plan.version)
    with pytest.raises(Refused, match="Väntar på godkännande"):
        actions.submit_closing(by=cast.alma, plan=plan)
    with pytest.raises(Forbidden):
        actions.submit_closing(by=cast.cecilia, plan=plan)


def test_it_is_sent_back_with_what_has_to_change(cast: Cast, case: Case) -> None:
    plan = submitted(cast, case)
    with pytest.raises(Refused, match="vad som behöver ändras"):
        actions.send_back_closing(by=cast.cecilia, plan=plan, why=" ", version=plan.version)
    back = actions.send_back_closing(by=cast.cecilia, plan=plan, why="Vem ringer hon?", version=plan.version)
    assert (back.state, back.submitted_by, back.words.open().returned_why) == ("working", None, "Vem ringer hon?")
    with pytest.raises(Refused, match="väntar inte på beslut"):
        actions.send_back_closing(by=cast.cecilia, plan=back, why="Igen", version=back.version)
    again = actions.submit_closing(by=cast.alma, plan=back)
    assert again.words.open().returned_why == ""
    for act in (actions.approve_closing, actions.send_back_closing):
        more = {"why": "Nej"} if act is actions.send_back_closing else {}
        with pytest.raises(StaleEdit):
            act(by=cast.cecilia, plan=plan, version=plan.version, **more)


def test_nobody_approves_her_own(cast: Cast, case: Case) -> None:
    plan = submitted(cast, case)
    for by in (cast.alma, cast.edvin):
        assert not rules.can_decide(by, plan)
        with pytest.raises(Forbidden):
            actions.approve_closing(by=by, plan=plan, version=plan.version)
    assert rules.can_approve(cast.cecilia, plan)
    plan.submitted_by = cast.cecilia
    plan.save()
    assert not rules.can_approve(cast.cecilia, plan)
    with pytest.raises(Refused, match="själv in avslutet"):
        actions.approve_closing(by=cast.cecilia, plan=plan, version=plan.version)


@pytest.mark.parametrize("state", ["open", "resting", "closing"])
def test_an_approval_closes_the_case_and_all_that_hangs_on_it(cast: Cast, case: Case, state: str) -> None:
    name = {"resting": "rest", "closing": "begin_closing"}.get(state)
    case = cases.move_case(by=cast.alma, case=case, name=name, reason="Snart") if name else case
    tomorrow = TODAY + timedelta(days=1)
    covers.cover_case(by=cast.cecilia, case=case, substitute=cast.bo, starts_on=TODAY, ends_on=tomorrow)
    handing.plan_handover(by=cast.cecilia, case=case, taker=cast.bo, planned_on=tomorrow, no_conflict=True)
    Appointment(
        case=case,
        client=case.client,
        user=cast.alma,
        kind="meeting",
        minutes=30,
        starts_at=NOW + timedelta(days=3),
        words=AppointmentWords(what="Möte"),
    ).save()
    plan = submitted(cast, case)
    done = actions.approve_closing(by=cast.cecilia, plan=plan, version=plan.version)
    case.refresh_from_db()
    assert (done.state, done.decided_by) == ("approved", cast.cecilia)
    assert (case.state, case.closure_reason) == ("closed", "goals_reached")
    assert case.narrative.open().closure_note == "Att någon ringde\n\nSystern och kören\n\nVi fikar"
    assert not AccessGrant.objects.filter(closed_at=None).exists()
    assert not Cover.objects.filter(ended_at=None).exists()
    assert (Handover.objects.get().state, Appointment.objects.get().state) == ("cancelled", "cancelled")
    assert last_event(Tag.CLOSING_APPROVED).reason == "Målen är nådda"
    assert len(events(Tag.CASE_CLOSING)) == 1


def test_it_is_approved_once(cast: Cast, case: Case) -> None:
    plan = submitted(cast, case)
    stale = ClosingPlan.objects.select_related("case").get()
    actions.approve_closing(by=cast.cecilia, plan=plan, version=plan.version)
    for act, more in (
        (actions.approve_closing, {"version": stale.version}),
        (actions.send_back_closing, {"version": stale.version, "why": "Nej"}),
        (actions.leave_closing, {"reason": "Nej"}),
    ):
        with pytest.raises(Refused):
            act(by=cast.cecilia, plan=stale, **more)
    with pytest.raises((Refused, Forbidden)):
        write(cast.alma, case, stale.version)
    assert len(events(Tag.CASE_CLOSED)) == 1


def test_the_support_may_go_on_after_all(cast: Cast, case: Case) -> None:
    cases.move_case(by=cast.alma, case=case, name="begin_closing", reason="Snart")
    plan = submitted(cast, case)
    with pytest.raises(Refused, match="varför"):
        actions.leave_closing(by=cast.alma, plan=plan, reason="")
    with pytest.raises(Forbidden):
        actions.leave_closing(by=cast.bo, plan=plan, reason="Nej")
    stale = ClosingPlan.objects.select_related("case").get()
    left = actions.leave_closing(by=cast.alma, plan=plan, reason="Hon har det svårt igen")
    case.refresh_from_db()
    assert (left.state, case.state, left.words.open().network) == ("left", "open", "Systern och kören")
    assert not rules.can_leave(cast.alma, left)
    for again in (left, stale):
        with pytest.raises(Refused, match="redan i läget ”Stödet fortsatte”"):
            actions.leave_closing(by=cast.alma, plan=again, reason="Igen")
    assert write(cast.alma, case).pk != left.pk


SUBMITTED = {"state": "submitted", "submitted_at": NOW, "reason": "moved"}
DECIDED = {**SUBMITTED, "state": "approved", "decided_at": NOW}


@pytest.mark.parametrize(
    ("values", "submitter", "decider", "broken"),
    [
        ({"state": "working", "reason": ""}, False, False, ""),
        ({"state": "left"}, False, False, ""),
        (SUBMITTED, True, False, ""),
        (DECIDED, True, True, ""),
        ({**SUBMITTED, "reason": ""}, True, False, "closing_submitted_whole"),
        ({**SUBMITTED, "submitted_at": None}, True, False, "closing_submitted_whole"),
        (SUBMITTED, False, False, "closing_submitted_whole"),
        ({"submitted_at": NOW}, False, False, "closing_submitted_whole"),
        ({}, True, False, "closing_submitted_whole"),
        (DECIDED, True, False, "closing_decided_whole"),
        ({**DECIDED, "decided_at": None}, True, True, "closing_decided_whole"),
        ({**SUBMITTED, "decided_at": NOW}, True, False, "closing_decided_whole"),
        ({"state": "lost"}, False, False, "closing_state_known"),
    ],
)
def test_what_belongs_together(
    cast: Cast, case: Case, values: dict[str, Any], submitter: bool, decider: bool, broken: str
) -> None:
    write(cast.alma, case)
    people = {"submitted_by": cast.alma if submitter else None, "decided_by": cast.cecilia if decider else None}

    def change() -> int:
        with transaction.atomic(), trail.bulk(Tag.IMPORTED):
            return int(ClosingPlan.objects.update(**people, **values))

    if not broken:
        assert change() == 1
        return
    with pytest.raises(IntegrityError, match=broken):
        change()


def test_one_plan_goes_on_in_a_case(cast: Cast, case: Case) -> None:
    actions.leave_closing(by=cast.alma, plan=write(cast.alma, case), reason="Nej")
    write(cast.alma, case)
    with pytest.raises(IntegrityError), transaction.atomic(), trail.bulk(Tag.IMPORTED):
        ClosingPlan.objects.update(state="working")
