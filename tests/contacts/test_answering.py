"""The kontaktperson says yes or no; the door opens in the same act and holds at the next request."""

from uuid import uuid4

import pytest

from audit.tags import Tag
from casework.access.models import AccessGrant
from casework.cases import actions as cases
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.policy import Forbidden
from contacts.assignments import actions, rules
from contacts.models import Assignment
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, events, last_event, send, text


@pytest.fixture
def asked(cast: Cast) -> Assignment:
    case = factories.make_case(cast.cecilia)
    return actions.offer_assignment(
        by=cast.cecilia, case=case, user=cast.alma, kind="main", no_conflict=True, message="Har du plats?"
    )


def test_a_yes_opens_the_case_and_the_door_at_once(signed_in: SignIn, cast: Cast, asked: Assignment) -> None:
    client, page = signed_in(cast.alma), f"/arenden/{asked.case.number}/"
    assert client.get(page).status_code == 404
    response = send(client, f"/uppdrag/{asked.pk}/", no_conflict="on")
    assert response.url == page
    assert client.get(page).status_code == 200
    grant = AccessGrant.objects.get()
    assert (grant.user, grant.kind, grant.source, grant.opened_by) == (cast.alma, "assignment", asked.pk, cast.alma)
    assert Case.objects.get().state == "open"
    request = last_event(Tag.ASSIGNMENT_ACCEPTED).request
    assert {last_event(tag).request for tag in (Tag.GRANT_OPENED, Tag.CASE_OPENED)} == {request}


def test_a_yes_sent_twice_leads_to_the_case_both_times(signed_in: SignIn, cast: Cast, asked: Assignment) -> None:
    client, url, token = signed_in(cast.alma), f"/uppdrag/{asked.pk}/", str(uuid4())
    first, again = (send(client, url, no_conflict="on", once=token) for _ in range(2))
    assert first.url == again.url == f"/arenden/{asked.case.number}/"
    assert client.get(url).url == "/mina-arenden/"
    assert "Frågan är redan besvarad" in text(send(client, url, no_conflict="on"))


def test_a_yes_without_an_answer_about_conflict_is_refused(signed_in: SignIn, cast: Cast, asked: Assignment) -> None:
    client = signed_in(cast.alma)
    body = text(send(client, f"/uppdrag/{asked.pk}/"))
    assert "Kryssa i rutan: Jag känner inte till något jäv" in body
    assert "Har du plats?" in body
    with pytest.raises(Refused, match="jäv"):
        actions.accept_assignment(by=cast.alma, assignment=asked, no_conflict=False)


def test_the_earlier_contact_persons_door_closes_when_the_next_says_yes(
    signed_in: SignIn, cast: Cast, case: Case
) -> None:
    alma, page = signed_in(cast.alma), f"/arenden/{case.number}/"
    assert alma.get(page).status_code == 200
    factories.assign(cast.cecilia, case, cast.bo)
    assert alma.get(page).status_code == 404
    assert AccessGrant.objects.get(user=cast.alma).close_reason == "handed_over"
    assert Assignment.objects.get(user=cast.alma).state == "ended"
    assert signed_in(cast.bo).get(page).status_code == 200


def test_a_deputy_comes_beside_the_contact_person(signed_in: SignIn, cast: Cast, case: Case) -> None:
    factories.assign(cast.cecilia, case, cast.bo, kind="deputy")
    assert set(AccessGrant.objects.values_list("user__username", "kind", "closed_at")) == {
        ("alma", "assignment", None),
        ("bo", "deputy", None),
    }
    body = text(signed_in(cast.alma).get(f"/arenden/{case.number}/"))
    assert "Bo Ek" in body


def test_a_no_has_a_reason_and_opens_nothing(signed_in: SignIn, cast: Cast, asked: Assignment) -> None:
    client, url = signed_in(cast.alma), f"/uppdrag/{asked.pk}/nej/"
    assert "Skriv vilket skäl det är." in text(send(client, url, code="other", reason=""))
    assert send(client, url, code="other", reason="Byter jobb").url == "/mina-arenden/"
    asked.refresh_from_db()
    assert (asked.state, asked.decline_code) == ("declined", "other")
    assert asked.words.open().decline_reason == "Byter jobb"
    assert asked.words.open().message == "Har du plats?"
    assert not AccessGrant.objects.exists()
    assert last_event(Tag.ASSIGNMENT_DECLINED).reason_code == "other"
    assert "Byter jobb" not in str(last_event(Tag.ASSIGNMENT_DECLINED).body)


def test_a_no_needs_no_words_for_the_other_reasons(cast: Cast, asked: Assignment) -> None:
    assert actions.decline_assignment(by=cast.alma, assignment=asked, code="workload", reason="").state == "declined"


@pytest.mark.parametrize("path", ["", "nej/", "jav/"])
def test_a_question_is_nobody_elses(signed_in: SignIn, cast: Cast, asked: Assignment, path: str) -> None:
    for user, status in ((cast.bo, 404), (cast.eva, 404), (cast.cecilia, 403), (cast.dag, 403)):
        assert signed_in(user).get(f"/uppdrag/{asked.pk}/{path}").status_code == status
    assert signed_in(cast.bo).get(f"/uppdrag/{uuid4()}/{path}").status_code == 404
    signed_in(cast.bo).get(f"/uppdrag/{asked.pk}/{path}")
    assert cases_of(last_event(Tag.DENIED)) == {asked.case.number}


def test_the_acts_refuse_somebody_elses_question(cast: Cast, asked: Assignment) -> None:
    assert rules.can_answer(cast.alma, asked)
    assert not rules.can_answer(cast.bo, asked)
    for by in (cast.bo, cast.cecilia):
        with pytest.raises(Forbidden):
            actions.accept_assignment(by=by, assignment=asked, no_conflict=True)
        with pytest.raises(Forbidden):
            actions.report_conflict(by=by, assignment=asked, reason="Känner henne")


def test_an_answer_is_given_once(cast: Cast, asked: Assignment) -> None:
    stale = Assignment.objects.select_related("case").get(pk=asked.pk)
    actions.decline_assignment(by=cast.alma, assignment=asked, code="workload", reason="")
    with pytest.raises(Refused, match="redan i läget ”Tackade nej”"):
        actions.accept_assignment(by=cast.alma, assignment=stale, no_conflict=True)
    stale.refresh_from_db()
    with pytest.raises(Refused, match="redan besvarad"):
        actions.accept_assignment(by=cast.alma, assignment=stale, no_conflict=True)
    assert not AccessGrant.objects.exists()


def test_a_yes_to_a_case_that_closed_in_between_is_refused(cast: Cast, asked: Assignment) -> None:
    stale = Assignment.objects.select_related("case").get(pk=asked.pk)
    cases.close_case(by=cast.cecilia, case=asked.case, closure_reason="own_wish", note="Hon ville inte")
    with pytest.raises(Refused, match="avslutat"):
        actions.accept_assignment(by=cast.alma, assignment=stale, no_conflict=True)
    assert not events(Tag.GRANT_OPENED)


def test_a_resting_case_stays_resting_when_handed_over(cast: Cast, case: Case) -> None:
    case = cases.move_case(by=cast.alma, case=case, name="rest", reason="Paus")
    factories.assign(cast.cecilia, case, cast.bo)
    case.refresh_from_db()
    assert case.state == "resting"
