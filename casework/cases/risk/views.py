import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from casework import policy
from casework.acting import GET_POST, carry_out, form_or_draft, user_of
from casework.cases import readers as cases
from casework.cases.pages import case_form
from casework.cases.risk import actions, readers, rules
from casework.cases.risk.forms import RiskForm
from casework.cases.risk.models import RiskAssessment
from casework.drafts import store
from casework.policy import Permission


@require_GET
def risks(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number)
    may_assess = rules.can_assess(user_of(request), case)
    context = {**cases.header(case), **readers.overview(case), "may_assess": may_assess}
    return render(request, "casework/risk/risks.html", context)


@require_GET
def risk(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    """An earlier assessment as it was signed."""
    case = policy.get_case(request.user, number)
    context = {**cases.header(case), "row": readers.assessment_of(case, pk)}
    return render(request, "casework/risk/risk.html", context)


@GET_POST
def risk_new(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.FILE_WRITE)
    user, slot, page = user_of(request), f"risk:{number}", reverse("risks", args=[number])
    draft, reasons = store.find(user, slot), readers.reassess(case)
    form = form_or_draft(request, RiskForm, draft, initial=RiskForm.begin(readers.newest(case), bool(reasons)))

    def act(data: dict[str, Any]) -> RiskAssessment:
        done = actions.assess_risk(by=user, case=case, words=form.risk_words(), **form.facts())
        store.drop(user, slot)
        return done

    done = carry_out(request, form, act, lambda _: page)
    if done:
        messages.success(request, "Riskbedömningen är signerad.")
        return done
    more = {"reasons": reasons, "draft": draft, "slot": slot, "cancel_url": page}
    return case_form(
        request, case, form, "Ny riskbedömning", "Signera riskbedömningen", template="casework/risk/new.html", **more
    )
