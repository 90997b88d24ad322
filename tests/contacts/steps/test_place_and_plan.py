"""The form of a support step: where it was, what the safety plan says of that, and which step of the plan it was."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.utils import timezone

from casework.cases.models import Case, JournalNote
from casework.cases.safety.actions import set_safety
from casework.drafts import store
from contacts.goals import actions as goals
from contacts.goals.models import StepTie
from contacts.guide.actions import load_start
from contacts.steps.forms import StepForm
from tests import factories
from tests.cast import Cast
from tests.contacts.steps.test_log_step import planned
from tests.fixtures import SignIn, send, text

OUT = {"place": "community", "place_type": "shop", "exposure": "calm"}


def url_of(case: Case) -> str:
    return f"/arenden/{case.number}/steg/"


def avoid(cast: Cast, case: Case, *kinds: str) -> None:
    day = timezone.localdate() + timedelta(days=9)
    set_safety(by=cast.alma, case=case, avoid=kinds, advice="", review_on=day, version=0)


def post(signed_in: SignIn, cast: Cast, case: Case, **more: Any) -> tuple[Any, str]:
    """The answer to a step, and the page that it leads to."""
    client = signed_in(cast.alma)
    answer = send(client, url_of(case), **factories.step_data(**more))
    return answer, text(client.get(answer.url) if answer.status_code == 302 else answer)


# --- where it was -----------------------------------------------------------------------------------------------------


def test_a_public_place_is_told_by_its_kind_and_how_it_felt(signed_in: SignIn, cast: Cast, case: Case) -> None:
    _, body = post(signed_in, cast, case, **OUT)
    note = JournalNote.objects.get()
    assert (note.place_type, note.exposure) == ("shop", "calm")
    assert "I samhället, butik eller köpcentrum" in body
    assert "note__exposure" not in body
    assert "riskbedömning" not in body


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"place_type": ""}, "Välj slags plats."),
        ({"exposure": ""}, "Svara på frågan: Hur kändes det?"),
        ({"place_type": "Torget 3"}, "Välj något av alternativen i listan."),
        ({"exposure": "bra"}, "Välj något av alternativen i listan."),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    signed_in: SignIn, cast: Cast, case: Case, more: dict[str, str], message: str
) -> None:
    _, body = post(signed_in, cast, case, **{**OUT, **more})
    assert message in body
    assert "En sak behöver rättas" in body
    assert not JournalNote.objects.exists()


@pytest.mark.parametrize("place_type", ["shop", "", "Torget 3"])
def test_what_was_filled_in_for_another_place_is_dropped(
    signed_in: SignIn, cast: Cast, case: Case, place_type: str
) -> None:
    answer, _ = post(signed_in, cast, case, place="home", place_type=place_type, exposure="bra")
    assert answer.status_code == 302
    note = JournalNote.objects.get()
    assert (note.place, note.place_type, note.exposure) == ("home", "", "")


def test_it_never_asks_which_place_and_begins_with_the_last_kind(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    assert "Slags plats, aldrig vilken." in text(client.get(url_of(case)))
    factories.make_step(cast.alma, case, **{**OUT, "exposure": "careful"})
    body = text(client.get(url_of(case)))
    assert '<option value="community" selected>' in body
    assert '<option value="shop" selected>' in body
    assert body.count('type="radio" name="exposure"') == 4
    assert "checked" not in body


# --- what the safety plan says ----------------------------------------------------------------------------------------


def test_the_form_tells_what_the_plan_advises_against(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    assert "Säkerhetsplanen avråder" not in text(client.get(url_of(case)))
    avoid(cast, case, "cafe", "shop")
    body = text(client.get(url_of(case)))
    assert "Säkerhetsplanen avråder från: butik eller köpcentrum; kafé eller restaurang." in body
    assert 'data-avoid="shop cafe"' in body


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, ["Säkerhetsplanen avråder från butik eller köpcentrum. Ta upp det med sektionschefen."]),
        ({"place_type": "library"}, []),
        ({"place_type": "library", "exposure": "recognised"}, ["Någon kan ha känt igen henne. Tänk igenom"]),
        ({"exposure": "broken_off"}, ["Säkerhetsplanen avråder", "Ni avbröt. Tänk igenom", "ny riskbedömning"]),
        ({"place": "home"}, []),
    ],
)
def test_after_signing_it_says_what_to_think_of(
    signed_in: SignIn, cast: Cast, case: Case, more: dict[str, str], told: list[str]
) -> None:
    avoid(cast, case, "shop")
    answer, body = post(signed_in, cast, case, **{**OUT, **more})
    assert "Stödsteget är signerat." in body
    assert ("#" in answer.url) is not bool(told), "a warning stands on top of the page, so there it leads"
    assert ('data-color="warning"' in body.split('id="main"')[1].split("page-head")[0]) is bool(told)
    for words in told:
        assert words in body


# --- which step of the plan -------------------------------------------------------------------------------------------


def test_the_steps_of_the_plan_are_numbered_and_each_can_be_done_by_this(
    signed_in: SignIn, cast: Cast, case: Case
) -> None:
    client = signed_in(cast.alma)
    assert "Hör till delmål" not in text(client.get(url_of(case)))
    bank, konto = planned(cast, case, "Ringa banken", "Öppna konto")
    body = text(client.get(url_of(case)))
    assert f'<option value="{bank.pk}">1 Ringa banken</option>' in body
    assert '<optgroup label="Blev klart genom det här steget">' in body
    assert f'<option value="{konto.pk}:klart">2 Öppna konto – blev klart</option>' in body
    assert body.index('name="text"') < body.index('name="plan_step"') < body.index('name="kind"')


@pytest.mark.parametrize("suffix", ["", ":klart"])
def test_a_tied_step_is_told_in_the_journal_and_signed_once(
    signed_in: SignIn, cast: Cast, case: Case, suffix: str
) -> None:
    (bank,) = planned(cast, case, "Ringa banken")
    form = factories.step_data(plan_step=f"{bank.pk}{suffix}", once=str(uuid4()))
    client = signed_in(cast.alma)
    first, again = (send(client, url_of(case), **form) for _ in range(2))
    assert first.url == again.url
    bank.refresh_from_db()
    assert (StepTie.objects.get().completes, bank.state == "done") == (bool(suffix), bool(suffix))
    assert "Delmål 1.1: Ringa banken" + " – blev klart" * bool(suffix) in text(client.get(first.url))
    note = JournalNote.objects.get()
    assert "Delmål 1.1: Ringa banken" in text(client.get(f"/anteckningar/{note.pk}/ratta/"))


def test_a_step_that_is_no_longer_open_keeps_the_text(signed_in: SignIn, cast: Cast, case: Case) -> None:
    bank, _ = planned(cast, case, "Ringa banken", "Öppna konto")
    goals.move_step(by=cast.alma, step=bank, name="drop")
    for choice in (str(bank.pk), str(uuid4()), "nej"):
        _, body = post(signed_in, cast, case, plan_step=choice, text="Min långa text")
        assert "Delmålet är inte öppet längre." in body
        assert "Min långa text" in body
    assert not JournalNote.objects.exists()


def test_the_last_step_that_closed_in_between_is_not_passed_over(signed_in: SignIn, cast: Cast, case: Case) -> None:
    (bank,) = planned(cast, case, "Ringa banken")
    goals.move_step(by=cast.alma, step=bank, name="finish")
    _, body = post(signed_in, cast, case, plan_step=str(bank.pk))
    assert "Delmålet är inte öppet längre." in body


def test_a_link_chooses_the_step_beforehand(signed_in: SignIn, cast: Cast, case: Case) -> None:
    (bank,) = planned(cast, case, "Ringa banken")
    client, chosen = signed_in(cast.alma), f'<option value="{bank.pk}" selected>'
    assert chosen in text(client.get(url_of(case), {"delmal": str(bank.pk)}))
    assert chosen not in text(client.get(url_of(case), {"delmal": "nej"}))
    kept = QueryDict(mutable=True)
    kept.update({"text": "Påbörjat", "plan_step": ""})
    store.save(user=cast.alma, slot=store.step_slot(case), path="/", post=kept, case=case)
    body = text(client.get(url_of(case), {"delmal": str(bank.pk)}))
    assert chosen in body
    assert "Påbörjat" in body
    kept["plan_step"] = f"{bank.pk}:klart"
    store.save(user=cast.alma, slot=store.step_slot(case), path="/", post=kept, case=case)
    assert f'<option value="{bank.pk}:klart" selected>' in text(client.get(url_of(case), {"delmal": str(bank.pk)}))


def test_ties_cost_a_page_of_the_journal_one_question(cast: Cast, case: Case, django_assert_num_queries: Any) -> None:
    from contacts.steps import actions, readers
    from tests.contacts.steps.test_log_step import a_step

    (bank,) = planned(cast, case, "Ringa banken")
    notes = [actions.log_step(by=cast.alma, case=case, step=a_step(), plan_step=bank) for _ in range(3)]
    with django_assert_num_queries(1):
        assert len(readers.ties_of(notes)) == 3


# --- the way to the guide ---------------------------------------------------------------------------------------------


def test_every_actor_with_a_page_has_its_link(signed_in: SignIn, cast: Cast, case: Case) -> None:
    client = signed_in(cast.alma)
    load_start(by=None)
    body = text(client.get(url_of(case)))
    assert '<option value="Polisen"></option>' in body
    assert 'href="/guiden/" target="_blank" data-guide-link' in body
    assert 'data-guide-actors="[&quot;Polisen&quot;, &quot;Kriminalv' in body
    assert "Så gör du: Bank och e-legitimation" in body


def test_a_form_by_itself_offers_what_there_always_is() -> None:
    form = StepForm()
    assert "plan_step" not in form.fields
    assert len(form.fields["kind"].choices) == 10
