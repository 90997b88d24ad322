import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from audit.tags import Tag
from casework import policy
from casework.access import visit
from casework.acting import GET_POST, carry_out, user_of
from casework.cases.documents import actions, pages, readers
from casework.cases.documents.forms import DestroyForm, UploadForm
from casework.cases.documents.models import Document
from casework.cases.pages import case_form
from casework.middleware import CSP
from casework.policy import Permission


@GET_POST
def documents(request: HttpRequest, number: str) -> HttpResponse:
    """The list for everybody who reads the case; the form for those who write in it."""
    right = Permission.FILE_WRITE if request.method == "POST" else Permission.CASE_READ
    case, user = policy.get_case(request.user, number, right), user_of(request)
    choices = readers.children_to_choose(case)
    form = UploadForm(request.POST or None, request.FILES or None, children=choices)

    def act(data: dict[str, Any]) -> Document:
        child = readers.child_of(case, data.get("child", ""))
        facts = {"kind": data["kind"], "about": data["about"], "file": form.cleaned}
        return actions.add_document(by=user, case=case, child=child, **facts)

    def refused() -> bool:
        return not pages.looked_through(user, case, form)

    done = carry_out(request, form, act, lambda made: reverse("document", args=[number, made.pk]), unless=refused)
    if done:
        messages.success(request, "Dokumentet är tillagt.")
    return done or pages.list_page(request, case, form)


@require_GET
def document(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.CASE_READ)
    return pages.document_page(request, readers.document_of(case, pk))


@require_GET
def document_file(request: HttpRequest, number: str, pk: uuid.UUID) -> StreamingHttpResponse:
    """The file to keep, never to show: the browser is given no way to run anything in it."""
    case = policy.get_case(request.user, number, Permission.CASE_READ)
    found = readers.kept_document_of(case, pk)
    visit.purpose(Tag.DOCUMENT_READ)
    details = found.details.open()
    kind = details.media_type
    answer = StreamingHttpResponse(readers.content(found, details), content_type=kind, charset="utf-8")
    answer["Content-Type"] = f"{kind}; charset=utf-8" if kind == "text/plain" else kind
    answer["Content-Length"] = str(details.size)
    name = f"dokument-{found.pk.hex[:8]}.{readers.EXTENSIONS[kind]}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Content-Security-Policy"] = f"{CSP}; sandbox"
    return answer


@GET_POST
def document_destroy(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.APPROVE)
    found = readers.document_of(case, pk)
    form, back = DestroyForm(request.POST or None), reverse("document", args=[number, pk])

    def act(data: dict[str, Any]) -> Document:
        return actions.destroy_document(by=user_of(request), document=found, reason=data["reason"])

    done = carry_out(request, form, act, lambda _: back)
    if done:
        messages.success(request, "Dokumentet är förstört.")
    lead = "Filen, dess namn och beskrivning försvinner och kan inte återskapas. Att dokumentet fanns syns i ärendet."
    more: dict[str, Any] = {"lead": lead, "cancel_url": back, "danger": True}
    return done or case_form(request, case, form, "Förstör dokumentet", "Förstör dokumentet", **more)
