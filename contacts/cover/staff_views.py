"""Pages about a colleague: when she is away, who covers all her cases, what has to move when she leaves."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from casework import policy
from casework.acting import GET_POST, carry_out, user_of
from casework.cases.rules import Refused
from casework.policy import Permission
from contacts.cover import actions, leaving_readers, readers
from contacts.cover.forms import AbsenceForm, CoverAllForm
from contacts.cover.models import Absence, Cover


@require_GET
def away(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.ASSIGN)
    return render(request, "contacts/cover/away.html", {"team": readers.team(user_of(request))})


@GET_POST
def absence(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user = user_of(request)
    colleague = readers.staff(user, pk)
    form = AbsenceForm(request.POST or None, initial={"starts_on": timezone.localdate()})

    def act(data: dict[str, Any]) -> Absence:
        return actions.set_absence(by=user, user=colleague, starts_on=data["starts_on"], ends_on=data["ends_on"])

    done = carry_out(request, form, act, lambda _: reverse("absence", args=[pk]))
    if done:
        messages.success(request, "Frånvaron är antecknad.")
        return done
    context = {
        "colleague": colleague,
        "form": form,
        "rows": readers.absences_of(colleague),
        "cases": readers.cases_to_cover(user, colleague),
        "today": timezone.localdate(),
    }
    return render(request, "contacts/cover/absence.html", context)


@require_POST
def absence_end(request: HttpRequest, pk: uuid.UUID, absence: uuid.UUID) -> HttpResponse:
    user = user_of(request)
    found = readers.absence_of(readers.staff(user, pk), absence)
    try:
        actions.end_absence(by=user, absence=found)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{found.user} är inte längre antecknad som borta. Täckningarna gäller än.")
    return redirect("absence", pk)


@GET_POST
def cover_all(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user = user_of(request)
    absent = readers.staff(user, pk)
    staff, cases = readers.colleagues(absent), readers.cases_to_cover(user, absent)
    labels = readers.labels(user, staff)
    initial = readers.days_away(absent)
    form = CoverAllForm(request.POST or None, staff=staff, labels=labels, cases=cases, initial=initial)

    def act(data: dict[str, Any]) -> list[Cover]:
        days = {name: data[name] for name in ("starts_on", "ends_on", "message")}
        return actions.cover_all(by=user, absent=absent, substitutes=form.chosen(), **days)

    done = carry_out(request, form, act, lambda _: reverse("absence", args=[pk]))
    if done:
        messages.success(request, "Täckningarna är ordnade. De öppnas och stängs av sig själva.")
    context = {"colleague": absent, "form": form, "cases": cases}
    return done or render(request, "contacts/cover/cover_all.html", context)


@require_GET
def leaving(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user = user_of(request)
    colleague = readers.staff(user, pk)
    context = {"colleague": colleague, **leaving_readers.everything(user, colleague)}
    return render(request, "contacts/cover/leaving.html", context)
