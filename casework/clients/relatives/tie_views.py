"""What somebody of the staff has declared herself: a page of her own, which nobody else opens."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from casework import policy
from casework.acting import GET_POST, carry_out, user_of
from casework.clients.relatives import actions, readers, rules
from casework.clients.relatives.forms import CheckTiesForm, EndTieForm, TieForm
from casework.clients.relatives.models import StaffTie
from casework.policy import Permission

FORM = "casework/relatives/tie_form.html"


@require_GET
def ties(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.TIES)
    return _page(request, CheckTiesForm())


@require_POST
def check(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.TIES)
    form = CheckTiesForm(request.POST)
    done = carry_out(request, form, lambda data: actions.check_ties(by=user_of(request)), lambda _: reverse("ties"))
    if done:
        messages.success(request, "Det är antecknat att du har gått igenom dina anknytningar.")
    return done or _page(request, form)


@GET_POST
def new(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.TIES)
    form = TieForm(request.POST or None)

    def act(data: dict[str, Any]) -> StaffTie:
        return actions.declare_tie(by=user_of(request), words=form.words())

    done = carry_out(request, form, act, lambda _: reverse("ties"))
    if done:
        messages.success(request, "Anknytningen är anmäld.")
    title, submit = "Anmäl en anknytning", "Anmäl anknytningen"
    return done or render(request, FORM, {"form": form, "title": title, "submit": submit})


@GET_POST
def end(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    policy.check_may(request.user, Permission.TIES)
    tie, form = readers.own_tie(user_of(request), pk), EndTieForm(request.POST or None)

    def act(data: dict[str, Any]) -> StaffTie:
        return actions.end_tie(by=user_of(request), tie=tie)

    done = carry_out(request, form, act, lambda _: reverse("ties"))
    if done:
        messages.success(request, "Anknytningen är avslutad.")
    lead = f"Anmäld {tie.declared_on}. Sedan jämförs den inte mer, och du kan få ärenden där personen finns."
    more = {"title": "Avsluta anknytningen", "submit": "Avsluta anknytningen", "lead": lead}
    return done or render(request, FORM, {"form": form, **more})


def _page(request: HttpRequest, form: CheckTiesForm) -> HttpResponse:
    user = user_of(request)
    context = {"ties": readers.own_ties(user), "form": form, "current": rules.gone_through(user)}
    return render(request, "casework/relatives/ties.html", context)
