import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from casework import policy, swedish
from casework.acting import GET_POST, carry_out, user_of
from casework.cases.pages import case_form
from casework.cases.rules import Refused, is_open
from casework.policy import Permission
from contacts.cover import actions, readers
from contacts.cover.forms import CoverForm, ExtendForm
from contacts.cover.models import Cover


@GET_POST
def cover_set(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.ASSIGN)
    user, staff = user_of(request), readers.substitutes(case)
    labels = readers.labels(user, staff)
    form = CoverForm(request.POST or None, staff=staff, labels=labels, initial={"starts_on": timezone.localdate()})

    def act(data: dict[str, Any]) -> Cover:
        words = {name: value for name, value in data.items() if name not in {"once", "no_conflict"}}
        return actions.cover_case(by=user, case=case, **words)

    done = carry_out(request, form, act, lambda _: reverse("cover_set", args=[number]))
    if done:
        messages.success(request, "Täckningen är ordnad. Den öppnas och stängs av sig själv.")
        return done
    context = {
        "covers": readers.with_messages(readers.not_over(case)),
        "over": readers.over(case),
        "absent": readers.contact_person(case),
        "open": is_open(case),
        "cancel": "Till ärendet",
    }
    title, button = "Täckning", "Låt kollegan täcka ärendet"
    return case_form(request, case, form, title, button, template="contacts/cover/cover_set.html", **context)


@GET_POST
def cover_extend(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.ASSIGN)
    cover = readers.cover_in(case, pk)
    form = ExtendForm(request.POST or None)

    def act(data: dict[str, Any]) -> Cover:
        return actions.extend_cover(by=user_of(request), cover=cover, ends_on=data["ends_on"], message=data["message"])

    done = carry_out(request, form, act, lambda _: reverse("cover_set", args=[number]))
    lead = f"{cover.substitute} täcker ärendet för {cover.absent} till och med {swedish.day(cover.ends_on)}."
    back = {"cancel_url": reverse("cover_set", args=[number])}
    return done or case_form(request, case, form, "Förläng täckningen", "Förläng täckningen", lead=lead, **back)


@require_POST
def cover_end(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.ASSIGN)
    cover = readers.cover_in(case, pk)
    try:
        actions.end_cover(by=user_of(request), cover=cover)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Täckningen är avbruten. {cover.substitute} kommer inte åt ärendet genom den.")
    return redirect("cover_set", number)
