"""A protection is checked, changed and ended, and the page that shows it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.tags import Tag
from casework import policy
from casework.cases import actions as cases
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.clients import actions as clients
from casework.clients.models import Address, Client, Identity, ProtectionMark
from casework.clients.protection import actions, masking_actions
from casework.records import StaleEdit
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, events, last_event, send, text

TODAY = timezone.localdate()
WEEK = timedelta(days=7)


def mark(cast: Cast, case: Case, **more: Any) -> ProtectionMark:
    facts = {"kind": "SECRECY_MARKING", "valid_from": TODAY - WEEK, "decided_by": "Skatteverket"}
    return clients.add_mark(by=cast.alma, case=case, **{**facts, **more})


def test_a_check_is_noted_with_its_day_and_disturbs_nobody(cast: Cast, case: Case) -> None:
    checked = actions.check_protection(by=cast.alma, case=case)
    assert (checked.protection_checked_on, checked.version) == (TODAY, 1)
    assert cases_of(last_event(Tag.PROTECTION_CHECKED)) == {case.number}


def test_a_protection_is_changed_but_not_its_kind(cast: Cast, case: Case) -> None:
    found, facts = mark(cast, case), {"by": cast.alma, "case": case, "decided_by": "Polisen"}
    changed = actions.change_mark(mark=found, review_on=TODAY + WEEK, version=1, **facts)
    changed.refresh_from_db()
    assert (changed.review_on, changed.version) == (TODAY + WEEK, 2)
    assert (changed.details.open().kind, changed.details.open().decided_by) == ("SECRECY_MARKING", "Polisen")
    assert cases_of(last_event(Tag.MARK_CHANGED)) == {case.number}
    assert "Polisen" not in str(last_event(Tag.MARK_CHANGED).body)
    with pytest.raises(StaleEdit):
        actions.change_mark(mark=found, review_on=None, version=1, **facts)
    with pytest.raises(Refused, match="efter dagen"):
        actions.change_mark(mark=found, review_on=TODAY - 2 * WEEK, version=2, **facts)


def test_an_ended_protection_keeps_its_grounds_and_changes_no_more(cast: Cast, case: Case) -> None:
    found = mark(cast, case)
    ended = clients.end_mark(by=cast.alma, case=case, mark=found, ended_on=TODAY, reason="Hon ville det")
    details = ended.details.open()
    assert (details.end_grounds, details.decided_by, ended.version) == ("Hon ville det", "Skatteverket", 2)
    with pytest.raises(Refused, match="upphörde"):
        actions.change_mark(by=cast.alma, case=case, mark=found, review_on=None, decided_by="", version=2)


@pytest.mark.parametrize("who", ["bo", "eva", "edvin", "dag", "lo", "ada"])
def test_only_those_of_the_case_may(cast: Cast, case: Case, who: str) -> None:
    user, found = getattr(cast, who), mark(cast, case)
    with pytest.raises(policy.Forbidden):
        actions.check_protection(by=user, case=case)
    with pytest.raises(policy.Forbidden):
        actions.change_mark(by=user, case=case, mark=found, review_on=None, decided_by="", version=1)


def test_the_page_says_what_holds_what_has_ended_and_what_to_do(signed_in: SignIn, cast: Cast, case: Case) -> None:
    mark(cast, case, review_on=TODAY - timedelta(days=1))
    clients.end_mark(
        by=cast.alma,
        case=case,
        mark=mark(cast, case, kind="PROTECTED_REGISTRATION"),
        ended_on=TODAY,
        reason="Upphävt i rätten",
    )
    body = text(signed_in(cast.alma).get(f"/arenden/{case.number}/skydd/"))
    for said in ("Sekretessmarkering", "Skatteverket", "Skulle ha följts upp", "Upphävt i rätten", "Skyddet är oklart"):
        assert said in body
    assert "Pröva sekretessen varje gång" in body


def test_the_strongest_protection_is_not_named(signed_in: SignIn, cast: Cast, case: Case) -> None:
    mark(cast, case, kind="FICTITIOUS_IDENTITY")
    body = text(signed_in(cast.alma).get(f"/arenden/{case.number}/skydd/"))
    assert "Fingerade" not in body
    assert "Skyddade personuppgifter" in body


def test_without_protection_the_page_asks_for_a_check(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, url = signed_in(cast.alma), f"/arenden/{case.number}/skydd/"
    assert "Inget skydd är antecknat" in text(client.get(url))
    assert "Ladda om sidan och försök igen." in text(client.post(f"{url}kontrollerat/"))
    token = str(uuid4())
    for _ in range(2):
        assert send(client, f"{url}kontrollerat/", once=token).url == url
    assert len(events(Tag.PROTECTION_CHECKED)) == 1
    body = text(client.get(url))
    assert f"kontrollerades senast {TODAY}" in body
    assert "Skyddet är oklart" not in body


def test_a_protection_is_changed_by_its_form_and_a_stale_one_refused(signed_in: SignIn, cast: Cast, case: Case) -> None:
    found, client = mark(cast, case), signed_in(cast.alma)
    url = f"/arenden/{case.number}/skydd/{found.pk}/andra/"
    assert 'value="Skatteverket"' in text(client.get(url))
    data = {"review_on": str(TODAY + WEEK), "decided_by": "Polisen", "version": 1}
    assert send(client, url, **data).url == f"/arenden/{case.number}/skydd/"
    body = text(send(client, url, **{**data, "decided_by": "Ingen"}))
    assert "Någon annan hann ändra" in body
    assert send(client, url, **{**data, "version": 2}).status_code == 302
    early = text(send(client, url, **{**data, "version": 2, "review_on": "2020-01-01"}))
    assert "efter dagen" in early


def test_a_protection_of_another_person_and_a_strangers_case_are_not_found(
    signed_in: SignIn, cast: Cast, case: Case
) -> None:
    other = factories.make_case(cast.cecilia)
    theirs = clients.add_mark(by=cast.cecilia, case=other, kind="SECRECY_MARKING", valid_from=TODAY)
    assert signed_in(cast.alma).get(f"/arenden/{case.number}/skydd/{theirs.pk}/andra/").status_code == 404
    for user, status in ((cast.bo, 404), (cast.eva, 404), (cast.lo, 403), (cast.cecilia, 200)):
        assert signed_in(user).get(f"/arenden/{case.number}/skydd/").status_code == status


def test_the_page_asks_the_same_however_many_protections(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, counts = signed_in(cast.alma), []
    mark(cast, case)
    client.get(f"/arenden/{case.number}/skydd/")
    for more in (0, 9):
        for _ in range(more):
            mark(cast, case)
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/arenden/{case.number}/skydd/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_places_are_shown_and_demand_a_review(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, url = signed_in(cast.alma), f"/arenden/{case.number}/adress/"
    data = {"municipality": "Tomelilla", "court": "Ystads tingsrätt", "version": 1}
    assert "En adress sparas inte för alltid." in text(send(client, url, **data))
    assert send(client, url, **data, review_on=str(TODAY)).status_code == 302
    assert Client.objects.get().address.open() == Address(municipality="Tomelilla", court="Ystads tingsrätt")
    shown = text(client.post(f"/arenden/{case.number}/visa/adress/", {"reason": "check"}))
    assert "Tomelilla" in shown
    assert "Hyresvärd" not in shown


def test_more_is_kept_of_how_she_is_reached(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, url = signed_in(cast.alma), f"/arenden/{case.number}/kontakt/"
    more = {"readers": "Sonen läser sms", "call_back": "040-12", "interpreter_gender": "Kvinna"}
    data = {"safe_way": "Ring", **more, "interpreter_place": "telefon", "version": 1}
    assert send(client, url, **data).status_code == 302
    shown = text(client.post(f"/arenden/{case.number}/visa/kontakt/", {"reason": "check"}))
    for said in ("Sonen läser sms", "040-12", "Kvinna, telefon"):
        assert said in shown
    assert "Motring" not in text(signed_in(cast.cecilia).get("/arenden/nytt/"))


@pytest.mark.parametrize(
    ("more", "status"), [({}, 200), ({"spelling": "on"}, 302), ({"given_name": "Åsa", "language": "Dari"}, 302)]
)
def test_a_new_name_is_no_misspelling(
    signed_in: SignIn, cast: Cast, case: Case, more: dict[str, str], status: int
) -> None:
    data = {"given_name": "Eva", "family_name": "Öberg-Lind", "number": "", "language": "", "version": 1, **more}
    response = send(signed_in(cast.alma), f"/arenden/{case.number}/identitet/", **data)
    assert response.status_code == status
    if status == 200:
        assert "välj Byt identitet" in text(response)


def test_a_protection_is_looked_after_in_a_closed_case_too(
    cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases, "on_closing", [])
    found = mark(cast, case)
    closing = cases.move_case(by=cast.cecilia, case=case, name="begin_closing", reason="Klart")
    ended = cases.close_case(by=cast.cecilia, case=closing, closure_reason="moved", note="Flyttat")
    facts: dict[str, Any] = {"by": cast.cecilia, "case": ended}
    assert actions.check_protection(**facts).protection_checked_on == TODAY
    assert actions.change_mark(mark=found, review_on=TODAY, decided_by="", version=1, **facts).version == 2
    told = {"identity": Identity(given_name="Eva", family_name="Ny"), "version": 1, "grounds": "Beslut"}
    change = actions.replace_identity(**facts, **told)
    assert masking_actions.finish_change(by=cast.cecilia, change=change).state == "done"
