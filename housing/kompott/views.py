"""A request of ours, on the pages of its case."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from casework import policy
from casework.acting import GET_POST, carry_out, compare, user_of
from casework.cases.consents import readers as consents
from casework.cases.pages import act_form
from casework.cases.rules import Refused
from casework.paper.answer import as_file
from casework.policy import Permission
from casework.records import StaleEdit
from housing.kompott import actions, file_actions, pages, readers
from housing.kompott.models import KompottRequest
from housing.kompott.pages import OURS

FILE = "byte-mellan-kommuner.json"


@GET_POST
def kompott_request(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    """Read by everybody who reads the case; written by those who write of housing in it, until it is sent."""
    right = Permission.HOUSING_WRITE if request.method == "POST" else Permission.CASE_READ
    case, user = policy.get_case(request.user, number, right), user_of(request)
    track, stale = readers.track_of(case, pk), list[Any]()
    found = readers.latest(track)
    form = pages.request_form(request, track, readers.begun(found))

    def act(data: dict[str, Any]) -> KompottRequest:
        member = readers.member_of(uuid.UUID(data["member"]))
        consent = consents.consent_of(case, uuid.UUID(data["consent"]))
        facts = {"note": data["note"], "version": data.get("version")}
        return actions.write_request(by=user, track=track, member=member, consent=consent, **facts)

    try:
        done = carry_out(request, form, act, lambda _: reverse("kompott_request", args=[number, pk]))
    except StaleEdit:
        done, stale = None, compare(form, dict(form.initial))
    return done or pages.request_page(request, track, found, form, stale)


@GET_POST
def kompott_move(request: HttpRequest, number: str, pk: uuid.UUID, name: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.HOUSING_WRITE)
    found, step = readers.latest_or_404(readers.track_of(case, pk)), OURS.get(name)
    if step is None:
        raise policy.NotFound("Det går inte att göra med en förfrågan.", [case.ref()])

    def act(data: dict[str, Any]) -> KompottRequest:
        return pages.run(user_of(request), found, step, data)

    form, back = step.form(request.POST or None), reverse("kompott_request", args=[number, pk])
    more = {"back": back, "said": step.said, "lead": step.lead}
    return act_form(request, case, form, act, step.button, step.button, **more)


@require_POST
def kompott_file(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    """The file as an attachment, made anew each time; each is in the log."""
    case = policy.get_case(request.user, number, Permission.HOUSING_WRITE)
    found = readers.latest_or_404(readers.track_of(case, pk))
    try:
        content = file_actions.make_request_file(by=user_of(request), request=found)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("kompott_request", number, pk)
    return as_file(content, FILE, "application/json")
