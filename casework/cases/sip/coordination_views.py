from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from casework import policy
from casework.acting import GET_POST, carry_out, user_of
from casework.cases.pages import case_form
from casework.cases.readers import header
from casework.cases.sip import coordination_actions, readers, rules
from casework.cases.sip.forms import CheckForm
from casework.cases.sip.models import CoordinationCheck
from casework.policy import Permission


@require_GET
def coordination(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number)
    lines = readers.routine(case)
    left = [line for line in lines if line.newest is None]
    context = {"left": left, "noted": [line for line in lines if line.newest is not None]}
    may_write = rules.can_write(user_of(request), case)
    return render(request, "casework/sip/coordination.html", {**header(case), **context, "may_write": may_write})


@GET_POST
def coordination_check(request: HttpRequest, number: str, point: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.FILE_WRITE)
    chosen = readers.point_of(case, point)
    form, back = CheckForm(request.POST or None), reverse("coordination", args=[number])

    def act(data: dict[str, Any]) -> CoordinationCheck:
        facts = {name: data[name] for name in ("done_on", "not_needed", "note")}
        return coordination_actions.note_point(by=user_of(request), case=case, point=chosen, **facts)

    done = carry_out(request, form, act, lambda _: f"{back}#punkt-{chosen.value}")
    if done:
        messages.success(request, "Punkten är antecknad.")
    more = {"lead": "Gör om den när något har ändrats: den senaste anteckningen gäller.", "cancel_url": back}
    return done or case_form(request, case, form, str(chosen.label), "Anteckna punkten", **more)
