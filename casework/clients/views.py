from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from audit.tags import Tag
from casework import policy
from casework.access import visit
from casework.acting import GET_POST, carry_out, compare, form_or_draft, user_of
from casework.cases import readers
from casework.cases.forms import IntakeForm, RevealForm
from casework.cases.models import Case
from casework.cases.pages import case_form
from casework.clients import actions, intake, revealing
from casework.clients.children.readers import get_child
from casework.clients.forms import AddressForm, ChannelsForm, EndMarkForm, IdentityForm, MarkForm
from casework.clients.models import Channels, Client
from casework.clients.readers import mark_of, sections_of
from casework.drafts import store
from casework.policy import Permission
from casework.records import StaleEdit

INTAKE_SLOT = "intake"


@GET_POST
def new_case(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.INTAKE)
    user = user_of(request)
    draft = store.find(user, INTAKE_SLOT)
    form = form_or_draft(request, IntakeForm, draft, sections=sections_of(user))

    def act(data: dict[str, Any]) -> Case:
        case = intake.take_in(by=user, form=form)
        store.drop(user, INTAKE_SLOT)
        return case

    def in_use() -> bool:
        return intake.check_duplicate(by=user, form=form)

    done = carry_out(request, form, act, lambda case: reverse("assign", args=[case.number]), unless=in_use)
    context = {"form": form, "draft_at": draft.saved_at if draft else None}
    return done or render(request, "casework/intake.html", context)


@require_POST
def reveal(request: HttpRequest, number: str, group: str) -> HttpResponse:
    if group not in revealing.GROUPS:
        raise policy.NotFound("Det finns ingen sådan uppgift.")
    chosen = revealing.GROUPS[group]
    case = policy.get_case(request.user, number, chosen.permission)
    form = RevealForm(request.POST)
    context: dict[str, Any] = {**readers.header(case), "group": chosen, "reasons": RevealForm.REASONS}
    if form.is_valid():
        visit.purpose(chosen.tag, reason_code=form.cleaned_data["reason"])
        context |= {"values": chosen.values(case.client), "seconds": revealing.SECONDS}
        context["may_change"] = policy.can_case(request.user, case, Permission.CASE_CHANGE)
    else:
        context["error"] = "Välj varför du behöver se uppgiften."
    part = request.headers.get("X-Requested-With") == "fetch"
    return render(request, "casework/_reveal.html" if part else "casework/reveal.html", context)


@GET_POST
def change_identity(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.CASE_CHANGE)
    visit.purpose(Tag.IDENTITY_REVEALED, reason_code="check")
    now = case.client.identity.open()
    initial = {**asdict(now), "version": case.client.version}

    def act(form: Any, data: dict[str, Any]) -> Client:
        return actions.change_identity(
            by=user_of(request), case=case, identity=form.identity(), version=data["version"]
        )

    lead = "Här rättar du stavfel och språk. Har personen fått ett nytt namn eller nummer väljer du Byt identitet."
    form = IdentityForm(request.POST or None, initial=initial)
    return _change(request, case, form, initial, act, "identiteten", lead=lead)


@GET_POST
def change_channels(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.CASE_CHANGE)
    visit.purpose(Tag.CHANNELS_REVEALED, reason_code="check")
    now: Channels = case.client.channels.open()
    initial = {**asdict(now), "version": case.client.version}

    def act(form: Any, data: dict[str, Any]) -> Client:
        return actions.change_channels(
            by=user_of(request), case=case, channels=form.channels(), version=data["version"]
        )

    return _change(request, case, ChannelsForm(request.POST or None, initial=initial), initial, act, "kontaktvägarna")


@GET_POST
def change_address(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.CASE_CHANGE)
    policy.check_case(request.user, case, Permission.ADDRESS_REVEAL)
    visit.purpose(Tag.ADDRESS_REVEALED, reason_code="check")
    now = case.client.address.open()
    initial = {**asdict(now), "review_on": case.client.address_review_on, "version": case.client.version}

    def act(form: Any, data: dict[str, Any]) -> Client:
        return actions.change_address(
            by=user_of(request),
            case=case,
            address=form.address(),
            review_on=data["review_on"],
            version=data["version"],
        )

    lead = "Spara en adress bara om arbetet inte går utan. Den kan vara den enda kopian hos någon myndighet."
    form = AddressForm(request.POST or None, initial=initial)
    return _change(request, case, form, initial, act, "adressen", lead=lead)


@GET_POST
def new_mark(request: HttpRequest, number: str, pk: UUID | None = None) -> HttpResponse:
    """The person's, or with `pk` a child's."""
    case = policy.get_case(request.user, number, Permission.CASE_CHANGE)
    child = get_child(request.user, number, pk, Permission.CASE_CHANGE) if pk else None
    form, back = MarkForm(request.POST or None), _home_of(number, pk)

    def act(data: dict[str, Any]) -> Any:
        facts = {name: data[name] for name in data if name != "once"}
        return actions.add_mark(by=user_of(request), case=case, child=child, **facts)

    done = carry_out(request, form, act, lambda _: back)
    title = "Lägg till skydd för barnet" if child else "Lägg till skydd"
    return done or case_form(request, case, form, title, "Spara skyddet", cancel_url=back)


def _home_of(number: str, child: UUID | None) -> str:
    return reverse("child", args=[number, child]) if child else reverse("case", args=[number])


@GET_POST
def end_mark(request: HttpRequest, number: str, pk: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.CASE_CHANGE)
    mark = mark_of(case, pk)
    form = EndMarkForm(request.POST or None)

    def act(data: dict[str, Any]) -> Any:
        return actions.end_mark(
            by=user_of(request), case=case, mark=mark, ended_on=data["ended_on"], reason=data["reason"]
        )

    done = carry_out(request, form, act, lambda _: reverse("case", args=[number]))
    lead = "Ett skydd som upphör syns inte längre i ärendets huvud. Beslutet och skälet finns kvar."
    return done or case_form(request, case, form, "Avsluta skyddet", "Avsluta skyddet", lead=lead, danger=True)


def _change(
    request: HttpRequest, case: Case, form: Any, initial: dict[str, Any], act: Any, what: str, lead: str = ""
) -> HttpResponse:
    stale: list[Any] = []
    try:
        done = carry_out(request, form, lambda data: act(form, data), lambda _: reverse("case", args=[case.number]))
    except StaleEdit:
        done, stale = None, compare(form, initial)
    if done:
        messages.success(request, "Ändringen är sparad.")
    return done or case_form(request, case, form, f"Ändra {what}", "Spara ändringen", stale=stale, lead=lead)
