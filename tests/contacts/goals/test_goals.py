"""Setting, changing and moving goals and the steps towards them."""

from datetime import timedelta

import pytest

from audit.tags import Tag
from casework.access import actions as access
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.policy import Forbidden
from casework.records import StaleEdit
from contacts.goals import actions, rules
from contacts.goals.models import Goal, GoalWords, PlanStep, RecoveryPlan, StepWords
from tests import factories
from tests.cast import Cast
from tests.contacts.goals import making
from tests.contacts.goals.making import TODAY
from tests.fixtures import cases_of, last_event


def test_a_goal_is_numbered_and_opens_the_plan(cast: Cast, case: Case) -> None:
    first = making.goal(cast.alma, case, why="För barnens skull")
    second = making.goal(cast.alma, case, "Jag vill måla igen", area="everyday")
    assert (first.number, second.number, first.state, first.started_on) == (1, 2, "active", TODAY)
    assert Goal.objects.get(number=1).words.open().why == "För barnens skull"
    plan = RecoveryPlan.objects.get()
    assert (plan.number, plan.state) == (1, "working")
    assert cases_of(last_event(Tag.GOAL_SET)) == {case.number}
    assert second.ref() in last_event(Tag.GOAL_SET).refs
    assert str(first) == f"{case.number} mål 1"
    assert str(plan) == f"{case.number} plan 1"


@pytest.mark.parametrize(
    ("natural", "told", "uses"), [("", False, False), (" ", False, False), ("Grannen", False, True), ("", True, True)]
)
def test_a_goal_uses_natural_resources_when_it_names_some(
    cast: Cast, case: Case, natural: str, told: bool, uses: bool
) -> None:
    words = GoalWords(words="Mål", natural=natural)
    made = actions.set_goal(by=cast.alma, case=case, area="work", words=words, uses_natural=told)
    assert made.uses_natural is uses


def test_a_change_replaces_the_words_and_keeps_what_came_of_it(cast: Cast, case: Case) -> None:
    made = making.goal(cast.alma, case, natural="Körledaren")
    actions.move_goal(by=cast.alma, goal=made, name="reach", result="Det gick")
    actions.move_goal(by=cast.alma, goal=made, name="take_up")
    facts = {"by": cast.alma, "goal": made, "area": "care", "version": 1}
    changed = actions.change_goal(words=GoalWords(words="Nya ord"), **facts)
    words = Goal.objects.get().words.open()
    assert (words.words, words.natural, words.result) == ("Nya ord", "", "Det gick")
    assert (changed.area, changed.uses_natural, changed.version) == ("care", False, 2)
    with pytest.raises(StaleEdit):
        actions.change_goal(words=GoalWords(words="Andra ord"), **facts)


@pytest.mark.parametrize(("name", "ended"), [("reach", True), ("drop", True), ("pause", False)])
def test_a_goal_rests_or_ends_and_is_taken_up_again(cast: Cast, case: Case, name: str, ended: bool) -> None:
    made = making.goal(cast.alma, case)
    moved = actions.move_goal(by=cast.alma, goal=made, name=name, result="Så blev det")
    assert (moved.ended_on == TODAY) is ended
    assert moved.words.open().result == ("Så blev det" if ended else "")
    assert last_event(Tag.GOAL_MOVED).reason_code == f"goal:{name}"
    back = actions.move_goal(by=cast.alma, goal=made, name="take_up")
    assert (back.state, back.ended_on) == ("active", None)


@pytest.mark.parametrize("name", ["reach", "drop"])
def test_an_end_says_what_came_of_the_goal(cast: Cast, case: Case, name: str) -> None:
    made = making.goal(cast.alma, case)
    with pytest.raises(Refused, match="Svara på frågan"):
        actions.move_goal(by=cast.alma, goal=made, name=name, result=" ")
    assert Goal.objects.get().state == "active"


def test_who_moves_a_goal_second_is_told_and_it_happens_once(cast: Cast, case: Case) -> None:
    made = making.goal(cast.alma, case)
    stale = Goal.objects.select_related("case").get()
    actions.move_goal(by=cast.alma, goal=made, name="reach", result="Framme")
    with pytest.raises(Refused, match="redan ”Nått”"):
        actions.move_goal(by=cast.alma, goal=stale, name="reach", result="Också framme")
    assert Goal.objects.get().words.open().result == "Framme"


def test_an_ended_goal_is_taken_up_before_anything_in_it_changes(cast: Cast, case: Case) -> None:
    made = making.goal(cast.alma, case)
    step = making.step(cast.alma, made)
    actions.move_goal(by=cast.alma, goal=made, name="drop", result="Ville inte längre")
    words = StepWords(what="Annat")
    for act in (
        lambda: actions.change_goal(by=cast.alma, goal=made, area="work", words=GoalWords(words="X"), version=1),
        lambda: actions.add_step(by=cast.alma, case=case, goal=made, words=words, due_on=None),
        lambda: actions.change_step(by=cast.alma, step=step, words=words, due_on=None, version=1),
        lambda: actions.move_step(by=cast.alma, step=step, name="finish"),
    ):
        with pytest.raises(Refused, match="Ta upp målet igen"):
            act()


