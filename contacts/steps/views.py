import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from audit.tags import Tag
from casework import policy
from casework.access import visit
from casework.acting import GET_POST, carry_out, form_or_draft, user_of
from casework.cases import readers as cases
from casework.cases.forms import NoteForm
from casework.cases.journal import actions as journal
from casework.cases.models import JournalNote
from casework.cases.pages import case_form
from casework.cases.rules import is_open
from casework.drafts import store
from casework.policy import Permission
from contacts.steps import readers
from contacts.steps.forms import StepForm

TITLES = {
    "ratta": ("Rätta anteckningen", "Signera rättelsen", journal.correct_note),
    "mening": ("Personens egen mening", "Signera personens mening", journal.note_opinion),
}


@GET_POST
def new_step(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.STEP_WRITE)
    visit.purpose(Tag.STEP_FORM)
    user = user_of(request)
    slot = store.step_slot(case)
    draft = store.find(user, slot)
    form = form_or_draft(request, StepForm, draft, initial=StepForm.defaults(readers.recent_choices(user)))
    form.fields["kind"].choices = readers.recent_kinds_first(user)

    def act(data: dict[str, Any]) -> JournalNote:
        note = journal.sign_step(by=user, case=case, step=form.step())
        store.drop(user, slot)
        return note

    done = carry_out(request, form, act, lambda note: f"{reverse('case', args=[number])}#not-{note.pk}")
    if done:
        messages.success(request, "Stödsteget är signerat.")
        return done
    before = cases.latest_step(case)
    context = {"draft": draft, "slot": slot, "before": before, "actors": readers.actors(), "open": is_open(case)}
    return case_form(
        request, case, form, "Nytt stödsteg", "Signera stödsteget", template="contacts/step_form.html", **context
    )


@GET_POST
def note_beside(request: HttpRequest, pk: uuid.UUID, how: str) -> HttpResponse:
    if how not in TITLES:
        raise policy.NotFound("Det finns inget sådant att skriva.")
    title, button, action = TITLES[how]
    note = readers.note_to_change(request.user, pk)
    case = note.case
    form = NoteForm(request.POST or None)

    def act(data: dict[str, Any]) -> JournalNote:
        return action(by=user_of(request), note=note, text=data["text"])

    done = carry_out(request, form, act, lambda _: f"{reverse('case', args=[case.number])}#not-{note.pk}")
    return done or case_form(request, case, form, title, button, note=note, template="contacts/note_form.html", how=how)
