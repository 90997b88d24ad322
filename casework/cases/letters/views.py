import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from audit.tags import Tag
from casework import policy
from casework.access import visit
from casework.acting import GET_POST, carry_out, compare, form_or_draft, user_of
from casework.cases.letters import actions, pages, readers, rules
from casework.cases.letters.forms import ChooseForm, FillForm
from casework.cases.letters.models import Letter
from casework.cases.pages import case_form
from casework.cases.readers import header
from casework.drafts import store
from casework.policy import Permission
from casework.records import StaleEdit


@require_GET
def letters(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number)
    may_write = rules.can_write(user_of(request), case)
    context = {**header(case), "letters": readers.letters_of(case), "may_write": may_write}
    return render(request, "casework/letters/letters.html", context)


@GET_POST
def letter_new(request: HttpRequest, number: str) -> HttpResponse:
    """Template and reader. There is no way here from a letter that is written: a new one begins empty."""
    case = policy.get_case(request.user, number, Permission.LETTER_WRITE)
    form = ChooseForm(request.POST or None, templates=readers.in_use(), recipients=readers.recipients(case))

    def act(data: dict[str, Any]) -> Letter:
        to = readers.recipient(case, data["to"])
        template = readers.version_of(data["template"])
        return actions.write_letter(by=user_of(request), case=case, template=template, **to)

    done = carry_out(request, form, act, lambda made: reverse("letter_change", args=[number, made.pk]))
    lead = "Ett nytt brev börjar alltid från mallen, aldrig från ett tidigare brev."
    more = {"lead": lead, "cancel_url": reverse("letters", args=[number])}
    return done or case_form(request, case, form, "Nytt brev", "Fortsätt till brevet", **more)


@require_GET
def letter(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number)
    visit.purpose(Tag.LETTER_PREVIEWED)
    return pages.letter_page(request, readers.letter_of(case, pk))


@GET_POST
def letter_change(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case, user = policy.get_case(request.user, number, Permission.LETTER_WRITE), user_of(request)
    found, slot, stale = readers.letter_of(case, pk), f"letters:{number}:{pk.hex[:20]}", list[Any]()
    initial, draft = readers.begin(found), store.find(user, slot)
    form = form_or_draft(request, FillForm, draft, initial=initial, places=readers.wanted(found))
    back = reverse("letter", args=[number, pk])

    def act(data: dict[str, Any]) -> Letter:
        made = actions.change_letter(by=user, letter=found, filled=form.filled(), version=data["version"])
        store.drop(user, slot)
        return made

    try:
        done = carry_out(request, form, act, lambda _: back)
    except StaleEdit:
        done, stale = None, compare(form, initial)
    if done:
        messages.success(request, "Brevet är sparat. Läs vad mottagaren kan se och förstå.")
    more: dict[str, Any] = {"stale": stale, "draft": draft, "slot": slot, "cancel_url": back, "letter": found}
    title, page = found.template.name, "casework/letters/change.html"
    return done or case_form(request, case, form, title, "Spara och granska brevet", template=page, **more)


@require_POST
def letter_print(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.LETTER_WRITE)
    return pages.print_out(request, readers.letter_of(case, pk))
