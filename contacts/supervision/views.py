import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from audit.tags import Tag
from casework import policy
from casework.access import visit
from casework.acting import GET_POST, carry_out, compare, form_or_draft, user_of
from casework.cases.models import Case
from casework.cases.pages import case_form
from casework.drafts import store
from casework.policy import Permission
from casework.records import StaleEdit
from contacts.supervision import actions, mentors, readers, rules
from contacts.supervision.forms import (
    AgainForm,
    ChangeSessionForm,
    ChooseForm,
    IdeaForm,
    MentoringForm,
    SessionForm,
    SheetForm,
)
from contacts.supervision.models import GroupSession, Mentoring, Presentation

FORM = "contacts/supervision/form.html"


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.SUPERVISION)
    user = user_of(request)
    sections = readers.led_sections(user)
    context = {
        "coming": readers.coming(user),
        "past": readers.past(user),
        "sections": sections,
        "turns": mentors.turns(user) if sections else [],
    }
    return render(request, "contacts/supervision/index.html", context)


@GET_POST
def plan(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user, section = user_of(request), readers.led_section(user_of(request), pk)
    staff = readers.staff_of(section)
    form = SessionForm(request.POST or None, staff=staff, initial={"participants": list(staff)})

    def act(data: dict[str, Any]) -> GroupSession:
        who = list(data["participants"])
        return actions.plan_session(by=user, section=section, planned_at=data["planned_at"], participants=who)

    done = carry_out(request, form, act, lambda _: reverse("supervision"))
    if done:
        messages.success(request, "Handledningen är planerad.")
    context = {"form": form, "title": "Planera grupphandledning", "submit": "Planera handledningen"}
    return done or render(request, FORM, {**context, "lead": section, "cancel_url": reverse("supervision")})


@GET_POST
def change(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found, page = readers.led_session(request.user, pk), reverse("supervision_session", args=[pk])
    begin = {"planned_at": found.planned_at, "participants": list(found.participants.all()), "version": found.version}
    form, stale = ChangeSessionForm(request.POST or None, staff=readers.staff_for(found), initial=begin), list[Any]()

    def act(data: dict[str, Any]) -> GroupSession:
        values = {"planned_at": data["planned_at"], "participants": list(data["participants"])}
        return actions.change_session(by=user_of(request), session=found, version=data["version"], **values)

    try:
        done = carry_out(request, form, act, lambda _: page)
    except StaleEdit:
        done, stale = None, compare(form, begin)
    context = {"form": form, "title": "Ändra grupphandledningen", "submit": "Spara ändringen", "stale": stale}
    return done or render(request, FORM, {**context, "lead": found.section, "cancel_url": page})


@require_GET
def session(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return _session_page(request, readers.session_of(request.user, pk), request.GET.get("nr", ""), IdeaForm())


@GET_POST
def move(request: HttpRequest, pk: uuid.UUID, name: str) -> HttpResponse:
    if name not in rules.MOVES:
        raise policy.NotFound("Det finns ingen sådan ändring av läge.")
    found, page = readers.led_session(request.user, pk), reverse("supervision_session", args=[pk])
    chosen, form = rules.MOVES[name], AgainForm(request.POST or None)
    done = carry_out(
        request,
        form,
        lambda _: actions.move_session(by=user_of(request), session=found, name=name),
        lambda _: page,
    )
    if done:
        messages.success(request, chosen.done)
    context = {"form": form, "title": chosen.button, "submit": chosen.button, "explains": chosen.explains}
    return done or render(request, FORM, {**context, "cancel_url": page})


@require_POST
def again(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found, form = readers.led_session(request.user, pk), AgainForm(request.POST)
    page = reverse("supervision_session", args=[pk])
    done = carry_out(
        request,
        form,
        lambda _: actions.plan_again(by=user_of(request), session=found),
        lambda made: reverse("supervision_session", args=[made.pk]),
    )
    if done:
        messages.success(request, "Nästa handledning är planerad.")
        return done
    for refusal in form.non_field_errors():
        messages.error(request, str(refusal))
    return redirect(page)


@require_GET
def bring(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    policy.check_may(request.user, Permission.METHOD_WRITE)
    found = readers.session_of(request.user, pk)
    context = {"session": found, "cases": readers.to_bring(user_of(request), found)}
    return render(request, "contacts/supervision/bring.html", context)


@GET_POST
def present(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.METHOD_WRITE)
    user, group, slot = user_of(request), readers.session_of(request.user, pk), f"present:{number}"
    draft = store.find(user, slot)
    begin = readers.sheet_from_assessment(case) if request.method != "POST" and draft is None else {}
    form = form_or_draft(request, SheetForm, draft, initial=begin)

    def act(data: dict[str, Any]) -> Presentation:
        made = actions.present_case(by=user, session=group, case=case, words=form.words())
        store.drop(user, slot)
        return made

    done = _told(request, form, act, _page_of)
    if done:
        messages.success(request, "Ärendet är med på handledningen.")
    more = {"draft": draft, "slot": slot, "session": group}
    return done or _sheet_form(request, case, form, "Ta upp ärendet i handledning", "Ta upp ärendet", **more)


@GET_POST
def reword(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found, stale = readers.own_presentation(request.user, pk), []
    begin = SheetForm.begin(found.sheet.open(), found.version)
    form = SheetForm(request.POST or None, initial=begin)

    def act(data: dict[str, Any]) -> Presentation:
        changed = form.words(), data["version"]
        return actions.change_sheet(by=user_of(request), presentation=found, words=changed[0], version=changed[1])

    try:
        done = _told(request, form, act, _page_of)
    except StaleEdit:
        done, stale = None, compare(form, begin)
    more = {"session": found.session, "stale": stale}
    return done or _sheet_form(request, found.case, form, "Ändra underlaget", "Spara underlaget", **more)


@require_POST
def new_idea(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found, form = readers.presentation_of(request.user, pk), IdeaForm(request.POST)

    def act(data: dict[str, Any]) -> Any:
        return actions.give_idea(by=user_of(request), presentation=found, text=data["text"])

    # No fragment: with one the browser leaves the autofocus of the field undone.
    done = _told(request, form, act, lambda idea: _page_of(found))
    if request.headers.get("X-Requested-With") == "fetch":
        if done:
            return JsonResponse({"ideas": readers.new_ideas(found, _after(request.POST))})
        return JsonResponse(
            {"error": " ".join(str(each) for all_of in form.errors.values() for each in all_of)}, status=400
        )
    number = readers.number_of(found)
    return done or _session_page(request, readers.session_of(request.user, found.session_id), number, form)


@require_GET
def ideas(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """What the others have written since. It is asked for by itself, and so does not keep the session awake."""
    found = readers.presentation_of(request.user, pk)
    return JsonResponse({"ideas": readers.new_ideas(found, _after(request.GET))})


@GET_POST
def choose(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = readers.own_presentation(request.user, pk)
    case, waiting = found.case, readers.unchosen(found)
    form = ChooseForm(request.POST or None, ideas=waiting, goals=readers.goals_to_choose(case))

    def act(data: dict[str, Any]) -> Presentation:
        picked = [actions.Choice(idea, readers.goal_of(case, goal), due) for idea, goal, due in form.picked]
        days = {"follow_up_on": data["follow_up_on"], "read_back": data["read_back"]}
        return actions.choose_ideas(by=user_of(request), presentation=found, chosen=picked, **days)

    done = carry_out(request, form, act, lambda _: reverse("supervision_sheet", args=[case.number, pk]))
    if done:
        messages.success(request, "De valda idéerna är delmål i planen nu.")
    more = {"waiting": waiting, "presentation": found, "may_choose": rules.can_choose(user_of(request), found)}
    template = "contacts/supervision/choose.html"
    return done or case_form(request, case, form, "Välj nästa steg", "Gör till delmål", template=template, **more)


@require_GET
def sheet(request: HttpRequest, number: str, pk: uuid.UUID) -> HttpResponse:
    case = policy.get_case(request.user, number)
    found = readers.sheet_of(case, pk)
    visit.purpose(Tag.SUPERVISION_READ)
    context = {
        "presentation": found,
        "words": found.sheet.open(),
        "ideas": readers.with_texts(readers.ideas_of(found)),
        "may_choose": rules.can_choose(user_of(request), found),
    }
    return case_form(
        request, case, None, "Underlag till handledning", "", template="contacts/supervision/sheet.html", **context
    )


@require_GET
def mentorings(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.SUPERVISION)
    user = user_of(request)
    context = {"rows": mentors.notes_for(user), "leads": bool(readers.led_sections(user))}
    return render(request, "contacts/supervision/mentorings.html", context)


@GET_POST
def new_mentoring(request: HttpRequest) -> HttpResponse:
    policy.check_may(request.user, Permission.SUPERVISION_LEAD)
    user = user_of(request)
    begin = {"worker": request.GET.get("vem", ""), "kind": Mentoring.Kind.FIELD}
    form = MentoringForm(request.POST or None, workers=mentors.workers_of(user), initial=begin)

    def act(data: dict[str, Any]) -> Mentoring:
        facts = {name: data[name] for name in ("worker", "kind", "held_on", "next_on")}
        return actions.note_mentoring(by=user, words=form.words(), **facts)

    done = carry_out(request, form, act, lambda _: reverse("mentorings"))
    if done:
        messages.success(request, "Handledningen är antecknad.")
    context = {"form": form, "title": "Anteckna en handledning", "submit": "Spara anteckningen"}
    return done or render(request, FORM, {**context, "cancel_url": reverse("supervision"), "ctrl_enter": True})


def _told(
    request: HttpRequest, form: Any, act: Callable[[dict[str, Any]], Any], then: Callable[[Any], str]
) -> HttpResponse | None:
    """carry_out for texts that are compared with her own data: what tells who she is, is said at its field."""
    try:
        return carry_out(request, form, act, then)
    except actions.TellsWho as told:
        form.point_out(told.fields)
        return None


def _session_page(request: HttpRequest, found: GroupSession, wanted: str, form: IdeaForm) -> HttpResponse:
    user = user_of(request)
    rows = readers.agenda(user, found)
    shown = readers.open_row(rows, wanted)
    context = {
        "session": found,
        "rows": rows,
        "shown": shown,
        "form": form,
        "again": AgainForm(),
        "group": list(found.participants.all()),
        "leads": rules.leads(user, found.section_id),
        "may_bring": policy.may(user, Permission.METHOD_WRITE) and found.state in rules.NOW,
        "mine": shown is not None and policy.can_case(user, shown.presentation.case, Permission.METHOD_WRITE),
    }
    return render(request, "contacts/supervision/session.html", context)


def _sheet_form(
    request: HttpRequest, case: Case, form: SheetForm, title: str, submit: str, **more: Any
) -> HttpResponse:
    return case_form(request, case, form, title, submit, template="contacts/supervision/present.html", **more)


def _page_of(presentation: Presentation) -> str:
    number = readers.number_of(presentation)
    return f"{reverse('supervision_session', args=[presentation.session_id])}?nr={number}"


def _after(data: Any) -> int:
    """How many ideas the page has already."""
    text = data.get("efter", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
