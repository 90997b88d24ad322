from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from casework import policy
from casework.acting import GET_POST, carry_out, user_of
from casework.cases.pages import case_form
from casework.policy import Permission
from contacts.rhythm import actions, readers, rules
from contacts.rhythm.forms import RhythmForm
from contacts.rhythm.models import ContactRhythm


@GET_POST
def rhythm(request: HttpRequest, number: str) -> HttpResponse:
    """What is agreed and what was; those who write in the case agree anew here, the sektionschef reads."""
    needed = Permission.METHOD_WRITE if request.method == "POST" else Permission.CASE_READ
    case = policy.get_case(request.user, number, needed)
    user = user_of(request)
    form = RhythmForm(request.POST or None, initial={"phase": ContactRhythm.Phase.SUPPORT})

    def act(data: dict[str, Any]) -> ContactRhythm:
        return actions.agree_rhythm(by=user, case=case, **form.agreement())

    done = carry_out(request, form, act, lambda _: reverse("case", args=[number]))
    if done:
        messages.success(request, "Kontaktrytmen är sparad.")
        return done
    context = {"rows": readers.history(case), "may_agree": rules.can_agree(user, case), "days": readers.usual_days()}
    return case_form(
        request, case, form, "Kontaktrytm", "Spara kontaktrytmen", template="contacts/rhythm/rhythm.html", **context
    )
