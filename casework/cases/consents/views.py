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
from casework.cases.consents import actions, readers, rules
from casework.cases.consents.forms import ConsentForm, WithdrawForm
from casework.cases.consents.models import Consent
from casework.cases.pages import case_form
from casework.cases.readers import header
from casework.drafts import store
from casework.policy import Permission


@require_GET
def consents(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number)
    may_note = rules.can_note(user_of(request), case)
    context = {**header(case), "lines": readers.listed(case), "may_note": may_note}
    return render(request, "casework/consents/consents.html", context)


@GET_POST
def consent_new(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.FILE_WRITE)
    user, slot = user_of(request), f"consent:{number}"
    draft, today = store.find(user, slot), timezone.localdate()
    form = form_or_draft(request, ConsentForm, draft, givers=readers.givers(case), initial={"given_on": today})

    def act(data: dict[str, Any]) -> Consent:
        consent = actions.note_consent(by=user, case=case, **form.facts())
        store.drop(user, slot)
        return consent

    done = carry_out(request, form, act, lambda consent: reverse("consent", args=[number, consent.pk]))
    if done:
        messages.success(request, "Samtycket är antecknat.")
        return done
    more = {"draft": draft, "slot": slot, "cancel_url": reverse("consents", args=[number])}
    title, page = "Anteckna ett samtycke", "casework/consents/consent_new.html"
    return case_form(request, case, form, title, "Anteckna samtycket", template=page, **more)


@require_GET
def consent(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number)
    line = readers.line_of(case, pk)
    may_withdraw = rules.can_withdraw(user_of(request), line.consent)
    context = {**header(case), "line": line, "may_withdraw": may_withdraw}
    return render(request, "casework/consents/consent.html", context)


@GET_POST
def consent_withdraw(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.FILE_WRITE)
    found = readers.consent_of(case, pk)
    form, back = WithdrawForm(request.POST or None), reverse("consent", args=[number, pk])

    def act(data: dict[str, Any]) -> Consent:
        return actions.withdraw_consent(by=user_of(request), consent=found, why=data["why"])

    done = carry_out(request, form, act, lambda _: back)
    if done:
        messages.success(request, "Samtycket är återkallat och gäller inte mer.")
    lead = "Samtycket slutar gälla genast. Det som vilar på det stoppas."
    more: dict[str, Any] = {"lead": lead, "cancel_url": back, "danger": True}
    title, submit = "Återkalla samtycket", "Återkalla samtycket"
    return done or case_form(request, case, form, title, submit, **more)
