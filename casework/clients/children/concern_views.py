import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse

from casework import policy
from casework.acting import GET_POST, user_of
from casework.clients.children import concern_actions, readers
from casework.clients.children.forms import ConcernDatesForm, ConcernForm, ConcernMoveForm
from casework.clients.children.pages import child_form, drafted
from casework.policy import Permission


@GET_POST
def concern_new(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    child = readers.get_child(request.user, number, pk, Permission.FILE_WRITE)
    form, kept = drafted(request, child, "concern", ConcernForm)

    def act(data: dict[str, Any]) -> Any:
        more = {name: data[name] for name in ("direction", "at", "about")}
        return concern_actions.note_concern(by=user_of(request), child=child, **more)

    title, submit, said = "Anteckna en orosanmälan", "Spara anmälan", "Orosanmälan är sparad."
    return child_form(request, child, form, act, title, submit, said=said, **kept)


@GET_POST
def concern_move(request: HttpRequest, number: str, pk: uuid.UUID, row: uuid.UUID, name: str) -> HttpResponse:
    child = readers.get_child(request.user, number, pk, Permission.FILE_WRITE)
    if name not in concern_actions.MOVES:
        raise policy.NotFound("Det går inte att göra med en anmälan.", [child.case.ref()])
    concern = readers.concern_of(child, row)
    form = ConcernMoveForm(request.POST or None)

    def act(data: dict[str, Any]) -> Any:
        return concern_actions.move_concern(by=user_of(request), concern=concern, name=name, text=data["text"])

    title = concern_actions.MOVES[name]
    lead = f"Anmälan är ”{concern.get_state_display().lower()}”."
    return child_form(request, child, form, act, title, title, said="Läget är sparat.", lead=lead)


@GET_POST
def concern_change(request: HttpRequest, number: str, pk: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    child = readers.get_child(request.user, number, pk, Permission.FILE_WRITE)
    concern = readers.concern_of(child, row)
    initial = {name: getattr(concern, name) for name in ("told_on", "extended_to", "version")}
    form = ConcernDatesForm(request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> Any:
        more = {name: data[name] for name in initial}
        return concern_actions.change_concern(by=user_of(request), concern=concern, **more)

    title, submit, said = "Ändra dagar för anmälan", "Spara dagarna", "Dagarna är sparade."
    return child_form(request, child, form, act, title, submit, said=said)
