"""Days in the file that are to be kept: late ones, and those of the next thirty days; never why."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from casework.cases import reminders
from casework.cases.consents.models import Consent, ConsentWords
from casework.cases.insatser.models import Insats, InsatsWords
from casework.cases.models import Case
from casework.clients import actions as clients
from casework.clients.children import actions as children
from casework.clients.models import Address, Identity
from tests.casework.risk.facts import ago, assess
from tests.cast import Cast
from tests.fixtures import SignIn, text

TODAY = timezone.localdate()
EDGES = [(-3, True), (0, True), (30, True), (31, False)]


def told(case: Case) -> list[tuple[str, date]]:
    return [(found.text, found.day) for found in reminders.of_cases([case.pk])]


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


@pytest.mark.parametrize(("days", "there"), EDGES)
def test_a_protection_is_followed_up(cast: Cast, case: Case, days: int, there: bool) -> None:
    mark = clients.add_mark(by=cast.alma, case=case, kind="SECRECY_MARKING", valid_from=ago(60), review_on=after(days))
    assert told(case) == ([("Följ upp skyddet", after(days))] if there else [])
    clients.end_mark(by=cast.alma, case=case, mark=mark, ended_on=TODAY, reason="Upphörde")
    assert told(case) == []


@pytest.mark.parametrize(("days", "there"), EDGES[1:])
def test_a_kept_address_is_reconsidered(cast: Cast, case: Case, days: int, there: bool) -> None:
    clients.change_address(
        by=cast.alma, case=case, address=Address(town="Ingenstad"), review_on=after(days), version=case.client.version
    )
    assert told(case) == ([("Ompröva det som är sparat", after(days))] if there else [])


@pytest.mark.parametrize(("days", "there"), EDGES)
def test_the_newest_assessment_is_made_again(cast: Cast, case: Case, days: int, there: bool) -> None:
    assess(cast, case, assessed_on=ago(50), review_on=ago(20))
    assess(cast, case, assessed_on=ago(40), review_on=after(days))
    assert told(case) == ([("Gör om bedömningen", after(days))] if there else [])


@pytest.mark.parametrize(("days", "there"), EDGES)
@pytest.mark.parametrize("state", ["started", "need"])
def test_an_insats_that_runs_is_followed_up(cast: Cast, case: Case, days: int, there: bool, state: str) -> None:
    facts = (
        {"started_on": ago(9), "ground": "consent", "consent": consent(cast, case, 99)} if state == "started" else {}
    )
    Insats(
        case=case, client_id=case.client_id, area="area_work", responsible=cast.alma, review_on=after(days),
        state=state, words=InsatsWords(need="Arbete"), **facts,
    ).save()  # fmt: skip
    assert told(case) == ([("Följ upp en insats", after(days))] if there and state == "started" else [])


def consent(cast: Cast, case: Case, until: int) -> Consent:
    row = Consent(
        case=case, client_id=case.client_id, given_by="person", way="oral", given_on=ago(90), until=after(until),
        noted_by=cast.alma, words=ConsentWords(recipient="Skolan", purpose="Trygghet", contents="Att"),
    )  # fmt: skip
    row.save()
    return row


@pytest.mark.parametrize(("days", "there"), [(-1, False), (0, True), (30, True), (31, False)])
def test_a_consent_that_runs_out_is_told_of_before(cast: Cast, case: Case, days: int, there: bool) -> None:
    row = consent(cast, case, days)
    assert told(case) == ([("Ett samtycke går ut", after(days))] if there else [])
    row.withdrawn_at, row.withdrawn_by = timezone.now(), cast.alma
    row.save()
    assert told(case) == []


def test_they_stand_in_the_week_of_the_contact_person_only(signed_in: SignIn, cast: Cast, case: Case) -> None:
    clients.add_mark(by=cast.alma, case=case, kind="SECRECY_MARKING", valid_from=ago(60), review_on=after(2))
    page = text(signed_in(cast.alma).get("/min-vecka/"))
    assert "Följ upp skyddet" in page
    assert f'href="/arenden/{case.number}/skydd/"' in page
    assert "Följ upp skyddet" not in text(signed_in(cast.bo).get("/min-vecka/"))
    assert list(reminders.of_cases([])) == []


def test_a_childs_protection_is_followed_up(cast: Cast, case: Case) -> None:
    child = children.add_child(by=cast.alma, case=case, identity=Identity(), alias="Äldsta", lives_with=True)
    clients.add_mark(
        by=cast.alma, case=case, kind="SECRECY_MARKING", valid_from=ago(60), review_on=after(3), child=child
    )
    assert told(case) == [("Följ upp ett barns skydd", after(3))]
