import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from casework import policy
from casework.acting import GET_POST, Act, carry_out, compare, user_of
from casework.policy import Permission
from casework.records import StaleEdit
from housing.tracks import kind_actions, readers
from housing.tracks.kind_forms import ChangeKindForm, KindForm, SwitchForm, begin

NEW = {"answer_days": 30, "order": 100, "viewing": True, "active": True}


@require_GET
def kinds(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.HOUSING_SETUP)
    return render(request, "housing/tracks/kinds.html", {"kinds": _rows()})


def _rows() -> list[tuple[Any, SwitchForm]]:
    """Each way with the form that switches it the other way."""
    return [
        (kind, SwitchForm(auto_id=f"kind-{at}-%s", initial={"active": not kind.active}))
        for at, kind in enumerate(readers.kinds())
    ]


@require_POST
def switch(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    policy.check_may(request.user, Permission.HOUSING_SETUP)
    kind, form = readers.kind_of(pk), SwitchForm(request.POST)

    def act(data: dict[str, Any]) -> Any:
        return kind_actions.switch_kind(by=user_of(request), kind=kind, active=data["active"])

    done = carry_out(request, form, act, lambda _: reverse("track_kinds"))
    if done:
        messages.success(request, "Vägen används." if form.cleaned_data["active"] else "Vägen används inte längre.")
        return done
    return render(request, "housing/tracks/kinds.html", {"kinds": _rows(), "form": form})


@GET_POST
def new_kind(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.HOUSING_SETUP)
    form = KindForm(request.POST or None, initial=NEW)

    def act(data: dict[str, Any]) -> Any:
        return kind_actions.add_kind(by=user_of(request), **form.facts())

    return _form(request, form, act, "Ny väg till ett hem", "Lägg till vägen", "Vägen är tillagd.")


@GET_POST
def change_kind(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    policy.check_may(request.user, Permission.HOUSING_SETUP)
    kind = readers.kind_of(pk)
    form = ChangeKindForm(request.POST or None, tried=readers.is_tried(kind), initial=begin(kind))

    def act(data: dict[str, Any]) -> Any:
        return kind_actions.change_kind(by=user_of(request), kind=kind, **form.facts())

    return _form(request, form, act, "Ändra vägen", "Spara vägen", "Vägen är sparad.")


def _form(request: HttpRequest, form: Any, act: Act, title: str, submit: str, said: str) -> HttpResponse:
    """Runs `act` and leads to the list; else the form again, with both texts when it came late."""
    stale: list[Any] = []
    try:
        done = carry_out(request, form, act, lambda _: reverse("track_kinds"))
    except StaleEdit:
        done, stale = None, compare(form, form.initial)
    if done:
        messages.success(request, said)
        return done
    context = {"form": form, "title": title, "submit": submit, "stale": stale}
    return render(request, "housing/tracks/kind_form.html", context)
