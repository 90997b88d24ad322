"""The form of a support step, and what is noted beside a signed one."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from audit.tags import Tag
from casework.access import actions as access
from casework.cases import actions as cases
from casework.cases.journal.actions import correct_note
from casework.cases.models import Case, JournalNote
from contacts.steps import readers
from contacts.steps.forms import StepForm
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, last_event, send, text

TODAY = timezone.localdate()


def url_of(case: Case) -> str:
    return f"/arenden/{case.number}/steg/"


def test_a_step_is_signed_with_everything_that_was_filled_in(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    data = factories.step_data(text="Vi ringde", actor="Polisen", next_step="Ring igen", next_on=str(TODAY))
    response = send(client, url_of(case), **data)
    note = JournalNote.objects.get()
    assert response.url == f"/arenden/{case.number}/#not-{note.pk}"
    words = note.content.open()
    assert (words.text, words.actor, words.next_step, note.next_on) == ("Vi ringde", "Polisen", "Ring igen", TODAY)
    assert "Stödsteget är signerat." in text(client.get(response.url))


def test_the_form_begins_with_the_last_choices_now_and_what_was_planned(
    signed_in: SignIn, cast: Cast, case: Case
) -> None:
    factories.make_step(cast.alma, case, kind="housing", way="call", place="phone", next_step="Ring", next_on=TODAY)
    body = text(signed_in(cast.alma).get(url_of(case)))
    for value in ("housing", "call", "phone", "done"):
        assert f'<option value="{value}" selected>' in body
    assert f"Planerat {TODAY}:" in body
    assert f'value="{TODAY}"' in body
    assert cases_of(last_event(Tag.STEP_FORM)) == {case.number}


def test_the_kinds_used_most_stand_first(cast: Cast, case: Case) -> None:
    assert readers.recent_choices(cast.alma) == {}
    for kind in ("economy", "housing", "economy"):
        factories.make_step(cast.alma, case, kind=kind)
    assert [value for value, _ in readers.recent_kinds_first(cast.alma)][:3] == ["economy", "housing", "authority"]
    assert StepForm.defaults({})["minutes"] == 30


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"text": ""}, "Svara på frågan: Vad hände?"),
        ({"text": "x" * 10_001}, "högst 10\xa0000 får plats"),
        ({"text": "rad ett\nrad\x00två"}, "osynligt tecken på rad 2"),
        ({"kind": "\0"}, "Välj något av alternativen i listan."),
        ({"minutes": "-1"}, "Minuterna kan inte vara färre än 0."),
        ({"minutes": "1441"}, "Högst 1 440 minuter, det är ett dygn."),
        ({"minutes": "en timme"}, "Skriv ett heltal med siffror."),
        ({"occurred_at_0": str(TODAY + timedelta(days=1))}, "Tidpunkten får inte ligga i framtiden."),
        ({"occurred_at_0": "2026-02-30"}, "finns inte i kalendern"),
        ({"occurred_at_1": ""}, "Fyll i både datum och klockslag."),
        ({"next_step": "Ring"}, "Välj en dag för nästa steg"),
        ({"next_on": str(TODAY)}, "Skriv vad nästa steg är."),
        ({"next_step": "Ring", "next_on": str(TODAY - timedelta(days=1))}, "Datumet får inte ha passerat."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_kept(
    signed_in: SignIn, cast: Cast, case: Case, more: dict[str, str], message: str
) -> None:
    data = {**factories.step_data(text="Min långa text", actor="Banken"), **more}
    body = text(send(signed_in(cast.alma), url_of(case), **data))
    assert message.replace("\xa0", " ") in body.replace("\xa0", " ")
    assert 'value="Banken"' in body
    assert "Inget du skrev är borta." in body
    if "text" not in more:
        assert "Min långa text" in body
    assert not JournalNote.objects.exists()


def test_letters_in_a_wrong_encoding_are_refused_at_the_field(signed_in: SignIn, cast: Cast, case: Case) -> None:
    data = "&".join(f"{name}={value}" for name, value in factories.step_data(once=uuid4(), text="%C5sa").items())
    response = signed_in(cast.alma).post(url_of(case), data=data, content_type="application/x-www-form-urlencoded")
    assert "Några tecken gick inte att läsa" in text(response)
    assert not JournalNote.objects.exists()


def test_a_form_in_another_charset_is_answered_in_swedish(signed_in: SignIn, cast: Cast, case: Case) -> None:
    kind = "application/x-www-form-urlencoded; charset=utf-16"
    response = signed_in(cast.alma).post(url_of(case), data="text=x", content_type=kind)
    assert response.status_code == 400
    assert "Webbläsaren skickade något som vi inte kunde tolka." in text(response)


def test_ten_megabytes_are_too_much_and_the_page_says_so(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    for strict in (False, True):
        client.handler.enforce_csrf_checks = strict
        client.get(url_of(case))
        body = "text=" + "x" * 10_000_000
        response = client.post(url_of(case), data=body, content_type="application/x-www-form-urlencoded")
        assert response.status_code == 413
        assert "Det du skrev finns kvar om du går tillbaka" in text(response)
    assert not JournalNote.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("bo", 404), ("eva", 404), ("cecilia", 403), ("lo", 403), ("dag", 404)])
def test_nobody_else_gets_the_form_or_signs(signed_in: SignIn, cast: Cast, case: Case, who: str, status: int) -> None:
    client = signed_in(getattr(cast, who))
    assert client.get(url_of(case)).status_code == status
    assert send(client, url_of(case), **factories.step_data()).status_code == status
    assert not JournalNote.objects.exists()


def test_a_closed_case_says_so_and_keeps_the_text(signed_in: SignIn, cast: Cast, case: Case) -> None:
    cases.move_case(by=cast.cecilia, case=case, name="begin_closing", reason="Klart")
    case.refresh_from_db()
    done = cases.close_case(by=cast.cecilia, case=case, closure_reason="moved", note="Flyttat")
    access.open_grant(by=cast.cecilia, case=done, user=cast.bo, kind="deputy", source=case.pk)
    client = signed_in(cast.bo)
    assert "Ärendet är avslutat." in text(client.get(url_of(case)))
    body = text(send(client, url_of(case), **factories.step_data(text="Min text")))
    assert "Öppna det igen innan du skriver något nytt." in body
    assert "Min text" in body


@pytest.mark.parametrize(("how", "entry"), [("ratta", "correction"), ("mening", "opinion")])
def test_a_note_is_answered_beside_itself(signed_in: SignIn, cast: Cast, case: Case, how: str, entry: str) -> None:
    note = factories.make_step(cast.alma, case, text="Klockan två")
    client, url = signed_in(cast.alma), f"/anteckningar/{note.pk}/{how}/"
    assert "Klockan två" in text(client.get(url))
    data = {"text": "Klockan tre", "once": str(uuid4())}
    for _ in range(2):
        assert send(client, url, **data).url == f"/arenden/{case.number}/#not-{note.pk}"
    beside = JournalNote.objects.get(about=note)
    assert (beside.entry, beside.content.open().text) == (entry, "Klockan tre")


def test_notes_that_are_not_ones_own_to_answer(signed_in: SignIn, cast: Cast, case: Case) -> None:
    note = factories.make_step(cast.alma, case)
    beside = correct_note(by=cast.alma, note=note, text="Fel")
    for user, status in ((cast.eva, 404), (cast.cecilia, 403), (cast.lo, 403)):
        assert signed_in(user).get(f"/anteckningar/{note.pk}/ratta/").status_code == status
        assert cases_of(last_event(Tag.DENIED)) == {case.number}
    client = signed_in(cast.alma)
    for path in (f"{beside.pk}/ratta/", f"{uuid4()}/ratta/", f"{note.pk}/stryk/"):
        assert client.get(f"/anteckningar/{path}").status_code == 404
