"""The coordination routine: what is left, what is done or judged not to be needed, and that it can be done anew."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.tags import Tag
from casework import policy
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.cases.sip import readers
from casework.cases.sip.coordination_actions import note_point
from casework.cases.sip.models import CoordinationCheck
from casework.clients.children import actions as children
from casework.clients.models import Identity
from tests.casework.consents.test_consent_acts import close
from tests.casework.sip.conftest import TODAY, day
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, last_event, send, text

Point = CoordinationCheck.Point
OF_CHILDREN = {Point.CHILDREN, Point.SHELTER_CHILD}


def check(cast: Cast, case: Case, point: str = "one_contact", **more: Any) -> CoordinationCheck:
    facts: dict[str, Any] = {"by": cast.alma, "done_on": TODAY, "not_needed": False, "note": "Hon vet"}
    return note_point(case=case, point=point, **{**facts, **more})


def url_of(case: Case, point: str = "") -> str:
    return f"/arenden/{case.number}/samordning/" + (f"{point}/" if point else "")


def test_a_point_is_noted_and_the_newest_counts(cast: Cast, case: Case) -> None:
    first = check(cast, case, done_on=day(-3), not_needed=True, note="Wyxskälet")
    assert str(first) == str(first.pk)
    event = last_event(Tag.COORDINATION_CHECKED)
    assert cases_of(event) == {case.number}
    assert "Wyxskälet" not in repr(event)
    second, third = check(cast, case, done_on=day(-1)), check(cast, case, done_on=day(-2))
    line = next(line for line in readers.routine(case) if line.point == Point.ONE_CONTACT)
    assert line.newest is not None
    assert line.newest.check == second
    assert [one.check for one in line.earlier] == [third, first]
    assert line.earlier[-1].note == "Wyxskälet"


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"point": "kaffe"}, "en av punkterna"),
        ({"point": "children_heard"}, "en av punkterna"),
        ({"not_needed": True, "note": " "}, "varför punkten inte behövs"),
        ({"done_on": day(1)}, "har inte kommit än"),
    ],
)
def test_a_point_that_cannot_be_is_refused(cast: Cast, case: Case, more: dict[str, Any], message: str) -> None:
    with pytest.raises(Refused, match=message):
        check(cast, case, **more)
    assert not CoordinationCheck.objects.exists()


def test_points_of_children_are_there_while_there_are_children(cast: Cast, case: Case) -> None:
    assert not OF_CHILDREN & set(readers.points_of(case))
    child = children.add_child(by=cast.alma, case=case, identity=Identity(), alias="Yngsta", lives_with=True)
    assert readers.points_of(case) == list(Point)
    assert check(cast, case, "children_heard").point == "children_heard"
    children.leave_household(by=cast.alma, child=child, left_on=TODAY)
    assert not OF_CHILDREN & set(readers.points_of(case))


@pytest.mark.parametrize("who", ["bo", "eva", "edvin", "dag", "lo"])
def test_nobody_else_notes_a_point(cast: Cast, case: Case, who: str) -> None:
    with pytest.raises(policy.Forbidden):
        check(cast, case, by=getattr(cast, who))


def test_a_closed_case_takes_none(signed_in: SignIn, cast: Cast, case: Case) -> None:
    closed = close(cast, case)
    for stage in (case, closed):
        with pytest.raises(Refused, match="avslutat"):
            check(cast, stage, by=cast.cecilia)
    assert "Anteckna punkten" not in text(signed_in(cast.cecilia).get(url_of(case)))


def test_the_page_says_what_is_left_and_what_is_done(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, form = signed_in(cast.alma), {"done_on": str(TODAY), "note": "Hon <vet>", "once": str(uuid4())}
    assert "9 punkter är kvar." in text(client.get(url_of(case)))
    assert "Personen vet vem som är hennes kontakt" in text(client.get(url_of(case, "one_contact")))
    for _ in range(2):
        assert send(client, url_of(case, "one_contact"), **form).url == f"{url_of(case)}#punkt-one_contact"
    page = text(client.get(url_of(case)))
    for word in ("8 punkter är kvar.", "Hon &lt;vet&gt;", "Gör om punkten", "Punkten är antecknad."):
        assert word in page
    assert "Varje barn har fått komma till tals" not in page
    assert "%" not in page.split("<main")[1].split("</main>")[0]
    for point in readers.points_of(case)[2:]:
        check(cast, case, point, not_needed=True)
    assert "En punkt är kvar." in text(client.get(url_of(case)))
    check(cast, case, "all_known")
    check(cast, case, "one_contact", note="")
    page = text(client.get(url_of(case)))
    for word in ("Alla punkter är gjorda eller bedömda.", "Behövs inte, bedömt", "Tidigare"):
        assert word in page


def test_what_is_wrong_is_said_at_its_field(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    for more, message in (
        ({"not_needed": "on"}, "Skriv varför punkten inte behövs."),
        ({"done_on": str(day(2))}, "Datumet får inte ligga i framtiden."),
    ):
        assert message in text(send(client, url_of(case, "risk_shared"), **{"done_on": str(TODAY), **more}))
    assert not CoordinationCheck.objects.exists()
    for point in ("kaffe", "children_heard"):
        assert client.get(url_of(case, point)).status_code == 404


def test_many_notes_cost_as_many_queries_as_one(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, counts = signed_in(cast.alma), []
    for more in (1, 9):
        for _ in range(more):
            check(cast, case)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url_of(case)).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
