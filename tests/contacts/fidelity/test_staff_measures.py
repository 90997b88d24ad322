"""Caseload, ratio of supervision, group supervision: the figures against what is worked out by hand."""

from datetime import date, time
from decimal import Decimal

import pytest

from casework.signin.models import Role, User
from contacts.fidelity import measures
from contacts.fidelity.measures import Figure
from tests.cast import Cast
from tests.contacts.fidelity.making import (
    LAST,
    LONG_AGO,
    MARCH,
    at,
    away,
    make_case,
    march,
    mentoring,
    session,
    task,
    there_since,
)


@pytest.fixture
def staffed(cast: Cast) -> Cast:
    """Alma and Bo have been in the section for long."""
    there_since(LONG_AGO, cast.alma, cast.bo)
    return cast


def caseload(cast: Cast, first: date = MARCH, last: date = LAST) -> Figure:
    return measures.caseload(cast.section, first, last)


def only_alma(cast: Cast) -> None:
    User.objects.filter(pk=cast.bo.pk).update(is_active=False)


def test_one_kontaktperson_with_three_cases_all_the_time(staffed: Cast) -> None:
    only_alma(staffed)
    for _ in range(3):
        task(make_case(staffed), staffed.alma, LONG_AGO)
    # 10 days x 3 cases / 1 person = 30; 30 / 10 days = 3
    assert caseload(staffed)[:2] == (Decimal(30), Decimal(10))
    assert caseload(staffed).value == 3


def test_an_assignment_counts_from_the_day_it_was_accepted_to_the_day_before_it_ended(staffed: Cast) -> None:
    only_alma(staffed)
    case = make_case(staffed)
    task(case, staffed.alma, LONG_AGO, march(4))  # before the period, to 3 March: 3 days
    task(make_case(staffed), staffed.alma, march(6), march(8))  # began and ended inside: 6 and 7 March: 2 days
    task(make_case(staffed), staffed.alma, march(9))  # goes on: 9 and 10 March: 2 days
    task(make_case(staffed), staffed.alma, march(5), march(5))  # accepted and ended the same day: 0 days
    task(make_case(staffed), staffed.alma, LONG_AGO, MARCH)  # ended on the first day: 0 days
    task(make_case(staffed), staffed.alma, march(11))  # after the period: 0 days
    # (3 + 2 + 2) / 1 person = 7; 7 / 10 days = 0,7
    assert caseload(staffed)[:2] == (Decimal(7), Decimal(10))
    assert caseload(staffed).facts == {"assignments": 3, "days": 10, "left_out": 0}


def test_a_case_that_changes_hands_is_one_case_every_day(staffed: Cast) -> None:
    case = make_case(staffed)
    task(case, staffed.alma, LONG_AGO, march(5))
    task(case, staffed.bo, march(5))
    # 1 case on each of 10 days / 2 persons = 5; 5 / 10 days = 0,5
    assert caseload(staffed)[:2] == (Decimal(5), Decimal(10))


def test_parental_leave_in_the_middle_leaves_the_cases_to_those_who_are_there(staffed: Cast) -> None:
    for _ in range(4):
        task(make_case(staffed), staffed.alma, LONG_AGO)
    for _ in range(2):
        task(make_case(staffed), staffed.bo, LONG_AGO)
    away(staffed.alma, march(4), march(8))
    # 1-3 and 9-10 March: 5 days x 6 / 2 = 15. 4-8 March: 5 days x 6 / 1 = 30. (15 + 30) / 10 days = 4,5
    assert caseload(staffed)[:2] == (Decimal(45), Decimal(10))
    assert caseload(staffed).value == Decimal("4.5")


def test_an_absence_over_the_ends_of_the_period_and_one_without_an_end(staffed: Cast) -> None:
    for _ in range(2):
        task(make_case(staffed), staffed.alma, LONG_AGO)
    away(staffed.alma, LONG_AGO, march(2))
    away(staffed.bo, march(10))
    # 1-2 March: 2 x 2 / 1 = 4. 3-9 March: 7 x 2 / 2 = 7. 10 March: 2 / 1 = 2. (4 + 7 + 2) / 10 days = 1,3
    assert caseload(staffed)[:2] == (Decimal(13), Decimal(10))


def test_days_when_nobody_is_there_leave_the_mean(staffed: Cast) -> None:
    only_alma(staffed)
    for _ in range(5):
        task(make_case(staffed), staffed.alma, LONG_AGO)
    away(staffed.alma, march(3), march(6))
    # 4 of 10 days without anybody: 6 days x 5 / 1 = 30; 30 / 6 days = 5
    assert caseload(staffed)[:2] == (Decimal(30), Decimal(6))
    assert caseload(staffed).facts["left_out"] == 4


def test_thirds_are_added_up_before_they_are_rounded(staffed: Cast) -> None:
    third = User.objects.create(username="tre", display_name="Tre", role="kontaktperson", section=staffed.section)
    there_since(LONG_AGO, third)
    task(make_case(staffed), staffed.alma, LONG_AGO)
    # 9 days x 1 / 3 persons = 3, not 9 x 0,33 = 2,97
    assert caseload(staffed, MARCH, march(9))[:2] == (Decimal(3), Decimal(9))


def test_a_kontaktperson_counts_since_she_came_or_since_her_first_case(staffed: Cast) -> None:
    task(make_case(staffed), staffed.alma, LONG_AGO)
    there_since(march(6), staffed.bo)
    # 1-5 March: 5 x 1 / 1 = 5. 6-10 March: 5 x 1 / 2 = 2,5
    assert caseload(staffed)[:2] == (Decimal("7.5"), Decimal(10))
    task(make_case(staffed), staffed.bo, march(2), march(3))
    # Bo now since 2 March. 1 March: 1 / 1 = 1. 2 March: 2 / 2 = 1. 3-10 March: 8 x 1 / 2 = 4
    assert caseload(staffed)[:2] == (Decimal(6), Decimal(10))


