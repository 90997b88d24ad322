from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from casework import policy
from casework.acting import GET_POST, carry_out, compare, user_of
from casework.policy import Permission
from casework.records import StaleEdit
from contacts.guide import actions, readers, rules
from contacts.guide.forms import ChangePageForm, NewPageForm
from contacts.guide.models import GuidePage


@require_GET
def guide(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.GUIDE_READ)
    context = {"areas": readers.areas(), "may_write": rules.can_write(user_of(request))}
    return render(request, "contacts/guide/index.html", context)


@require_GET
def guide_page(request: HttpRequest, slug: str) -> HttpResponse:
    policy.check_may(request.user, Permission.GUIDE_READ)
    context = {"page": readers.page_of(slug), "may_write": rules.can_write(user_of(request))}
    return render(request, "contacts/guide/page.html", context)


@require_GET
def guide_history(request: HttpRequest, slug: str) -> HttpResponse:
    policy.check_may(request.user, Permission.GUIDE_READ)
    return render(request, "contacts/guide/history.html", {"rows": readers.history(slug), "slug": slug})


@GET_POST
def guide_change(request: HttpRequest, slug: str) -> HttpResponse:
    policy.check_may(request.user, Permission.GUIDE_WRITE)
    page = readers.page_of(slug)
    form, stale = ChangePageForm(request.POST or None, initial=ChangePageForm.begin(page)), []

    def act(data: dict[str, Any]) -> GuidePage:
        return actions.write_page(by=user_of(request), slug=slug, seen=data["version"], **form.words())

    try:
        done = carry_out(request, form, act, lambda _: reverse("guide_page", args=[slug]))
    except StaleEdit:
        done, stale = None, compare(form, ChangePageForm.begin(page))
    if done:
        messages.success(request, "Sidan är sparad. Den tidigare lydelsen finns kvar.")
    context = {"form": form, "stale": stale, "page": page, "submit": "Spara sidan"}
    return done or render(request, "contacts/guide/form.html", context)


@GET_POST
def guide_new(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.GUIDE_WRITE)
    form = NewPageForm(request.POST or None, initial={"area": GuidePage.Area.AUTHORITY})

    def act(data: dict[str, Any]) -> GuidePage:
        return actions.write_page(by=user_of(request), slug=form.slug(), **form.words())

    done = carry_out(request, form, act, lambda page: reverse("guide_page", args=[page.slug]))
    if done:
        messages.success(request, "Sidan finns nu i myndighetsguiden.")
    return done or render(request, "contacts/guide/form.html", {"form": form, "submit": "Lägg till sidan"})
