import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from audit.tags import Tag
from casework import policy
from casework.access import visit
from casework.acting import GET_POST, carry_out, form_or_draft, user_of
from casework.cases import readers as cases
from casework.cases.pages import act_form, case_form
from casework.drafts import store
from casework.policy import Permission
from housing.needs import actions, pages, readers
from housing.needs.forms import ChangeForm, NeedForm, PublishForm, WithdrawForm
from housing.needs.models import HousingNeed

WRITE = Permission.HOUSING_WRITE


@require_GET
def housing(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number)
    visit.purpose(Tag.NEED_READ)
    context = {**cases.header(case), **pages.housing(user_of(request), case)}
    return render(request, "housing/needs/housing.html", context)


@require_GET
def preview(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number)
    visit.purpose(Tag.NEED_READ)
    context = {**cases.header(case), "receivers": pages.receivers(readers.latest(case))}
    return render(request, "housing/needs/preview.html", context)


@GET_POST
def new(request: HttpRequest, number: str) -> HttpResponse:
    case, user = policy.get_case(request.user, number, WRITE), user_of(request)
    slot = f"need:{number}"
    draft = store.find(user, slot)
    initial = {} if request.method == "POST" or draft else readers.begin_new(case)
    form = form_or_draft(request, NeedForm, draft, areas=readers.area_choices(), initial=initial)

    def act(data: dict[str, Any]) -> HousingNeed:
        made = actions.write_need(by=user, case=case, **form.facts())
        store.drop(user, slot)
        return made

    back = reverse("housing", args=[number])
    done = carry_out(request, form, act, lambda _: back)
    if done:
        messages.success(request, "Behovet är skrivet. Boendesamordnaren ser det när du lämnar det.")
        return done
    more: dict[str, Any] = {"draft": draft, "slot": slot, "cancel_url": back}
    return case_form(request, case, form, "Skriv ett boendebehov", "Spara behovet", **more)


@GET_POST
def change(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number, WRITE)
    need = readers.need_of(case, pk)
    form = ChangeForm(request.POST or None, areas=readers.area_choices(need), initial=readers.begin(need))

    def act(data: dict[str, Any]) -> HousingNeed:
        return actions.change_need(by=user_of(request), need=need, version=data["version"], **form.facts())

    title, submit = "Ändra boendebehovet", "Spara ändringen"
    more = {"back": reverse("housing", args=[number]), "said": "Ändringen är sparad. Den förra versionen finns kvar."}
    return act_form(request, case, form, act, title, submit, **more)


@GET_POST
def publish(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number, WRITE)
    need = readers.need_of(case, pk)
    form = PublishForm(request.POST or None)

    def act(data: dict[str, Any]) -> HousingNeed:
        return actions.publish_need(by=user_of(request), need=need)

    more: dict[str, Any] = {"template": "housing/needs/publish.html", "told": pages.for_coordinator(need), "need": need}
    back, said = reverse("housing", args=[number]), "Boendesamordnaren har behovet nu."
    title, submit = "Lämna behovet till boendesamordnaren", "Lämna behovet"
    return act_form(request, case, form, act, title, submit, back=back, said=said, **more)


@GET_POST
def withdraw(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number, WRITE)
    need = readers.need_of(case, pk)
    form = WithdrawForm(request.POST or None)

    def act(data: dict[str, Any]) -> HousingNeed:
        return actions.withdraw_need(by=user_of(request), need=need, why=data["why"])

    lead = "Alla vägar som pågår avslutas på samma gång. Boendesamordnaren ser inte behovet längre."
    back, said = reverse("housing", args=[number]), "Behovet är taget tillbaka."
    title, submit = "Ta tillbaka boendebehovet", "Ta tillbaka behovet"
    return act_form(request, case, form, act, title, submit, back=back, said=said, lead=lead, danger=True)
