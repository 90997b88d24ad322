import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from audit.tags import Tag
from casework import policy
from casework.access import visit
from casework.acting import GET_POST, user_of
from casework.cases.forms import RevealForm
from casework.cases.pages import act_form
from casework.cases.readers import header
from casework.cases.rules import Refused
from casework.paper.answer import as_file
from casework.policy import Permission
from housing import doors
from housing.stages import actions, packet, pages, readers, standing, table
from housing.stages.forms import LetOutForm
from housing.tracks.models import Receiver

TEMPLATES = "housing/stages/"


@require_GET
def stages(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number)
    track = doors.track_of(case, pk)
    known = readers.page(user_of(request), track)
    may_write = policy.can_case(request.user, case, Permission.HOUSING_WRITE)
    context = {**header(case), "track": track, "known": known, "may_write": may_write}
    return render(request, TEMPLATES + "stages.html", context)


@GET_POST
def ask(request: HttpRequest, number: str, pk: uuid.UUID, receiver: str, stage: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.HOUSING_WRITE)
    track = doors.track_of(case, pk)
    key = pages.receiver_of(track, receiver)
    return pages.ask(request, track, key, pages.stage_of(track, key, stage))


@GET_POST
def let_out(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.HOUSING_WRITE)
    track = doors.track_of(case, pk)
    form, back = LetOutForm(request.POST or None), reverse("stages", args=[number, pk])

    def act(data: object) -> None:
        actions.let_out(by=user_of(request), track=track)

    title, lead = "Stäng för boendesamordnaren", "Hon ser inte namnet längre. Det gäller genast."
    more = {"back": back, "said": "Boendesamordnaren ser inte namnet längre.", "lead": lead}
    return act_form(request, case, form, act, title, title, **more)


@require_POST
def print_packet(request: HttpRequest, number: str, pk: uuid.UUID, receiver: str) -> HttpResponse:
    """The paper for the receiver. That it was printed, and what was opened for it, is the page's read event."""
    case = policy.get_case(request.user, number, Permission.HOUSING_WRITE)
    track = doors.track_of(case, pk)
    try:
        printed = packet.packet(user_of(request), track, pages.receiver_of(track, receiver))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("stages", number, pk)
    visit.purpose(Tag.PACKET_PRINTED)
    return as_file(printed, packet.FILE_NAME)


@require_GET
def token(request: HttpRequest, token: str, key: str) -> HttpResponse:
    track = doors.track_by_token(request.user, token, key)
    visit.purpose(Tag.NEED_READ)
    found = standing.look(track, Receiver.COORDINATOR)
    context = {
        "track": track,
        "told": readers.tell(found, request.user, masked=table.IDENTITY),
        "lines": readers.ahead(found),
        "may_reveal": readers.sees_name(found, request.user),
        "reasons": RevealForm.REASONS,
    }
    return render(request, TEMPLATES + "token.html", context)


@require_POST
def reveal(request: HttpRequest, token: str, key: str) -> HttpResponse:
    track = doors.track_by_token(request.user, token, key)
    context = {"track": track, "reasons": RevealForm.REASONS, **pages.reveal(request, track)}
    part = request.headers.get("X-Requested-With") == "fetch"
    return render(request, TEMPLATES + ("_reveal.html" if part else "reveal.html"), context)
