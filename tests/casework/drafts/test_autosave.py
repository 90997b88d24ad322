"""What is being typed is kept sealed on the server, for the writer alone, without a word in the log."""

import uuid
from typing import Any

import pytest

from audit.tags import Tag
from casework.cases.models import Case
from casework.drafts import actions, store
from casework.drafts.models import Draft, DraftContent
from tests import factories
from tests.cast import Cast
from tests.fixtures import SignIn, cases_of, events, last_event, send, text
from tests.world import post_data


def slot(case: Case) -> str:
    return f"/utkast/step:{case.number}/"


def test_a_draft_is_kept_and_the_answer_is_the_time(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    before = len(events())
    response = client.post(slot(case), {"text": "Vi ring", "csrfmiddlewaretoken": "x"})
    assert response.status_code == 200
    assert set(response.json()) == {"saved"}
    assert len(events()) == before
    draft = Draft.objects.get()
    assert (draft.user, draft.case, draft.slot) == (cast.alma, case, f"step:{case.number}")
    assert draft.content.open().fields == {"text": ["Vi ring"]}
    assert str(draft) == draft.slot


def test_the_next_autosave_writes_over_the_one_before(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    for typed in ("Vi", "Vi ringde"):
        client.post(slot(case), {"text": typed})
    [draft] = Draft.objects.all()
    assert store.fields_of(draft)["text"] == "Vi ringde"
    assert draft.saved_at >= draft.created_at


def test_too_much_text_is_413_and_keeps_what_was_there(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    client.post(slot(case), {"text": "Kort"})
    response = client.post(slot(case), {"text": "x" * (store.MOST_CHARACTERS + 1)})
    assert response.status_code == 413
    assert response.json()["error"] == "Texten är för lång för att sparas som utkast."
    assert store.fields_of(Draft.objects.get())["text"] == "Kort"


@pytest.mark.parametrize(("who", "status"), [("bo", 404), ("eva", 404), ("cecilia", 403), ("lo", 403), ("dag", 404)])
def test_nobody_else_keeps_a_draft_in_the_case(
    signed_in: SignIn, cast: Cast, case: Case, who: str, status: int
) -> None:
    assert signed_in(getattr(cast, who)).post(slot(case), {"text": "x"}).status_code == status
    assert cases_of(last_event(Tag.DENIED)) == {case.number}
    assert not Draft.objects.exists()


def test_only_known_forms_have_a_place(signed_in: SignIn, cast: Cast) -> None:
    client = signed_in(cast.cecilia)
    assert client.post("/utkast/intake/", {"given_name": "Åsa"}).status_code == 200
    assert client.post("/utkast/annat/", {"text": "x"}).status_code == 404
    assert client.get("/utkast/intake/").status_code == 405
    assert signed_in(cast.alma).post("/utkast/intake/", {"text": "x"}).status_code == 403


def test_a_step_begun_is_there_again_and_gone_when_signed(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client, url = signed_in(cast.alma), f"/arenden/{case.number}/steg/"
    client.post(slot(case), {"text": "Påbörjat", "minutes": "trettio"})
    body = text(client.get(url))
    assert "Påbörjat" in body
    assert 'value="trettio"' in body
    assert "Utkast sparat" in body
    assert "ds-error-summary" not in body
    assert send(client, url, **factories.step_data(text="Färdigt")).status_code == 302
    assert not Draft.objects.exists()


def test_an_empty_draft_is_an_empty_form(signed_in: SignIn, cast: Cast, case: Case) -> None:
    assert store.fields_of(None) is None
    client = signed_in(cast.alma)
    client.post(slot(case), {})
    assert "Nytt stödsteg" in text(client.get(f"/arenden/{case.number}/steg/"))


def test_one_throws_ones_own_draft_away(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    client.post(slot(case), {"text": "x"})
    draft = Draft.objects.get()
    assert signed_in(cast.bo).post(f"/utkast/{draft.pk}/kasta/").status_code == 404
    assert client.post(f"/utkast/{uuid.uuid4()}/kasta/").status_code == 404
    assert client.post(f"/utkast/{draft.pk}/kasta/").status_code == 302
    assert not Draft.objects.exists()
    assert cases_of(last_event(Tag.DRAFT_DISCARDED)) == {case.number}


def test_the_act_refuses_someone_elses_draft(cast: Cast) -> None:
    draft = store.save(user=cast.cecilia, slot="intake", path="/", post=store.QueryDict("a=1"))
    with pytest.raises(ValueError, match="only the writer"):
        actions.discard_draft(by=cast.alma, draft=draft)
    actions.discard_draft(by=cast.cecilia, draft=draft)
    assert last_event(Tag.DRAFT_DISCARDED).refs == []


def test_drafts_of_some_people_are_listed_oldest_first_unopened(cast: Cast, case: Case) -> None:
    for user, place in ((cast.bo, "intake"), (cast.alma, f"step:{case.number}"), (cast.alma, store.HELD)):
        store.save(user=user, slot=place, path="/", post=store.QueryDict("a=1"))
    found = store.drafts_of([cast.alma, cast.bo])
    assert [(draft.user, draft.slot) for draft in found] == [(cast.bo, "intake"), (cast.alma, f"step:{case.number}")]


def test_two_first_autosaves_at_the_same_moment_leave_one_draft(
    cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other tab's draft comes in between looking for one and making one."""
    save, where = Draft.save, {"user": cast.alma, "slot": store.step_slot(case), "path": "/", "case": case}

    def late(draft: Draft, *args: Any, **kwargs: Any) -> None:
        monkeypatch.setattr(Draft, "save", save)
        Draft(user=cast.alma, slot=store.step_slot(case), case=case, content=DraftContent(path="/")).save()
        draft.save(*args, **kwargs)

    monkeypatch.setattr(Draft, "save", late)
    store.save(post=post_data(text="Senast"), **where)
    assert store.fields_of(Draft.objects.get())["text"] == "Senast"
