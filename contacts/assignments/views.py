import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from casework import policy
from casework.acting import GET_POST, carry_out, user_of
from casework.cases.models import Case
from casework.cases.pages import case_form
from casework.cases.rules import Refused
from casework.policy import Permission
from contacts.assignments import actions, readers
from contacts.assignments.forms import AcceptForm, DeclineForm, EndForm, LeaveForm, OfferForm
from contacts.assignments.models import Assignment


@GET_POST
def assign(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.ASSIGN)
    user = user_of(request)
    form = OfferForm(
        request.POST or None, staff=readers.staff_choices(case), loads=readers.loads(user), initial={"kind": "main"}
    )

    def act(data: dict[str, Any]) -> Assignment:
        return actions.offer_assignment(
            by=user,
            case=case,
            user=data["user"],
            kind=data["kind"],
            no_conflict=data["conflict"] == "no",
            message=data["message"],
        )

    done = carry_out(request, form, act, lambda _: reverse("case", args=[number]))
    lead = "Den du frågar ser bara ärendenummer, pseudonym och ditt meddelande tills hen har tackat ja."
    return done or case_form(request, case, form, "Utse kontaktperson", "Skicka frågan", lead=lead)


@GET_POST
def answer(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user = user_of(request)
    assignment = readers.own(user, pk)
    if request.method != "POST" and assignment.state != Assignment.State.OFFERED:
        messages.info(request, "Frågan är redan besvarad.")
        return redirect("caseload")
    form = AcceptForm(request.POST or None)

    def act(data: dict[str, Any]) -> Assignment:
        return actions.accept_assignment(by=user, assignment=assignment, no_conflict=data["no_conflict"])

    done = carry_out(request, form, act, lambda _: reverse("case", args=[assignment.case.number]))
    context = {"assignment": assignment, "form": form, "message": assignment.words.open().message}
    return done or render(request, "contacts/answer.html", context)


@GET_POST
def decline(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    assignment = readers.own(user_of(request), pk)
    form = DeclineForm(request.POST or None)

    def act(data: dict[str, Any]) -> Assignment:
        return actions.decline_assignment(
            by=user_of(request), assignment=assignment, code=data["code"], reason=data["reason"]
        )

    done = carry_out(request, form, act, lambda _: reverse("caseload"))
    return done or render(request, "contacts/decline.html", {"assignment": assignment, "form": form})


@GET_POST
def leave(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    assignment = readers.own(user_of(request), pk)
    form = LeaveForm(request.POST or None)

    def act(data: dict[str, Any]) -> Assignment:
        return actions.report_conflict(by=user_of(request), assignment=assignment, reason=data["reason"])

    done = carry_out(request, form, act, lambda _: reverse("caseload"))
    return done or render(request, "contacts/leave.html", {"assignment": assignment, "form": form})


@GET_POST
def end(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    assignment = readers.managed(user_of(request), pk)
    case: Case = policy.get_case(request.user, assignment.case.number, Permission.ASSIGN)
    form = EndForm(request.POST or None, initial={"close_reason": "ended"})

    def act(data: dict[str, Any]) -> Assignment:
        return actions.end_assignment(
            by=user_of(request), assignment=assignment, close_reason=data["close_reason"], reason=data["reason"]
        )

    done = carry_out(request, form, act, lambda _: reverse("case", args=[case.number]))
    lead = f"{assignment.user.display_name} kommer inte längre åt ärendet från och med nästa klick."
    return done or case_form(request, case, form, "Avsluta uppdraget", "Avsluta uppdraget", lead=lead, danger=True)


@require_POST
def withdraw(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    assignment = readers.managed(user_of(request), pk)
    try:
        actions.withdraw_assignment(by=user_of(request), assignment=assignment)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "Frågan är återtagen.")
    return redirect("case", assignment.case.number)
