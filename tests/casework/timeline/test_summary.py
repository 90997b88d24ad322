"""The summary of a case on one sheet: what it says, what it never says, who reads it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.panels import Panel
from casework.cases.safety.actions import set_safety
from casework.cases.timeline import summary
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, last_event, text

TODAY = timezone.localdate()


def url_of(case: Case) -> str:
    return f"/arenden/{case.number}/sammanfattning/"


def test_an_empty_case_says_what_is_not_there_yet(signed_in: SignIn, cast: Cast, case: Case) -> None:
    page = text(signed_in(cast.alma).get(url_of(case)))
    for words in ("Inget stödsteg är skrivet än.", "Ingen säkerhetsplan är skriven.", "Inget nästa steg är planerat."):
        assert words in page
    assert "Alma Lind" in page
    assert cases_of(last_event(Tag.SUMMARY_READ)) == {case.number}


def test_the_latest_three_steps_and_the_next_one_are_told(signed_in: SignIn, cast: Cast, case: Case) -> None:
    for at in range(4, 0, -1):
        when = timezone.now() - timedelta(days=at)
        factories.make_step(cast.alma, case, text=f"Samtal {at}", when=when)
    factories.make_step(cast.alma, case, text="Sist", next_step="Ring banken", next_on=TODAY, outcome="attempted")
    page = text(signed_in(cast.cecilia).get(url_of(case)))
    assert [f"Samtal {at}" in page for at in (1, 2, 3, 4)] == [True, True, False, False]
    assert "Ring banken" in page
    assert "inte nått fram" in page


def test_safety_is_told_and_the_safe_way_is_not(signed_in: SignIn, cast: Cast, case: Case) -> None:
    set_safety(by=cast.alma, case=case, avoid=["transit"], advice="Gå in först", review_on=TODAY, version=0)
    page = text(signed_in(cast.alma).get(url_of(case)))
    assert "Gå in först" in page
    assert "Buss, tåg eller station" in page
    assert "säg kodordet" not in page
    assert "Säkra kontaktvägar och kodord står inte på bladet" in page


@pytest.mark.parametrize(("who", "status"), [("bo", 404), ("eva", 404), ("lo", 403), ("cecilia", 200)])
def test_who_reads_the_summary(signed_in: SignIn, cast: Cast, case: Case, who: str, status: int) -> None:
    assert signed_in(getattr(cast, who)).get(url_of(case)).status_code == status


def test_a_part_without_anything_to_say_is_left_out(cast: Cast, case: Case) -> None:
    summary.register(Panel("silent", "x.html", lambda user, case, held: None, order=1))
    try:
        assert "x.html" not in dict(summary.for_case(cast.alma, case, frozenset()))
    finally:
        del summary._parts["silent"]
