"""A form that arrived when the session was locked: kept sealed, shown after sign-in, sent again."""

from django.http import QueryDict

from casework.cases.models import Case, JournalNote
from casework.drafts import held, store
from casework.drafts.models import Draft
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, send, text

TOKEN = "7d1fb0a4-6f0e-4f0a-9d2e-0d9b3f4b7a11"


def posted(**data: str) -> QueryDict:
    form = QueryDict(mutable=True)
    form.update({"once": TOKEN, **data})
    return form


def test_a_held_form_is_shown_first_and_sent_as_it_was(signed_in: SignIn, cast: Cast, case: Case) -> None:
    path = f"/arenden/{case.number}/steg/"
    held.hold(cast.alma, path, posted(**factories.step_data(text="Det jag skrev"), password="hemligt"))
    client = signed_in(cast.alma)
    assert client.get("/").url == "/osparat/"
    body = text(client.get("/osparat/"))
    for shown in (f'action="{path}"', 'value="Det jag skrev"', f'value="{TOKEN}"', "Skicka det jag skrev"):
        assert shown in body
    assert "hemligt" not in body
    kept = held.waiting(cast.alma)
    assert client.post(kept.path, dict(kept.fields)).status_code == 302
    assert JournalNote.objects.get().content.open().text == "Det jag skrev"
    assert not held.is_waiting(cast.alma)
    assert client.get("/").url == "/mina-arenden/"


def test_a_held_form_is_only_its_writers(signed_in: SignIn, cast: Cast) -> None:
    held.hold(cast.alma, "/x/", posted(text="Det jag skrev"))
    body = text(signed_in(cast.bo).get("/osparat/"))
    assert "Inget väntar" in body
    assert "Det jag skrev" not in body
    assert held.waiting(cast.bo) is None


def test_another_form_that_is_sent_leaves_the_held_one(signed_in: SignIn, cast: Cast, case: Case) -> None:
    held.hold(cast.alma, f"/arenden/{case.number}/om/", posted(wishes="En bostad"))
    send(signed_in(cast.alma), f"/arenden/{case.number}/steg/", **factories.step_data())
    assert JournalNote.objects.exists()
    assert held.is_waiting(cast.alma)


def test_a_held_form_is_known_by_its_page_whatever_stands_after_it(cast: Cast) -> None:
    held.hold(cast.alma, "/sida/?a=1", posted())
    held.sent(cast.alma, "/annan/")
    assert held.is_waiting(cast.alma)
    held.sent(cast.alma, "/sida/")
    assert not held.is_waiting(cast.alma)
    held.sent(cast.alma, "/sida/")


def test_a_later_held_form_takes_the_place_of_the_earlier(cast: Cast) -> None:
    for word in ("ett", "två"):
        held.hold(cast.alma, "/x/", posted(text=word))
    assert ("text", ["två"]) in held.waiting(cast.alma).fields
    assert Draft.objects.count() == 1


def test_what_writes_nothing_is_not_held_and_too_long_a_text_neither(cast: Cast) -> None:
    held.hold(cast.alma, "/sok/", QueryDict("q=%C3%85sa"))
    held.hold(cast.alma, "/x/", posted(text="x" * (store.MOST_CHARACTERS + 1)))
    assert not held.is_waiting(cast.alma)


def test_a_held_form_is_thrown_away(signed_in: SignIn, cast: Cast) -> None:
    held.hold(cast.alma, "/x/", posted(text="x"))
    client = signed_in(cast.alma)
    assert client.post(f"/utkast/{held.waiting(cast.alma).pk}/kasta/").status_code == 302
    assert not Draft.objects.exists()
