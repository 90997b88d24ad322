"""The agreements, their municipalities, and whom to call there."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from casework import policy
from casework.acting import GET_POST, user_of
from casework.policy import Permission
from housing.kompott import agreement_actions, readers
from housing.kompott.agreement_forms import (
    AgreementForm,
    ChangeAgreementForm,
    KeysForm,
    LiaisonForm,
    MemberForm,
    QuotaForm,
    SureForm,
)
from housing.kompott.pages import staff_form
from housing.quotas import actions as quotas


@require_GET
def agreements(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.KOMPOTT)
    context = {"agreements": readers.agreements(), "waiting": readers.waiting(), "today": timezone.localdate()}
    return render(request, "housing/kompott/agreements.html", context)


@GET_POST
def agreement_new(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.KOMPOTT)
    form = AgreementForm(request.POST or None, initial={"sublet_months": 12})

    def act(data: dict[str, Any]) -> Any:
        return agreement_actions.write_agreement(by=user_of(request), **form.facts())

    more: dict[str, Any] = {"back": reverse("agreements"), "then": lambda row: reverse("agreement", args=[row.pk])}
    said = "Avtalet finns nu. Lägg till kommunerna som är med."
    return staff_form(request, form, act, "Nytt avtal om byte", "Lägg till avtalet", said, **more)


@require_GET
def agreement(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    policy.check_may(request.user, Permission.KOMPOTT)
    found = readers.agreement_of(pk)
    context = {"agreement": found, "words": found.words.open(), "members": readers.members_of(found)}
    return render(request, "housing/kompott/agreement.html", context)


@GET_POST
def agreement_change(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    policy.check_may(request.user, Permission.KOMPOTT)
    found = readers.agreement_of(pk)
    form, back = (
        ChangeAgreementForm(request.POST or None, initial=readers.begin(found)),
        reverse("agreement", args=[pk]),
    )

    def act(data: dict[str, Any]) -> Any:
        facts = {**form.facts(), "version": data["version"]}
        return agreement_actions.write_agreement(by=user_of(request), agreement=found, **facts)

    return staff_form(request, form, act, "Ändra avtalet", "Spara avtalet", "Avtalet är sparat.", back=back)


@GET_POST
def member_new(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    policy.check_may(request.user, Permission.KOMPOTT)
    found = readers.agreement_of(pk)
    form = MemberForm(request.POST or None, municipalities=readers.to_add(found))

    def act(data: dict[str, Any]) -> Any:
        return agreement_actions.add_member(by=user_of(request), agreement=found, code=data["code"])

    more: dict[str, Any] = {
        "back": reverse("agreement", args=[pk]),
        "then": lambda row: reverse("member", args=[row.pk]),
    }
    said = "Kommunen är med i avtalet. Kontrollera nycklarna och sätt årets kvot."
    return staff_form(request, form, act, "Lägg till en kommun", "Lägg till kommunen", said, **more)


@require_GET
def member(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    policy.check_may(request.user, Permission.KOMPOTT)
    found = readers.member_of(pk)
    context = {
        "member": found,
        "code": readers.code_of(found),
        "quotas": found.quotas.all(),
        "liaisons": readers.liaisons_of(found),
    }
    return render(request, "housing/kompott/member.html", context)


@GET_POST
def member_keys(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    policy.check_may(request.user, Permission.KOMPOTT)
    found = readers.member_of(pk)
    form, back = KeysForm(request.POST or None, initial={"version": found.version}), reverse("member", args=[pk])

    def act(data: dict[str, Any]) -> Any:
        facts = {name: data[name] for name in ("verify_key", "seal_key", "heard", "version")}
        return agreement_actions.check_keys(by=user_of(request), member=found, **facts)

    said = "Nycklarna är kontrollerade."
    return staff_form(request, form, act, "Kontrollera nycklar", "Spara nycklarna", said, back=back)


@GET_POST
def member_quota(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    policy.check_may(request.user, Permission.KOMPOTT)
    found = readers.member_of(pk)
    form, back = (
        QuotaForm(request.POST or None, initial={"year": timezone.localdate().year}),
        reverse("member", args=[pk]),
    )

    def act(data: dict[str, Any]) -> Any:
        return quotas.set_quota(by=user_of(request), member=found, year=data["year"], homes=data["homes"])

    return staff_form(request, form, act, "Sätt kvoten", "Spara kvoten", "Kvoten är satt.", back=back)


@GET_POST
def member_switch(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    policy.check_may(request.user, Permission.KOMPOTT)
    found = readers.member_of(pk)
    form, back = SureForm(request.POST or None), reverse("member", args=[pk])

    def act(data: dict[str, Any]) -> Any:
        return agreement_actions.switch_member(by=user_of(request), member=found, active=not found.active)

    words = ("Pausa kommunen", "Kommunen är pausad. Filer från den läses inte in.")
    title, said = words if found.active else ("Låt kommunen delta igen", "Kommunen deltar igen.")
    return staff_form(request, form, act, title, title, said, back=back)


@GET_POST
def liaison_new(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    policy.check_may(request.user, Permission.KOMPOTT)
    found = readers.member_of(pk)
    form, back = LiaisonForm(request.POST or None), reverse("member", args=[pk])

    def act(data: dict[str, Any]) -> Any:
        return agreement_actions.add_liaison(by=user_of(request), member=found, role=data["role"], words=form.words())

    return staff_form(request, form, act, "Ny kontakt", "Lägg till kontakten", "Kontakten är tillagd.", back=back)


@GET_POST
def liaison_end(request: HttpRequest, pk: uuid.UUID, liaison: uuid.UUID) -> HttpResponse:
    policy.check_may(request.user, Permission.KOMPOTT)
    found = readers.member_of(pk)
    row, form, back = readers.liaison_of(found, liaison), SureForm(request.POST or None), reverse("member", args=[pk])

    def act(data: dict[str, Any]) -> Any:
        return agreement_actions.end_liaison(by=user_of(request), liaison=row)

    return staff_form(request, form, act, "Avsluta kontakten", "Avsluta kontakten", "Kontakten är avslutad.", back=back)
