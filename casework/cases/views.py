from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from audit import reading
from audit.tags import Tag
from casework import policy
from casework.access import visit
from casework.acting import GET_POST, carry_out, compare, user_of
from casework.cases import actions, panels, readers, rules
from casework.cases.codes import StepKind
from casework.cases.forms import CloseForm, DayForm, NarrativeForm, ReasonForm, RevealForm
from casework.cases.models import Case, JournalNote, Narrative
from casework.cases.pages import case_form
from casework.clients import revealing
from casework.policy import Permission
from casework.records import StaleEdit


@require_GET
def case_page(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number)
    visit.purpose(Tag.CASE_OPENED_BY)
    user = user_of(request)
    held = policy.permissions_for(user, case)
    context = {
        **readers.header(case),
        **_journal(request, case),
        "held": held,
        "moves": rules.possible_moves(user, case, held),
        "may_close": Permission.CASE_CLOSE in held and rules.may_close_now(case),
        "reveal_groups": list(revealing.GROUPS.values()),
        "reasons": RevealForm.REASONS,
        "may_write": Permission.STEP_WRITE in held and rules.is_open(case),
        "panels": panels.for_case(user, case, held),
        "narrative": readers.narrative(case),
    }
    return render(request, "casework/case.html", context)


@GET_POST
def change_narrative(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.CASE_CHANGE)
    now = readers.narrative(case)
    initial = {**_words(now), "legal_basis": case.legal_basis, "version": case.version}
    form = NarrativeForm(request.POST or None, initial=initial)
    stale: list[Any] = []

    def act(data: dict[str, Any]) -> Case:
        words = Narrative(**{name: data[name] for name in _words(now)}, closure_note=now.closure_note)
        return actions.change_narrative(
            by=user_of(request), case=case, narrative=words, legal_basis=data["legal_basis"], version=data["version"]
        )

    try:
        done = carry_out(request, form, act, lambda _: reverse("case", args=[number]))
    except StaleEdit:
        done, stale = None, compare(form, initial)
    if done:
        messages.success(request, "Ändringen är sparad.")
    return done or case_form(request, case, form, "Ändra om ärendet", "Spara ändringen", stale=stale)


@GET_POST
def move(request: HttpRequest, number: str, name: str) -> HttpResponse:
    if name not in rules.MOVES:
        raise policy.NotFound("Det finns ingen sådan ändring av läge.")
    chosen = rules.MOVES[name]
    case = policy.get_case(request.user, number, chosen.permission)
    form = ReasonForm(request.POST or None)
    done = carry_out(
        request,
        form,
        lambda data: actions.move_case(by=user_of(request), case=case, name=name, reason=data["reason"]),
        lambda _: reverse("case", args=[number]),
    )
    return done or case_form(request, case, form, chosen.button, chosen.button, lead=chosen.explains)


@GET_POST
def close(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.CASE_CLOSE)
    form = CloseForm(request.POST or None)
    done = carry_out(
        request,
        form,
        lambda data: actions.close_case(by=user_of(request), case=case, **_without_token(data)),
        lambda _: reverse("case", args=[number]),
    )
    lead = "Uppdragen avslutas och ingen kontaktperson kommer längre åt ärendet. Allt finns kvar."
    return done or case_form(request, case, form, "Avsluta ärendet", "Avsluta ärendet", lead=lead)


@require_GET
def case_log(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.CASE_LOG)
    visit.purpose(Tag.CASE_LOG_READ)
    form = DayForm(request.GET if "dag" in request.GET else None)
    context = {**readers.plain_header(case), "form": form}
    if form.is_valid():
        context |= {"day": form.cleaned_data["dag"], "doors": readers.doors(case, form.cleaned_data["dag"])}
    context["page"] = reading.case_page(case.number, request.GET.get("page"))
    return render(request, "casework/case_log.html", context)


def _journal(request: HttpRequest, case: Case) -> dict[str, Any]:
    """The journal as it is filtered; the address keeps the filter from page to page."""
    entry, kind, stamp = (request.GET.get(name, "") for name in ("visa", "slag", "sedan"))
    entry = entry if entry in JournalNote.Entry.values else ""
    kind = kind if kind in StepKind.values else ""
    since = readers.moment(stamp)
    notes = readers.journal(case, entry=entry, kind=kind, since=since)
    kept = {"visa": entry, "slag": kind, "sedan": stamp if since else ""}
    return {
        "page": readers.journal_page(notes, request.GET.get("page")),
        "last_visit": reading.last_visit(case.number, str(user_of(request).pk), Tag.CASE_OPENED_BY),
        "since": since,
        "kinds": StepKind.choices,
        "wanted": {"entry": entry, "kind": kind},
        "query": "".join(f"{name}={value}&" for name, value in kept.items() if value),
    }


def _words(narrative: Narrative) -> dict[str, str]:
    return {name: getattr(narrative, name) for name in ("background", "wishes", "referral_note")}


def _without_token(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "once"}
