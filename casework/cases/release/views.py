import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from casework import policy
from casework.acting import GET_POST, carry_out, user_of
from casework.cases import readers as cases
from casework.cases.pages import case_form
from casework.cases.release import actions, pages, readers, rules, sheet
from casework.cases.release.forms import MoveForm, ReasonForm, ReleaseForm
from casework.cases.release.models import Release, ReleasePiece
from casework.cases.rules import Refused
from casework.paper.answer import as_file
from casework.policy import Permission
from casework.records import StaleEdit
from casework.signin.reauth import reauthenticated


@require_GET
def releases(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number)
    rows, may_begin = readers.releases_of(case), rules.can_begin(user_of(request), case)
    context = {**cases.header(case), "releases": rows, "may_begin": may_begin}
    return render(request, "casework/release/releases.html", context)


@GET_POST
def new(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.DISCLOSE)
    given = readers.given(case)
    form = ReleaseForm(request.POST or None, disclosures=given)

    def act(data: dict[str, Any]) -> Release:
        facts = {name: data[name] for name in ("parts", "since", "until", "note")}
        disclosure = readers.disclosure_of(case, uuid.UUID(data["disclosure"]))
        return actions.begin_release(by=user_of(request), case=case, disclosure=disclosure, **facts)

    done = carry_out(request, form, act, lambda release: reverse("release", args=[number, release.pk]))
    if done:
        messages.success(request, "Delarna är framtagna. Pröva dem en i taget.")
    title, submit, page = "Skriv ut ur akten", "Ta fram delarna", "casework/release/new.html"
    more: dict[str, Any] = {"given": given, "cancel_url": reverse("releases", args=[number])}
    return done or case_form(request, case, form, title, submit, template=page, **more)


@require_GET
def release(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number)
    return pages.release_page(request, readers.release_of(case, pk))


@GET_POST
def piece(request: HttpRequest, number: str, pk: uuid.UUID, place: int) -> HttpResponse:
    """Read by everybody who reads the case; judged by the first person, passed by the second."""
    right = Permission.DISCLOSE if request.method == "POST" else Permission.CASE_READ
    case, user = policy.get_case(request.user, number, right), user_of(request)
    found, stale = readers.piece_of(readers.release_of(case, pk), place), list[Any]()
    form = pages.form_of(request, found)

    def act(data: dict[str, Any]) -> ReleasePiece:
        return pages.judge(user, found, data)

    try:
        done = carry_out(request, form, act, lambda saved: pages.after(user, saved))
    except StaleEdit:
        done, stale = None, pages.differences(form)
    return done or pages.piece_page(request, found, form, stale)


@GET_POST
def move(request: HttpRequest, number: str, pk: uuid.UUID, name: str) -> HttpResponse:
    known = rules.MOVES.get(name)
    case = policy.get_case(request.user, number, known.permission if known else Permission.DISCLOSE)
    found = readers.release_of(case, pk)
    if known is None:
        raise policy.NotFound("Det går inte att göra med en utskrift.", [case.ref()])
    form = ReasonForm(request.POST or None, asks=known.asks) if known.asks else MoveForm(request.POST or None)
    back = reverse("release", args=[number, pk])

    def act(data: dict[str, Any]) -> Release:
        return actions.move_release(by=user_of(request), release=found, name=name, reason=data.get("reason", ""))

    done = carry_out(request, form, act, lambda _: back)
    if done:
        messages.success(request, known.done)
    more = {"lead": known.explains, "cancel_url": back}
    return done or case_form(request, case, form, known.button, known.button, **more)


@require_POST
@reauthenticated()
def print_out(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    """The file as an attachment. Sent twice it is printed twice, and each print is in the log."""
    case = policy.get_case(request.user, number, Permission.DISCLOSE)
    found = readers.release_of(case, pk)
    try:
        content = actions.print_release(by=user_of(request), release=found)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("release", number, pk)
    return as_file(content, sheet.NAME)
