"""What a measurement costs: a fixed number of queries, and no more time than a page may take."""

import time
from typing import Any

import pytest

from contacts.fidelity import measures
from contacts.models import StepTie
from tests.cast import Cast
from tests.contacts.fidelity.making import (
    LAST,
    LONG_AGO,
    MARCH,
    at,
    away,
    goal,
    make_case,
    march,
    plan_step,
    save,
    session,
    step_row,
    task,
    there_since,
)

STEPS = 2000
LIMIT = 0.1
QUERIES = {"caseload": 3, "supervisor": 3, "community": 1, "assessments": 1, "tied": 1, "natural": 1, "group": 1}


def fill(cast: Cast, cases: int, steps: int) -> None:
    there_since(LONG_AGO, cast.alma, cast.bo)
    away(cast.bo, march(3), march(4))
    for number in range(cases):
        case, worker = make_case(cast), (cast.alma, cast.bo)[number % 2]
        task(case, worker, LONG_AGO)
        planned = plan_step(goal(case, 1, natural=bool(number % 2)))
        rows = [step_row(case, worker, at(march(1 + at_ % 10)), place="home") for at_ in range(steps // cases)]
        save(*rows)
        save(*[StepTie(case=case, client_id=case.client_id, note=row, plan_step=planned) for row in rows[::2]])
        session(cast, march(1 + number % 10))


def test_the_number_of_queries_does_not_grow(cast: Cast, django_assert_num_queries: Any) -> None:
    assert {item.value for item in measures.MEASURES} == QUERIES.keys()
    for round_ in range(2):
        fill(cast, cases=1 + round_ * 3, steps=12)
        for item, measure in measures.MEASURES.items():
            with django_assert_num_queries(QUERIES[item]):
                measure(cast.section, MARCH, LAST)


@pytest.fixture
def large(cast: Cast) -> Cast:
    fill(cast, cases=20, steps=STEPS)
    return cast


def test_two_thousand_steps_are_measured_within_a_tenth_of_a_second_an_item(large: Cast) -> None:
    assert measures.community(large.section, MARCH, LAST).below == STEPS
    assert measures.tied(large.section, MARCH, LAST).above == STEPS // 2
    for item, measure in measures.MEASURES.items():
        spent = []
        for _ in range(3):
            began = time.perf_counter()
            measure(large.section, LONG_AGO, LAST)
            spent.append(time.perf_counter() - began)
        assert min(spent) <= LIMIT, item
