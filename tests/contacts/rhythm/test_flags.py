"""What is no longer in time, by the day: N - 1, N and N + 1."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from casework.cases import actions as cases
from casework.cases.models import Case, JournalNote
from casework.cases.safety.models import SafetyPlan, SafetyWords
from contacts.goals.models import GoalWords, PlanWords, StepWords
from contacts.models import CaseReview, Goal, PlanStep, RecoveryPlan, StrengthsAssessment
from contacts.review.models import ReviewWords
from contacts.rhythm import flags
from contacts.rhythm.actions import agree_rhythm
from contacts.strengths.models import AssessmentWords
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, text

TODAY = timezone.localdate()
METHOD = settings.METHOD
GRACE = METHOD["grace_days"]
WANTS, SMALL = GoalWords(words="Jag vill ha en egen nyckel"), StepWords(what="Ringa om bostadskön")


def days_ago(days: int) -> Any:
    return timezone.now() - timedelta(days=days)


def day(ago: int) -> date:
    return TODAY - timedelta(days=ago)


def own_case(cast: Cast, taken_in: int = 0) -> Case:
    made = factories.make_case(cast.cecilia, taken_in_days_ago=taken_in)
    factories.assign(cast.cecilia, made, cast.alma)
    return made


def codes(case: Case) -> dict[str, str]:
    """Code -> grade of the flags of a case."""
    return {flag.code: flag.grade for flag in flags.of_cases([case])[case.pk]}


def assessed(case: Case, by: Any, ago: int, number: int = 1) -> None:
    StrengthsAssessment(
        case=case, client_id=case.client_id, number=number, state="signed", opened_by=by, signed_by=by,
        signed_at=days_ago(ago), words=AssessmentWords(),
    ).save()  # fmt: skip


def planned(case: Case, by: Any, follow_up: date) -> None:
    RecoveryPlan(
        case=case, client_id=case.client_id, number=1, state="approved", person_approved_on=TODAY,
        person_approved_way="said_phone", follow_up_on=follow_up, submitted_by=by, submitted_at=timezone.now(),
        decided_by=by, decided_at=timezone.now(), words=PlanWords(),
    ).save()  # fmt: skip


def goal_of(case: Case, state: str = "active", number: int = 1) -> Goal:
    goal = Goal(case=case, client_id=case.client_id, number=number, area="work", state=state, words=WANTS)
    goal.save()
    return goal


def step_of(goal: Goal, due: date | None, number: int = 1, **more: Any) -> None:
    PlanStep(case=goal.case, client_id=goal.client_id, goal=goal, number=number, due_on=due, words=SMALL, **more).save()


def reviewed(case: Case, by: Any, next_on: date, ago: int = 0) -> None:
    CaseReview(
        case=case, client_id=case.client_id, reviewer=by, decision="go_on", next_on=next_on,
        reviewed_at=days_ago(ago), words=ReviewWords(),
    ).save()  # fmt: skip


def safe(case: Case, by: Any, review_on: date) -> None:
    SafetyPlan(case=case, client_id=case.client_id, review_on=review_on, written_by=by, words=SafetyWords()).save()


# --- each flag at its edge --------------------------------------------------------------------------------------------

INTAKE_EDGES = [
    ("first_contact", METHOD["first_contact_days"]),
    ("assessment", METHOD["assessment_days"]),
    ("plan", METHOD["plan_days"]),
    ("review", METHOD["review_days"]),
]


@pytest.mark.parametrize(("code", "days"), INTAKE_EDGES)
def test_what_is_to_be_done_within_some_days_of_intake(cast: Cast, code: str, days: int) -> None:
    grades = [codes(own_case(cast, taken_in=days + more)).get(code) for more in (-1, 0, 1, GRACE, GRACE + 1)]
    assert grades == [None, None, "due", "due", "late"]


def test_the_first_contact_is_one_that_reached_her_or_was_noted_at_intake(cast: Cast) -> None:
    case = own_case(cast, taken_in=20)
    factories.make_step(cast.alma, case, outcome="attempted")
    factories.make_step(cast.alma, case, way="for")
    assert codes(case)["first_contact"] == "late"
    factories.make_step(cast.alma, case)
    assert "first_contact" not in codes(case)
    told = own_case(cast, taken_in=20)
    told.first_contact_on = day(20)
    told.save()
    assert codes(told) == {"contact": "due"}


@pytest.mark.parametrize("every", [None, 7, 91])
def test_contact_is_due_on_the_day_of_the_rhythm(cast: Cast, every: int | None) -> None:
    days = every or METHOD["rhythm_days"]
    grades = []
    for more in (-1, 0, 1, GRACE - 1, GRACE):
        case = own_case(cast, taken_in=200)
        if every:
            agree_rhythm(
                by=cast.alma, case=case, every=every, agreed_on=TODAY, with_person=True, why="", phase="support"
            )
        factories.make_step(cast.alma, case, when=days_ago(days + more))
        factories.make_step(cast.alma, case, outcome="attempted")
        grades.append(codes(case).get("contact"))
    assert grades == [None, "due", "due", "due", "late"]


def test_an_assessment_grows_old_and_the_newest_counts(cast: Cast) -> None:
    grades = []
    for more in (-1, 0, 1, GRACE + 1):
        case = own_case(cast)
        assessed(case, cast.alma, METHOD["assessment_age_days"] + more)
        grades.append(codes(case).get("assessment"))
    assert grades == [None, None, "due", "late"]
    assessed(case, cast.alma, 0, number=2)
    assert "assessment" not in codes(case)


def test_an_assessment_that_is_worked_on_is_none_yet(cast: Cast) -> None:
    case = own_case(cast, taken_in=METHOD["assessment_days"] + 1)
    StrengthsAssessment(
        case=case, client_id=case.client_id, number=1, opened_by=cast.alma, words=AssessmentWords()
    ).save()
    [flag] = [flag for flag in flags.of_cases([case])[case.pk] if flag.code == "assessment"]
    assert (flag.text, flag.since) == ("Styrkebedömning saknas", TODAY)


Set_up = Callable[[Case, Any, date], None]


@pytest.mark.parametrize(
    ("code", "make"),
    [
        ("plan_follow_up", planned),
        ("review", reviewed),
        ("safety_review", safe),
        ("steps_due", lambda case, by, on: step_of(goal_of(case), on)),
    ],
)
def test_a_day_that_is_set_may_come_but_not_pass(cast: Cast, code: str, make: Set_up) -> None:
    grades, since = [], []
    for ago in (-1, 0, 1, GRACE, GRACE + 1):
        case = own_case(cast)
        make(case, cast.alma, day(ago))
        found = [flag for flag in flags.of_cases([case])[case.pk] if flag.code == code]
        grades.append(found[0].grade if found else None)
        since += [flag.since for flag in found]
    assert grades == [None, None, "due", "due", "late"]
    assert since == [TODAY, day(GRACE - 1), day(GRACE)]


def test_an_approved_plan_takes_the_place_of_the_flag_that_there_is_none(cast: Cast) -> None:
    case = own_case(cast, taken_in=METHOD["plan_days"] + 1)
    assert "plan" in codes(case)
    planned(case, cast.alma, TODAY)
    assert not {"plan", "plan_follow_up"} & codes(case).keys()


def test_steps_are_counted_when_they_are_open_and_their_goal_active(cast: Cast) -> None:
    case = own_case(cast)
    active = goal_of(case)
    step_of(active, day(3))
    step_of(active, None, 2)
    step_of(active, day(9), 3, state="done", ended_on=TODAY)
    step_of(goal_of(case, "paused", 2), day(9))
    [flag] = [flag for flag in flags.of_cases([case])[case.pk] if flag.code == "steps_due"]
    assert (flag.text, flag.since) == ("Delmål försenat", day(2))
    step_of(active, day(GRACE + 1), 4)
    [flag] = [flag for flag in flags.of_cases([case])[case.pk] if flag.code == "steps_due"]
    assert (flag.text, flag.since, flag.grade) == ("2 delmål försenade", day(GRACE), "late")


def test_the_newest_review_says_when_the_next_one_is(cast: Cast) -> None:
    case = own_case(cast)
    reviewed(case, cast.cecilia, day(50), ago=80)
    assert codes(case)["review"] == "late"
    reviewed(case, cast.cecilia, day(-40))
    assert "review" not in codes(case)


# --- states -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moves", "expected"),
    [
        ((), {"contact", "assessment", "plan", "steps_due", "review", "safety_review"}),
        (("rest",), {"review", "safety_review"}),
        (("begin_closing",), {"contact", "steps_due", "review", "safety_review"}),
    ],
)
def test_only_what_makes_sense_in_the_state_is_flagged(cast: Cast, moves: tuple[str, ...], expected: set[str]) -> None:
    case = own_case(cast, taken_in=300)
    factories.make_step(cast.alma, case, when=days_ago(299))
    step_of(goal_of(case), day(9))
    safe(case, cast.alma, day(9))
    for name in moves:
        case = cases.move_case(by=cast.alma, case=case, name=name, reason="Så")
    assert codes(case).keys() == expected


def test_a_new_case_waits_for_its_first_contact_and_a_closed_one_for_nothing(cast: Cast) -> None:
    case = factories.make_case(cast.cecilia, taken_in_days_ago=300)
    assert codes(case) == {"first_contact": "late", "review": "late"}
    done = cases.close_case(by=cast.cecilia, case=case, closure_reason="own_wish", note="Hon ville inte")
    assert codes(done) == {}
    assert flags.standings([done])[done.pk].contact_due is None


def test_when_the_next_contact_is_due(cast: Cast) -> None:
    case = own_case(cast, taken_in=2)
    assert flags.standings([case])[case.pk].contact_due == day(2 - METHOD["first_contact_days"])
    factories.make_step(cast.alma, case, when=days_ago(1))
    assert flags.standings([case])[case.pk].contact_due == day(1 - METHOD["rhythm_days"])
    case.refresh_from_db()
    cases.move_case(by=cast.alma, case=case, name="rest", reason="Paus")
    assert flags.standings([case])[case.pk].contact_due is None


# --- many, and on pages -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 6])
def test_many_cases_cost_as_many_queries_as_one(cast: Cast, count: int, django_assert_num_queries: Any) -> None:
    found = [own_case(cast, taken_in=100) for _ in range(count)]
    with django_assert_num_queries(1):
        assert len(flags.of_cases(found)) == count
    assert flags.of_cases([]) == {}


def test_the_kontaktperson_sees_all_and_the_sektionschef_what_is_late(
    signed_in: SignIn, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    case = own_case(cast, taken_in=METHOD["plan_days"] + 1)
    page = f"/arenden/{case.number}/"
    alma, cecilia = text(signed_in(cast.alma).get(page)), text(signed_in(cast.cecilia).get(page))
    assert "Ingen godkänd plan" in alma
    assert "Ingen godkänd plan" not in cecilia
    assert "Ingen första kontakt" in alma
    assert "Ingen första kontakt" in cecilia


def test_no_flag_tells_of_violence(cast: Cast) -> None:
    case = own_case(cast, taken_in=300)
    safe(case, cast.alma, day(9))
    said = " ".join(flag.text.casefold() for flag in flags.of_cases([case])[case.pk])
    for hidden in ("våld", "skydd", "säker", "trygg", "hot"):
        assert hidden not in said
    assert not JournalNote.objects.exists()