def test_steps_are_numbered_in_their_goal(cast: Cast, case: Case) -> None:
    first, second = making.goal(cast.alma, case), making.goal(cast.alma, case)
    steps = [making.step(cast.alma, goal) for goal in (first, first, second)]
    assert [(step.goal.number, step.number) for step in steps] == [(1, 1), (1, 2), (2, 1)]
    assert str(steps[1]) == f"{case.number} delmål 1.2"
    assert steps[2].ref() in last_event(Tag.PLAN_STEP_SET).refs


def test_a_step_is_changed_with_its_day_and_a_stale_change_refused(cast: Cast, case: Case) -> None:
    step = making.step(cast.alma, making.goal(cast.alma, case))
    facts = {"by": cast.alma, "step": step, "due_on": TODAY + timedelta(days=3), "version": 1}
    changed = actions.change_step(words=StepWords(what="Skriva brev", comment="På gång"), **facts)
    assert (changed.due_on, changed.version) == (TODAY + timedelta(days=3), 2)
    assert PlanStep.objects.get().words.open().comment == "På gång"
    with pytest.raises(StaleEdit):
        actions.change_step(words=StepWords(what="Annat"), **facts)


def test_a_step_is_done_once_and_can_be_taken_up_again(cast: Cast, case: Case) -> None:
    step = making.step(cast.alma, making.goal(cast.alma, case))
    stale = PlanStep.objects.select_related("case", "goal").get()
    done = actions.move_step(by=cast.alma, step=step, name="finish")
    assert (done.state, done.ended_on) == ("done", TODAY)
    with pytest.raises(Refused, match="redan ”Klart”"):
        actions.move_step(by=cast.alma, step=stale, name="finish")
    assert actions.move_step(by=cast.alma, step=step, name="take_up").ended_on is None
    assert actions.move_step(by=cast.alma, step=step, name="drop").state == "dropped"
    assert last_event(Tag.PLAN_STEP_MOVED).reason_code == "plan_step:drop"


def test_nothing_is_set_without_words(cast: Cast, case: Case) -> None:
    with pytest.raises(Refused, match="egna ord"):
        making.goal(cast.alma, case, " ")
    goal = making.goal(cast.alma, case)
    with pytest.raises(Refused, match="vad som ska göras"):
        making.step(cast.alma, goal, "\n")
    with pytest.raises(Refused, match="egna ord"):
        actions.change_goal(by=cast.alma, goal=goal, area="work", words=GoalWords(), version=1)
    with pytest.raises(Refused, match="vad som ska göras"):
        actions.change_step(by=cast.alma, step=making.step(cast.alma, goal), words=StepWords(), due_on=None, version=1)


def test_only_those_who_work_with_the_person_write_her_goals(cast: Cast, case: Case) -> None:
    goal = making.goal(cast.alma, case)
    step = making.step(cast.alma, goal)
    for by in (cast.bo, cast.cecilia, cast.eva):
        assert not rules.can_write(by, case)
        for act in (
            lambda by=by: making.goal(by, case),
            lambda by=by: making.step(by, goal),
            lambda by=by: actions.move_goal(by=by, goal=goal, name="pause"),
            lambda by=by: actions.move_step(by=by, step=step, name="finish"),
            lambda by=by: making.submitted(by, case),
        ):
            with pytest.raises(Forbidden):
                act()
    factories.assign(cast.cecilia, case, cast.bo, kind="deputy")
    assert rules.can_write(cast.bo, case)


def test_a_closed_case_keeps_its_goals_as_they_are(cast: Cast, case: Case) -> None:
    goal = making.goal(cast.alma, case)
    step = making.step(cast.alma, goal)
    stale = Case.objects.get(pk=case.pk)
    done = making.closed(cast, case)
    access.open_grant(by=cast.cecilia, case=done, user=cast.alma, kind="deputy", source=case.pk)
    assert (Goal.objects.get().state, PlanStep.objects.get().state) == ("active", "planned")
    with pytest.raises(Refused, match="avslutat"):
        making.goal(cast.alma, stale)
    for row in (goal, step):
        row.case = stale
    for act in (
        lambda: making.step(cast.alma, goal),
        lambda: actions.move_goal(by=cast.alma, goal=goal, name="pause"),
        lambda: actions.move_step(by=cast.alma, step=step, name="finish"),
        lambda: making.submitted(cast.alma, stale),
    ):
        with pytest.raises(Refused, match="avslutat"):
            act()
