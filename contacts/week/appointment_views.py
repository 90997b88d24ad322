"""Hours of a case: booked, changed and ended."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from casework import policy
from casework.acting import GET_POST, carry_out, compare, user_of
from casework.cases.pages import case_form
from casework.policy import Permission
from casework.records import StaleEdit
from contacts.week import actions, readers
from contacts.week.forms import AppointmentForm, ChangeAppointmentForm, EndAppointmentForm
from contacts.week.models import Appointment


@GET_POST
def new_appointment(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.WEEK)
    form = AppointmentForm(request.POST or None, initial={"kind": Appointment.Kind.MEETING})

    def act(data: dict[str, Any]) -> Appointment:
        return actions.make_appointment(by=user_of(request), case=case, kind=data["kind"], **form.appointment())

    done = carry_out(request, form, act, lambda _: reverse("case", args=[number]))
    if done:
        messages.success(request, "Tiden är bokad.")
    return done or case_form(request, case, form, "Boka en tid", "Boka tiden", ctrl_enter=True)


@GET_POST
def change_appointment(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    appointment = readers.appointment_in(request.user, number, pk)
    now = readers.filled_in(appointment)
    form = ChangeAppointmentForm(request.POST or None, kind=appointment.kind, initial=now)
    stale: list[Any] = []

    def act(data: dict[str, Any]) -> Appointment:
        return actions.change_appointment(
            by=user_of(request), appointment=appointment, version=data["version"], **form.appointment()
        )

    try:
        done = carry_out(request, form, act, lambda _: reverse("case", args=[number]))
    except StaleEdit:
        done, stale = None, compare(form, now)
    if done:
        messages.success(request, "Tiden är ändrad.")
    more: dict[str, Any] = {
        "appointment": appointment,
        "stale": stale,
        "template": "contacts/week/appointment_change.html",
    }
    return done or case_form(request, appointment.case, form, "Ändra tiden", "Spara tiden", **more)


@GET_POST
def end_appointment(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    appointment = readers.appointment_in(request.user, number, pk)
    form = EndAppointmentForm(request.POST or None)

    def act(data: dict[str, Any]) -> Appointment:
        return actions.end_appointment(by=user_of(request), appointment=appointment, how=data["how"])

    def then(ended: Appointment) -> str:
        held = ended.state == Appointment.State.HELD and ended.kind == Appointment.Kind.MEETING
        return reverse("step_new" if held else "case", args=[number])

    done = carry_out(request, form, act, then)
    if done:
        messages.success(request, "Tiden är avslutad.")
    [row] = readers.with_words([appointment])
    return done or case_form(request, appointment.case, form, "Avsluta tiden", "Avsluta tiden", lead=readers.told(row))