def test_one_who_has_left_counts_on_the_days_of_the_cases_she_left(staffed: Cast) -> None:
    only_alma(staffed)
    task(make_case(staffed), staffed.alma, LONG_AGO)
    task(make_case(staffed), staffed.bo, LONG_AGO, march(5))
    task(make_case(staffed), staffed.bo, LONG_AGO, march(3))
    # 1-2 March: 2 x 3 / 2 = 3. 3-4 March: 2 x 2 / 2 = 2. 5-10 March: 6 x 1 / 1 = 6
    assert caseload(staffed)[:2] == (Decimal(11), Decimal(10))
    running = task(make_case(staffed), staffed.bo, march(9))
    # Blocked with a case that nobody has taken over: hers counts, she does not. 9-10 March: 2 x 1 / 1 = 2 more
    assert running.state == "active"
    assert caseload(staffed)[:2] == (Decimal(13), Decimal(10))


def test_deputies_questions_and_other_sections_do_not_count(staffed: Cast) -> None:
    only_alma(staffed)
    case = make_case(staffed)
    task(case, staffed.alma, LONG_AGO, kind="deputy")
    task(make_case(staffed), staffed.alma, LONG_AGO, state="declined", decline_code="workload")
    task(make_case(staffed), staffed.alma, LONG_AGO, march(9), state="withdrawn")
    task(make_case(staffed, by=staffed.edvin), staffed.eva, LONG_AGO)
    assert caseload(staffed).value is None


def test_an_empty_section_has_no_caseload(cast: Cast) -> None:
    assert caseload(cast) == (Decimal(0), Decimal(0), {"assignments": 0, "days": 0, "left_out": 10})
    task(make_case(cast), cast.cecilia, LONG_AGO)
    User.objects.filter(section=cast.section, role="kontaktperson").update(is_active=False)
    assert caseload(cast)[:2] == (Decimal(0), Decimal(0))


def test_the_clock_goes_forward_within_the_period(staffed: Cast) -> None:
    only_alma(staffed)
    # 2026-03-29 has 23 hours; 28, 29 and 30 March are three days all the same
    case = make_case(staffed)
    task(case, staffed.alma, date(2026, 3, 29), date(2026, 3, 30))
    assert caseload(staffed, date(2026, 3, 28), date(2026, 3, 30))[:2] == (Decimal(1), Decimal(3))


# --- supervisor -------------------------------------------------------------------------------------------------------


def supervisor(cast: Cast) -> Figure:
    return measures.supervisor(cast.section, MARCH, LAST)


def test_those_who_belong_to_the_section_on_the_last_day_for_each_chief(staffed: Cast) -> None:
    assert supervisor(staffed) == (Decimal(2), Decimal(1), {"workers": 2, "chiefs": 1})
    away(staffed.alma, LONG_AGO)
    assert supervisor(staffed).above == 2
    staffed.edvin.led_sections.add(staffed.section)
    assert supervisor(staffed)[:2] == (Decimal(2), Decimal(2))
    there_since(march(11), staffed.bo)
    assert supervisor(staffed).above == 1


def test_without_kontaktpersoner_or_without_a_chief_there_is_no_ratio(staffed: Cast) -> None:
    staffed.cecilia.led_sections.clear()
    assert supervisor(staffed)[:2] == (Decimal(2), Decimal(0))
    staffed.cecilia.led_sections.add(staffed.section)
    User.objects.filter(section=staffed.section).exclude(role=Role.SEKTIONSCHEF).update(section=staffed.other)
    assert supervisor(staffed)[:2] == (Decimal(0), Decimal(0))
    assert supervisor(staffed).value is None


# --- group supervision ------------------------------------------------------------------------------------------------


def test_sessions_held_for_each_week(cast: Cast) -> None:
    for day in (1, 7, 14):
        session(cast, march(day))
    for state in ("planned", "going_on", "cancelled"):
        session(cast, march(3), state)
    session(cast, march(15))
    session(cast, march(3), section=cast.other)
    # 1-14 March is 14 days, 14 / 7 = 2 weeks, 3 sessions: 3 / 2 = 1,5
    assert measures.group(cast.section, MARCH, march(14)) == (Decimal(3), Decimal(2), {"held": 3, "days": 14})
    # 10 days / 7 = 1,428... = 1,43 weeks; those of 1 and 7 March
    assert measures.group(cast.section, MARCH, LAST)[:2] == (Decimal(2), Decimal("1.43"))


def test_an_empty_section_has_weeks_all_the_same(cast: Cast) -> None:
    assert measures.group(cast.other, MARCH, march(7))[:2] == (Decimal(0), Decimal(1))
    assert measures.group(cast.other, MARCH, march(7)).value == 0


def test_the_last_minute_of_the_last_day_is_in_and_the_first_of_the_next_is_out(cast: Cast) -> None:
    made = session(cast, march(7))
    for day, clock, count in ((7, time(23, 59), 1), (8, time(0), 0)):
        made.planned_at = at(march(day), clock)
        made.save()
        assert measures.group(cast.section, MARCH, march(7)).above == count


def test_field_mentorings_of_the_period_are_counted(cast: Cast) -> None:
    for day in (1, 10, 11):
        mentoring(cast, march(day))
    mentoring(cast, march(5), "individual")
    mentoring(cast, march(5), section=cast.other)
    assert measures.mentorings(cast.section, MARCH, LAST) == 2
