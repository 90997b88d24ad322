"""Where each one starts, the table of roles, and the log's page."""

import pytest

from audit.tags import Tag
from casework.cases.models import Case
from casework.policy import LABELS
from tests.cast import Cast
from tests.fixtures import SignIn, events, last_event, text


@pytest.mark.parametrize(
    ("who", "target"),
    [
        ("alma", "/mina-arenden/"),
        ("cecilia", "/sektionen/"),
        ("lo", "/loggen/"),
        ("ada", "/anvandare/"),
        ("hanna", "/boende/"),
    ],
)
def test_each_role_starts_with_its_own_work(signed_in: SignIn, cast: Cast, who: str, target: str) -> None:
    assert signed_in(getattr(cast, who)).get("/").url == target


@pytest.mark.parametrize("who", ["dag"])
def test_a_role_without_persons_is_told_so(signed_in: SignIn, cast: Cast, case: Case, who: str) -> None:
    body = text(signed_in(getattr(cast, who)).get("/"))
    assert "Din roll ser inga personer och inga ärenden." in body
    assert case.number not in body


def test_the_table_of_roles_is_there_for_everybody(signed_in: SignIn, cast: Cast) -> None:
    for user in cast.everyone().values():
        body = text(signed_in(user).get("/roller/"))
        assert all(label in body for label in LABELS.values())


def test_the_log_is_read_by_the_reviewer_and_that_is_logged(signed_in: SignIn, cast: Cast, case: Case) -> None:
    body = text(signed_in(cast.lo).get("/loggen/"))
    assert "lade upp ärendet" in body
    assert case.pseudonym not in body
    assert last_event(Tag.LOG_READ).actor == "Lo Vik"
    for user in (cast.alma, cast.cecilia, cast.ada, cast.dag):
        assert signed_in(user).get("/loggen/").status_code == 403
    assert len(events(Tag.LOG_READ)) == 1


@pytest.mark.parametrize(
    ("typed", "leads"), [("", "-"), ("26-00001-1", "-"), ("a/b", "-"), ("..", "-"), ("CASE", "CASE"), ("PLAIN", "CASE")]
)
def test_the_reviewers_box_leads_to_a_cases_log(
    signed_in: SignIn, cast: Cast, case: Case, typed: str, leads: str
) -> None:
    typed = {"CASE": case.number, "PLAIN": case.number.replace("-", "")}.get(typed, typed)
    response = signed_in(cast.lo).post("/loggen/arende/", {"number": typed})
    assert response.url == f"/arenden/{case.number if leads == 'CASE' else '-'}/logg/"


def test_an_address_that_leads_nowhere_is_not_found(signed_in: SignIn, cast: Cast) -> None:
    assert signed_in(cast.lo).get("/arenden/-/logg/").status_code == 404
    assert signed_in(cast.alma).get("/arenden/%00/").status_code == 404
