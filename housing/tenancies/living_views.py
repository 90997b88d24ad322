import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from casework.acting import GET_POST, user_of
from casework.policy import Permission
from housing.tenancies import living_actions, readers, rules
from housing.tenancies.forms import AlarmForm, CheckForm, SettleForm, StepForm, VisitForm, WaiverForm, today
from housing.tenancies.pages import drafted, tenancy_form

WRITE = Permission.HOUSING_WRITE


@GET_POST
def waiver(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    found = readers.get_tenancy(request.user, number, pk, Permission.DECIDE)
    form = WaiverForm(request.POST or None, initial=readers.begin_waiver(found))

    def act(data: dict[str, Any]) -> Any:
        return living_actions.note_waiver(by=user_of(request), tenancy=found, **form.facts())

    title, submit = "Avstående från rätten att bo kvar", "Spara avståendet"
    lead = (
        "Avståendet gäller bara om handlingen är egen, godkänd när det behövs, och make eller sambo har godtagit det."
    )
    return tenancy_form(request, found, form, act, title, submit, said="Avståendet är sparat.", lead=lead)


@GET_POST
def step(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    found = readers.get_tenancy(request.user, number, pk, WRITE)
    form = StepForm(request.POST or None, done=readers.steps_done(found), initial=today())

    def act(data: dict[str, Any]) -> Any:
        return living_actions.do_step(by=user_of(request), tenancy=found, step=data["step"], on=data["on"])

    title, submit = "Steg mot eget kontrakt", "Anteckna steget"
    return tenancy_form(request, found, form, act, title, submit, said="Steget är antecknat.")


@GET_POST
def visit(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    found = readers.get_tenancy(request.user, number, pk, WRITE)
    initial = {**today(), "next_on": rules.next_visit(timezone.localdate())}
    form, more = drafted(request, found, "homevisit", VisitForm, initial=initial)

    def act(data: dict[str, Any]) -> Any:
        facts = {name: data[name] for name in ("on", "text", "next_on")}
        return living_actions.visit(by=user_of(request), tenancy=found, **facts)

    title, submit = "Tillsyn i hemmet", "Anteckna tillsynen"
    return tenancy_form(request, found, form, act, title, submit, said="Tillsynen är antecknad.", **more)


@GET_POST
def alarm(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    found = readers.get_tenancy(request.user, number, pk, WRITE)
    form, more = drafted(request, found, "homealarm", AlarmForm, initial=today())

    def act(data: dict[str, Any]) -> Any:
        facts = {"kind": data["kind"], "came_on": data["on"], "text": data["text"]}
        return living_actions.raise_alarm(by=user_of(request), tenancy=found, **facts)

    title, submit = "Larm om hemmet", "Anteckna larmet"
    lead = "En störning, en obetald hyra eller en varning. Larmet är öppet tills ni har löst det."
    return tenancy_form(request, found, form, act, title, submit, said="Larmet är antecknat.", lead=lead, **more)


@GET_POST
def settle(request: HttpRequest, number: str, pk: uuid.UUID, alarm: uuid.UUID) -> HttpResponse:
    found = readers.get_tenancy(request.user, number, pk, WRITE)
    row = readers.get_alarm(found, alarm)
    form = SettleForm(request.POST or None, initial=today())

    def act(data: dict[str, Any]) -> Any:
        return living_actions.settle_alarm(by=user_of(request), alarm=row, on=data["on"], outcome=data["outcome"])

    title, submit, lead = "Lös larmet", "Anteckna att larmet är löst", f"{row.get_kind_display()}, {row.came_on}."
    return tenancy_form(request, found, form, act, title, submit, said="Larmet är löst.", lead=lead)


@GET_POST
def check(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    found = readers.get_tenancy(request.user, number, pk, WRITE)
    form = CheckForm(request.POST or None, initial={"after": request.GET.get("efter", "")})

    def act(data: dict[str, Any]) -> Any:
        facts = {name: data[name] for name in ("after", "lives_there")}
        return living_actions.check_living(by=user_of(request), tenancy=found, **facts)

    title, submit = "Uppföljning av boendet", "Anteckna svaret"
    return tenancy_form(request, found, form, act, title, submit, said="Svaret är antecknat.")
