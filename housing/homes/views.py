"""The coordinator's board, and the register of homes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from audit.tags import Tag
from casework.access import visit
from casework.acting import GET_POST, user_of
from casework.clients import revealing
from housing.homes import actions, readers, rules
from housing.homes import board as boards
from housing.homes.forms import AddressForm, ChangeForm, HomeForm, RemoveForm, RevealForm, SafetyForm
from housing.homes.models import Home
from housing.homes.pages import home_context, plain_form, url_of


@require_GET
def homes_board(request: HttpRequest) -> HttpResponse:
    rules.check_can_keep(user_of(request))
    visit.purpose(Tag.HOMES_READ)
    chosen = request.GET.get("lage", "")
    chosen = chosen if chosen in (*boards.STATES, boards.NEEDS) else ""
    found = boards.board(user_of(request), chosen, request.GET.get("page"))
    return render(request, "housing/homes/board.html", {"board": found, "chosen": chosen})


@GET_POST
def home_new(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    rules.check_can_keep(user)
    initial = {"available_from": timezone.localdate(), "pets": True}
    form = HomeForm(request.POST or None, initial=initial, landlords=readers.landlords())

    def act(data: dict[str, Any]) -> Home:
        return actions.add_home(by=user, landlord=data["landlord"], terms=form.terms(), words=form.words())

    said = "Bostaden är upplagd. Gör säkerhetskontrollen innan du erbjuder den."
    more: dict[str, Any] = {"back": reverse("homes_board"), "then": url_of, "said": said}
    return plain_form(request, form, act, "Lägg upp en bostad", "Lägg upp bostaden", **more)


@require_GET
def home(request: HttpRequest, name: str) -> HttpResponse:
    found = readers.home_of(request.user, name)
    visit.purpose(Tag.NEED_READ)
    return render(request, "housing/homes/home.html", home_context(request, found))


@require_POST
def home_reveal(request: HttpRequest, name: str) -> HttpResponse:
    found = readers.home_of(request.user, name)
    form = RevealForm(request.POST)
    context: dict[str, Any] = {"home": found, "reasons": RevealForm.REASONS}
    if form.is_valid():
        visit.purpose(Tag.HOME_REVEALED, reason_code=form.cleaned_data["reason"])
        context |= {"values": readers.revealed(found), "seconds": revealing.SECONDS}
    else:
        context["error"] = "Välj varför du behöver se adressen."
    part = request.headers.get("X-Requested-With") == "fetch"
    return render(request, f"housing/homes/{'_reveal' if part else 'reveal'}.html", context)


@GET_POST
def home_change(request: HttpRequest, name: str) -> HttpResponse:
    found = readers.home_of(request.user, name)
    form = ChangeForm(request.POST or None, initial=readers.terms_of(found))

    def act(data: dict[str, Any]) -> Home:
        more = {key: data[key] for key in ("access", "note", "version")}
        return actions.change_home(by=user_of(request), home=found, terms=form.terms(), **more)

    more: dict[str, Any] = {"back": url_of(found), "said": "Ändringen är sparad."}
    return plain_form(request, form, act, f"Ändra bostaden {name}", "Spara ändringen", **more)


@GET_POST
def home_address(request: HttpRequest, name: str) -> HttpResponse:
    found = readers.home_of(request.user, name)
    visit.purpose(Tag.HOME_REVEALED, reason_code="check")
    form = AddressForm(request.POST or None, initial=readers.address_of(found))

    def act(data: dict[str, Any]) -> Home:
        told = {key: data[key] for key in ("street", "postal_code", "town", "flat", "version")}
        return actions.readdress_home(by=user_of(request), home=found, **told)

    more: dict[str, Any] = {
        "back": url_of(found),
        "said": "Adressen är sparad.",
        "lead": "Att adressen visas här antecknas i loggen.",
    }
    return plain_form(request, form, act, f"Rätta adressen till {name}", "Spara adressen", **more)


@GET_POST
def home_safety(request: HttpRequest, name: str) -> HttpResponse:
    found = readers.home_of(request.user, name)
    form = SafetyForm(request.POST or None, initial={"safety_on": timezone.localdate()})

    def act(data: dict[str, Any]) -> Home:
        facts = {key: data[key] for key in ("safety", "safety_on", "text")}
        return actions.note_safety(by=user_of(request), home=found, **facts)

    lead = "Ingen får erbjudas bostaden innan kontrollen är gjord. En ny kontroll ersätter den förra."
    more: dict[str, Any] = {"back": url_of(found), "said": "Kontrollen är antecknad.", "lead": lead}
    return plain_form(request, form, act, f"Säkerhetskontroll av {name}", "Spara kontrollen", **more)


@GET_POST
def home_remove(request: HttpRequest, name: str) -> HttpResponse:
    found = readers.home_of(request.user, name)
    form = RemoveForm(request.POST or None)

    def act(data: dict[str, Any]) -> Home:
        return actions.remove_home(by=user_of(request), home=found)

    lead = "Hyresvärden har tagit tillbaka bostaden, eller så har den som bor där tagit över kontraktet."
    more: dict[str, Any] = {
        "back": url_of(found),
        "said": "Bostaden är borttagen ur registret.",
        "lead": lead,
        "danger": True,
    }
    return plain_form(request, form, act, f"Ta bort bostaden {name}", "Ta bort bostaden", **more)
