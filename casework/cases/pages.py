"""A form under a case's sticky header, drawn the same everywhere."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from casework.acting import carry_out, compare, user_of
from casework.cases import readers
from casework.cases.models import Case
from casework.drafts import store
from casework.records import StaleEdit


def case_form(
    request: HttpRequest,
    case: Case,
    form: Any,
    title: str,
    submit: str,
    *,
    template: str = "casework/case_form.html",
    **more: Any,
) -> HttpResponse:
    context = {
        **readers.header(case),
        "form": form,
        "title": title,
        "submit": submit,
        "cancel_url": reverse("case", args=[case.number]),
        **more,
    }
    return render(request, template, context)


def act_form(
    request: HttpRequest,
    case: Case,
    form: Any,
    act: Callable[[dict[str, Any]], Any],
    title: str,
    submit: str,
    *,
    back: str,
    said: str,
    slot: str = "",
    **more: Any,
) -> HttpResponse:
    """Runs `act` and leads `back` with `said`; else the form again, with both texts when it came late.

    `slot` is where what is typed is kept until then.
    """
    stale: list[Any] = []

    def once(data: dict[str, Any]) -> Any:
        done = act(data)
        store.drop(user_of(request), slot)
        return done

    try:
        done = carry_out(request, form, once if slot else act, lambda _: back)
    except StaleEdit:
        done, stale = None, compare(form, form.initial)
    if done:
        messages.success(request, said)
        return done
    return case_form(request, case, form, title, submit, cancel_url=back, stale=stale, slot=slot, **more)
