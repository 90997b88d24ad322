"""Choosing among the ideas: each becomes a step of the person's plan."""

from contextlib import nullcontext
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.policy import Forbidden
from contacts.goals.models import Goal, PlanStep
from contacts.supervision import actions, rules
from contacts.supervision.models import GroupSession, Idea, IdeaWords, Presentation
from tests import factories
from tests.cast import Cast
from tests.contacts.supervision.group import bring, close, finish, idea, make_goal, make_group
from tests.fixtures import cases_of, last_event

WEEK = timezone.localdate() + timedelta(days=7)


@pytest.fixture
def group(cast: Cast) -> GroupSession:
    return make_group(cast.cecilia, cast.alma, cast.bo)


@pytest.fixture
def sheet(cast: Cast, case: Case, group: GroupSession) -> Presentation:
    return bring(cast.alma, group, case)


@pytest.fixture
def goal(cast: Cast, case: Case) -> Goal:
    return make_goal(cast.alma, case)


def choose(cast: Cast, sheet: Presentation, *chosen: tuple[Idea, Goal], due: date = WEEK, day: date = WEEK) -> None:
    picked = [actions.Choice(one, goal, due) for one, goal in chosen]
    actions.choose_ideas(by=cast.alma, presentation=sheet, chosen=picked, follow_up_on=day, read_back="Två bra")


def test_chosen_ideas_become_steps(cast: Cast, case: Case, sheet: Presentation, goal: Goal) -> None:
    first, second, third = (idea(cast.bo, sheet, text) for text in ("Ring kören", "Gå dit", "Vänta"))
    choose(cast, sheet, (first, goal), (third, goal))
    steps = {step.words.open().what: step for step in PlanStep.objects.all()}
    assert set(steps) == {"Ring kören", "Vänta"}
    assert {step.due_on for step in steps.values()} == {WEEK}
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.plan_step, second.plan_step, second.chosen_at) == (steps["Ring kören"], None, None)
    sheet.refresh_from_db()
    assert (sheet.follow_up_on, sheet.sheet.open().read_back, sheet.version) == (WEEK, "Två bra", 2)
    assert sheet.sheet.open().wishes == "Sjunga igen"
    assert cases_of(last_event(Tag.IDEAS_CHOSEN)) == {case.number}


def test_more_can_be_chosen_afterwards_but_none_twice(
    cast: Cast, group: GroupSession, sheet: Presentation, goal: Goal
) -> None:
    first, second = idea(cast.bo, sheet, "Ett"), idea(cast.bo, sheet, "Två")
    choose(cast, sheet, (first, goal))
    finish(cast.cecilia, group)
    sheet = Presentation.objects.get()
    choose(cast, sheet, (second, goal))
    with pytest.raises(Refused, match="redan vald"):
        choose(cast, sheet, (first, goal))
    assert PlanStep.objects.count() == 2


def test_what_cannot_be_chosen(cast: Cast, sheet: Presentation, goal: Goal) -> None:
    mine = idea(cast.bo, sheet)
    with pytest.raises(Refused, match="minst en"):
        choose(cast, sheet)
    yesterday = timezone.localdate() - timedelta(days=1)
    for days in ({"due": yesterday}, {"day": yesterday}):
        with pytest.raises(Refused, match="inte har passerat"):
            choose(cast, sheet, (mine, goal), **days)
    other_case = factories.make_case(cast.cecilia)
    factories.assign(cast.cecilia, other_case, cast.alma)
    other = bring(cast.alma, make_group(cast.cecilia, cast.alma), other_case)
    with pytest.raises(Refused, match="annat ärende"):
        choose(cast, other, (mine, goal))
    assert not PlanStep.objects.exists()


def test_who_chooses_and_when(cast: Cast, case: Case, goal: Goal) -> None:
    group = make_group(cast.cecilia, cast.alma, cast.bo, state="planned")
    sheet = bring(cast.alma, group, case)
    assert not rules.can_choose(cast.alma, sheet)
    actions.move_session(by=cast.cecilia, session=group, name="begin")
    sheet = Presentation.objects.get()
    mine = idea(cast.bo, sheet)
    assert rules.can_choose(cast.alma, sheet)
    for user in (cast.bo, cast.cecilia, cast.eva):
        assert not rules.can_choose(user, sheet)
        with pytest.raises(Forbidden):
            actions.choose_ideas(
                by=user, presentation=sheet, chosen=[actions.Choice(mine, goal, WEEK)], follow_up_on=WEEK
            )
    close(cast.cecilia, cast.alma, case)
    assert not rules.can_choose(cast.alma, Presentation.objects.get())


@pytest.mark.parametrize(
    ("chosen", "step", "broken"),
    [
        (False, False, ""),
        (True, True, ""),
        (True, False, "idea_chosen_whole"),
        (False, True, "idea_chosen_whole"),
    ],
)
def test_an_idea_is_chosen_with_its_step_or_not_at_all(
    cast: Cast, sheet: Presentation, goal: Goal, chosen: bool, step: bool, broken: str
) -> None:
    choose(cast, sheet, (idea(cast.bo, sheet), goal))
    row = Idea(presentation=sheet, client_id=sheet.client_id, author=cast.bo, words=IdeaWords(text="x"))
    row.chosen_at = timezone.now() if chosen else None
    row.plan_step = PlanStep.objects.get() if step else None
    with pytest.raises(IntegrityError, match=broken) if broken else nullcontext(), transaction.atomic():
        row.save()
