from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from casework import policy
from casework.acting import GET_POST, carry_out, user_of
from casework.cases.pages import case_form
from casework.cases.readers import header
from casework.policy import Permission
from contacts.goals import actions, readers
from contacts.goals.forms import PlanDecideForm, PlanSubmitForm
from contacts.goals.models import RecoveryPlan


@GET_POST
def plan_submit(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.METHOD_WRITE)
    form = PlanSubmitForm(request.POST or None, initial=PlanSubmitForm.defaults())

    def act(data: dict[str, Any]) -> RecoveryPlan:
        values = {name: data[name] for name in ("person_way", "person_on", "follow_up_on", "remark")}
        return actions.submit_plan(by=user_of(request), case=case, **values)

    done = carry_out(request, form, act, lambda _: reverse("goals", args=[number]))
    if done:
        messages.success(request, "Planen är lämnad. Sektionschefen ser den bland det som väntar på beslut.")
        return done
    more = {**readers.submission(case), "cancel_url": reverse("goals", args=[number]), "ctrl_enter": True}
    title = "Lämna planen för godkännande"
    return case_form(request, case, form, title, "Lämna in planen", template="contacts/goals/submit.html", **more)


@GET_POST
def plan_decide(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.APPROVE)
    plan = readers.waiting_plan(case)
    form = PlanDecideForm(request.POST or None, initial={"version": plan.version if plan else 0})

    def act(data: dict[str, Any]) -> RecoveryPlan:
        facts = {"by": user_of(request), "plan": readers.the_one(plan), "version": data["version"]}
        if data["do"] == PlanDecideForm.APPROVE:
            return actions.approve_plan(**facts)
        return actions.send_back(why=data["why"], **facts)

    done = carry_out(request, form, act, lambda _: reverse("goals", args=[number]))
    if done:
        messages.success(request, PlanDecideForm.DONE[form.cleaned_data["do"]])
        return done
    form.read_now(plan.version if plan else 0)
    return case_form(
        request, case, form, "Besluta om planen", "", template="contacts/goals/decide.html", **readers.decision(plan)
    )


@require_GET
def plan_version(request: HttpRequest, number: str, plan: int) -> HttpResponse:
    case = policy.get_case(request.user, number)
    shown = readers.version(readers.plan_of(case, plan))
    return render(request, "contacts/goals/version.html", {**header(case), **shown})
