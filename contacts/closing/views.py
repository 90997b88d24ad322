from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from casework import policy
from casework.acting import GET_POST, carry_out, compare, form_or_draft, user_of
from casework.cases.pages import case_form
from casework.drafts import store
from casework.policy import Permission
from casework.records import StaleEdit
from contacts.closing import actions, readers
from contacts.closing.forms import ClosingForm, DecideForm, LeaveForm, SubmitForm, TaperForm
from contacts.closing.models import ClosingPlan
from contacts.rhythm import actions as rhythm
from contacts.rhythm.models import ContactRhythm


@GET_POST
def closing(request: HttpRequest, number: str) -> HttpResponse:
    """The plan: those who write in the case write it here, the sektionschef reads."""
    needed = Permission.METHOD_WRITE if request.method == "POST" else Permission.CASE_READ
    case = policy.get_case(request.user, number, needed)
    user, slot, plan = user_of(request), readers.slot(case), readers.find(case)
    initial, stale = readers.initial(plan), list[Any]()
    draft = store.find(user, slot)
    form = form_or_draft(request, ClosingForm, draft, initial=initial)

    def act(data: dict[str, Any]) -> ClosingPlan:
        saved = actions.write_closing(by=user, case=case, rounding=form.rounding(), version=data["version"])
        store.drop(user, slot)
        return saved

    try:
        if done := carry_out(request, form, act, lambda _: reverse("closing", args=[number])):
            messages.success(request, "Planen för avslut är sparad.")
            return done
    except StaleEdit:
        stale = compare(form, initial)
    more = {"draft": draft, "slot": slot, "stale": stale, **readers.page(user, case, plan)}
    return case_form(request, case, form, "Avslut", "Spara planen", template="contacts/closing/closing.html", **more)


@GET_POST
def submit(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.METHOD_WRITE)
    plan = readers.going_on(case)
    form = SubmitForm(request.POST or None)
    back = reverse("closing", args=[number])
    done = carry_out(request, form, lambda data: actions.submit_closing(by=user_of(request), plan=plan), lambda _: back)
    if done:
        messages.success(request, "Avslutet är lämnat. Sektionschefen ser det bland det som väntar på beslut.")
        return done
    more = {"cancel_url": back, **readers.standing(case, plan)}
    title, page = "Lämna avslutet för godkännande", "contacts/closing/submit.html"
    return case_form(request, case, form, title, "Lämna in avslutet", template=page, **more)


@GET_POST
def taper(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.METHOD_WRITE)
    form = TaperForm(request.POST or None)

    def act(data: dict[str, Any]) -> ContactRhythm:
        agreed = {name: value for name, value in data.items() if name != "once"}
        return rhythm.agree_rhythm(by=user_of(request), case=case, phase=ContactRhythm.Phase.TAPERING, **agreed)

    back = reverse("closing", args=[number])
    done = carry_out(request, form, act, lambda _: back)
    if done:
        messages.success(request, "Nedtrappningen är antecknad.")
    title, lead = (
        "Trappa ned kontakten",
        "Kontakten blir glesare för varje gång, så att avslutet inte kommer plötsligt.",
    )
    return done or case_form(request, case, form, title, "Spara nedtrappningen", lead=lead, cancel_url=back)


@GET_POST
def leave(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.CASE_STATE)
    plan = readers.going_on(case)
    form = LeaveForm(request.POST or None)

    def act(data: dict[str, Any]) -> ClosingPlan:
        return actions.leave_closing(by=user_of(request), plan=plan, reason=data["reason"])

    done = carry_out(request, form, act, lambda _: reverse("case", args=[number]))
    if done:
        messages.success(request, "Stödet fortsätter. Planen för avslut finns kvar att läsa.")
    lead, more = "Planen läggs åt sidan och ärendet pågår igen.", {"cancel_url": reverse("closing", args=[number])}
    return done or case_form(request, case, form, "Fortsätt stödet", "Fortsätt stödet", lead=lead, **more)


@GET_POST
def decide(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.APPROVE)
    plan = readers.waiting(case)
    version = plan.version if plan else 0
    form = DecideForm(request.POST or None, initial={"version": version})

    def act(data: dict[str, Any]) -> ClosingPlan:
        facts = {"by": user_of(request), "plan": readers.the_one(plan), "version": data["version"]}
        if data["do"] == DecideForm.APPROVE:
            return actions.approve_closing(**facts)
        return actions.send_back_closing(why=data["why"], **facts)

    try:
        if done := carry_out(request, form, act, lambda _: reverse("case", args=[number])):
            messages.success(request, DecideForm.DONE[form.cleaned_data["do"]])
            return done
    except StaleEdit:
        form.add_error(None, "Planen är en annan än den du läste. Läs igen innan du beslutar.")
    form.read_now(version)
    more = readers.decision(user_of(request), case, plan)
    return case_form(request, case, form, "Besluta om avslutet", "", template="contacts/closing/decide.html", **more)
