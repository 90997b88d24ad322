"""The sektionschef's board: what each one carries, which cases want something, and what it costs."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from casework.demo import many
from casework.signin.models import Role, User
from contacts.closing.models import ClosingPlan
from contacts.goals.models import RecoveryPlan
from contacts.models import Absence, CaseReview
from contacts.review import board
from contacts.review.actions import review_case
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, last_event, text

TODAY = timezone.localdate()


def review(cast: Cast, case: Case, **more: Any) -> CaseReview:
    facts = {"decision": "go_on", "weight": 2, "next_on": TODAY + timedelta(days=90), "note": "", **more}
    return review_case(by=cast.cecilia, case=case, **facts)


def old_case(cast: Cast, days: int = 200, deputy: bool = False) -> Case:
    made = factories.make_case(cast.cecilia, taken_in_days_ago=days)
    factories.assign(cast.cecilia, made, cast.alma)
    if deputy:
        factories.assign(cast.cecilia, made, cast.bo, "deputy")
    return made


def carried(cast: Cast, name: str = "Alma Lind") -> board.Carried:
    return next(person for person in board.board(cast.cecilia).people if person.name == name)


def test_each_kontaktperson_is_a_row_with_what_she_carries(cast: Cast) -> None:
    heavy, _, kept = old_case(cast), old_case(cast), old_case(cast, 1, deputy=True)
    review(cast, heavy, weight=3)
    factories.make_step(cast.alma, kept)
    alma = carried(cast)
    assert (alma.cases, alma.weight, alma.without_deputy, alma.away) == (3, 3 + 2 + 2, 2, False)
    assert dict(alma.shares) == {"contacts": 1, "plans": 1, "assessments": 1}
    assert (carried(cast, "Bo Ek").cases, len(board.board(cast.edvin).rows)) == (0, 0)


@pytest.mark.parametrize(("starts", "ends", "away"), [(0, 0, True), (-3, None, True), (1, 5, False), (-5, -1, False)])
def test_who_is_away_now_is_told(cast: Cast, starts: int, ends: int | None, away: bool) -> None:
    end = None if ends is None else TODAY + timedelta(days=ends)
    with trail.act(Tag.ABSENCE_SET, by=cast.cecilia):
        Absence(user=cast.alma, starts_on=TODAY + timedelta(days=starts), ends_on=end, set_by=cast.cecilia).save()
    assert carried(cast).away is away


def test_more_than_the_ceiling_is_warned_of_and_never_stopped(
    signed_in: SignIn, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "METHOD", {**settings.METHOD, "ceiling_cases": 1, "ceiling_weight": 3})
    client = signed_in(cast.cecilia)
    old_case(cast)
    assert "Över riktvärdet" not in text(client.get("/genomgang/"))
    old_case(cast)
    page = text(client.get("/genomgang/"))
    assert page.count("Över riktvärdet") == 2
    assert "2 av 1" in page
    assert "4 av 3" in page


def submitted(cast: Cast, case: Case) -> None:
    approval = {"person_approved_on": TODAY, "person_approved_way": "said_meeting", "follow_up_on": TODAY}
    where = {"case": case, "client_id": case.client_id, "state": "submitted", "submitted_by": cast.alma}
    at = timezone.now()
    with trail.act(Tag.PLAN_SUBMITTED, by=cast.alma, refs=[case.ref()]):
        RecoveryPlan(number=1, submitted_at=at, **approval, **where).save()
        ClosingPlan(reason="moved", submitted_at=at, **where).save()


def test_what_waits_for_an_answer_stands_first(signed_in: SignIn, cast: Cast) -> None:
    late, asked, calm = old_case(cast), old_case(cast, 0), old_case(cast, 0)
    for case in (late, asked, calm):
        review(cast, case)
    submitted(cast, asked)
    found = board.board(cast.cecilia)
    assert [row.case for row in found.wanting("", "")] == [asked, late]
    assert found.counts == {"": 2, "godkanna": 1, "genomgang": 0, "forsenat": 1}
    page = text(signed_in(cast.cecilia).get("/genomgang/?visa=godkanna"))
    assert "Plan att godkänna" in page
    assert "Avslut att godkänna" in page
    assert late.number not in page
    assert cases_of(last_event(Tag.REVIEW_BOARD_READ)) == {asked.number}


def test_never_gone_through_and_overdue_are_to_be_reviewed(cast: Cast) -> None:
    never, due, later = (old_case(cast, 0) for _ in range(3))
    for case, days in ((due, 1), (later, 90)):
        made = review(cast, case, next_on=TODAY + timedelta(days=days))
        if case == due:
            made.next_on = TODAY
            made.save()
    rows = board.board(cast.cecilia).wanting("genomgang", "")
    assert {row.case: [concern.text for concern in row.concerns] for row in rows} == {
        never: ["Aldrig genomgånget"],
        due: ["Dags för genomgång"],
    }


def test_one_kontaktperson_at_a_time(signed_in: SignIn, cast: Cast) -> None:
    hers, free = old_case(cast), factories.make_case(cast.cecilia)
    client = signed_in(cast.cecilia)
    page = text(client.get(f"/genomgang/?person={cast.alma.pk}&visa=genomgang"))
    assert hers.number in page
    assert free.number not in page
    assert "Ärenden som behöver dig: Alma Lind" in page
    assert free.number in text(client.get("/genomgang/?person=okänd&visa=okänd"))
    assert "Utse kontaktperson" in text(client.get("/genomgang/"))


def test_without_a_case_the_board_says_so(signed_in: SignIn, cast: Cast) -> None:
    page = text(signed_in(cast.edvin).get("/genomgang/"))
    assert "Inget ärende behöver dig här" in page
    assert "0 av 15" in page
    assert "Börja gå igenom" not in page


@pytest.mark.parametrize("who", ["alma", "dag", "hanna", "lo", "ada"])
def test_the_board_is_the_sektionschefs(signed_in: SignIn, cast: Cast, who: str) -> None:
    assert signed_in(getattr(cast, who)).get("/genomgang/").status_code == 403


def test_a_case_worked_with_from_another_section_is_told_of(cast: Cast, case: Case) -> None:
    User.objects.filter(pk=cast.alma.pk).update(section=cast.other)
    assert carried(cast).cases == 1


def asked(client: Any, url: str) -> int:
    with CaptureQueriesContext(connections["default"]) as data, CaptureQueriesContext(connections["keys"]) as keys:
        assert client.get(url).status_code == 200
    passing = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "PRAGMA")
    return sum(not one["sql"].startswith(passing) for one in [*data.captured_queries, *keys.captured_queries])


def test_many_cases_cost_as_many_questions_as_a_few(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.cecilia)
    client.get("/genomgang/")
    few = asked(client, "/genomgang/")
    staff = [
        User(username=f"k{at}", display_name=f"K {at}", role=Role.KONTAKTPERSON, section=cast.section)
        for at in range(6)
    ]
    for user in staff:
        user.set_unusable_password()
        user.save()
    many.make(count=120, steps=1, by=cast.cecilia, section=cast.section, staff=staff, told=lambda done: None)
    page = text(client.get("/genomgang/"))
    assert "1–50 av" in page
    assert asked(client, "/genomgang/") == few
    assert few <= 20
