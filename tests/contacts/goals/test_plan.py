"""Handing in, sending back and approving the plan; what a number said stays as it was."""

from datetime import timedelta
from typing import Any

import pytest

from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.policy import Forbidden
from casework.signin.models import Role
from contacts.goals import actions, readers, rules
from contacts.goals.models import GoalWords, RecoveryPlan
from tests import factories
from tests.cast import Cast
from tests.contacts.goals import making
from tests.contacts.goals.making import TODAY
from tests.fixtures import last_event


def states(case: Case) -> dict[int, str]:
    return dict(RecoveryPlan.objects.filter(case=case).values_list("number", "state"))


def test_a_plan_that_is_handed_in_keeps_every_word(cast: Cast, case: Case) -> None:
    goal = making.goal(cast.alma, case, "Jag vill sova lugnt", why="För mig", natural="Systern", formal="Vården")
    making.step(cast.alma, goal, "Köpa gardiner", who="Personen själv", due_on=TODAY, done_when="De hänger")
    making.goal(cast.alma, case, "Vila först")
    actions.move_goal(by=cast.alma, goal=making.goal(cast.alma, case), name="drop", result="Nej")
    plan = making.submitted(cast.alma, case, remark="Hon är nöjd")
    words = RecoveryPlan.objects.get().words.open()
    assert [kept["number"] for kept in words.goals] == [1, 2]
    assert words.goals[0] == {
        "number": 1, "words": "Jag vill sova lugnt", "why": "För mig", "area": "housing", "natural": "Systern",
        "formal": "Vården", "state": "active",
        "steps": [{
            "number": 1, "what": "Köpa gardiner", "who": "Personen själv", "due_on": TODAY.isoformat(),
            "done_when": "De hänger", "comment": "", "state": "planned",
        }],
    }  # fmt: skip
    assert (words.remark, plan.submitted_by, plan.state) == ("Hon är nöjd", cast.alma, "submitted")
    assert last_event(Tag.PLAN_SUBMITTED).reason_code == "said_meeting"


def test_an_approved_number_stays_readable_after_the_goals_have_changed(cast: Cast, case: Case) -> None:
    plan = making.approved(cast, case)
    before = plan.words.open().goals
    goal = readers.goal_of(case, 1)
    actions.change_goal(by=cast.alma, goal=goal, area="work", words=GoalWords(words="Helt annat"), version=1)
    assert RecoveryPlan.objects.get(number=1).words.open().goals == before
    assert states(case) == {1: "approved", 2: "working"}
    assert readers.plan_in_force(case).number == 1


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"person_way": "telegram"}, "hur personen tog ställning"),
        ({"person_on": TODAY + timedelta(days=1)}, "inte ligga framåt"),
        ({"follow_up_on": TODAY}, "en dag framåt"),
    ],
)
def test_a_standpoint_and_a_day_ahead_are_asked_for(cast: Cast, case: Case, more: dict[str, Any], refusal: str) -> None:
    making.step(cast.alma, making.goal(cast.alma, case))
    with pytest.raises(Refused, match=refusal):
        making.submitted(cast.alma, case, **more)
    assert states(case) == {1: "working"}


def test_what_is_missing_is_named(cast: Cast, case: Case) -> None:
    assert readers.missing(case) == ["Ett mål som pågår"]
    with pytest.raises(Refused, match="inget nytt att lämna in"):
        making.submitted(cast.alma, case)
    goal = making.goal(cast.alma, case)
    assert readers.missing(case) == ["Ett delmål, i mål 1"]
    with pytest.raises(Refused, match="ett delmål, i mål 1"):
        making.submitted(cast.alma, case)
    step = making.step(cast.alma, goal)
    assert readers.missing(case) == []
    actions.move_step(by=cast.alma, step=step, name="drop")
    assert readers.missing(case) == ["Ett delmål, i mål 1"]
    actions.move_goal(by=cast.alma, goal=goal, name="pause")
    assert readers.missing(case) == ["Ett mål som pågår"]


def test_a_plan_is_handed_in_once_and_waits(cast: Cast, case: Case) -> None:
    making.step(cast.alma, making.goal(cast.alma, case))
    making.submitted(cast.alma, case)
    with pytest.raises(Refused, match="redan ”Väntar på godkännande”"):
        making.submitted(cast.alma, case)
    making.goal(cast.alma, case, "Ett till")
    assert states(case) == {1: "submitted"}


def test_an_approval_replaces_the_earlier_number(cast: Cast, case: Case) -> None:
    making.approved(cast, case)
    making.step(cast.alma, readers.goal_of(case, 1), "Ännu ett")
    assert states(case) == {1: "approved", 2: "working"}
    plan = actions.approve_plan(by=cast.cecilia, plan=making.submitted(cast.alma, case))
    assert states(case) == {1: "replaced", 2: "approved"}
    assert (plan.decided_by, plan.number) == (cast.cecilia, 2)
    assert plan.ref() in last_event(Tag.PLAN_APPROVED).refs


