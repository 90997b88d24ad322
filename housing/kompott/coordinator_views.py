"""What other municipalities ask of us, files that came, our keys, and the counts."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from audit import trail
from audit.tags import Tag
from casework import policy
from casework.access import visit
from casework.acting import GET_POST, user_of
from casework.cases.rules import Refused
from casework.paper.answer import as_file
from casework.policy import Permission
from casework.signin.reauth import reauthenticated
from housing.kompott import answering, file_actions, ledger, ledger_actions, pages, readers
from housing.kompott.agreement_forms import SureForm
from housing.kompott.forms import ImportForm
from housing.kompott.pages import THEIRS
from housing.kompott.views import FILE

NOW = "Inläst: {}. Förfrågan {} är nu i läget ”{}”."


@require_GET
def kompott_inbox(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.KOMPOTT)
    page = readers.inbox(request.GET.get("page"))
    trail.read(Tag.KOMPOTT_LISTED, [one.row.ref() for one in page.object_list], by=user_of(request))
    return render(request, "housing/kompott/inbox.html", {"page": page, "sent": readers.sent(user_of(request))})


@require_GET
def kompott_offer(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    policy.check_may(request.user, Permission.KOMPOTT)
    visit.purpose(Tag.NEED_READ)
    return render(request, "housing/kompott/offer.html", answering.offer_page(readers.offer_of(pk)))


@GET_POST
def kompott_answer(request: HttpRequest, pk: uuid.UUID, name: str) -> HttpResponse:
    policy.check_may(request.user, Permission.KOMPOTT)
    found, step = readers.offer_of(pk), THEIRS.get(name)
    if step is None:
        raise policy.NotFound("Det går inte att göra med en förfrågan.")

    def act(data: dict[str, Any]) -> Any:
        return answering.run(user_of(request), found, step, data)

    form, back = answering.form_of(request, step), reverse("kompott_offer", args=[pk])
    return pages.staff_form(request, form, act, step.button, step.button, step.said, back=back, lead=step.lead)


@require_POST
def kompott_answer_file(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    policy.check_may(request.user, Permission.KOMPOTT)
    found = readers.offer_of(pk)
    try:
        content = file_actions.make_offer_file(by=user_of(request), offer=found)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("kompott_offer", pk)
    return as_file(content, FILE, "application/json")


@GET_POST
def exchange_import(request: HttpRequest) -> HttpResponse:
    """Leads to the request that came; what came for a request of ours is told in a line, and no more."""
    policy.check_may(request.user, Permission.KOMPOTT)
    form, said = ImportForm(request.POST or None, request.FILES or None), list[str]()

    def act(data: dict[str, Any]) -> Any:
        row = file_actions.import_file(by=user_of(request), raw=form.content())
        said.append(NOW.format(row.member.name, row.reference, row.get_state_display()))
        return row

    lead = "Bara filer från kommuner i avtalet, med nycklar som är kontrollerade, läses in. En fil läses in en gång."
    more: dict[str, Any] = {"back": reverse("kompott_inbox"), "lead": lead, "files": True, "then": answering.leads_to}
    answer = pages.staff_form(request, form, act, "Läs in en fil", "Läs in filen", "Filen är inläst.", **more)
    for line in said:
        messages.info(request, line)
    return answer


@GET_POST
@reauthenticated()
def exchange_keys(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.HOUSING_SETUP)
    back = reverse("exchange_keys")
    form, more = SureForm(request.POST or None), readers.own_keys()

    def act(data: dict[str, Any]) -> Any:
        return file_actions.make_keys(by=user_of(request))

    said = "Nycklarna är skapade. Läs upp kontrollkoden för de andra kommunerna på telefon."
    submit = "Byt nycklar" if more["key"] else "Skapa nycklar"
    more["template"] = "housing/kompott/keys.html"
    return pages.staff_form(request, form, act, "Nycklar för byten", submit, said, back=back, **more)


@require_GET
def kompott_ledger(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.KOMPOTT_LEDGER)
    trail.read(Tag.LEDGER_READ, [], by=user_of(request))
    return render(request, "housing/kompott/ledger.html", {"years": ledger.by_year(ledger.lines())})


@require_POST
def ledger_export(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.KOMPOTT_LEDGER)
    content = ledger_actions.export_ledger(by=user_of(request))
    return as_file(content, "byten-mellan-kommuner.csv", "text/csv; charset=utf-8")
