import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from audit.tags import Tag
from casework import policy
from casework.access import visit
from casework.acting import GET_POST, carry_out, compare, form_or_draft, user_of
from casework.cases.exposure import actions, pages, readers
from casework.cases.exposure.forms import ChangeForm, CloseForm, ExposureForm, MeasureForm
from casework.cases.exposure.models import ExposureIncident, ExposureMeasure
from casework.cases.pages import case_form
from casework.drafts import store
from casework.policy import Permission
from casework.records import StaleEdit


@require_GET
def exposures(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.EXPOSURE_LIST)
    visit.purpose(Tag.EXPOSURES_READ)
    page = readers.listed(user_of(request), request.GET.get("page"))
    return render(request, "casework/exposure/exposures.html", {"page": page})


@GET_POST
def new(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.FILE_WRITE)
    user, slot = user_of(request), f"exposure:{number}"
    draft = store.find(user, slot)
    form = form_or_draft(request, ExposureForm, draft, initial={"found_at": timezone.now()})

    def act(data: dict[str, Any]) -> ExposureIncident:
        incident = actions.report_exposure(by=user, case=case, **form.facts())
        store.drop(user, slot)
        return incident

    done = carry_out(request, form, act, lambda incident: reverse("exposure", args=[number, incident.pk]))
    if done:
        messages.success(request, "Röjningen är anmäld. Börja med det första steget.")
        return done
    more = {"draft": draft, "slot": slot, "earlier": readers.earlier(case)}
    title, page = "Något har röjts", "casework/exposure/exposure_new.html"
    return case_form(request, case, form, title, "Anmäl röjningen", template=page, **more)


@GET_POST
def exposure(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    """The check list for everybody who reads the case; a form at each step for those who write in it."""
    right = Permission.FILE_WRITE if request.method == "POST" else Permission.CASE_READ
    case, user = policy.get_case(request.user, number, right), user_of(request)
    incident = readers.incident_of(case, pk)
    step = request.POST.get("step", "")
    form = MeasureForm(request.POST or None, auto_id=f"{pages.known(step)}_%s")

    def act(data: dict[str, Any]) -> ExposureMeasure:
        facts = {name: data[name] for name in ("step", "done_at", "not_needed", "note")}
        return actions.note_measure(by=user, incident=incident, **facts)

    back = reverse("exposure", args=[number, pk])
    done = carry_out(request, form, act, lambda measure: f"{back}#steg-{measure.step}")
    if done:
        messages.success(request, "Steget är antecknat.")
        return done
    return pages.exposure_page(request, incident, form)


@GET_POST
def change(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.FILE_WRITE)
    incident, stale = readers.incident_of(case, pk), list[Any]()
    initial = readers.begin(incident, incident.words.open())
    form = ChangeForm(request.POST or None, initial=initial)
    back = reverse("exposure", args=[number, pk])

    def act(data: dict[str, Any]) -> ExposureIncident:
        facts = {**form.facts(), "version": data["version"]}
        return actions.change_exposure(by=user_of(request), incident=incident, **facts)

    try:
        done = carry_out(request, form, act, lambda _: back)
    except StaleEdit:
        done, stale = None, compare(form, initial)
    if done:
        messages.success(request, "Ändringen är sparad.")
    title, submit = "Ändra röjningen", "Spara ändringen"
    return done or case_form(request, case, form, title, submit, stale=stale, cancel_url=back)


@GET_POST
def close(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.EXPOSURE_LIST)
    incident = readers.incident_of(case, pk)
    form, back = CloseForm(request.POST or None), reverse("exposure", args=[number, pk])

    def act(data: dict[str, Any]) -> ExposureIncident:
        return actions.close_exposure(by=user_of(request), incident=incident)

    done = carry_out(request, form, act, lambda _: back)
    if done:
        messages.success(request, "Röjningen är avslutad.")
    lead = "Alla steg ska vara gjorda eller bedömda och lärdomarna skrivna. Sedan ändras röjningen inte mer."
    more = {"lead": lead, "cancel_url": back}
    return done or case_form(request, case, form, "Avsluta röjningen", "Avsluta röjningen", **more)
