import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from audit.tags import Tag
from casework import policy
from casework.access import visit
from casework.acting import GET_POST, carry_out, form_or_draft, user_of
from casework.cases.forms import RevealForm
from casework.cases.pages import case_form
from casework.cases.readers import header
from casework.clients import revealing
from casework.drafts import store
from casework.policy import Permission
from housing.tenancies import actions, readers, rules
from housing.tenancies.forms import ChangeForm, DayForm, EndForm, TakeoverForm, TermsForm, today
from housing.tenancies.models import Tenancy
from housing.tenancies.pages import tenancy_form, url_of

WRITE = Permission.HOUSING_WRITE


@require_GET
def tenancies(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number)
    may_write = rules.can_write(user_of(request), case)
    ready = readers.ready_tracks(case) if may_write else []
    context = {**header(case), "cards": readers.cards(case), "may_write": may_write, "ready": ready}
    return render(request, "housing/tenancies/tenancies.html", context)


@require_GET
def tenancy(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    found = readers.get_tenancy(request.user, number, pk)
    context = {**header(found.case), **readers.page(found, user_of(request)), "reasons": RevealForm.REASONS}
    return render(request, "housing/tenancies/tenancy.html", context)


@require_POST
def reveal(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    found = readers.get_tenancy(request.user, number, pk, Permission.ADDRESS_REVEAL)
    form = RevealForm(request.POST)
    context: dict[str, Any] = {**header(found.case), "tenancy": found, "reasons": RevealForm.REASONS}
    if form.is_valid():
        visit.purpose(Tag.ADDRESS_REVEALED, reason_code=form.cleaned_data["reason"])
        context |= {"values": readers.address(found), "seconds": revealing.SECONDS}
    else:
        context["error"] = "Välj varför du behöver se uppgiften."
    part = request.headers.get("X-Requested-With") == "fetch"
    return render(request, f"housing/tenancies/{'_reveal' if part else 'reveal'}.html", context)


@GET_POST
def new(request: HttpRequest, number: str) -> HttpResponse:
    case, user = policy.get_case(request.user, number, WRITE), user_of(request)
    track = readers.track_of(case, request.GET.get("vag", ""))
    slot, back = f"tenancy:{number}", reverse("tenancies", args=[number])
    draft, (home, initial) = store.find(user, slot), readers.begin_new(track)
    more = {"landlords": readers.landlords(), "at_home": home is not None, "initial": initial}
    form = form_or_draft(request, TermsForm, draft, **more)

    def act(data: dict[str, Any]) -> Tenancy:
        made = actions.sign_tenancy(by=user, case=case, track=track, terms=form.terms())
        store.drop(user, slot)
        return made

    done = carry_out(request, form, act, url_of)
    if done:
        messages.success(request, "Kontraktet är antecknat.")
        return done
    shown = {"draft": draft, "slot": slot, "cancel_url": back, "track": track, "home": home}
    title, page = "Anteckna ett kontrakt", "housing/tenancies/new.html"
    return case_form(request, case, form, title, "Anteckna kontraktet", template=page, **shown)


@GET_POST
def change(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    found = readers.get_tenancy(request.user, number, pk, WRITE)
    more: dict[str, Any] = {"landlords": readers.landlords(), "at_home": found.home is not None, "keeps": True}
    form = ChangeForm(request.POST or None, initial=readers.begin(found), **more)

    def act(data: dict[str, Any]) -> Tenancy:
        return actions.change_tenancy(by=user_of(request), tenancy=found, terms=form.terms(), version=data["version"])

    title, submit = "Ändra kontraktet", "Spara ändringen"
    return tenancy_form(request, found, form, act, title, submit, said="Ändringen är sparad.")


@GET_POST
def move_in(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    found = readers.get_tenancy(request.user, number, pk, WRITE)
    form = DayForm(request.POST or None, initial=today())

    def act(data: dict[str, Any]) -> Tenancy:
        return actions.move_in(by=user_of(request), tenancy=found, on=data["on"])

    title, submit = "Nycklar och inflyttning", "Anteckna inflyttningen"
    return tenancy_form(request, found, form, act, title, submit, said="Inflyttningen är antecknad.")


@GET_POST
def take_over(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    found = readers.get_tenancy(request.user, number, pk, WRITE)
    form = TakeoverForm(request.POST or None, initial=today())
    left = readers.steps_left(found)

    def act(data: dict[str, Any]) -> Tenancy:
        return actions.take_over(by=user_of(request), tenancy=found, on=data["on"], reason=data["reason"])

    title, submit = "Övertagande av kontraktet", "Anteckna övertagandet"
    lead = f"Det här saknas: {'; '.join(left)}." if left else "Alla steg är klara."
    return tenancy_form(request, found, form, act, title, submit, said="Personen har tagit över kontraktet.", lead=lead)


@GET_POST
def end(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    found = readers.get_tenancy(request.user, number, pk, WRITE)
    form = EndForm(request.POST or None, initial={"on": timezone.localdate()})

    def act(data: dict[str, Any]) -> Tenancy:
        facts = {name: data[name] for name in ("on", "why", "outcome")}
        return actions.end_tenancy(by=user_of(request), tenancy=found, **facts)

    title, submit = "Avsluta hyresförhållandet", "Avsluta hyresförhållandet"
    lead = (
        "Personen bor inte där längre. Hemmet blir ledigt för någon annan, om det inte går tillbaka till hyresvärden."
    )
    return tenancy_form(request, found, form, act, title, submit, said="Hyresförhållandet är avslutat.", lead=lead)
