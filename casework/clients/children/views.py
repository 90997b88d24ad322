import uuid
from dataclasses import asdict
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
from casework.acting import GET_POST, carry_out, user_of
from casework.cases.forms import RevealForm
from casework.cases.pages import case_form
from casework.cases.readers import header
from casework.clients import revealing
from casework.clients.children import actions, readers, rules
from casework.clients.children.forms import ChildChangeForm, ChildForm, LeaveForm, PlacesForm, TalkForm
from casework.clients.children.models import Child
from casework.clients.children.pages import child_form, drafted, url_of
from casework.clients.forms import IdentityForm
from casework.policy import Permission


@require_GET
def children(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number)
    may_write = rules.can_write(user_of(request), case)
    context = {**header(case), "children": readers.children_of(case), "may_write": may_write}
    return render(request, "casework/children/children.html", context)


@require_GET
def child(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    found = readers.get_child(request.user, number, pk)
    visit.purpose(Tag.CHILD_READ)
    may_write = rules.can_write(user_of(request), found.case)
    context = {**header(found.case), **readers.page(found, may_write=may_write), "reasons": RevealForm.REASONS}
    return render(request, "casework/children/child.html", context)


@require_POST
def child_reveal(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    found = readers.get_child(request.user, number, pk, Permission.CASE_REVEAL)
    form = RevealForm(request.POST)
    context: dict[str, Any] = {**header(found.case), "child": found, "reasons": RevealForm.REASONS}
    if form.is_valid():
        visit.purpose(Tag.CHILD_PLACES_REVEALED, reason_code=form.cleaned_data["reason"])
        context |= {"values": readers.revealed(found), "seconds": revealing.SECONDS}
    else:
        context["error"] = "Välj varför du behöver se uppgiften."
    part = request.headers.get("X-Requested-With") == "fetch"
    return render(request, f"casework/children/{'_reveal' if part else 'reveal'}.html", context)


@GET_POST
def child_new(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.FILE_WRITE)
    form = ChildForm(request.POST or None)

    def act(data: dict[str, Any]) -> Child:
        more = {name: data[name] for name in ("alias", "lives_with")}
        return actions.add_child(by=user_of(request), case=case, identity=form.identity(), **more)

    done = carry_out(request, form, act, url_of)
    if done:
        messages.success(request, "Barnet är tillagt.")
    lead = "Barnet får en egen akt med en egen nyckel. Vad du skriver om barnet hamnar inte i den vuxnas akt."
    back = reverse("children", args=[number])
    return done or case_form(request, case, form, "Lägg till barn", "Lägg till barnet", lead=lead, cancel_url=back)


@GET_POST
def child_change(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    found = readers.get_child(request.user, number, pk, Permission.FILE_WRITE)
    initial = {**asdict(found.words.open()), "in_shelter": found.in_shelter, "version": found.version}
    form = ChildChangeForm(request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> Child:
        more = {name: data[name] for name in ("in_shelter", "version")}
        return actions.change_child(by=user_of(request), child=found, words=form.words(), **more)

    return child_form(request, found, form, act, "Ändra om barnet", "Spara ändringen", said="Ändringen är sparad.")


@GET_POST
def child_identity(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    found = readers.get_child(request.user, number, pk, Permission.FILE_WRITE)
    visit.purpose(Tag.CHILD_PLACES_REVEALED, reason_code="check")
    initial = {**asdict(found.client.identity.open()), "version": found.client.version}
    form = IdentityForm(request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> Child:
        version = data["version"]
        return actions.change_identity(by=user_of(request), child=found, identity=form.identity(), version=version)

    title, submit, said = "Barnets namn och nummer", "Spara namn och nummer", "Namn och nummer är sparade."
    return child_form(request, found, form, act, title, submit, said=said)


@GET_POST
def child_places(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    found = readers.get_child(request.user, number, pk, Permission.FILE_WRITE)
    visit.purpose(Tag.CHILD_PLACES_REVEALED, reason_code="check")
    initial = {**asdict(found.places.open()), "version": found.version}
    form = PlacesForm(request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> Child:
        return actions.change_places(by=user_of(request), child=found, places=form.places(), version=data["version"])

    lead = "Platser skyddas som adressen. Skriv bara det som behövs."
    said = "Platserna är sparade."
    return child_form(request, found, form, act, "Ändra barnets platser", "Spara platserna", said=said, lead=lead)


@GET_POST
def child_leave(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    found = readers.get_child(request.user, number, pk, Permission.FILE_WRITE)
    form = LeaveForm(request.POST or None, initial={"left_on": timezone.localdate()})

    def act(data: dict[str, Any]) -> Child:
        return actions.leave_household(by=user_of(request), child=found, left_on=data["left_on"])

    lead = "Barnets akt står kvar som den är."
    title, submit = "Barnet har lämnat hushållet", "Spara dagen"
    return child_form(request, found, form, act, title, submit, said="Dagen är sparad.", lead=lead)


@GET_POST
def child_talk(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    found = readers.get_child(request.user, number, pk, Permission.FILE_WRITE)
    form, kept = drafted(request, found, "childtalk", TalkForm, initial={"talked_on": timezone.localdate()})

    def act(data: dict[str, Any]) -> Any:
        more = {name: data[name] for name in ("talked_on", "held")}
        return actions.note_talk(by=user_of(request), child=found, words=form.words(), **more)

    title, submit, said = "Samtal med barnet", "Spara samtalet", "Samtalet är sparat."
    return child_form(request, found, form, act, title, submit, said=said, **kept)
