"""The act that writes a safety plan, and its rule."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from audit.tags import Tag
from casework import policy
from casework.cases import actions as cases
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.cases.safety import actions, readers, rules
from casework.cases.safety.models import SafetyPlan
from casework.records import StaleEdit
from tests.cast import Cast
from tests.fixtures import cases_of, last_event

TODAY = timezone.localdate()


def write(cast: Cast, case: Case, **more: Any) -> SafetyPlan:
    facts = {"by": cast.alma, "avoid": ["transit", "shop"], "advice": "Gå in\nförst", "review_on": TODAY, "version": 0}
    return actions.set_safety(case=case, **{**facts, **more})


def test_a_plan_is_written_and_written_over(cast: Cast, case: Case) -> None:
    assert readers.avoided(case) == []
    assert readers.plan_of(case) is None
    plan = write(cast, case)
    assert readers.avoided(case) == ["shop", "transit"]
    assert cases_of(last_event(Tag.SAFETY_SET)) == {case.number}
    write(cast, case, avoid=[], advice="", review_on=TODAY + timedelta(days=9), version=plan.version)
    found = readers.plan_of(case)
    assert found is not None
    assert (found.plan.pk, found.avoid, found.advice, found.first_line, found.late) == (plan.pk, [], "", "", False)
    assert found.plan.version == 2


def test_what_it_says_does_not_stand_in_clear(cast: Cast, case: Case) -> None:
    write(cast, case, advice="Hemlig överenskommelse")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {SafetyPlan._meta.db_table}")
        row = repr(cursor.fetchall())
    for word in ("Hemlig", "transit", "shop", "Buss"):
        assert word not in row


@pytest.mark.parametrize("version", [0, 2])
def test_a_plan_saved_in_between_is_not_written_over(cast: Cast, case: Case, version: int) -> None:
    write(cast, case)
    with pytest.raises(StaleEdit):
        write(cast, case, advice="Annat", version=version)
    found = readers.plan_of(case)
    assert found is not None
    assert found.first_line == "Gå in"


def test_a_plan_that_is_gone_is_not_taken_for_the_one_seen(cast: Cast, case: Case) -> None:
    with pytest.raises(StaleEdit):
        write(cast, case, version=1)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"avoid": ["shop", "Torget 3"]}, "slags platser som finns i listan"),
        ({"review_on": TODAY - timedelta(days=1)}, "har redan passerat"),
    ],
)
def test_what_cannot_be_is_refused(cast: Cast, case: Case, more: dict[str, Any], message: str) -> None:
    with pytest.raises(Refused, match=message):
        write(cast, case, **more)
    assert not SafetyPlan.objects.exists()


@pytest.mark.parametrize("who", ["bo", "cecilia", "eva", "dag", "lo"])
def test_only_those_who_support_the_person_write(cast: Cast, case: Case, who: str) -> None:
    user = getattr(cast, who)
    assert not rules.can_set(user, case)
    with pytest.raises(policy.Forbidden):
        write(cast, case, by=user)


def test_a_closed_case_is_refused(cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rules.can_set(cast.alma, case)
    seen_open = Case.objects.get(pk=case.pk)
    cases.move_case(by=cast.cecilia, case=case, name="begin_closing", reason="Klart")
    case.refresh_from_db()
    monkeypatch.setattr(cases, "on_closing", [])
    done = cases.close_case(by=cast.cecilia, case=case, closure_reason="moved", note="Flyttat")
    for stage in (done, seen_open):
        with pytest.raises(Refused, match="Ärendet är avslutat"):
            write(cast, stage)
