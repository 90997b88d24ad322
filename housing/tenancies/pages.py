"""A form about one tenancy, carried out and drawn the same everywhere."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from casework.acting import form_or_draft, user_of
from casework.cases.pages import act_form
from casework.drafts import store
from housing.tenancies.models import Tenancy


def url_of(tenancy: Tenancy) -> str:
    return reverse("tenancy", args=[tenancy.case.number, tenancy.pk])


def tenancy_form(
    request: HttpRequest,
    tenancy: Tenancy,
    form: Any,
    act: Callable[[dict[str, Any]], Any],
    title: str,
    submit: str,
    *,
    said: str,
    **more: Any,
) -> HttpResponse:
    """Runs `act` and leads to the tenancy with `said`; else the form again."""
    return act_form(request, tenancy.case, form, act, title, submit, back=url_of(tenancy), said=said, **more)


def drafted(
    request: HttpRequest, tenancy: Tenancy, kind: str, form_class: Any, **kwargs: Any
) -> tuple[Any, dict[str, Any]]:
    """A form whose long text is kept while it is typed, and what the page has to know of that."""
    slot = f"{kind}:{tenancy.case.number}:{tenancy.pk.hex[:20]}"
    draft = store.find(user_of(request), slot)
    return form_or_draft(request, form_class, draft, **kwargs), {"draft": draft, "slot": slot}
