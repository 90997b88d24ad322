import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from casework import policy
from casework.acting import GET_POST, carry_out, compare, form_or_draft, user_of
from casework.cases import readers as cases
from casework.cases.pages import act_form, case_form
from casework.cases.rules import Refused
from casework.drafts import store
from casework.paper.answer import as_file
from casework.policy import Permission
from casework.records import StaleEdit
from housing.fortur import actions, paper, quota_readers, readers
from housing.fortur.forms import AnswerForm, ApplicationForm, ApproveForm, QuotaForm, RenewForm
from housing.fortur.models import ForturApplication
from housing.quotas.actions import set_quota
from housing.quotas.models import Quota

TEMPLATES = "housing/fortur/"
CHANGED = "Texten har ändrats sedan du öppnade sidan. Läs den igen innan du godkänner."


@require_GET
def fortur(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number)
    track = readers.track_of(case, pk)
    more = readers.page(user_of(request), track, readers.find(track))
    return render(request, TEMPLATES + "fortur.html", {**cases.header(case), **more})


@GET_POST
def write(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.HOUSING_WRITE)
    track, user = readers.track_of(case, pk), user_of(request)
    known, slot = readers.landlords(), f"fortur:{number}:{track.pk.hex[:20]}"
    draft, initial = store.find(user, slot), readers.begin(track, readers.find(track))
    offered = quota_readers.choices(known)
    form = form_or_draft(request, ApplicationForm, draft, initial=initial, landlords=offered)

    def act(data: dict[str, Any]) -> ForturApplication:
        facts = {name: data[name] for name in ("certificate", "conditions", "version")}
        return actions.write_application(by=user, track=track, landlord=known[data["landlord"]], **facts)

    title, said = "Ansök om förtur", "Ansökan är sparad. Sektionschefen behöver godkänna den."
    back, lead = reverse("fortur", args=[number, pk]), "Sektionschefen läser ansökan innan den går till hyresvärden."
    return act_form(
        request, case, form, act, title, "Spara ansökan", back=back, said=said, slot=slot, draft=draft, lead=lead
    )


@GET_POST
def approve(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.DECIDE)
    application, user = readers.application_of(case, pk), user_of(request)
    form, back = (
        ApproveForm(request.POST or None, initial={"version": application.version}),
        reverse("fortur", args=[number, pk]),
    )

    def act(data: dict[str, Any]) -> ForturApplication:
        return actions.approve_application(by=user, application=application, version=data["version"])

    try:
        done = carry_out(request, form, act, lambda _: back)
    except StaleEdit:
        done = None
        compare(form, {"version": application.version})
        form.add_error(None, CHANGED)
    if done:
        messages.success(request, "Ansökan är godkänd. Nu kan den skrivas ut till hyresvärden.")
        return done
    more = {"application": application, "words": application.words.open(), "cancel_url": back}
    template, title, submit = TEMPLATES + "fortur_approve.html", "Godkänn ansökan om förtur", "Godkänn ansökan"
    return case_form(request, case, form, title, submit, template=template, **more)


@GET_POST
def decide(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.HOUSING_WRITE)
    application, user = readers.application_of(case, pk), user_of(request)
    form, back = AnswerForm(request.POST or None), reverse("fortur", args=[number, pk])

    def act(data: dict[str, Any]) -> ForturApplication:
        return actions.note_answer(by=user, application=application, answer=form.answer())

    title, said = "Anteckna hyresvärdens beslut", "Beslutet är antecknat."
    return act_form(request, case, form, act, title, "Spara beslutet", back=back, said=said)


@GET_POST
def renew(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    """The landlord lets the förtur go on longer, or it is over."""
    case = policy.get_case(request.user, number, Permission.HOUSING_WRITE)
    application, user = readers.application_of(case, pk), user_of(request)
    form, back = RenewForm(request.POST or None), reverse("fortur", args=[number, pk])

    def act(data: dict[str, Any]) -> ForturApplication:
        if data["what"] == actions.OVER:
            return actions.expire_fortur(by=user, application=application)
        return actions.extend_fortur(by=user, application=application, valid_until=data["valid_until"])

    title, said = "Ändra förturens tid", "Ändringen är sparad."
    return act_form(request, case, form, act, title, "Spara ändringen", back=back, said=said)


@require_POST
def print_out(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.HOUSING_WRITE)
    application = readers.application_of(case, pk)
    try:
        printed = actions.print_application(by=user_of(request), application=application)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("fortur", number, pk)
    return as_file(printed, paper.FILE_NAME)


@require_GET
def quotas(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.LANDLORDS)
    page = quota_readers.listed(user_of(request), request.GET.get("page"))
    return render(request, TEMPLATES + "quotas.html", {"page": page})


@GET_POST
def quota(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.LANDLORDS)
    known, user = readers.landlords(), user_of(request)
    form = QuotaForm(request.POST or None, landlords=quota_readers.choices(known))

    def act(data: dict[str, Any]) -> Quota:
        facts = {name: data[name] for name in ("year", "homes")}
        return set_quota(by=user, landlord=known[data["landlord"]], **facts)

    done = carry_out(request, form, act, lambda _: reverse("fortur_quotas"))
    if done:
        messages.success(request, "Kvoten är satt.")
    return done or render(request, TEMPLATES + "quota.html", {"form": form})
