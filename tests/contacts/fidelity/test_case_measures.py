"""Contacts, assessments and goals: the shares against what is counted by hand."""

from datetime import time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from casework.cases.models import Case, JournalNote
from contacts.fidelity import measures
from contacts.fidelity.measures import Figure
from tests.cast import Cast
from tests.contacts.fidelity.making import (
    LAST,
    MARCH,
    assessment,
    at,
    goal,
    make_case,
    march,
    plan_step,
    save,
    step,
    step_row,
    tie,
)

CASE_MEASURES = (measures.community, measures.assessments, measures.tied, measures.natural)


def figure(measure: Any, cast: Cast) -> Figure:
    return measure(cast.section, MARCH, LAST)


@pytest.mark.parametrize("measure", CASE_MEASURES)
def test_an_empty_section_has_nothing_to_divide_by(cast: Cast, measure: Any) -> None:
    assert measure(cast.section, MARCH, LAST)[:2] == (Decimal(0), Decimal(0))
    assert measure(cast.section, MARCH, LAST).value is None


# --- contacts ---------------------------------------------------------------------------------------------------------


def test_home_and_community_are_out_of_the_office(cast: Cast) -> None:
    case = make_case(cast)
    for place in ("community", "community", "home", "office", "phone", "online", "other_authority"):
        step(case, cast.alma, place=place)
    step(make_case(cast), cast.bo, place="office")
    # community 2 + home 1 = 3, of 7 + 1 = 8 contacts: 3 / 8 = 0,375
    assert figure(measures.community, cast)[:2] == (Decimal(3), Decimal(8))
    assert figure(measures.community, cast).value == Decimal("0.375")


def test_a_contact_is_carried_out_with_the_person_in_the_section_in_the_period(cast: Cast) -> None:
    case = make_case(cast)
    step(case, cast.alma, place="home")
    for more in ({"way": "call"}, {"way": "message"}, {"way": "for"}, {"outcome": "attempted"}):
        step(case, cast.alma, place="home", **more)
    step(case, cast.alma, march(11), place="home")
    step(case, cast.alma, MARCH - timedelta(days=1), place="home")
    step(make_case(cast, by=cast.edvin), cast.eva, place="home")
    assert figure(measures.community, cast)[:2] == (Decimal(1), Decimal(1))
    assert figure(measures.tied, cast)[:2] == (Decimal(0), Decimal(1))


def test_the_first_and_the_last_minute_of_the_period_are_in_it(cast: Cast) -> None:
    case = make_case(cast)
    inside = [step_row(case, cast.alma, at(MARCH, time(0))), step_row(case, cast.alma, at(LAST, time(23, 59)))]
    outside = [step_row(case, cast.alma, at(march(11), time(0)))]
    save(*inside, *outside)
    assert figure(measures.community, cast).below == 2


def test_a_correction_beside_a_step_is_no_contact_of_its_own(cast: Cast) -> None:
    case = make_case(cast)
    note = step(case, cast.alma, place="home")
    beside = JournalNote(
        case=case, client_id=case.client_id, author=cast.alma, entry="correction", about=note,
        occurred_at=note.occurred_at, signed_at=note.signed_at, content=note.content.open(),
    )  # fmt: skip
    save(beside)
    assert figure(measures.community, cast)[:2] == (Decimal(1), Decimal(1))


def test_contacts_that_belong_to_a_step_of_the_plan(cast: Cast) -> None:
    case = make_case(cast)
    planned = plan_step(goal(case, 1))
    notes = [step(case, cast.alma) for _ in range(4)]
    tie(notes[0], planned)
    tie(notes[2], planned)
    tie(notes[3], planned)
    tie(step(case, cast.alma, way="call"), planned)
    # 3 of the 4 with the person; the tied call is no such contact: 3 / 4 = 0,75
    assert figure(measures.tied, cast)[:2] == (Decimal(3), Decimal(4))
    assert figure(measures.tied, cast).value == Decimal("0.75")


# --- assessments ------------------------------------------------------------------------------------------------------


def due_case(cast: Cast, **more: Any) -> Case:
    return make_case(cast, taken_in=LAST - timedelta(days=46), **more)


def test_a_case_counts_when_it_was_taken_in_more_than_45_days_before_the_last_day(cast: Cast) -> None:
    make_case(cast, taken_in=LAST - timedelta(days=45))
    assert figure(measures.assessments, cast).below == 0
    due_case(cast)
    assert figure(measures.assessments, cast)[:2] == (Decimal(0), Decimal(1))


def test_cases_closed_by_the_last_day_do_not_count_and_those_closed_later_do(cast: Cast) -> None:
    due_case(cast, closed=LAST)
    due_case(cast, closed=march(11))
    due_case(cast, by=cast.edvin)
    assert figure(measures.assessments, cast).below == 1


def test_the_newest_signed_assessment_may_be_90_days_old(cast: Cast) -> None:
    fresh, old, twice, late, unsigned = (due_case(cast) for _ in range(5))
    assessment(fresh, cast.alma, LAST - timedelta(days=90))
    assessment(old, cast.alma, LAST - timedelta(days=91))
    assessment(twice, cast.alma, LAST - timedelta(days=200))
    assessment(twice, cast.alma, LAST, number=2)
    assessment(late, cast.alma, march(11))
    assessment(unsigned, cast.alma, None)
    # fresh and twice, of 5 cases: 2 / 5 = 0,4
    assert figure(measures.assessments, cast)[:2] == (Decimal(2), Decimal(5))
    assert figure(measures.assessments, cast).value == Decimal("0.4")


def test_what_is_in_time_is_a_setting(cast: Cast, settings: Any) -> None:
    assessment(due_case(cast), cast.alma, LAST - timedelta(days=20))
    settings.METHOD = {**settings.METHOD, "assessment_age_days": 10}
    assert figure(measures.assessments, cast)[:2] == (Decimal(0), Decimal(1))
    settings.METHOD = {**settings.METHOD, "assessment_days": 50}
    assert figure(measures.assessments, cast).below == 0


# --- goals ------------------------------------------------------------------------------------------------------------


def test_goals_that_were_active_on_the_last_day(cast: Cast) -> None:
    case = make_case(cast)
    goal(case, 1, natural=True)
    goal(case, 2)
    goal(case, 3, natural=True, started_on=LAST)
    goal(case, 4, natural=True, started_on=march(11))
    goal(case, 5, natural=True, state="paused")
    goal(case, 6, natural=True, state="reached", ended_on=LAST)
    goal(case, 7, natural=True, state="dropped", ended_on=march(11))
    # active on 10 March: 1, 2, 3, and 7 (dropped the day after); 1, 3 and 7 use natural resources: 3 / 4
    assert figure(measures.natural, cast)[:2] == (Decimal(3), Decimal(4))
    assert figure(measures.natural, cast).value == Decimal("0.75")


def test_goals_of_closed_cases_and_of_other_sections_do_not_count(cast: Cast) -> None:
    goal(make_case(cast, closed=LAST), 1, natural=True)
    goal(make_case(cast, taken_in=march(11)), 1, natural=True)
    goal(make_case(cast, by=cast.edvin), 1, natural=True)
    assert figure(measures.natural, cast).below == 0
    goal(make_case(cast, closed=march(11)), 1, natural=True)
    assert figure(measures.natural, cast)[:2] == (Decimal(1), Decimal(1))
