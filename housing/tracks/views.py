import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from casework import policy
from casework.acting import GET_POST, carry_out, form_or_draft, user_of
from casework.cases import readers as cases
from casework.cases.pages import case_form
from casework.drafts import store
from casework.policy import Permission
from housing.tracks import actions, readers, rules
from housing.tracks.forms import (
    ChangeForm,
    GoneForm,
    InsatsForm,
    MoveForm,
    ObstacleForm,
    StartForm,
    StepForm,
    today,
)
from housing.tracks.models import Track
from housing.tracks.pages import in_time, track_form

WRITE = Permission.HOUSING_WRITE


@GET_POST
def new(request: HttpRequest, number: str) -> HttpResponse:
    case, user = policy.get_case(request.user, number, WRITE), user_of(request)
    need, slot = readers.open_need(case), f"track:{number}"
    draft, kinds = store.find(user, slot), readers.kinds_for(need)
    form = form_or_draft(request, StartForm, draft, kinds=kinds)

    def act(data: dict[str, Any]) -> Track:
        made = actions.start_track(by=user, need=need, **form.facts())
        store.drop(user, slot)
        return made

    done = carry_out(request, form, act, lambda made: reverse("track", args=[number, made.pk]))
    if done:
        messages.success(request, "Vägen är påbörjad.")
        return done
    lead = "" if kinds else "Alla vägar som används prövas redan. En administratör lägger till fler."
    more: dict[str, Any] = {"draft": draft, "slot": slot, "lead": lead, "cancel_url": reverse("housing", args=[number])}
    return case_form(request, case, form, "Börja en väg till ett hem", "Börja vägen", **more)


@require_GET
def track(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    found = readers.track_of(request.user, number, pk)
    context = {**cases.header(found.case), **readers.page(found, user_of(request))}
    return render(request, "housing/tracks/track.html", context)


@GET_POST
def change(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    found = readers.track_of(request.user, number, pk, WRITE)
    form = ChangeForm(request.POST or None, initial=readers.begin(found, whole=True))

    def act(data: dict[str, Any]) -> Track:
        return actions.change_track(by=user_of(request), track=found, **form.facts())

    return track_form(request, found, form, act, "Ändra nästa steg", "Spara ändringen", said="Ändringen är sparad.")


@GET_POST
def move(request: HttpRequest, number: str, pk: uuid.UUID, name: str) -> HttpResponse:
    found = readers.track_of(request.user, number, pk, WRITE)
    if name not in rules.by_hand(found.kind):
        raise policy.NotFound("Det steget finns inte.", [found.case.ref()])
    told, initial = rules.MOVES[name], {**today("on"), "version": found.version}
    form = MoveForm(request.POST or None, step=name, coordinator=False, initial=initial)

    def act(data: dict[str, Any]) -> Track:
        with in_time():
            return actions.move_track(by=user_of(request), track=found, name=name, **form.facts())

    more = {"lead": told.lead, "warnings": readers.warnings(found) if name == "lose_offer" else []}
    return track_form(request, found, form, act, told.button, told.button, said=told.said, **more)


@GET_POST
def step(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    found = readers.track_of(request.user, number, pk, WRITE)
    notes = readers.steps_to_tie(found)
    form = StepForm(request.POST or None, notes=notes)

    def act(data: dict[str, Any]) -> Any:
        return actions.tie_step(by=user_of(request), track=found, note=notes[data["note"]])

    lead = "De senaste signerade stödstegen." if notes else "Det finns inget signerat stödsteg att koppla."
    title, submit = "Koppla ett stödsteg", "Koppla stödsteget"
    return track_form(request, found, form, act, title, submit, said="Stödsteget är kopplat.", lead=lead)


@GET_POST
def insats(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    found = readers.track_of(request.user, number, pk, WRITE)
    initial = {"insats": str(found.insats_id or ""), "version": found.version}
    form = InsatsForm(request.POST or None, insatser=readers.insatser_to_tie(found), initial=initial)

    def act(data: dict[str, Any]) -> Track:
        with in_time():
            return actions.tie_insats(by=user_of(request), track=found, **form.facts())

    lead = "Då syns här om beslutet verkställs i tid (SoL 34 kap. 1–3 §§)."
    title, submit = "Koppla ett beslut", "Koppla beslutet"
    return track_form(request, found, form, act, title, submit, said="Valet är sparat.", lead=lead)


@GET_POST
def obstacle(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    found = readers.track_of(request.user, number, pk, WRITE)
    form = ObstacleForm(request.POST or None, initial=today("noted_on"))

    def act(data: dict[str, Any]) -> Any:
        facts = {name: data[name] for name in ("obstacle", "noted_on")}
        return actions.note_obstacle(by=user_of(request), track=found, **facts)

    title, submit = "Anteckna ett hinder", "Anteckna hindret"
    return track_form(request, found, form, act, title, submit, said="Hindret är antecknat.")


@GET_POST
def obstacle_gone(request: HttpRequest, number: str, pk: uuid.UUID, obstacle: uuid.UUID) -> HttpResponse:
    found = readers.track_of(request.user, number, pk, WRITE)
    row = readers.obstacle_of(found, obstacle)
    form = GoneForm(request.POST or None, initial=today("gone_on"))

    def act(data: dict[str, Any]) -> Any:
        return actions.clear_obstacle(by=user_of(request), obstacle=row, gone_on=data["gone_on"])

    title, submit = "Hindret är borta", "Anteckna att hindret är borta"
    return track_form(request, found, form, act, title, submit, said="Det är antecknat.")
