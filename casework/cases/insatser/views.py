import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework import policy
from casework.acting import GET_POST, carry_out, form_or_draft, user_of
from casework.cases import readers as cases
from casework.cases.insatser import actions, ground_actions, pages, readers, rules
from casework.cases.insatser.forms import (
    ChangeForm,
    ConsentForm,
    DayForm,
    DecideForm,
    FollowUpForm,
    InsatsForm,
    PauseForm,
    today,
)
from casework.cases.insatser.models import Insats
from casework.cases.insatser.pages import insats_form
from casework.cases.pages import case_form
from casework.drafts import store
from casework.policy import Permission

WRITE = Permission.FILE_WRITE


@require_GET
def insatser(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number)
    context = {
        **cases.header(case),
        "found": readers.overview(case),
        "may_write": rules.can_note(user_of(request), case),
    }
    return render(request, "casework/insatser/insatser.html", context)


@require_GET
def insats(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    found = readers.get_insats(request.user, number, pk)
    context = {**cases.header(found.case), **readers.page(found, user_of(request))}
    return render(request, "casework/insatser/insats.html", context)


@GET_POST
def new(request: HttpRequest, number: str) -> HttpResponse:
    case, user = policy.get_case(request.user, number, WRITE), user_of(request)
    slot = f"insats:{number}"
    draft = store.find(user, slot)
    initial = {"noted_on": timezone.localdate(), "responsible": readers.default_responsible(case, user)}
    form = form_or_draft(request, InsatsForm, draft, known=readers.known_for(case), initial=initial)

    def act(data: dict[str, Any]) -> Insats:
        made = actions.note_insats(by=user, case=case, **form.noted())
        store.drop(user, slot)
        return made

    done = carry_out(request, form, act, lambda made: reverse("insats", args=[number, made.pk]))
    if done:
        messages.success(request, "Behovet är noterat.")
        return done
    more = {"draft": draft, "slot": slot, "cancel_url": reverse("insatser", args=[number])}
    page = "casework/insatser/draft_form.html"
    return case_form(request, case, form, "Notera ett behov", "Notera behovet", template=page, **more)


@GET_POST
def change(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    found = readers.get_insats(request.user, number, pk, WRITE)
    known = readers.known_for(found.case, found)
    form = ChangeForm(request.POST or None, known=known, initial=readers.begin(found))

    def act(data: dict[str, Any]) -> Insats:
        return actions.change_insats(by=user_of(request), insats=found, version=data["version"], **form.facts())

    return insats_form(request, found, form, act, "Ändra insatsen", "Spara ändringen", said="Ändringen är sparad.")


@GET_POST
def move(request: HttpRequest, number: str, pk: uuid.UUID, act: str) -> HttpResponse:
    found = readers.get_insats(request.user, number, pk, WRITE)
    if act not in pages.STEPS:
        raise policy.NotFound("Det steget finns inte.", [found.case.ref()])
    step, told = pages.STEPS[act], rules.MOVES[act]
    form = step.form(found, request.POST or None)
    return insats_form(
        request,
        found,
        form,
        lambda data: step.act(user_of(request), found, form),
        told.button,
        told.button,
        said=told.said,
        lead=told.lead,
    )


@GET_POST
def consent(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    found = readers.get_insats(request.user, number, pk, WRITE)
    consents = readers.consents_for(found)
    form = ConsentForm(request.POST or None, consents=consents, initial={"legal_basis": rules.Basis.UNTRIED})

    def act(data: dict[str, Any]) -> Insats:
        return ground_actions.rest_on_consent(by=user_of(request), insats=found, **form.facts())

    none = "Det finns inget samtycke som gäller. Anteckna det först, under Samtycken."
    lead = "Insatsen gäller så länge samtycket gäller." if consents else none
    title, submit = "Stöd insatsen på samtycke", "Stöd insatsen på samtycket"
    return insats_form(request, found, form, act, title, submit, said="Insatsen vilar på samtycket.", lead=lead)


@GET_POST
def decide(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    found, user = readers.get_insats(request.user, number, pk, Permission.DECIDE), user_of(request)
    slot = f"decide:{number}:{pk.hex[:20]}"
    draft = store.find(user, slot)
    form = form_or_draft(
        request, DecideForm, draft, initial={"decided_on": timezone.localdate(), "appeal": pages.APPEAL}
    )

    def act(data: dict[str, Any]) -> Insats:
        made = ground_actions.decide_insats(by=user, insats=found, **form.facts())
        store.drop(user, slot)
        return made

    more = {"draft": draft, "slot": slot, "template": "casework/insatser/draft_form.html"}
    title, submit = "Besluta om insatsen", "Fatta beslutet"
    return insats_form(request, found, form, act, title, submit, said="Beslutet är fattat.", **more)


@GET_POST
def pause(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    """Broken off, or in motion again: whichever the insats is not."""
    found, user = readers.get_insats(request.user, number, pk, WRITE), user_of(request)
    if found.paused_on is not None and found.resumed_on is None:
        form: Any = DayForm(request.POST or None, initial=today())
        title, submit, said = "Insatsen är i gång igen", "Anteckna att den är i gång", "Insatsen är i gång igen."
    else:
        form = PauseForm(request.POST or None, initial=today())
        title, submit, said = "Insatsen är avbruten", "Anteckna avbrottet", "Avbrottet är antecknat."

    def act(data: dict[str, Any]) -> Insats:
        if isinstance(form, PauseForm):
            return actions.pause_insats(by=user, insats=found, paused_on=data["day"], obstacle=data["obstacle"])
        return actions.resume_insats(by=user, insats=found, resumed_on=data["day"])

    return insats_form(request, found, form, act, title, submit, said=said)


@GET_POST
def follow_up(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    found = readers.get_insats(request.user, number, pk, WRITE)
    form = FollowUpForm(request.POST or None, initial={"held_on": timezone.localdate()})

    def act(data: dict[str, Any]) -> Any:
        return actions.follow_up_insats(by=user_of(request), insats=found, **form.facts())

    title, submit = "Följ upp insatsen", "Anteckna uppföljningen"
    return insats_form(request, found, form, act, title, submit, said="Uppföljningen är antecknad.", ctrl_enter=True)