def test_what_changed_while_the_plan_waited_becomes_the_next_working_number(cast: Cast, case: Case) -> None:
    making.step(cast.alma, making.goal(cast.alma, case))
    plan = making.submitted(cast.alma, case)
    making.goal(cast.alma, case, "Ett till")
    actions.approve_plan(by=cast.cecilia, plan=plan)
    assert states(case) == {1: "approved", 2: "working"}


def test_carrying_a_plan_out_is_no_change_of_it(cast: Cast, case: Case) -> None:
    goal = making.goal(cast.alma, case)
    step = making.step(cast.alma, goal)
    plan = making.submitted(cast.alma, case)
    actions.move_step(by=cast.alma, step=step, name="finish")
    actions.move_goal(by=cast.alma, goal=goal, name="reach", result="Framme")
    actions.approve_plan(by=cast.cecilia, plan=plan)
    assert states(case) == {1: "approved"}
    actions.move_goal(by=cast.alma, goal=goal, name="take_up")
    assert states(case) == {1: "approved", 2: "working"}


def test_a_plan_is_sent_back_with_a_reason_and_handed_in_again(cast: Cast, case: Case) -> None:
    making.step(cast.alma, making.goal(cast.alma, case))
    plan = making.submitted(cast.alma, case)
    with pytest.raises(Refused, match="vad som behöver ändras"):
        actions.send_back(by=cast.cecilia, plan=plan, why=" ")
    back = actions.send_back(by=cast.cecilia, plan=plan, why="Säg vem som gör vad")
    assert (back.state, back.submitted_by, back.submitted_at) == ("working", None, None)
    assert RecoveryPlan.objects.get().words.open().returned_why == "Säg vem som gör vad"
    again = making.submitted(cast.alma, case)
    assert (again.pk, again.words.open().returned_why) == (plan.pk, "Säg vem som gör vad")


def test_a_decision_is_about_the_plan_that_was_read(cast: Cast, case: Case) -> None:
    making.step(cast.alma, making.goal(cast.alma, case))
    plan = making.submitted(cast.alma, case)
    actions.send_back(by=cast.cecilia, plan=plan, why="Mer", version=plan.version)
    making.submitted(cast.alma, case)
    for act in (actions.approve_plan, lambda **facts: actions.send_back(why="Mer", **facts)):
        with pytest.raises(Refused, match="Läs den igen"):
            act(by=cast.cecilia, plan=plan, version=plan.version)
    assert states(case) == {1: "submitted"}


def test_a_plan_is_decided_once(cast: Cast, case: Case) -> None:
    plan = making.approved(cast, case)
    assert not rules.can_decide(cast.cecilia, plan)
    with pytest.raises(Refused, match="väntar inte på beslut"):
        actions.approve_plan(by=cast.cecilia, plan=plan)
    with pytest.raises(Refused, match="väntar inte på beslut"):
        actions.send_back(by=cast.cecilia, plan=plan, why="Ångrar mig")


def test_nobody_approves_what_she_handed_in_herself(cast: Cast, case: Case) -> None:
    making.step(cast.alma, making.goal(cast.alma, case))
    plan = making.submitted(cast.alma, case)
    cast.alma.role = Role.SEKTIONSCHEF
    cast.alma.save()
    cast.section.leaders.add(cast.alma)
    assert rules.can_decide(cast.alma, plan)
    assert not rules.can_approve(cast.alma, plan)
    with pytest.raises(Refused, match="lämnade själv in"):
        actions.approve_plan(by=cast.alma, plan=plan)


def test_only_the_sections_own_chief_decides_and_not_in_a_closed_case(cast: Cast, case: Case) -> None:
    making.step(cast.alma, making.goal(cast.alma, case))
    plan = making.submitted(cast.alma, case)
    for by in (cast.alma, cast.edvin):
        with pytest.raises(Forbidden):
            actions.approve_plan(by=by, plan=plan)
        with pytest.raises(Forbidden):
            actions.send_back(by=by, plan=plan, why="Nej")
    making.closed(cast, case)
    for act in (actions.approve_plan, lambda **facts: actions.send_back(why="Nej", **facts)):
        with pytest.raises(Refused, match="avslutat"):
            act(by=cast.cecilia, plan=plan)


def test_a_deputy_hands_in_too(cast: Cast, case: Case) -> None:
    factories.assign(cast.cecilia, case, cast.bo, kind="deputy")
    making.step(cast.bo, making.goal(cast.bo, case))
    assert making.submitted(cast.bo, case).submitted_by == cast.bo
