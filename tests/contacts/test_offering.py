"""A sektionschef asks a kontaktperson; the question of conflict of interest comes first."""

from uuid import uuid4

import pytest

from audit.tags import Tag
from casework.cases import actions as cases
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.policy import Forbidden
from contacts.assignments import actions, rules
from contacts.models import Assignment
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, events, last_event, send, text


def offer(cast: Cast, case: Case, **more: object) -> Assignment:
    facts = {"by": cast.cecilia, "case": case, "user": cast.bo, "kind": "main", "no_conflict": True}
    return actions.offer_assignment(**{**facts, **more})


def url_of(case: Case) -> str:
    return f"/arenden/{case.number}/kontaktperson/"


def test_an_offer_waits_and_opens_no_door(cast: Cast, case: Case) -> None:
    asked = offer(cast, case, message="Har du plats?")
    assert (asked.state, asked.manager_cleared, asked.user_cleared) == ("offered", True, False)
    assert Assignment.objects.get(pk=asked.pk).words.open().message == "Har du plats?"
    assert not case.grants.filter(user=cast.bo).exists()
    event = last_event(Tag.ASSIGNMENT_OFFERED)
    assert {case.ref(), cast.bo.ref()} <= set(event.refs)


def test_an_offer_without_an_answer_about_conflict_is_refused(cast: Cast, case: Case) -> None:
    with pytest.raises(Refused, match="jäv"):
        offer(cast, case, no_conflict=False)


def test_only_an_active_kontaktperson_is_asked(cast: Cast, case: Case) -> None:
    cast.bo.is_active = False
    for user in (cast.bo, cast.dag, cast.cecilia):
        with pytest.raises(Refused, match="aktiv kontaktperson"):
            offer(cast, case, user=user)


def test_nobody_is_asked_twice_in_a_case(cast: Cast, case: Case) -> None:
    offer(cast, case)
    with pytest.raises(Refused, match="Bo Ek har redan"):
        offer(cast, case, kind="deputy")
    assert len(events(Tag.ASSIGNMENT_OFFERED)) == 2


def test_only_the_sections_own_chief_asks_and_never_in_a_closed_case(cast: Cast, case: Case) -> None:
    for by in (cast.edvin, cast.alma):
        assert not rules.can_assign(by, case)
        with pytest.raises(Forbidden):
            offer(cast, case, by=by)
    assert rules.can_assign(cast.cecilia, case)
    cases.move_case(by=cast.cecilia, case=case, name="begin_closing", reason="Klart")
    stale = Case.objects.get(pk=case.pk)
    done = cases.close_case(by=cast.cecilia, case=stale, closure_reason="moved", note="Flyttat")
    for closed in (done, stale):
        with pytest.raises(Refused, match="avslutat"):
            offer(cast, closed)


def test_the_form_shows_what_each_one_carries(signed_in: SignIn, cast: Cast, case: Case) -> None:
    factories.assign(cast.cecilia, factories.make_case(cast.cecilia), cast.bo)
    second = factories.make_case(cast.cecilia)
    factories.assign(cast.cecilia, second, cast.bo, kind="deputy")
    for _ in range(2):
        offer(cast, factories.make_case(cast.cecilia))
    body = text(signed_in(cast.cecilia).get(url_of(case)))
    assert "Bo Ek · 1 ärende, ersättare i 1, 2 obesvarade frågor" in body
    for absent in ("Eva Rask", "Alma Lind ·"):
        assert absent not in body
    offer(cast, second, user=cast.alma)
    assert "Alma Lind · 1 ärende, 1 obesvarad fråga" in text(
        signed_in(cast.cecilia).get(url_of(factories.make_case(cast.cecilia)))
    )


def test_a_question_sent_twice_is_one_and_leads_to_the_case(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.cecilia)
    data = {"user": str(cast.bo.pk), "kind": "deputy", "conflict": "no", "message": "", "once": str(uuid4())}
    first, again = (send(client, url_of(case), **data) for _ in range(2))
    assert first.url == again.url == f"/arenden/{case.number}/"
    assert Assignment.objects.filter(user=cast.bo).count() == 1


def test_a_possible_conflict_stops_the_question(signed_in: SignIn, cast: Cast, case: Case) -> None:
    data = {"user": str(cast.bo.pk), "kind": "main", "conflict": "yes", "message": "Hej"}
    body = text(send(signed_in(cast.cecilia), url_of(case), **data))
    assert "Den som är jävig får inte ha ärendet." in body
    assert "Svara på frågan: Känner du till något jäv?" in text(
        send(signed_in(cast.cecilia), url_of(case), **{**data, "conflict": ""})
    )
    assert Assignment.objects.count() == 1


def test_assigning_is_closed_to_others(signed_in: SignIn, cast: Cast, case: Case) -> None:
    for user, status in ((cast.alma, 403), (cast.edvin, 404), (cast.dag, 404)):
        assert signed_in(user).get(url_of(case)).status_code == status
        assert cases_of(last_event(Tag.DENIED)) == {case.number}


def test_a_question_is_taken_back_once(signed_in: SignIn, cast: Cast, case: Case) -> None:
    asked = offer(cast, case)
    client, url = signed_in(cast.cecilia), f"/uppdrag/{asked.pk}/aterta/"
    assert client.post(url).url == f"/arenden/{case.number}/"
    asked.refresh_from_db()
    assert asked.state == "withdrawn"
    assert "Det går inte nu: uppdragets läge är ”Återtaget”." in text(client.post(url, follow=True))
    for user, status in ((cast.edvin, 404), (cast.alma, 403)):
        assert signed_in(user).post(url).status_code == status
    assert len(events(Tag.ASSIGNMENT_WITHDRAWN)) == 1


def test_a_question_answered_a_moment_ago_is_not_taken_back(cast: Cast, case: Case) -> None:
    asked = offer(cast, case, kind="deputy")
    stale = Assignment.objects.get(pk=asked.pk)
    actions.accept_assignment(by=cast.bo, assignment=asked, no_conflict=True)
    assert rules.can_withdraw(cast.cecilia, stale)
    with pytest.raises(Refused, match="redan i läget ”Pågår”"):
        actions.withdraw_assignment(by=cast.cecilia, assignment=stale)
    assert not rules.can_withdraw(cast.cecilia, Assignment.objects.get(pk=asked.pk))


def test_what_does_not_exist_is_not_managed(signed_in: SignIn, cast: Cast) -> None:
    assert signed_in(cast.cecilia).post(f"/uppdrag/{uuid4()}/aterta/").status_code == 404
