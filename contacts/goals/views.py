from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from audit.tags import Tag
from casework import policy
from casework.access import visit
from casework.acting import GET_POST, carry_out, compare, form_or_draft, user_of
from casework.cases.models import Case
from casework.cases.pages import case_form
from casework.cases.readers import header
from casework.cases.rules import Refused
from casework.drafts import store
from casework.drafts.models import Draft
from casework.policy import Permission
from casework.records import StaleEdit
from contacts.goals import actions, readers, rules
from contacts.goals.forms import WHO, GoalChangeForm, GoalForm, GoalMoveForm, PlanStepChangeForm, PlanStepForm
from contacts.goals.models import Goal, PlanStep

GOAL_FORM, STEP_FORM = "contacts/goals/goal_form.html", "contacts/goals/step_form.html"


@require_GET
def goals(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number)
    held = policy.permissions_for(request.user, case)
    context = {**header(case), **readers.page(case), **readers.buttons(case, held)}
    return render(request, "contacts/goals/goals.html", context)


@require_GET
def goals_print(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number)
    visit.purpose(Tag.PLAN_PRINTED)
    return render(request, "contacts/goals/print.html", {**header(case), "sheets": readers.to_print(case)})


@GET_POST
def goal_new(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.METHOD_WRITE)
    user, slot = user_of(request), readers.slot(case)
    draft = store.find(user, slot)
    form = form_or_draft(request, GoalForm, draft)

    def act(data: dict[str, Any]) -> Goal:
        goal = actions.set_goal(by=user, case=case, area=data["area"], words=form.goal_words())
        store.drop(user, slot)
        return goal

    done = carry_out(request, form, act, lambda goal: _at(case, goal.number))
    if done:
        messages.success(request, "Målet är sparat. Lägg till ett första delmål när ni vet vad som ska göras.")
    return done or _form(request, case, form, "Nytt mål", "Spara målet", **_kept(slot, draft))


@GET_POST
def goal_change(request: HttpRequest, number: str, goal: int) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.METHOD_WRITE)
    row = readers.goal_of(case, goal)
    user, slot, initial = user_of(request), readers.slot(case, goal), readers.goal_fields(row)
    draft, stale = store.find(user, slot), []
    form = form_or_draft(request, GoalChangeForm, draft, initial=initial)

    def act(data: dict[str, Any]) -> Goal:
        area, version = data["area"], data["version"]
        changed = actions.change_goal(by=user, goal=row, area=area, words=form.goal_words(), version=version)
        store.drop(user, slot)
        return changed

    try:
        done = carry_out(request, form, act, lambda _: _at(case, goal))
    except StaleEdit:
        done, stale = None, compare(form, initial)
    if done:
        messages.success(request, "Målet är ändrat.")
        return done
    return _form(request, case, form, f"Ändra mål {goal}", "Spara målet", stale=stale, **_kept(slot, draft))


@GET_POST
def goal_move(request: HttpRequest, number: str, goal: int, name: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.METHOD_WRITE)
    chosen = rules.GOAL_MOVES.get(name)
    if chosen is None:
        raise policy.NotFound("Det finns ingen sådan ändring av läge.", [case.ref()])
    row = readers.goal_of(case, goal)
    form = GoalMoveForm(request.POST or None, asks=chosen.asks)

    def act(data: dict[str, Any]) -> Goal:
        return actions.move_goal(by=user_of(request), goal=row, name=name, result=data.get("result", ""))

    done = carry_out(request, form, act, lambda _: _at(case, goal))
    more = {"goal": row, "lead": chosen.explains, "template": "contacts/goals/move.html"}
    return done or _form(request, case, form, chosen.button, chosen.button, **more)


@GET_POST
def plan_step_new(request: HttpRequest, number: str, goal: int) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.METHOD_WRITE)
    row = readers.goal_of(case, goal)
    form = PlanStepForm(request.POST or None)

    def act(data: dict[str, Any]) -> PlanStep:
        words = form.step_words()
        return actions.add_step(by=user_of(request), case=case, goal=row, words=words, due_on=data["due_on"])

    here = reverse("plan_step_new", args=[number, goal])
    done = carry_out(request, form, act, lambda _: here if "more" in request.POST else _at(case, goal))
    if done:
        messages.success(request, "Delmålet är sparat.")
        return done
    more = {"goal": row, "before": readers.steps_of(row), "who": WHO, "another": True, "template": STEP_FORM}
    return _form(request, case, form, "Nytt delmål", "Spara delmålet", **more)


@GET_POST
def plan_step_change(request: HttpRequest, number: str, goal: int, step: int) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.METHOD_WRITE)
    row = readers.step_of(case, goal, step)
    initial = readers.step_fields(row)
    form = PlanStepChangeForm(request.POST or None, initial=initial)
    stale: list[Any] = []

    def act(data: dict[str, Any]) -> PlanStep:
        return actions.change_step(
            by=user_of(request), step=row, words=form.step_words(), due_on=data["due_on"], version=data["version"]
        )

    try:
        done = carry_out(request, form, act, lambda _: _at(case, goal, step))
    except StaleEdit:
        done, stale = None, compare(form, initial)
    if done:
        messages.success(request, "Delmålet är ändrat.")
    more = {"who": WHO, "stale": stale, "template": STEP_FORM}
    return done or _form(request, case, form, f"Ändra delmål {goal}.{step}", "Spara delmålet", **more)


@require_POST
def plan_step_move(request: HttpRequest, number: str, goal: int, step: int, name: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.METHOD_WRITE)
    if name not in rules.STEP_MOVES:
        raise policy.NotFound("Det finns ingen sådan ändring av läge.", [case.ref()])
    row = readers.step_of(case, goal, step)
    try:
        actions.move_step(by=user_of(request), step=row, name=name)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, rules.STEP_MOVES[name])
    return redirect(_at(case, goal, step))


def _form(request: HttpRequest, case: Case, form: Any, title: str, submit: str, **more: Any) -> HttpResponse:
    more.setdefault("ctrl_enter", True)
    return case_form(request, case, form, title, submit, cancel_url=reverse("goals", args=[case.number]), **more)


def _kept(slot: str, draft: Draft | None) -> dict[str, Any]:
    """What a form needs to be kept while it is typed."""
    return {"template": GOAL_FORM, "autosave_url": reverse("autosave", args=[slot]), "draft": draft}


def _at(case: Case, goal: int, step: int = 0) -> str:
    """The goals page at a goal, or at a step of it."""
    place = f"delmal-{goal}-{step}" if step else f"mal-{goal}"
    return f"{reverse('goals', args=[case.number])}#{place}"
