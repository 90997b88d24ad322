"""What the database holds together, and what stands sealed in it."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from contacts.goals import actions
from contacts.goals.models import Goal, PlanStep, RecoveryPlan
from tests.cast import Cast
from tests.contacts.goals import making

NOW, TODAY = timezone.now(), timezone.localdate()
HANDED_IN = {
    "submitted_at": NOW, "follow_up_on": TODAY, "person_approved_on": TODAY, "person_approved_way": "said_phone",
}  # fmt: skip
DECIDED = {**HANDED_IN, "decided_at": NOW}


def held(model: type[models.Model], values: dict[str, Any], broken: str) -> None:
    def change() -> int:
        with transaction.atomic(), trail.bulk(Tag.IMPORTED):
            return model._default_manager.update(**values)

    if not broken:
        assert change() == 1
        return
    with pytest.raises(IntegrityError, match=broken):
        change()


@pytest.mark.parametrize(
    ("values", "broken"),
    [
        ({"state": "reached", "ended_on": TODAY}, ""),
        ({"state": "dropped", "ended_on": TODAY}, ""),
        ({"state": "paused"}, ""),
        ({"state": "reached"}, "goal_ended_whole"),
        ({"state": "dropped"}, "goal_ended_whole"),
        ({"ended_on": TODAY}, "goal_ended_whole"),
        ({"state": "forgotten"}, "goal_state_known|goal_ended_whole"),
        ({"area": "moon"}, "goal_area_known"),
    ],
)
def test_what_belongs_together_in_a_goal(cast: Cast, case: Case, values: dict[str, Any], broken: str) -> None:
    making.goal(cast.alma, case)
    held(Goal, values, broken)


@pytest.mark.parametrize(
    ("values", "broken"),
    [
        ({"state": "done", "ended_on": TODAY}, ""),
        ({"state": "dropped", "ended_on": TODAY}, ""),
        ({"state": "done"}, "plan_step_ended_whole"),
        ({"ended_on": TODAY}, "plan_step_ended_whole"),
        ({"state": "lost"}, "plan_step_state_known|plan_step_ended_whole"),
    ],
)
def test_what_belongs_together_in_a_step(cast: Cast, case: Case, values: dict[str, Any], broken: str) -> None:
    making.step(cast.alma, making.goal(cast.alma, case))
    held(PlanStep, values, broken)


@pytest.mark.parametrize(
    ("values", "by", "broken"),
    [
        ({"state": "submitted", **HANDED_IN}, ["submitted_by"], ""),
        ({"state": "approved", **DECIDED}, ["submitted_by", "decided_by"], ""),
        ({"state": "replaced", **DECIDED}, ["submitted_by", "decided_by"], ""),
        ({"state": "submitted"}, [], "plan_submitted_whole"),
        ({"state": "submitted", **HANDED_IN}, [], "plan_submitted_whole"),
        ({"state": "submitted", **HANDED_IN, "follow_up_on": None}, ["submitted_by"], "plan_submitted_whole"),
        ({"state": "submitted", **HANDED_IN, "person_approved_way": ""}, ["submitted_by"], "plan_submitted_whole"),
        ({"submitted_at": NOW}, [], "plan_submitted_whole"),
        ({"state": "approved", **HANDED_IN}, ["submitted_by"], "plan_decided_whole"),
        ({"state": "approved", **DECIDED}, ["submitted_by"], "plan_decided_whole"),
        ({"decided_at": NOW}, [], "plan_decided_whole"),
        ({"state": "thrown"}, [], "plan_state_known|plan_submitted_whole|plan_decided_whole"),
    ],
)
def test_what_belongs_together_in_a_plan(
    cast: Cast, case: Case, values: dict[str, Any], by: list[str], broken: str
) -> None:
    making.goal(cast.alma, case)
    held(RecoveryPlan, {**values, **dict.fromkeys(by, cast.alma)}, broken)


def test_numbers_are_given_once_and_one_plan_is_in_force(cast: Cast, case: Case) -> None:
    making.approved(cast, case)
    making.step(cast.alma, making.goal(cast.alma, case))
    row = {"case": case, "client_id": case.client_id, "number": 1}
    decided = {**DECIDED, "submitted_by": cast.alma, "decided_by": cast.cecilia}
    for made in (
        Goal(**row, area="work"),
        PlanStep(**row, goal=Goal.objects.get(number=1)),
        RecoveryPlan(**row, state="replaced", **decided),
        RecoveryPlan(**{**row, "number": 9}),
        RecoveryPlan(**{**row, "number": 9}, state="approved", **decided),
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), trail.act(Tag.IMPORTED):
            made.save()


def test_no_word_of_a_goal_stands_in_clear(cast: Cast, case: Case) -> None:
    goal = making.goal(cast.alma, case, "Blåbärsmålet", why="Blåbärsskäl", natural="Blåbärsmoster", formal="Blåbärs AB")
    making.step(cast.alma, goal, "Blåbärssteg", who="Blåbärsbror", done_when="Blåbär", comment="Blåbärskommentar")
    plan = making.submitted(cast.alma, case, remark="Blåbärsord")
    actions.send_back(by=cast.cecilia, plan=plan, why="Blåbärsretur")
    actions.move_goal(by=cast.alma, goal=goal, name="drop", result="Blåbärsslut")
    with connection.cursor() as cursor:
        for table in ("contacts_goal", "contacts_planstep", "contacts_recoveryplan", "audit_event"):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = repr([[bytes(value) if isinstance(value, memoryview) else value for value in row] for row in cursor])
            assert "låbär" not in rows
            assert "l\\xc3\\xa5b" not in rows
