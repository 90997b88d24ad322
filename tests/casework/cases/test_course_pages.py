"""The forms that change a case: its words, its state, its end."""

from uuid import uuid4

import pytest

from casework.cases import actions as cases
from casework.cases.models import Case, Narrative
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, send, text

WORDS = {"background": "Bakgrund", "wishes": "Önskan", "referral_note": "", "legal_basis": ""}


def test_a_move_asks_why_and_leads_back_to_the_case(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, url = signed_in(cast.alma), f"/arenden/{case.number}/lage/rest/"
    assert "Personen vill göra en paus." in text(client.get(url))
    assert "Svara på frågan: Varför?" in text(send(client, url, reason=" "))
    response = send(client, url, reason="Hon vill vila")
    assert (response.status_code, response.url) == (302, f"/arenden/{case.number}/")
    case.refresh_from_db()
    assert case.state == "resting"
    assert "Det går inte nu" in text(send(client, url, reason="Igen"))


def test_an_unknown_move_is_no_page(signed_in: SignIn, cast: Cast, case: Case) -> None:
    assert signed_in(cast.alma).get(f"/arenden/{case.number}/lage/open/").status_code == 404


@pytest.mark.parametrize("path", ["avsluta/", "lage/reopen/"])
def test_the_end_of_a_case_is_the_sektionschefs(signed_in: SignIn, cast: Cast, case: Case, path: str) -> None:
    assert signed_in(cast.alma).get(f"/arenden/{case.number}/{path}").status_code == 403
    assert signed_in(cast.edvin).get(f"/arenden/{case.number}/{path}").status_code == 404


def test_a_case_is_closed_with_a_reason_and_the_contact_person_is_out_at_the_next_click(
    signed_in: SignIn, cast: Cast, case: Case
) -> None:
    cases.move_case(by=cast.cecilia, case=case, name="begin_closing", reason="Klart")
    alma, cecilia, url = signed_in(cast.alma), signed_in(cast.cecilia), f"/arenden/{case.number}/avsluta/"
    assert alma.get(f"/arenden/{case.number}/").status_code == 200
    assert "Välj skäl." in text(send(cecilia, url, closure_reason="", note="Klart"))
    assert send(cecilia, url, closure_reason="moved", note="Flyttat").status_code == 302
    assert alma.get(f"/arenden/{case.number}/").status_code == 404


def test_the_words_of_a_case_are_changed_and_its_closing_note_stays(signed_in: SignIn, cast: Cast, case: Case) -> None:
    case.narrative = Narrative(closure_note="Förra gången")
    case.save()
    client, url = signed_in(cast.alma), f"/arenden/{case.number}/om/"
    data = {**WORDS, "wishes": "En egen lägenhet", "legal_basis": "11:5", "version": case.version}
    assert send(client, url, **data).url == f"/arenden/{case.number}/"
    words = Case.objects.get().narrative.open()
    assert (words.wishes, words.closure_note) == ("En egen lägenhet", "Förra gången")


def test_a_stale_edit_shows_both_texts_and_then_saves(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, url = signed_in(cast.alma), f"/arenden/{case.number}/om/"
    cases.change_narrative(
        by=cast.cecilia, case=case, narrative=Narrative(wishes="Hennes text"), legal_basis="11:1", version=case.version
    )
    data = {**WORDS, "background": "", "wishes": "Min text", "version": case.version}
    body = text(send(client, url, **data))
    for shown in ("Någon annan hann ändra", "Min text", "Hennes text", "Beslut om insats", "Inte bestämt än"):
        assert shown in body
    assert "Bakgrund</h3>" not in body
    assert Case.objects.get().narrative.open().wishes == "Hennes text"
    newer = Case.objects.get().version
    assert f'name="version" value="{newer}"' in body
    assert send(client, url, **{**data, "version": newer}).status_code == 302
    assert Case.objects.get().narrative.open().wishes == "Min text"


def test_the_same_stale_form_sent_twice_is_the_first_one(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, token = signed_in(cast.alma), str(uuid4())
    data = {**WORDS, "wishes": "Min text", "version": case.version, "once": token}
    first, again = (send(client, f"/arenden/{case.number}/om/", **data) for _ in range(2))
    assert first.url == again.url
    assert Case.objects.get().version == case.version + 1


def test_a_closed_cases_words_are_refused_with_the_text_kept(signed_in: SignIn, cast: Cast, case: Case) -> None:
    cases.move_case(by=cast.cecilia, case=case, name="begin_closing", reason="Klart")
    case.refresh_from_db()
    done = cases.close_case(by=cast.cecilia, case=case, closure_reason="moved", note="Flyttat")
    data = {**WORDS, "wishes": "En sista tanke", "version": done.version}
    body = text(send(signed_in(cast.cecilia), f"/arenden/{case.number}/om/", **data))
    assert "Ärendet är avslutat." in body
    assert "En sista tanke" in body


def test_a_reopened_case_needs_a_contact_person(signed_in: SignIn, cast: Cast, case: Case) -> None:
    cases.move_case(by=cast.cecilia, case=case, name="begin_closing", reason="Klart")
    case.refresh_from_db()
    cases.close_case(by=cast.cecilia, case=case, closure_reason="moved", note="Flyttat")
    client = signed_in(cast.cecilia)
    assert send(client, f"/arenden/{case.number}/lage/reopen/", reason="Hon är tillbaka").status_code == 302
    assert "Ärendet har ingen kontaktperson." in text(client.get(f"/arenden/{case.number}/"))
    assert factories.assign(cast.cecilia, Case.objects.get(), cast.alma).state == "active"
