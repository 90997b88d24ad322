"""What the work of the kontaktperson puts on the timeline and on the summary's sheet."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.timeline import readers
from contacts.assignments import actions as assignments
from contacts.models import (
    Appointment,
    ClosingPlan,
    ContactRhythm,
    Cover,
    Goal,
    GroupSession,
    Handover,
    PlanStep,
    Presentation,
    RecoveryPlan,
    StrengthsAssessment,
)
from contacts.review.actions import review_case
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, text

TODAY = timezone.localdate()
NOW = timezone.now()
HANDED_IN = {"person_approved_on": TODAY, "person_approved_way": "said_meeting", "follow_up_on": TODAY}


def made(model: Any, case: Case, **facts: Any) -> Any:
    """A row as it may stand in the database."""
    words = model._meta.get_field("words").group if hasattr(model, "words") else None
    told = {
        name: facts.pop(name) for name in list(facts) if words and name in words.__dataclass_fields__ and name != "who"
    }
    row = model(case=case, client_id=case.client_id, **facts)
    if told:
        row.words = words(**told)
    with trail.act(Tag.IMPORTED):
        row.save()
    return row


def titles(case: Case, kind: str, **chosen: Any) -> list[str]:
    days = readers.page(case, kind=kind, **chosen).days  # type: ignore[attr-defined]
    return [shown.entry.title for day in days for shown in day.shown]


def test_tasks_are_asked_answered_and_ended(cast: Cast) -> None:
    case = factories.make_case(cast.cecilia)
    task = factories.assign(cast.cecilia, case, cast.alma)
    asked = assignments.offer_assignment(by=cast.cecilia, case=case, user=cast.bo, kind="deputy", no_conflict=True)
    assignments.decline_assignment(by=cast.bo, assignment=asked, code="workload", reason="Hinner inte")
    again = assignments.offer_assignment(by=cast.cecilia, case=case, user=cast.bo, kind="deputy", no_conflict=True)
    assignments.withdraw_assignment(by=cast.cecilia, assignment=again)
    assignments.end_assignment(by=cast.cecilia, assignment=task, close_reason="ended", reason="Byter tjänst")
    assert titles(case, "assignment") == [
        "Alma Lind är inte längre kontaktperson",
        "Frågan till Bo Ek togs tillbaka",
        "Bo Ek fick frågan: ersättare",
        "Bo Ek tackade nej till uppdraget",
        "Bo Ek fick frågan: ersättare",
        "Alma Lind blev kontaktperson",
        "Alma Lind fick frågan: kontaktperson",
    ]


def test_the_plan_and_its_goals(cast: Cast, case: Case) -> None:
    handed = {"submitted_by": cast.alma, "submitted_at": NOW - timedelta(days=2), **HANDED_IN}
    made(RecoveryPlan, case, number=1, state="approved", decided_by=cast.cecilia, decided_at=NOW, **handed)
    goal = made(Goal, case, number=1, area="work", started_on=TODAY - timedelta(days=3), words="Ett eget jobb")
    for number, state in ((2, "reached"), (3, "dropped")):
        made(Goal, case, number=number, area="care", state=state, started_on=TODAY, ended_on=TODAY, words="Må bra")
    for number, state in ((1, "done"), (2, "dropped")):
        made(PlanStep, case, goal=goal, number=number, state=state, ended_on=TODAY, what="Skriva ett cv")
    made(StrengthsAssessment, case, number=1, state="signed", opened_by=cast.alma, signed_by=cast.alma, signed_at=NOW)
    assert titles(case, "plan") == ["Plan 1 godkändes", "Plan 1 lämnades för godkännande"]
    assert sorted(titles(case, "goal")) == [
        "Mål 1 sattes", "Mål 2 nåddes", "Mål 2 sattes", "Mål 3 sattes", "Mål 3 är inte längre aktuellt",
    ]  # fmt: skip
    assert titles(case, "plan_step") == ["Delmål 1.1 blev klart"]
    assert titles(case, "assessment") == ["Styrkebedömning 1 signerades"]


def test_rhythm_times_supervision_and_review(cast: Cast, case: Case) -> None:
    made(ContactRhythm, case, every=14, agreed_on=TODAY, set_by=cast.alma)
    facts = {"user": cast.alma, "kind": "meeting", "minutes": 30, "starts_at": NOW - timedelta(hours=3)}
    made(Appointment, case, state="held", what="Möte på banken", **facts)
    made(Appointment, case, **{**facts, "kind": "reminder", "minutes": None}, state="held", what="Ringa")
    made(Appointment, case, state="cancelled", what="Inställt", **facts)
    session = GroupSession(section=cast.section, led_by=cast.cecilia, planned_at=NOW)
    with trail.act(Tag.IMPORTED):
        session.save()
    made(Presentation, case, session=session, presenter=cast.alma)
    review_case(
        by=cast.cecilia, case=case, decision="more", weight=2, next_on=TODAY + timedelta(days=9), note="Hemligt"
    )
    assert titles(case, "rhythm") == ["Kontaktrytm: varannan vecka"]
    assert sorted(titles(case, "appointment")) == ["Mötet blev av", "Påminnelsen är klar"]
    assert titles(case, "supervision") == ["Ärendet togs upp till grupphandledning"]
    [day] = readers.page(case, kind="review").days  # type: ignore[attr-defined]
    assert day.shown[0].entry.text == f"Mer stöd behövs. Nästa genomgång {TODAY + timedelta(days=9)}."


def test_cover_handover_and_closing(cast: Cast, case: Case) -> None:
    who = {"absent": cast.alma, "substitute": cast.bo, "set_by": cast.cecilia}
    made(Cover, case, starts_on=TODAY, ends_on=TODAY, ended_at=NOW, **who)
    people = {"giver": cast.alma, "taker": cast.bo, "planned_by": cast.cecilia, "planned_on": TODAY}
    made(Handover, case, state="done", ended_at=NOW, **people)
    made(Handover, case, state="cancelled", ended_at=NOW, **people)
    handed = {"submitted_by": cast.alma, "submitted_at": NOW - timedelta(days=1), "reason": "moved"}
    made(ClosingPlan, case, state="approved", decided_by=cast.cecilia, decided_at=NOW, **handed)
    assert sorted(titles(case, "cover")) == ["Bo Ek täcker för Alma Lind", "Bo Ek täcker för Alma Lind: avbröts"]
    assert {title.rpartition(" ")[2] for title in titles(case, "handover")} == {"planerades", "klar", "in"}
    assert titles(case, "closing") == ["Avslutet godkändes", "Avslutet lämnades för godkännande"]


@pytest.mark.parametrize(("days", "found"), [(0, 1), (1, 1), (-1, 0)])
def test_a_day_counts_as_since_the_same_day(cast: Cast, case: Case, days: int, found: int) -> None:
    made(Goal, case, number=1, area="work", started_on=TODAY, words="Ett eget jobb")
    assert len(titles(case, "goal", since=NOW - timedelta(days=days))) == found


def test_the_sheet_tells_goals_times_decisions_and_what_is_left(signed_in: SignIn, cast: Cast, case: Case) -> None:
    goal = made(Goal, case, number=1, area="work", words="Ett eget jobb")
    made(PlanStep, case, goal=goal, number=1, due_on=TODAY - timedelta(days=1), what="Skriva ett cv")
    made(Goal, case, number=2, area="care", state="reached", ended_on=TODAY, words="Redan nått")
    made(Appointment, case, user=cast.alma, kind="meeting", minutes=30, starts_at=NOW + timedelta(days=1),
         what="Möte på banken", where="Stortorget")  # fmt: skip
    made(RecoveryPlan, case, number=1, state="submitted", submitted_by=cast.alma, submitted_at=NOW, **HANDED_IN)
    made(ClosingPlan, case, state="submitted", submitted_by=cast.alma, submitted_at=NOW, reason="moved")
    made(
        Handover,
        case,
        giver=cast.alma,
        taker=cast.bo,
        planned_by=cast.cecilia,
        planned_on=TODAY,
        summary="Börja med banken",
    )
    made(Cover, case, starts_on=TODAY, ends_on=TODAY, absent=cast.alma, substitute=cast.bo, set_by=cast.cecilia)
    made(ContactRhythm, case, every=14, agreed_on=TODAY, set_by=cast.alma)
    review_case(
        by=cast.cecilia, case=case, decision="more", weight=2, next_on=TODAY + timedelta(days=9), note="Ta hjälp"
    )
    page = text(signed_in(cast.alma).get(f"/arenden/{case.number}/sammanfattning/"))
    told = (
        "Ett eget jobb", "Skriva ett cv", "Möte på banken", "Plan 1 väntar på godkännande", "Avslutet väntar",
        "Börja med banken", "Inte gjort än: kodordet lämnat över", "Täcker nu", "Varannan vecka", "Ta hjälp",
        "Delmål försenat",
    )  # fmt: skip
    assert [words for words in told if words not in page] == []
    assert "Redan nått" not in page
    assert "Stortorget" not in page
