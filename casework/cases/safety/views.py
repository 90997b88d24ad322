from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from casework import policy
from casework.acting import GET_POST, carry_out, compare, user_of
from casework.cases.pages import case_form
from casework.cases.safety import actions, readers, rules
from casework.cases.safety.forms import SafetyForm
from casework.cases.safety.models import SafetyPlan
from casework.policy import Permission
from casework.records import StaleEdit


@GET_POST
def safety(request: HttpRequest, number: str) -> HttpResponse:
    """The plan for everybody who reads the case; the form for those who write in it."""
    right = Permission.METHOD_WRITE if request.method == "POST" else Permission.CASE_READ
    case, user = policy.get_case(request.user, number, right), user_of(request)
    found = readers.plan_of(case)
    form, stale = SafetyForm(request.POST or None, initial=SafetyForm.begin(found)), []

    def act(data: dict[str, Any]) -> SafetyPlan:
        words = {name: data[name] for name in ("avoid", "advice", "review_on", "version")}
        return actions.set_safety(by=user, case=case, **words)

    try:
        done = carry_out(request, form, act, lambda _: reverse("case", args=[number]))
    except StaleEdit:
        done, stale = None, compare(form, SafetyForm.begin(found))
    if done:
        messages.success(request, "Säkerhetsplanen är sparad.")
        return done
    more = {"found": found, "stale": stale, "may_write": request.method == "POST" or rules.can_set(user, case)}
    return case_form(
        request, case, form, "Säkerhetsplan", "Spara säkerhetsplanen", template="casework/safety.html", **more
    )
