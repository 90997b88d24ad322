import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from audit.tags import Tag
from casework import policy
from casework.access import visit
from casework.acting import GET_POST, carry_out, user_of
from casework.drafts import store
from casework.policy import Permission
from casework.records import StaleEdit
from contacts.fidelity import actions, pages, readers, scale, schedule
from contacts.fidelity.forms import BeginForm, FinishForm
from contacts.fidelity.models import FidelityReview, FidelityScore


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.FIDELITY)
    visit.purpose(Tag.FIDELITY_READ, detail={"page": "overview"})
    return render(request, "contacts/fidelity/index.html", {"histories": readers.overview(user_of(request))})


@GET_POST
def begin(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.FIDELITY)
    user = user_of(request)
    first, last = schedule.usual_period(timezone.localdate())
    sections = readers.led(user)
    initial = {"from_day": first, "to_day": last, "section": request.GET.get("sektion") or sections.first()}
    form = BeginForm(request.POST or None, sections=sections, initial=initial)

    def act(data: dict[str, Any]) -> FidelityReview:
        return actions.begin_review(by=user, section=data["section"], from_day=data["from_day"], to_day=data["to_day"])

    done = carry_out(request, form, act, lambda review: reverse("fidelity_review", args=[review.pk]))
    return done or render(request, "contacts/fidelity/new.html", {"form": form})


@GET_POST
def review(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = readers.own(request.user, pk)
    visit.purpose(Tag.FIDELITY_READ, detail={"review": str(pk)})
    user = user_of(request)
    lines = readers.lines(found, user)
    page = pages.ReviewPage(found, lines, request.POST if request.method == "POST" else None)

    def act(data: dict[str, Any]) -> FidelityScore:
        values = {name: value for name, value in data.items() if name != "once"}
        row = actions.score(by=user, review=found, **values)
        store.drop(user, readers.slot(found, row.item))
        return row

    try:
        done = carry_out(request, page.form, act, lambda row: reverse("fidelity_review", args=[pk]) + f"#{row.item}")
    except StaleEdit:
        done = None
        page.met_a_newer()
    if done:
        messages.success(request, "Poängen är sparad.")
    return done or render(request, "contacts/fidelity/review.html", page.context())


@GET_POST
def finish(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = readers.own(request.user, pk)
    visit.purpose(Tag.FIDELITY_READ, detail={"review": str(pk)})
    lines = readers.lines(found, user_of(request))
    form = FinishForm(request.POST or None)

    def act(_: dict[str, Any]) -> FidelityReview:
        done = actions.finish_review(by=user_of(request), review=found)
        for line in lines:
            store.drop(user_of(request), line.slot)
        return done

    done = carry_out(request, form, act, lambda _: reverse("fidelity_review", args=[pk]))
    if done:
        messages.success(request, "Mätningen är avslutad.")
    context = {"review": found, "lines": lines, "sum": readers.sum_of(lines), "form": form, "high": scale.HIGH}
    return done or render(request, "contacts/fidelity/finish.html", context)
