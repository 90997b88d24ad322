import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from casework import policy
from casework.acting import GET_POST, carry_out, compare, form_or_draft, user_of
from casework.cases.models import Case
from casework.cases.pages import case_form
from casework.cases.readers import header
from casework.clients.relatives import actions, readers, rules
from casework.clients.relatives.forms import ChangeForm, EndForm, RelatedForm
from casework.clients.relatives.models import RelatedPerson
from casework.drafts import store
from casework.policy import Permission
from casework.records import StaleEdit


def _page(request: HttpRequest, case: Case, **more: Any) -> HttpResponse:
    user = user_of(request)
    context = {
        "parts": readers.parts(case),
        "ended": readers.ended(case),
        "may_write": rules.can_write(user, case),
        "may_compare": rules.can_compare(user, case),
        **more,
    }
    return render(request, "casework/relatives/relatives.html", {**header(case), **context})


@require_GET
def relatives(request: HttpRequest, number: str) -> HttpResponse:
    return _page(request, policy.get_case(request.user, number, Permission.CASE_READ))


@require_POST
def compare_ties(request: HttpRequest, number: str) -> HttpResponse:
    """By POST and answered at once: the answer is kept nowhere, and every question has its event."""
    case = policy.get_case(request.user, number, Permission.TIES_COMPARE)
    return _page(request, case, compared=actions.compare_ties(by=user_of(request), case=case))


@GET_POST
def new(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.FILE_WRITE)
    user, slot = user_of(request), f"related:{number}"
    draft = store.find(user, slot)
    form = form_or_draft(request, RelatedForm, draft)

    def act(data: dict[str, Any]) -> RelatedPerson:
        related = actions.add_related(by=user, case=case, **form.facts())
        store.drop(user, slot)
        return related

    done = carry_out(request, form, act, lambda _: _back(case))
    if done:
        messages.success(request, "Personen är tillagd.")
        return done
    more = {"draft": draft, "slot": slot, "cancel_url": _back(case)}
    title, page = "Lägg till en person", "casework/relatives/related_new.html"
    return case_form(request, case, form, title, "Spara personen", template=page, **more)


@GET_POST
def change(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.FILE_WRITE)
    related, stale = readers.related_of(case, pk), list[Any]()
    initial = readers.begin(related)
    form = ChangeForm(request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> RelatedPerson:
        facts = {**form.facts(), "version": data["version"]}
        return actions.change_related(by=user_of(request), related=related, **facts)

    try:
        done = carry_out(request, form, act, lambda _: _back(case))
    except StaleEdit:
        done, stale = None, compare(form, initial)
    if done:
        messages.success(request, "Ändringen är sparad.")
    title, submit = "Ändra uppgifterna om personen", "Spara ändringen"
    return done or case_form(request, case, form, title, submit, stale=stale, cancel_url=_back(case))


@GET_POST
def end(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.FILE_WRITE)
    related = readers.related_of(case, pk)
    form = EndForm(request.POST or None)

    def act(data: dict[str, Any]) -> RelatedPerson:
        return actions.end_related(by=user_of(request), related=related, reason=data["reason"])

    done = carry_out(request, form, act, lambda _: _back(case))
    if done:
        messages.success(request, "Uppgiften är avslutad.")
    who = f"{related.get_part_display()}: {related.get_relation_display().lower()}."
    more = {"lead": f"{who} Det som är skrivet ligger kvar men visas inte mer.", "cancel_url": _back(case)}
    return done or case_form(request, case, form, "Avsluta uppgiften om personen", "Avsluta uppgiften", **more)


def _back(case: Case) -> str:
    return reverse("relatives", args=[case.number])
