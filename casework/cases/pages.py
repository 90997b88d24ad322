"""A form under a case's sticky header, drawn the same everywhere."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from casework.cases import readers
from casework.cases.models import Case


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
