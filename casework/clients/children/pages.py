"""A form about one child, carried out and drawn the same everywhere."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from casework.acting import carry_out, compare, form_or_draft, user_of
from casework.cases.pages import case_form
from casework.clients.children.models import Child
from casework.drafts import store
from casework.records import StaleEdit

PART = 20  # so much of a child's id tells her from the others of a case


def url_of(child: Child) -> str:
    return reverse("child", args=[child.case.number, child.pk])


def drafted(
    request: HttpRequest, child: Child, kind: str, form_class: Any, **kwargs: Any
) -> tuple[Any, dict[str, Any]]:
    """A form about a child with what was typed in it before, and what child_form needs to keep it."""
    slot = f"{kind}:{child.case.number}:{child.pk.hex[:PART]}"
    draft = store.find(user_of(request), slot)
    return form_or_draft(request, form_class, draft, **kwargs), {"slot": slot, "draft": draft}


def child_form(
    request: HttpRequest,
    child: Child,
    form: Any,
    act: Callable[[dict[str, Any]], Any],
    title: str,
    submit: str,
    *,
    said: str,
    slot: str = "",
    **more: Any,
) -> HttpResponse:
    """Runs `act` and leads to the child's page with `said`; else the form again, with both texts when it came late.

    `slot` is where what is typed is kept until then.
    """
    stale: list[Any] = []

    def once(data: dict[str, Any]) -> Any:
        done = act(data)
        store.drop(user_of(request), slot)
        return done

    try:
        done = carry_out(request, form, once if slot else act, lambda _: url_of(child))
    except StaleEdit:
        done, stale = None, compare(form, form.initial)
    if done:
        messages.success(request, said)
        return done
    context = {"cancel_url": url_of(child), "stale": stale, "ctrl_enter": True, "slot": slot, **more}
    return case_form(request, child.case, form, title, submit, **context)
