from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from casework import policy
from casework.acting import GET_POST, carry_out, compare, form_or_draft, user_of
from casework.cases.pages import case_form
from casework.cases.rules import Refused
from casework.cases.safety import actions, readers, rules
from casework.cases.safety.forms import CopyForm, SafetyForm
from casework.cases.safety.models import SafetyPlan
from casework.drafts import store
from casework.paper.answer import as_file
from casework.policy import Permission
from casework.records import StaleEdit


@GET_POST
def safety(request: HttpRequest, number: str) -> HttpResponse:
    """The plan for everybody who reads the case; the form for those who write in it."""
    right = Permission.METHOD_WRITE if request.method == "POST" else Permission.CASE_READ
    case, user = policy.get_case(request.user, number, right), user_of(request)
    found, slot = readers.plan_of(case), f"safety:{number}"
    draft, begin = store.find(user, slot), SafetyForm.begin(found)
    form, stale = form_or_draft(request, SafetyForm, draft, case=case, initial=begin), list[Any]()

    def act(data: dict[str, Any]) -> SafetyPlan:
        words = {name: data[name] for name in ("avoid", "advice", "review_on", "version")}
        plan = actions.set_safety(by=user, case=case, **words, **form.parts())
        store.drop(user, slot)
        return plan

    try:
        done = carry_out(request, form, act, lambda _: reverse("case", args=[number]))
    except StaleEdit:
        done, stale = None, compare(form, begin)
    if done:
        messages.success(request, "Säkerhetsplanen är sparad.")
        return done
    may = {"may_copy": rules.can_copy(user, case), "may_write": request.method == "POST" or rules.can_set(user, case)}
    more: dict[str, Any] = {"found": found, "stale": stale, "draft": draft, "slot": slot, **may}
    more["template"] = "casework/safety.html"
    return case_form(request, case, form, "Säkerhetsplan", "Spara säkerhetsplanen", **more)


@GET_POST
def safety_copy(request: HttpRequest, number: str) -> HttpResponse:
    """Her own copy. Before it is printed the page says what will stand on it, and that nothing else does."""
    case, user = policy.get_case(request.user, number, Permission.METHOD_WRITE), user_of(request)
    found, form = readers.plan_of(case), CopyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return as_file(actions.copy_safety(by=user, case=case), "anteckningar.pdf")
        except Refused as refused:
            form.add_error(None, str(refused))
    more = {"found": found, "cancel_url": reverse("safety", args=[number])}
    title, submit = "Hennes eget exemplar", "Hämta utskriften"
    return case_form(request, case, form, title, submit, template="casework/safety_copy.html", **more)
