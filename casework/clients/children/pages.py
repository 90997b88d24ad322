"""A form about one child, carried out and drawn the same everywhere."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from casework.acting import form_or_draft, user_of
from casework.cases.pages import act_form
from casework.clients.children.models import Child
from casework.drafts import store

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
    **more: Any,
) -> HttpResponse:
    """Runs `act` and leads to the child's page with `said`; else the form again."""
    back = url_of(child)
    return act_form(request, child.case, form, act, title, submit, back=back, said=said, ctrl_enter=True, **more)
