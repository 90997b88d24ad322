"""A form outside a case, and the page of one home, drawn the same everywhere."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from casework.acting import carry_out, compare, user_of
from casework.records import StaleEdit
from casework.shell import url_or_none
from housing.areas import areas
from housing.codes import Access
from housing.homes import readers
from housing.homes.forms import RevealForm
from housing.homes.models import Home, HomeState
from housing.landlords.rules import lacks_training


def plain_form(
    request: HttpRequest,
    form: Any,
    act: Callable[[dict[str, Any]], Any],
    title: str,
    submit: str,
    *,
    back: str,
    then: Callable[[Any], str] | None = None,
    said: str,
    **more: Any,
) -> HttpResponse:
    """Runs `act` and leads `then(result)`, or `back`, with `said`; else the form again, with both texts when late."""
    stale: list[Any] = []
    try:
        done = carry_out(request, form, act, then or (lambda _: back))
    except StaleEdit:
        done, stale = None, compare(form, form.initial)
    if done:
        messages.success(request, said)
        return done
    context = {"form": form, "title": title, "submit": submit, "cancel_url": back, "stale": stale, **more}
    return render(request, "housing/homes/form.html", context)


def url_of(home: Home) -> str:
    return reverse("home_page", args=[home.name])


def home_context(request: HttpRequest, home: Home) -> dict[str, Any]:
    """Everything on the page of a home but its address."""
    user, words = user_of(request), home.words.open()
    return {
        "home": home,
        "area": areas().get(home.area, home.area),
        "access": [str(one.label) for one in Access if one in words.access],
        "safety": words.safety,
        "note": words.note,
        "held": readers.held(user, home),
        "asked": readers.asked_for(user, home),
        "untrained": home.state != HomeState.GONE and lacks_training(home.landlord),
        "landlord_url": url_or_none("landlord", home.landlord_id),
        "there": home.state != HomeState.GONE,
        "free": home.state == HomeState.FREE,
        "removable": home.state in (HomeState.FREE, HomeState.TAKEN),
        "reasons": RevealForm.REASONS,
    }
