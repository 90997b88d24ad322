"""Signing a support step that belongs to a step of the plan."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.tags import Tag
from casework.cases.journal.actions import Step
from casework.cases.models import Case, JournalNote, NoteContent
from casework.cases.rules import Refused
from casework.policy import Forbidden
from contacts.goals import actions as goals
from contacts.goals.models import GoalWords, PlanStep, StepTie, StepWords
from contacts.steps import actions, readers, rules
from tests import factories
from tests.cast import Cast
from tests.fixtures import cases_of, events, last_event


def planned(cast: Cast, case: Case, *whats: str) -> list[PlanStep]:
    """A goal with steps."""
    goal = goals.set_goal(by=cast.alma, case=case, area="economy", words=GoalWords(words="Egen ekonomi"))
    return [
        goals.add_step(by=cast.alma, case=case, goal=goal, words=StepWords(what=what), due_on=None) for what in whats
    ]


def a_step(**more: Any) -> Step:
    facts = {"kind": "talk", "place": "office", "way": "with", "outcome": "done", "minutes": 30, "text": "Vi ringde"}
    return Step(occurred_at=timezone.now(), **{**facts, **more})


def test_a_step_without_a_plan_is_signed_as_before(cast: Cast, case: Case) -> None:
    note = actions.log_step(by=cast.alma, case=case, step=a_step(), plan_step=None, completes=False)
    assert JournalNote.objects.get() == note
    assert not StepTie.objects.exists()
    with pytest.raises(Refused, match="Välj vilket delmål"):
        actions.log_step(by=cast.alma, case=case, step=a_step(), plan_step=None, completes=True)


@pytest.mark.parametrize("completes", [False, True])
def test_a_step_is_tied_and_may_complete(cast: Cast, case: Case, completes: bool) -> None:
    bank, _ = planned(cast, case, "Ringa banken", "Öppna konto")
    note = actions.log_step(by=cast.alma, case=case, step=a_step(), plan_step=bank, completes=completes)
    tie = StepTie.objects.get()
    assert (tie.note, tie.plan_step, tie.case, tie.completes) == (note, bank, case, completes)
    bank.refresh_from_db()
    assert bank.state == ("done" if completes else "planned")
    assert (bank.ended_on is not None) is completes
    assert cases_of(last_event(Tag.STEP_TIED)) == {case.number}
    assert bool(events(Tag.PLAN_STEP_MOVED)) is completes
    assert readers.ties_of([note])[note.pk] == "Delmål 1.1: Ringa banken" + " – blev klart" * completes


def test_a_step_of_another_case_is_refused(cast: Cast, case: Case) -> None:
    other = factories.make_case(cast.cecilia, given_name="Annan")
    factories.assign(cast.cecilia, other, cast.alma)
    (bank,) = planned(cast, other, "Ringa banken")
    with pytest.raises(Refused, match="annat ärende"):
        actions.log_step(by=cast.alma, case=case, step=a_step(), plan_step=bank, completes=True)
    assert not JournalNote.objects.exists()


@pytest.mark.parametrize(("name", "message"), [("finish", "Klart"), ("drop", "Behövs inte")])
def test_a_step_that_ended_in_between_is_refused(cast: Cast, case: Case, name: str, message: str) -> None:
    (bank,) = planned(cast, case, "Ringa banken")
    ended = goals.move_step(by=cast.alma, step=bank, name=name)
    for row in (bank, ended):
        with pytest.raises(Refused, match=message):
            actions.log_step(by=cast.alma, case=case, step=a_step(), plan_step=row, completes=True)
    assert not rules.can_tie(cast.alma, case, ended)
    assert not JournalNote.objects.exists()


def test_a_goal_that_rests_is_left_alone(cast: Cast, case: Case) -> None:
    (bank,) = planned(cast, case, "Ringa banken")
    assert rules.can_tie(cast.alma, case, bank)
    goals.move_goal(by=cast.alma, goal=bank.goal, name="pause")
    assert readers.open_steps(case) == []
    with pytest.raises(Refused, match="Målets läge är ”Vilar”"):
        actions.log_step(by=cast.alma, case=case, step=a_step(), plan_step=bank)
    assert not JournalNote.objects.exists()


@pytest.mark.parametrize("who", ["bo", "cecilia", "eva", "lo"])
def test_only_those_who_support_the_person_sign(cast: Cast, case: Case, who: str) -> None:
    (bank,) = planned(cast, case, "Ringa banken")
    with pytest.raises(Forbidden):
        actions.log_step(by=getattr(cast, who), case=case, step=a_step(), plan_step=bank)


def test_all_or_nothing(cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    (bank,) = planned(cast, case, "Ringa banken")
    late = replace(a_step(), occurred_at=timezone.now() + timedelta(days=1))
    with pytest.raises(Refused, match="Tiden ligger framåt"):
        actions.log_step(by=cast.alma, case=case, step=late, plan_step=bank, completes=True)
    monkeypatch.setattr(goals, "move_step", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.log_step(by=cast.alma, case=case, step=a_step(), plan_step=bank, completes=True)
    assert not JournalNote.objects.exists()
    assert not StepTie.objects.exists()
    assert not events(Tag.STEP_SIGNED, Tag.STEP_TIED)


@pytest.mark.parametrize(
    ("place", "place_type", "exposure", "stands"),
    [
        ("community", "shop", "calm", True),
        ("office", "", "", True),
        ("community", "", "", False),
        ("community", "shop", "", False),
        ("community", "", "calm", False),
        ("office", "shop", "calm", False),
        ("office", "shop", "", False),
        ("office", "", "calm", False),
    ],
)
def test_note_public_whole(cast: Cast, case: Case, place: str, place_type: str, exposure: str, stands: bool) -> None:
    now = timezone.now()
    note = JournalNote(
        case=case, client_id=case.client_id, author=cast.alma, entry="step", occurred_at=now, signed_at=now,
        kind="talk", way="with", outcome="done", minutes=5, content=NoteContent(text="x"),
        place=place, place_type=place_type, exposure=exposure,
    )  # fmt: skip
    if stands:
        note.save()
        return
    with pytest.raises(IntegrityError, match="note_public_whole"), transaction.atomic():
        note.save()
