import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from casework.acting import GET_POST, user_of
from casework.clients.children import guardian_actions, readers
from casework.clients.children.forms import EndForm, GuardianForm, RightsForm, VisitationForm
from casework.clients.children.pages import child_form
from casework.policy import Permission

RIGHTS = ("may_receive_location", "may_consent")
ENDED = "Uppgiften är avslutad."


@GET_POST
def guardian_new(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    child = readers.get_child(request.user, number, pk, Permission.FILE_WRITE)
    form = GuardianForm(request.POST or None, initial={"valid_from": timezone.localdate()})

    def act(data: dict[str, Any]) -> Any:
        more = {name: data[name] for name in ("basis", "is_case_person", "valid_from", *RIGHTS)}
        return guardian_actions.set_guardian(by=user_of(request), child=child, words=form.words(), **more)

    title, submit, said = "Lägg till vårdnadshavare", "Spara vårdnadshavaren", "Vårdnadshavaren är sparad."
    return child_form(request, child, form, act, title, submit, said=said)


@GET_POST
def guardian_change(request: HttpRequest, number: str, pk: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    child = readers.get_child(request.user, number, pk, Permission.FILE_WRITE)
    guardian = readers.guardian_of(child, row)
    initial = {name: getattr(guardian, name) for name in (*RIGHTS, "version")}
    form = RightsForm(request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> Any:
        more = {name: data[name] for name in initial}
        return guardian_actions.change_guardian(by=user_of(request), guardian=guardian, **more)

    lead = f"{guardian.get_basis_display()}, från {guardian.valid_from}."
    title, submit = "Ändra vad vårdnadshavaren får", "Spara rättigheterna"
    return child_form(request, child, form, act, title, submit, said="Rättigheterna är sparade.", lead=lead)


@GET_POST
def guardian_end(request: HttpRequest, number: str, pk: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    child = readers.get_child(request.user, number, pk, Permission.FILE_WRITE)
    guardian = readers.guardian_of(child, row)
    form = EndForm(request.POST or None, initial={"ended_on": timezone.localdate()})

    def act(data: dict[str, Any]) -> Any:
        return guardian_actions.end_guardian(by=user_of(request), guardian=guardian, ended_on=data["ended_on"])

    lead = f"{guardian.get_basis_display()}, från {guardian.valid_from}. Rättigheterna upphör samma dag."
    title = "Avsluta vårdnadshavarens uppgifter"
    return child_form(request, child, form, act, title, "Avsluta uppgifterna", said=ENDED, lead=lead, danger=True)


@GET_POST
def visitation_new(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    child = readers.get_child(request.user, number, pk, Permission.FILE_WRITE)
    form = VisitationForm(request.POST or None)

    def act(data: dict[str, Any]) -> Any:
        more = {name: data[name] for name in ("basis", "valid_from", "review_on")}
        return guardian_actions.set_visitation(by=user_of(request), child=child, words=form.words(), **more)

    title, submit, said = "Lägg till umgänge", "Spara umgänget", "Umgänget är sparat."
    return child_form(request, child, form, act, title, submit, said=said)


@GET_POST
def visitation_end(request: HttpRequest, number: str, pk: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    child = readers.get_child(request.user, number, pk, Permission.FILE_WRITE)
    visitation = readers.visitation_of(child, row)
    form = EndForm(request.POST or None, initial={"ended_on": timezone.localdate()})

    def act(data: dict[str, Any]) -> Any:
        return guardian_actions.end_visitation(by=user_of(request), visitation=visitation, ended_on=data["ended_on"])

    lead = f"{visitation.get_basis_display()}, från {visitation.valid_from}."
    title, submit = "Avsluta umgänget", "Avsluta umgänget"
    return child_form(request, child, form, act, title, submit, said=ENDED, lead=lead, danger=True)
