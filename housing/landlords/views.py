import uuid
from collections.abc import Callable
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
from casework.acting import GET_POST, carry_out, compare, user_of
from casework.policy import Permission
from casework.records import StaleEdit
from housing.landlords import actions, forms, readers
from housing.landlords.models import Landlord

Told = tuple[str, str, str]  # heading, button, what is said afterwards
LIST, PAGE, FORM = (f"housing/landlords/{name}.html" for name in ("landlords", "landlord", "form"))


@require_GET
def landlords(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.LANDLORDS)
    visit.purpose(Tag.LANDLORDS_READ)
    return render(request, LIST, readers.listed(pilot=request.GET.get("visa") == "pilot"))


@require_GET
def landlord(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    policy.check_may(request.user, Permission.LANDLORDS)
    visit.purpose(Tag.LANDLORDS_READ)
    return render(request, PAGE, readers.page(readers.landlord_of(pk)))


@GET_POST
def landlord_new(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.LANDLORDS)
    form = forms.LandlordForm(request.POST or None)

    def act() -> Landlord:
        return actions.add_landlord(by=user_of(request), **form.facts())

    return _form(request, form, act, "Ny hyresvärd", "Lägg till hyresvärden", "Hyresvärden är tillagd.")


@GET_POST
def landlord_change(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    policy.check_may(request.user, Permission.LANDLORDS)
    found = readers.landlord_of(pk)
    form = forms.ChangeLandlordForm(request.POST or None, initial=readers.begin(found))

    def act() -> Landlord:
        return actions.change_landlord(by=user_of(request), landlord=found, **form.facts())

    return _form(request, form, act, "Ändra hyresvärden", "Spara hyresvärden", "Hyresvärden är sparad.", found)


@GET_POST
def contact_new(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    told = ("Ny kontakt", "Lägg till kontakten", "Kontakten är tillagd.")
    return _beside(request, pk, forms.ContactForm, actions.add_contact, told)


@GET_POST
def contact_end(request: HttpRequest, pk: uuid.UUID, contact: uuid.UUID) -> HttpResponse:
    policy.check_may(request.user, Permission.LANDLORDS)
    found, form = readers.landlord_of(pk), forms.EndForm(request.POST or None)
    who = readers.contact_of(found, contact)

    def act() -> Any:
        return actions.end_contact(by=user_of(request), contact=who)

    return _form(request, form, act, "Avsluta kontakten", "Avsluta kontakten", "Kontakten är avslutad.", found)


@GET_POST
def training_new(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    told = ("Ny utbildning", "Spara utbildningen", "Utbildningen är antecknad.")
    return _beside(request, pk, forms.TrainingForm, actions.note_training, told)


@GET_POST
def cooperation_new(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    told = ("Nytt samarbetsavtal", "Spara avtalet", "Avtalet är sparat.")
    return _beside(request, pk, forms.CooperationForm, actions.write_cooperation, told)


@GET_POST
def talk_new(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    told = ("Anteckna ett samtal", "Signera anteckningen", "Anteckningen är signerad.")
    return _beside(request, pk, forms.TalkForm, actions.note_talk, told, talked_on=timezone.localdate())


@GET_POST
def pilot_follow_up(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    told = ("Följ upp samarbetet", "Spara uppföljningen", "Uppföljningen är sparad.")
    return _beside(request, pk, forms.FollowUpForm, actions.follow_pilot, told)


def _beside(
    request: HttpRequest, pk: uuid.UUID, form_class: Any, act: Callable[..., Any], told: Told, **initial: Any
) -> HttpResponse:
    """A form that adds something to a landlord."""
    policy.check_may(request.user, Permission.LANDLORDS)
    found = readers.landlord_of(pk)
    form = form_class(request.POST or None, initial=initial) if initial else form_class(request.POST or None)

    def run() -> Any:
        return act(by=user_of(request), landlord=found, **form.facts())

    return _form(request, form, run, *told, found)


def _form(
    request: HttpRequest,
    form: Any,
    act: Callable[[], Any],
    title: str,
    submit: str,
    said: str,
    landlord: Landlord | None = None,
) -> HttpResponse:
    """Runs `act` and leads to the landlord's page; else the form again, with both texts when it came late."""
    stale: list[Any] = []
    try:
        done = carry_out(request, form, lambda _: act(), lambda made: _page_of(landlord or made))
    except StaleEdit:
        done, stale = None, compare(form, form.initial)
    if done:
        messages.success(request, said)
        return done
    back = _page_of(landlord) if landlord else reverse("landlords")
    context = {"form": form, "title": title, "submit": submit, "stale": stale, "landlord": landlord, "cancel_url": back}
    return render(request, FORM, context)


def _page_of(landlord: Landlord) -> str:
    return reverse("landlord", args=[landlord.pk])
