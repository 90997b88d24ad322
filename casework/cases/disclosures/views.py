import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from audit.tags import Tag
from casework import policy
from casework.access import visit
from casework.acting import GET_POST, carry_out, form_or_draft, user_of
from casework.cases import readers as cases
from casework.cases.disclosures import actions, copying, pages, readers, rules
from casework.cases.disclosures.forms import DisclosureForm, GiveForm, RefuseForm
from casework.cases.disclosures.models import Disclosure
from casework.cases.pages import case_form
from casework.cases.rules import Refused
from casework.clients.children.readers import children_of
from casework.drafts import store
from casework.paper.answer import as_file
from casework.policy import Permission


@require_GET
def disclosures(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number)
    context = {
        **cases.header(case),
        "page": readers.register(case, request.GET.get("page")),
        "children": children_of(case),
        "may_propose": rules.can_propose(user_of(request), case),
    }
    return render(request, pages.TEMPLATES + "disclosures.html", context)


@GET_POST
def new(request: HttpRequest, number: str) -> HttpResponse:
    """About the person, or about the child that the address names."""
    case = policy.get_case(request.user, number, Permission.DISCLOSE)
    child, user = readers.child_of(case, request.GET.get("barn")), user_of(request)
    slot = readers.slot_of(case, child)
    draft = store.find(user, slot)
    form = form_or_draft(request, DisclosureForm, draft, offer=readers.offer(case, child))

    def act(data: dict[str, Any]) -> Disclosure:
        made = actions.propose_disclosure(by=user, case=case, child=child, **form.proposal())
        store.drop(user, slot)
        return made

    done = carry_out(request, form, act, lambda made: reverse("disclosure", args=[number, made.pk]))
    if done:
        messages.success(request, "Förslaget är sparat. Inget är utlämnat än.")
        return done
    more = {"draft": draft, "slot": slot, "about": readers.about(child), "child": child}
    back, template = reverse("disclosures", args=[number]), pages.TEMPLATES + "disclosure_new.html"
    title, submit = "Föreslå ett utlämnande", "Spara förslaget"
    return case_form(request, case, form, title, submit, template=template, cancel_url=back, **more)


@require_GET
def disclosure(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number)
    return pages.disclosure_page(request, readers.disclosure_of(case, pk))


@GET_POST
def give(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.DISCLOSE)
    found = readers.disclosure_of(case, pk)
    policy.check_case(request.user, case, rules.right_to_give(found))
    form, back = GiveForm(request.POST or None), reverse("disclosure", args=[number, pk])

    def act(data: dict[str, Any]) -> Disclosure:
        return actions.give_disclosure(by=user_of(request), disclosure=found)

    done = carry_out(request, form, act, lambda _: back)
    if done:
        messages.success(request, "Beslutet är sparat. Skriv ut kopian till mottagaren.")
    return done or pages.decision(request, found, form, "Lämna ut uppgifterna", cancel_url=back)


@GET_POST
def refuse(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.DISCLOSE_DECIDE)
    found = readers.disclosure_of(case, pk)
    form, back = RefuseForm(request.POST or None), reverse("disclosure", args=[number, pk])

    def act(data: dict[str, Any]) -> Disclosure:
        return actions.refuse_disclosure(by=user_of(request), disclosure=found, grounds=data["grounds"])

    done = carry_out(request, form, act, lambda _: back)
    if done:
        messages.success(request, "Avslaget är sparat.")
    return done or pages.decision(request, found, form, "Avslå begäran", cancel_url=back)


@require_POST
def copy(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    """The partner copy. That it was printed, and what was opened for it, is the page's read event."""
    case = policy.get_case(request.user, number, Permission.DISCLOSE)
    found = readers.disclosure_of(case, pk)
    try:
        printed = copying.partner_copy(user_of(request), found, timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("disclosure", number, pk)
    visit.purpose(Tag.DISCLOSURE_COPIED)
    return as_file(printed, copying.FILE_NAME)
