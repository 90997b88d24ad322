"""Exchanges counted: how many, never which."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.tags import Tag
from casework.policy import Forbidden
from housing.kompott import agreement_actions, ledger, ledger_actions
from housing.kompott.models import KompottRequest
from housing.quotas import actions as quotas
from tests.cast import Cast
from tests.fixtures import SignIn, last_event, text
from tests.housing.kompott import sides
from tests.housing.kompott.conftest import OFFER, answered, go
from tests.housing.kompott.sides import Other

YEAR = timezone.localdate().year
URL = "/boende/kompott/saldo/"


def test_every_municipality_has_a_line_this_year_and_our_own_comes_first(cast: Cast, other: Other) -> None:
    agreement_actions.add_member(by=cast.hanna, agreement=other.member.agreement, code="1292")
    agreement_actions.add_member(by=cast.hanna, agreement=other.member.agreement, code="1261")
    assert [line.name for line in ledger.lines()] == ["Malmö", "Kävlinge", "Lund", "Ängelholm"]


def test_years_are_kept_apart_and_the_latest_comes_first(cast: Cast, other: Other, sent: KompottRequest) -> None:
    go(cast, answered(cast, other, sent, OFFER), "accept", "move_in")
    KompottRequest.objects.get()
    quotas.set_quota(by=cast.hanna, member=other.member, year=YEAR - 1, homes=5)
    old = next(line for line in ledger.lines() if line.year == YEAR - 1)
    assert (old.quota, old.taken, old.asked, old.balance) == (5, 0, 0, 0)
    assert [year for year, _ in ledger.by_year(ledger.lines())] == [YEAR, YEAR - 1]


def test_quotas_of_two_agreements_are_added(cast: Cast, other: Other) -> None:
    second = sides.make_agreement(cast.hanna, name="Andra")
    member = agreement_actions.add_member(by=cast.hanna, agreement=second, code=other.code)
    quotas.set_quota(by=cast.hanna, member=member, year=YEAR, homes=3)
    assert next(line for line in ledger.lines() if line.code == other.code).quota == 5


def test_it_asks_as_many_questions_for_many_as_for_one(cast: Cast, other: Other) -> None:
    sides.come(other, cast.hanna)
    with CaptureQueriesContext(
        connection,
    ) as one:
        ledger.lines()
    for at in range(5):
        sides.come(other, cast.hanna, f"K-2222222{at + 2}")
    for code in ("1261", "1262", "1263"):
        agreement_actions.add_member(by=cast.hanna, agreement=other.member.agreement, code=code)
    with CaptureQueriesContext(connection) as many:
        ledger.lines()
    assert len(one) == len(many) == 8


def test_the_file_to_lansstyrelsen_holds_counts_only(cast: Cast, other: Other, sent: KompottRequest) -> None:
    content = ledger_actions.export_ledger(by=cast.cecilia).decode("utf-8-sig")
    head, own, lund = content.splitlines()
    assert head == ";".join(ledger.HEADS)
    assert own == f"{YEAR};1280;Malmö;2;0;0;0;0;0;0;0;0"
    assert lund == f"{YEAR};1281;Lund;2;0;1;0;0;0;0;0;0"
    assert sent.reference not in content
    assert last_event().tag == Tag.LEDGER_EXPORTED


@pytest.mark.parametrize("who", ["alma", "ada", "dag"])
def test_only_who_may_sees_it(cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden):
        ledger_actions.export_ledger(by=getattr(cast, who))


@pytest.mark.parametrize("who", ["hanna", "cecilia"])
def test_the_page_and_its_file(cast: Cast, other: Other, signed_in: SignIn, who: str) -> None:
    sides.come(other, cast.hanna)
    browser = signed_in(getattr(cast, who))
    page = text(browser.get(URL))
    assert "Lund" in page
    assert f"År {YEAR}" in page
    assert last_event(Tag.LEDGER_READ).actor_id == str(getattr(cast, who).pk)
    answer = browser.post(URL + "fil/")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]


def test_an_empty_ledger_says_so(cast: Cast, signed_in: SignIn) -> None:
    assert "Inga byten" in text(signed_in(cast.cecilia).get(URL))


def test_an_answer_next_year_counts_in_that_year(cast: Cast, other: Other, sent: KompottRequest) -> None:
    sent.sent_on = timezone.localdate() - timedelta(days=400)
    sent.save()
    assert [line.asked for line in ledger.lines() if line.code == other.code] == [0, 1]
