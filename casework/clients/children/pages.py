"""A form about one child, carried out and drawn the same everywhere."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from casework.acting import carry_out, compare
from casework.cases.pages import case_form
from casework.clients.children.models import Child
from casework.records import StaleEdit


def url_of(child: Child) -> str:
    return reverse("child", args=[child.case.number, child.pk])


def child_form(
    request: HttpRequest,
    child: Child,
    form: Any,
    act: Callable[[dict[str, Any]], Any],
    title: str,
    submit: str,
    *,
    said: str,
    **more: Any,
) -> HttpResponse:
    """Runs `act` and leads to the child's page with `said`; else the form again, with both texts when it came late."""
    stale: list[Any] = []
    try:
        done = carry_out(request, form, act, lambda _: url_of(child))
    except StaleEdit:
        done, stale = None, compare(form, form.initial)
    if done:
        messages.success(request, said)
        return done
    context = {"cancel_url": url_of(child), "stale": stale, "ctrl_enter": True, **more}
    return case_form(request, child.case, form, title, submit, **context)
