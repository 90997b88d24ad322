from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from casework import policy
from casework.acting import GET_POST, carry_out, compare, form_or_draft, user_of
from casework.cases import readers as cases
from casework.cases.pages import case_form
from casework.cases.rules import Refused
from casework.drafts import store
from casework.policy import Permission
from casework.records import StaleEdit
from contacts.cover import readers as covers
from contacts.cover.forms import ChecksForm, CompleteForm, PlanForm
from contacts.cover.handing import actions, readers, rules
from contacts.cover.models import Handover


@require_GET
def handover(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number)
    user, found = user_of(request), readers.find(case)
    context = {
        **cases.header(case),
        "handover": found,
        "before": readers.before(case),
        "may_plan": rules.can_plan(user, case),
        "contact": covers.contact_person(case),
    }
    if found is not None:
        context |= readers.standing(found)
        context |= {"checks": readers.checks(found), "may_act": rules.can_hand_over(user, found)}
    return render(request, "contacts/cover/handover.html", context)


@GET_POST
def plan(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.ASSIGN)
    user, staff = user_of(request), readers.takers(case)
    form = PlanForm(request.POST or None, staff=staff, labels=covers.labels(user, staff))

    def act(data: dict[str, Any]) -> Handover:
        words = {name: data[name] for name in ("taker", "planned_on", "message")}
        return actions.plan_handover(by=user, case=case, no_conflict=data["conflict"] == "no", **words)

    done = carry_out(request, form, act, lambda _: reverse("handover", args=[number]))
    lead = "Båda har ärendet tills överlämningen är klar. Den som inte redan är ersättare blir tillfrågad om det först."
    return done or case_form(request, case, form, "Planera en överlämning", "Planera överlämningen", lead=lead)


@GET_POST
def check(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number)
    user, found = user_of(request), readers.going_on(case)
    rules.check_can_hand_over(user, found)
    initial = {**{name: getattr(found, name) for name in readers.CHECKS}, "version": found.version}
    form = ChecksForm(request.POST or None, initial=initial)
    stale: list[Any] = []

    def act(data: dict[str, Any]) -> Handover:
        checks = actions.Checks(**{name: data[name] for name in readers.CHECKS})
        return actions.check_handover(by=user, handover=found, checks=checks, version=data["version"])

    back = reverse("handover", args=[number])
    try:
        done = carry_out(request, form, act, lambda _: back)
    except StaleEdit:
        done, stale = None, compare(form, initial)
    lead = "Skriv dagen då det blev gjort. Lämna tomt det som är kvar."
    more: dict[str, Any] = {"lead": lead, "stale": stale, "cancel_url": back, "ctrl_enter": True}
    return done or case_form(request, case, form, "Pricka av i överlämningen", "Spara det som är gjort", **more)


@GET_POST
def complete(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number)
    user, found = user_of(request), readers.going_on(case)
    rules.check_can_hand_over(user, found)
    slot = readers.slot(case)
    draft = store.find(user, slot)
    form = form_or_draft(request, CompleteForm, draft, missing=found.missing)

    def act(data: dict[str, Any]) -> Handover:
        words = {"summary": data["summary"], "missing_why": data.get("missing_why", "")}
        done = actions.complete_handover(by=user, handover=found, **words)
        store.drop(user, slot)
        return done

    away = reverse("caseload") if user.pk == found.giver_id else reverse("case", args=[number])
    done = carry_out(request, form, act, lambda _: away)
    if done:
        messages.success(request, f"{found.taker} är nu kontaktperson i {number}.")
    more = {"handover": found, "draft": draft, "slot": slot, **readers.standing(found)}
    title, page = "Slutför överlämningen", "contacts/cover/complete.html"
    return done or case_form(request, case, form, title, title, template=page, **more)


@require_POST
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.ASSIGN)
    try:
        actions.cancel_handover(by=user_of(request), handover=readers.going_on(case))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "Överlämningen är inställd. Den som redan har tackat ja är kvar som ersättare.")
    return redirect("handover", number)
