import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from casework import policy
from casework.acting import GET_POST, carry_out, compare, user_of
from casework.cases.letters import actions, readers
from casework.cases.letters.forms import ChangeTemplateForm, StopForm, TemplateForm
from casework.cases.letters.models import LetterTemplate
from casework.cases.letters.pages import template_form
from casework.policy import Permission
from casework.records import StaleEdit


@require_GET
def templates(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.TEMPLATE_WRITE)
    return render(request, "casework/letters/templates.html", {"templates": readers.newest()})


@GET_POST
def template_new(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.TEMPLATE_WRITE)
    form = TemplateForm(request.POST or None)

    def act(data: dict[str, Any]) -> LetterTemplate:
        facts = {name: data[name] for name in ("title", "kind")}
        return actions.write_template(by=user_of(request), words=form.words(), **facts)

    done = carry_out(request, form, act, lambda _: reverse("templates"))
    return template_form(request, form, done, "Ny brevmall", "Spara mallen")


@GET_POST
def template_change(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    policy.check_may(request.user, Permission.TEMPLATE_WRITE)
    initial, stale = readers.begin_template(readers.template_of(key)), list[Any]()
    form = ChangeTemplateForm(request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> LetterTemplate:
        facts = {"title": data["title"], "kind": data["kind"], "key": key, "seen": data["version"]}
        return actions.write_template(by=user_of(request), words=form.words(), **facts)

    try:
        done = carry_out(request, form, act, lambda _: reverse("templates"))
    except StaleEdit:
        done, stale = None, compare(form, initial)
    return template_form(request, form, done, "Ändra brevmallen", "Spara en ny version", stale=stale)


@GET_POST
def template_off(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    policy.check_may(request.user, Permission.TEMPLATE_WRITE)
    template, form = readers.template_of(key), StopForm(request.POST or None)

    def act(data: dict[str, Any]) -> LetterTemplate:
        return actions.stop_template(by=user_of(request), key=key)

    done = carry_out(request, form, act, lambda _: reverse("templates"))
    if done:
        messages.success(request, "Mallen används inte längre. Brev som redan är skrivna påverkas inte.")
    title = f"Sluta använda ”{template.name}”"
    return done or template_form(request, form, None, title, "Sluta använda mallen")
