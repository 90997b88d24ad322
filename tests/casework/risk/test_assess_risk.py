"""The act that signs a risk assessment, its rules and what the database holds."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from audit.tags import Tag
from casework import policy
from casework.cases.models import Case
from casework.cases.risk import actions, readers, rules
from casework.cases.risk.models import RiskAssessment, RiskWords
from casework.cases.rules import Refused
from casework.records import SignedRow
from tests.casework.risk.facts import TODAY, ago, assess, closed, facts
from tests.cast import Cast
from tests.fixtures import cases_of, events, last_event


def test_an_assessment_is_signed_and_a_new_one_stands_beside_it(cast: Cast, case: Case) -> None:
    first = actions.assess_risk(case=case, **facts(cast, assessed_on=ago(3)))
    assert cases_of(last_event(Tag.RISK_ASSESSED)) == {case.number}
    second = assess(cast, case, by=cast.cecilia, occasion="changed", own_level="")
    assert list(readers.assessments(case)) == [second, first]
    assert readers.newest(case) == second
    assert (second.assessed_by, second.gap, first.gap) == (cast.cecilia, False, False)
    assert readers.assessment_of(case, first.pk).said.result == "14 poäng"


def test_it_is_never_changed_and_never_taken_away(cast: Cast, case: Case) -> None:
    made = assess(cast, case)
    made.assessor_level = "low"
    for change in (made.save, made.delete):
        with pytest.raises(SignedRow):
            change()
    assert RiskAssessment.objects.get().assessor_level == "high"


def test_what_it_says_does_not_stand_in_clear(cast: Cast, case: Case) -> None:
    assess(cast, case, gap="Hemligt", measures="Hemligt")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {RiskAssessment._meta.db_table}")
        row = repr(cursor.fetchall())
    for word in ("14 poäng", "Han söker", "lugnt", "Hemligt"):
        assert word not in row


def test_it_is_found_in_its_own_case_only(cast: Cast, case: Case) -> None:
    made = assess(cast, case)
    with pytest.raises(policy.NotFound):
        readers.assessment_of(Case(number="26-00000-0"), made.pk)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"instrument": "tarot"}, "Välj bland alternativen"),
        ({"occasion": ""}, "Välj bland alternativen"),
        ({"assessor_level": ""}, "Välj bland alternativen"),
        ({"own_level": "unsaid"}, "Välj bland alternativen"),
        ({"assessed_on": TODAY + timedelta(days=1)}, "får inte ligga i framtiden"),
        ({"review_on": TODAY}, "Välj en dag efter bedömningen"),
        ({"review_on": rules.latest_review(TODAY) + timedelta(days=1)}, "inom 6 månader"),
        ({"assessed_on": ago(200)}, "inom 6 månader"),
        ({"own_level": "low"}, "Skriv vad ni har talat om"),
        ({"own_level": "low", "gap": " \n"}, "Skriv vad ni har talat om"),
        ({"result": ""}, "instrumentets resultat"),
        ({"assessor_view": " "}, "hur du ser på risken"),
    ],
)
def test_what_cannot_be_is_refused(cast: Cast, case: Case, more: dict[str, Any], message: str) -> None:
    with pytest.raises(Refused, match=message):
        assess(cast, case, **more)
    assert not RiskAssessment.objects.exists()
    assert not events(Tag.RISK_ASSESSED)


@pytest.mark.parametrize(
    "more",
    [
        {"own_level": "low", "gap": "Vi talade om barnen"},
        {"own_level": "", "own_view": ""},
        {"instrument": "own", "result": ""},
        {"review_on": rules.latest_review(TODAY)},
        {"assessed_on": ago(100), "review_on": ago(10)},
    ],
)
def test_what_can_be_is_signed(cast: Cast, case: Case, more: dict[str, Any]) -> None:
    assert assess(cast, case, **more).pk


@pytest.mark.parametrize(
    ("day", "last"),
    [("2026-01-15", "2026-07-15"), ("2026-08-31", "2027-02-28"), ("2026-12-01", "2027-06-01")],
)
def test_half_a_year_later(day: str, last: str) -> None:
    assert rules.latest_review(date.fromisoformat(day)) == date.fromisoformat(last)


@pytest.mark.parametrize("who", ["bo", "eva", "edvin", "dag", "lo"])
def test_nobody_outside_the_case_signs(cast: Cast, case: Case, who: str) -> None:
    user = getattr(cast, who)
    assert not rules.can_assess(user, case)
    with pytest.raises(policy.Forbidden):
        assess(cast, case, by=user)


def test_a_closed_case_is_refused(cast: Cast, case: Case) -> None:
    assert rules.can_assess(cast.cecilia, case)
    seen_open = Case.objects.get(pk=case.pk)
    for stage in (closed(cast, case), seen_open):
        with pytest.raises(Refused, match="Ärendet är avslutat"):
            assess(cast, stage, by=cast.cecilia)
    assert not RiskAssessment.objects.exists()


@pytest.mark.parametrize("days", [0, -1])
def test_risk_reviewed_later(cast: Cast, case: Case, days: int) -> None:
    said = {"instrument": "own", "occasion": "first", "assessor_level": "low", "words": RiskWords()}
    row = RiskAssessment(case=case, client_id=case.client_id, assessed_by=cast.alma, assessed_on=TODAY, **said)
    row.review_on = TODAY + timedelta(days=days)
    with pytest.raises(IntegrityError, match="risk_reviewed_later"), transaction.atomic():
        row.save()
    row.review_on = TODAY + timedelta(days=1)
    row.save()
