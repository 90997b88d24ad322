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
from casework.cases.consents.readers import consent_of
from casework.cases.pages import case_form
from casework.cases.readers import header
from casework.cases.sip import actions, pages, readers, rules
from casework.cases.sip.forms import DoneForm, PartForm, SipChangeForm, SipForm
from casework.cases.sip.models import Sip, SipPart
from casework.drafts import store
from casework.policy import Permission


@require_GET
def sips(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number)
    may_write = rules.can_write(user_of(request), case)
    context = {**header(case), "lines": readers.listed(case), "may_write": may_write}
    return render(request, "casework/sip/sips.html", context)


@GET_POST
def sip_new(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.FILE_WRITE)
    user, slot, consents = user_of(request), f"sip:{number}", readers.choices(case)
    draft = store.find(user, slot)
    form = form_or_draft(request, SipForm, draft, consents=consents)

    def act(data: dict[str, Any]) -> Sip:
        consent = consent_of(case, uuid.UUID(data["consent"]))
        sip = actions.call_sip(by=user, case=case, consent=consent, **form.facts())
        store.drop(user, slot)
        return sip

    done = carry_out(request, form, act, lambda sip: reverse("sip", args=[number, sip.pk]))
    if done:
        messages.success(request, "Kallelsen är antecknad. Skriv vem som gör vad när ni vet det.")
        return done
    more = {"draft": draft, "slot": slot, "consents": consents, "cancel_url": reverse("sips", args=[number])}
    title, page = "Kalla till SIP", "casework/sip/sip_new.html"
    return case_form(request, case, form, title, "Spara kallelsen", template=page, **more)


@require_GET
def sip(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case, user = policy.get_case(request.user, number), user_of(request)
    found = readers.sip_of(case, pk)
    may = {"may_change": rules.can_change(user, found), "may_add": rules.can_add(user, found)}
    context = {**header(case), **may, "plan": readers.whole(found), "moves": pages.buttons(user, found)}
    return render(request, "casework/sip/sip.html", {**context, "holds": found.consent.in_force()})


@require_GET
def sip_print(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number)
    found = readers.sip_of(case, pk)
    visit.purpose(Tag.SIP_PRINTED)
    return render(request, "casework/sip/print.html", {**header(case), "plan": readers.whole(found)})


@GET_POST
def sip_change(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.FILE_WRITE)
    found = readers.sip_of(case, pk)
    consents = readers.choices(case, client_id=found.client_id)
    form = SipChangeForm(request.POST or None, consents=consents, initial=readers.begin(found))

    def act(data: dict[str, Any]) -> Sip:
        consent = consent_of(case, uuid.UUID(data["consent"]))
        facts = {**form.facts(), "version": data["version"]}
        return actions.change_sip(by=user_of(request), sip=found, consent=consent, **facts)

    title, submit, said = "Ändra planen", "Spara ändringen", "Ändringen är sparad."
    return pages.sip_form(request, found, form, act, title, submit, said=said)


@GET_POST
def sip_part_new(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.FILE_WRITE)
    found, form = readers.sip_of(case, pk), PartForm(request.POST or None)

    def act(data: dict[str, Any]) -> SipPart:
        return actions.add_part(by=user_of(request), sip=found, **form.facts())

    title, submit, said = "Vem gör vad", "Spara delen", "Delen är sparad."
    return pages.sip_form(request, found, form, act, title, submit, said=said)


@GET_POST
def sip_part_done(request: HttpRequest, number: str, pk: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.FILE_WRITE)
    part = readers.part_of(readers.sip_of(case, pk), row)
    form = DoneForm(request.POST or None)

    def act(data: dict[str, Any]) -> SipPart:
        return actions.finish_part(by=user_of(request), part=part, done_on=data["done_on"])

    title, submit, said = "Delen är klar", "Spara att delen är klar", "Delen är klar."
    return pages.sip_form(request, part.sip, form, act, title, submit, said=said, lead=readers.what_of(part))


@GET_POST
def sip_move(request: HttpRequest, number: str, pk: uuid.UUID, name: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.FILE_WRITE)
    if name not in pages.MOVES:
        raise policy.NotFound("Det går inte att göra med en plan.", [case.ref()])
    return pages.take(request, readers.sip_of(case, pk), name)
