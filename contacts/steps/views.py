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
from casework.cases.models import Case, JournalNote
from casework.cases.pages import case_form
from casework.cases.rules import is_open
from casework.drafts import store
from casework.drafts.models import Draft
from casework.policy import Permission
from contacts.steps import actions, readers
from contacts.steps.forms import StepForm

TITLES = {
    "ratta": ("Rätta anteckningen", "Signera rättelsen", journal.correct_note),
    "mening": ("Personens egen mening", "Signera personens mening", journal.note_opinion),
}


@GET_POST
def new_step(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.STEP_WRITE)
    visit.purpose(Tag.STEP_FORM)
    user, slot = user_of(request), store.step_slot(case)
    draft, offers = store.find(user, slot), readers.offers(user, case)
    initial = StepForm.defaults(readers.recent_choices(user))
    form = form_or_draft(request, StepForm, draft, offers=offers, initial=initial)
    form.prefer(request.GET.get("delmal"))
    warnings: list[str] = []

    def act(data: dict[str, Any]) -> JournalNote:
        plan_step, completes = form.tied()
        note = actions.log_step(by=user, case=case, step=form.step(), plan_step=plan_step, completes=completes)
        store.drop(user, slot)
        warnings.extend(readers.warnings(note, offers.avoided))
        return note

    # What is warned of stands on top of the page.
    then = reverse("case", args=[number])
    done = carry_out(request, form, act, lambda note: then if warnings else f"{then}#not-{note.pk}")
    if done:
        _tell(request, warnings)
    return done or _step_form(request, case, form, draft)


def _tell(request: HttpRequest, warnings: list[str]) -> None:
    messages.success(request, "Stödsteget är signerat.")
    for warning in warnings:
        messages.warning(request, warning)


def _step_form(request: HttpRequest, case: Case, form: StepForm, draft: Draft | None) -> HttpResponse:
    before = cases.latest_step(case)
    context = {"draft": draft, "slot": store.step_slot(case), "before": before, "open": is_open(case)}
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
