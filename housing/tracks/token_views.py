from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from audit.tags import Tag
from casework import policy
from casework.access import visit
from casework.acting import GET_POST, user_of
from housing import doors
from housing.tracks import actions, readers, rules
from housing.tracks.forms import MoveForm, NextForm, TakeForm, today
from housing.tracks.models import Track
from housing.tracks.pages import in_time, token_form


def _track(request: HttpRequest, token: str, key: str) -> Track:
    found = doors.track_by_token(request.user, token, key)
    visit.purpose(Tag.NEED_READ)
    return found


@require_GET
def track(request: HttpRequest, token: str, key: str) -> HttpResponse:
    found = _track(request, token, key)
    return render(request, "housing/tracks/token_track.html", readers.token_page(found, user_of(request)))


@GET_POST
def change(request: HttpRequest, token: str, key: str) -> HttpResponse:
    found = _track(request, token, key)
    form = NextForm(request.POST or None, initial=readers.begin(found, whole=False))

    def act(data: dict[str, Any]) -> Track:
        return actions.change_track(by=user_of(request), track=found, **form.facts())

    return token_form(request, found, form, act, "Ändra nästa steg", "Spara ändringen", said="Ändringen är sparad.")


@GET_POST
def move(request: HttpRequest, token: str, key: str, name: str) -> HttpResponse:
    found = _track(request, token, key)
    if name not in rules.by_hand(found.kind):
        raise policy.NotFound("Det steget finns inte.", [found.case.ref()])
    told, initial = rules.MOVES[name], {**today("on"), "version": found.version}
    form = MoveForm(request.POST or None, step=name, coordinator=True, initial=initial)

    def act(data: dict[str, Any]) -> Track:
        with in_time():
            return actions.move_track(by=user_of(request), track=found, name=name, **form.facts())

    more = {"lead": told.lead, "warnings": readers.warnings(found) if name == "lose_offer" else []}
    return token_form(request, found, form, act, told.button, told.button, said=told.said, **more)


@GET_POST
def take(request: HttpRequest, token: str, key: str) -> HttpResponse:
    found = _track(request, token, key)
    form = TakeForm(request.POST or None)

    def act(data: dict[str, Any]) -> Track:
        return actions.take_track(by=user_of(request), track=found)

    taken = f"{found.coordinator} har hand om vägen nu." if found.coordinator else "Ingen har hand om vägen nu."
    title, submit = "Ta hand om vägen", "Ta hand om vägen"
    return token_form(request, found, form, act, title, submit, said="Du har hand om vägen.", lead=taken)
