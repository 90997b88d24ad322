"""The pages of rounding off: written with a draft, handed in, tapered, decided, and reopened with everything kept."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from audit.tags import Tag
from casework.cases import actions as cases
from casework.cases.models import Case
from casework.drafts import store
from casework.drafts.models import Draft
from contacts.closing import actions
from contacts.goals import actions as goals
from contacts.models import Appointment, ClosingPlan, ContactRhythm
from contacts.week.models import AppointmentWords
from tests import factories
from tests.cast import Cast
from tests.contacts.closing.test_rounding_off import WHOLE, make_goal, submitted, write
from tests.fixtures import SignIn, cases_of, last_event, send, text
from tests.world import post_data

TODAY = timezone.localdate()


def url(case: Case, page: str = "") -> str:
    return f"/arenden/{case.number}/avslutning/{page}"


def data(**more: Any) -> dict[str, Any]:
    return {**vars(WHOLE), "farewell_on": str(TODAY), "version": 0, **more}


def test_the_plan_is_saved_once_and_the_draft_is_gone(signed_in: SignIn, cast: Cast, case: Case) -> None:
    store.save(user=cast.alma, slot=f"closing:{case.number}", path="/", post=post_data(network="Halvt"), case=case)
    client = signed_in(cast.alma)
    assert "Halvt" in text(client.get(url(case)))
    form = data(once=str(uuid4()))
    for _ in range(2):
        assert send(client, url(case), **form).url == url(case)
    assert ClosingPlan.objects.get().words.open().network == "Systern och kören"
    assert not Draft.objects.exists()
    body = text(client.get(url(case)))
    assert "Planen för avslut är sparad." in body
    assert "Lämna avslutet för godkännande" in body


def test_what_is_typed_is_kept_as_a_draft(signed_in: SignIn, cast: Cast, case: Case) -> None:
    for user, status in ((cast.alma, 200), (cast.cecilia, 403), (cast.eva, 404)):
        answer = signed_in(user).post(f"/utkast/closing:{case.number}/", {"network": "Kören"})
        assert answer.status_code == status


def test_two_who_write_see_both_texts(signed_in: SignIn, cast: Cast, case: Case) -> None:
    write(cast.alma, case)
    body = text(send(signed_in(cast.alma), url(case), **data(network="Min text", version=0)))
    assert "Någon annan hann ändra" in body
    assert "Min text" in body
    assert "Systern och kören" in body


def test_a_plan_handed_in_meanwhile_keeps_what_was_typed(signed_in: SignIn, cast: Cast, case: Case) -> None:
    plan = submitted(cast, case)
    body = text(send(signed_in(cast.alma), url(case), **data(network="Min text", version=plan.version)))
    assert "går inte att ändra" in body
    assert "Min text" in body


def test_it_says_what_is_missing_and_is_handed_in(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    assert client.get(url(case, "lamna-in/")).status_code == 404
    goal = make_goal(cast.alma, case)
    write(cast.alma, case)
    assert "Hur det blev med mål 1" in text(client.get(url(case)))
    assert "Det här saknas: Hur det blev med mål 1" in text(send(client, url(case, "lamna-in/")))
    goals.move_goal(by=cast.alma, goal=goal, name="reach", result="Hon hittar hem")
    assert "Hon hittar hem" in text(client.get(url(case, "lamna-in/")))
    assert send(client, url(case, "lamna-in/")).url == url(case)
    assert "väntar på sektionschefens beslut" in text(client.get(url(case)))


def test_the_contact_grows_sparser_on_the_same_page(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, page = signed_in(cast.alma), url(case, "nedtrappning/")
    assert "Ingen kontaktrytm" in text(client.get(url(case)))
    form = {"every": "30", "agreed_on": str(TODAY), "why": ""}
    assert "Skriv varför" in text(send(client, page, **form))
    assert send(client, page, **form, with_person="on").url == url(case)
    rhythm = ContactRhythm.objects.get()
    assert (rhythm.phase, rhythm.every, rhythm.agreed_with_person) == ("tapering", 30, True)
    assert "Ändra nedtrappningen" in text(client.get(url(case)))


def test_the_sektionschef_sees_by_name_what_is_open(signed_in: SignIn, cast: Cast, case: Case) -> None:
    chief, page = signed_in(cast.cecilia), url(case, "beslut/")
    assert "Inget avslut väntar på beslut" in text(chief.get(page))
    store.save(user=cast.alma, slot=store.step_slot(case), path="/", post=post_data(text="Halvt"), case=case)
    late = TODAY + timedelta(days=4)
    plan = submitted(cast, case, farewell_on=late)
    goal = make_goal(cast.alma, case)
    body = text(chief.get(page))
    for words in ("Alma Lind har ett osignerat utkast", f"planerat till {late}", f"Mål {goal.number} pågår."):
        assert words in body
    assert cases_of(last_event(Tag.PAGE_READ)) == {case.number}
    right = {"do": "approve", "why": "", "version": plan.version}
    for wrong, words in (
        ({"do": ""}, "Välj om du godkänner"),
        ({"why": "Något"}, "ta bort texten"),
        ({"do": "send_back"}, "Skriv vad som behöver ändras."),
        ({"version": 0}, "en annan än den du läste"),
    ):
        assert words in text(send(chief, page, **{**right, **wrong}))
    assert send(chief, page, **right).url == f"/arenden/{case.number}/"
    case.refresh_from_db()
    assert case.closed
    assert "Inget avslut väntar" in text(send(chief, page, **right))


def test_sent_back_is_read_by_who_wrote(signed_in: SignIn, cast: Cast, case: Case) -> None:
    plan = submitted(cast, case)
    form = {"do": "send_back", "why": "Vem ringer hon på natten?", "version": plan.version}
    assert send(signed_in(cast.cecilia), url(case, "beslut/"), **form).status_code == 302
    assert "Vem ringer hon på natten?" in text(signed_in(cast.alma).get(url(case)))


def test_the_panel_follows_the_plan(signed_in: SignIn, cast: Cast, case: Case) -> None:
    alma, chief, page = signed_in(cast.alma), signed_in(cast.cecilia), f"/arenden/{case.number}/"
    assert "avslutning/" not in text(alma.get(page))
    cases.move_case(by=cast.alma, case=case, name="begin_closing", reason="Snart")
    assert "Skriv planen för avslut" in text(alma.get(page))
    plan = write(cast.alma, case)
    assert "Fortsätt med planen" in text(alma.get(page))
    actions.submit_closing(by=cast.alma, plan=plan)
    assert "Läs planen för avslut" in text(alma.get(page))
    assert "Ta ställning till avslutet" in text(chief.get(page))


def test_the_support_goes_on(signed_in: SignIn, cast: Cast, case: Case) -> None:
    cases.move_case(by=cast.alma, case=case, name="begin_closing", reason="Snart")
    write(cast.alma, case)
    client = signed_in(cast.alma)
    assert client.get(url(case, "fortsatt/")).status_code == 200
    assert send(client, url(case, "fortsatt/"), reason="Hon har det svårt").url == f"/arenden/{case.number}/"
    case.refresh_from_db()
    assert case.state == "open"
    assert "Stödet fortsatte" in text(client.get(url(case)))


def test_closed_and_opened_again_with_everything_kept(signed_in: SignIn, cast: Cast, case: Case) -> None:
    note = factories.make_step(cast.alma, case, text="Vi gick till banken")
    plan = submitted(cast, case)
    chief, alma, page = signed_in(cast.cecilia), signed_in(cast.alma), f"/arenden/{case.number}/"
    send(chief, url(case, "beslut/"), do="approve", why="", version=plan.version)
    assert alma.get(page).status_code == 404
    closed = text(chief.get(page))
    for words in ("Målen är nådda".lower(), "Systern och kören", "Vi gick till banken"):
        assert words in closed
    assert send(chief, f"/arenden/{case.number}/lage/reopen/", reason="Hon hörde av sig").status_code == 302
    case.refresh_from_db()
    assert (case.state, case.closure_reason) == ("intake", "")
    factories.assign(cast.cecilia, case, cast.bo)
    bo = signed_in(cast.bo)
    again = text(bo.get(page))
    assert f"not-{note.pk}" in again
    assert "Vi gick till banken" in again
    kept = text(bo.get(url(case)))
    for words in ("Godkänd", "Systern och kören", "Att någon ringde"):
        assert words in kept
    assert write(cast.bo, case).pk != plan.pk


@pytest.mark.parametrize("page", ["", "lamna-in/", "nedtrappning/", "fortsatt/", "beslut/"])
def test_a_stranger_finds_nothing(signed_in: SignIn, cast: Cast, case: Case, page: str) -> None:
    write(cast.alma, case)
    assert signed_in(cast.eva).get(url(case, page)).status_code == 404
    assert cases_of(last_event(Tag.DENIED)) == {case.number}


def test_hours_to_come_and_a_farewell_that_nobody_planned(signed_in: SignIn, cast: Cast, case: Case) -> None:
    submitted(cast, case, farewell_on=None, reason="no_contact")
    chief, page = signed_in(cast.cecilia), url(case, "beslut/")
    body = text(chief.get(page))
    assert "Inget avskedsmöte är antecknat." in body
    assert "ställs in när" not in body
    facts = {"case": case, "client": case.client, "user": cast.alma, "kind": "reminder"}
    for days, words in ((2, "En bokad tid ställs in"), (3, "2 bokade tider ställs in")):
        Appointment(**facts, starts_at=timezone.now() + timedelta(days=days), words=AppointmentWords()).save()
        assert words in text(chief.get(page))
