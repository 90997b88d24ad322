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
from casework.records import StaleEdit
from housing.shelter import actions, pages, readers, rules
from housing.shelter.forms import ConsiderForm, DecideForm, PlaceForm, PlansForm
from housing.shelter.models import ShelterStay
from housing.shelter.pages import PART, stay_form, url_of

WRITE = Permission.HOUSING_WRITE


@require_GET
def stays(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number)
    rows, may_decide = readers.overview(case), rules.can_decide(user_of(request), case)
    going = next((row.stay for row in rows if not row.over), None)
    context = {
        **header(case),
        "rows": rows,
        "going": going,
        "without": readers.without_stay(case, rows) if going and may_decide else [],
        "may_decide": may_decide,
    }
    return render(request, "housing/shelter/stays.html", context)


@GET_POST
def new(request: HttpRequest, number: str) -> HttpResponse:
    case, user = policy.get_case(request.user, number, Permission.DECIDE), user_of(request)
    child = readers.child_in(case, request.GET.get("barn", ""))
    slot = f"stay:{number}" + (f":{child.pk.hex[:PART]}" if child else "")
    draft, facts = store.find(user, slot), readers.choices_for(case, child)
    form = form_or_draft(request, DecideForm, draft, initial={"decided_on": timezone.localdate()}, **facts)
    hers = readers.her_stay(case) if child else None

    def act(data: dict[str, Any]) -> ShelterStay:
        made = actions.decide_stay(by=user, case=case, child=child, adult_stay=hers, **form.facts())
        store.drop(user, slot)
        return made

    done = carry_out(request, form, act, url_of)
    if done:
        messages.success(request, "Beslutet är fattat.")
        return done
    more = {"draft": draft, "slot": slot, "child": child, "standings": readers.standings_of(child)}
    title = "Besluta om barnets skyddade boende" if child else "Besluta om skyddat boende"
    back, page = reverse("stays", args=[number]), "housing/shelter/stay_new.html"
    return case_form(request, case, form, title, "Fatta beslutet", template=page, cancel_url=back, **more)


@require_GET
def stay(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number)
    found, user = readers.stay_of(case, pk), user_of(request)
    may_reveal = policy.can_case(user, case, Permission.ADDRESS_REVEAL)
    context = {**header(case), **readers.page(found, user), "reasons": RevealForm.REASONS, "may_reveal": may_reveal}
    return render(request, "housing/shelter/stay.html", context)


@require_POST
def reveal(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.ADDRESS_REVEAL)
    found, form = readers.stay_of(case, pk), RevealForm(request.POST)
    context: dict[str, Any] = {**header(case), "stay": found, "reasons": RevealForm.REASONS}
    if form.is_valid():
        visit.purpose(Tag.STAY_PLACE_REVEALED, reason_code=form.cleaned_data["reason"])
        context |= {"values": readers.place_of(found), "seconds": revealing.SECONDS}
    else:
        context["error"] = "Välj varför du behöver se stället."
    part = request.headers.get("X-Requested-With") == "fetch"
    return render(request, f"housing/shelter/{'_reveal' if part else 'reveal'}.html", context)


@GET_POST
def change(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    found = readers.stay_of(policy.get_case(request.user, number, WRITE), pk)
    form = PlansForm(request.POST or None, stay=found)

    def act(data: dict[str, Any]) -> ShelterStay:
        return actions.change_stay(by=user_of(request), stay=found, **form.facts())

    more = {"submit": "Spara dagarna", "said": "Dagarna är sparade.", "lead": "Beslutet självt skrivs aldrig över."}
    return stay_form(request, found, form, act, "Planer och tider", **more)


@GET_POST
def place(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    """Empty, also when it came late: what is kept there is shown for a reason only."""
    found = readers.stay_of(policy.get_case(request.user, number, WRITE), pk)
    policy.check_case(request.user, found.case, Permission.ADDRESS_REVEAL)
    form, stale = PlaceForm(request.POST or None, initial={"version": found.version}), list[Any]()

    def act(data: dict[str, Any]) -> ShelterStay:
        return actions.change_place(by=user_of(request), stay=found, place=form.place(), version=data["version"])

    try:
        done = carry_out(request, form, act, lambda _: url_of(found))
    except StaleEdit:
        done, stale = None, pages.unseen(form, found)
    if done:
        messages.success(request, "Stället är sparat.")
        return done
    more: dict[str, Any] = {"lead": pages.PLACE_LEAD, "cancel_url": url_of(found), "stale": stale, "ctrl_enter": True}
    return case_form(request, found.case, form, "Skriv stället", "Spara stället", **more)


@GET_POST
def move(request: HttpRequest, number: str, pk: uuid.UUID, act: str) -> HttpResponse:
    found = readers.stay_of(policy.get_case(request.user, number, WRITE), pk)
    if act not in pages.STEPS:
        raise policy.NotFound("Det steget finns inte.", [found.case.ref()])
    step, told = pages.STEPS[act], rules.MOVES[act]
    form = step.form_for(found, request.POST or None)

    def once(data: dict[str, Any]) -> ShelterStay:
        made: ShelterStay = step.act(by=user_of(request), stay=found, **form.facts())
        return made

    return stay_form(request, found, form, once, told.button, said=told.said, lead=told.lead)


@GET_POST
def consider(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    found = readers.stay_of(policy.get_case(request.user, number, WRITE), pk)
    user, slot = user_of(request), f"stayconsider:{number}:{pk.hex[:PART]}"
    draft = store.find(user, slot)
    form = form_or_draft(request, ConsiderForm, draft, stay=found, initial={"considered_on": timezone.localdate()})

    def act(data: dict[str, Any]) -> Any:
        return actions.consider_stay(by=user, stay=found, **form.facts())

    more = {"submit": "Anteckna övervägandet", "said": "Övervägandet är antecknat.", "slot": slot, "draft": draft}
    return stay_form(request, found, form, act, "Överväg om insatsen ska fortsätta", **more)
