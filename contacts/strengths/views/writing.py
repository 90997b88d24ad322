import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from casework import policy
from casework.acting import GET_POST, carry_out, form_or_draft, user_of
from casework.cases.pages import case_form
from casework.drafts import store
from casework.policy import Permission
from casework.records import StaleEdit
from contacts.strengths import actions, readers, talks
from contacts.strengths.forms import RankForm, RewordForm, SignForm, StandpointForm, TakeOutForm, TalkForm
from contacts.strengths.models import StrengthsAssessment, StrengthStatement

STALE = "Någon annan har skrivit i styrkebedömningen sedan du öppnade sidan. Läs igenom den igen, och spara sedan."
BOTH_KEPT = "Någon annan hade redan ändrat uttalandet. Båda texterna finns kvar, så att inget går förlorat."


@GET_POST
def domain(request: HttpRequest, number: str, slug: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.METHOD_WRITE)
    talk = talks.talk_of(slug)
    if talk is None:
        raise policy.NotFound("Det livsområdet finns inte.", [case.ref()])
    user, slot = user_of(request), f"{readers.SLOT}:{case.number}:{talk.code}"
    draft = store.find(user, slot)
    form = form_or_draft(request, TalkForm, draft)
    written: list[StrengthStatement] = []

    def act(data: dict[str, Any]) -> None:
        if said := form.sayings():
            written.extend(actions.state(by=user, case=case, domain=talk.code, sayings=said, said_on=data["said_on"]))
        store.drop(user, slot)

    done = carry_out(request, form, act, lambda _: _onward(request, number, talk))
    if done and written:
        messages.success(request, f"Sparat i {talk.label.lower()}: {len(written)}.")
    return done or case_form(
        request, case, form, talk.label, "", template="contacts/strengths/domain.html",
        draft=draft, slot=slot, **readers.talk_page(case, talk),
    )  # fmt: skip


@GET_POST
def reword(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    old = readers.statement_to_change(request.user, pk)
    text = old.said  # type: ignore[attr-defined]  # set by the reader
    first = {"text": text, "may_locate": old.may_locate, "said_by": old.said_by}
    form = RewordForm(request.POST or None, initial=first)

    raced: list[bool] = []

    def act(data: dict[str, Any]) -> None:
        words = {name: value for name, value in data.items() if name != "once"}
        actions.reword(by=user_of(request), statement=old, **words)
        raced.append(old.gone_in_id is not None)

    done = carry_out(request, form, act, lambda _: _back_to(old))
    if done and any(raced):
        messages.warning(request, BOTH_KEPT)
    return done or _about_statement(request, old, form, "Formulera om", "Spara den nya formuleringen", how="reword")


@GET_POST
def take_out(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    old = readers.statement_to_change(request.user, pk)
    form = TakeOutForm(request.POST or None)

    def act(data: dict[str, Any]) -> StrengthStatement:
        return actions.take_out(by=user_of(request), statement=old, why=data["why"])

    done = carry_out(request, form, act, lambda _: _back_to(old))
    return done or _about_statement(request, old, form, "Stämmer det inte längre?", "Ta bort uttalandet", how="out")


@GET_POST
def rank(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.METHOD_WRITE)
    found = readers.sheet(case)
    first = {"version": _version(found.assessment)}
    form = RankForm(request.POST or None, wishes=found.wishes, ranked=len(found.ranked), initial=first)

    def act(data: dict[str, Any]) -> StrengthsAssessment:
        return actions.rank(by=user_of(request), case=case, ranking=form.ranking(), version=data["version"])

    done = _unless_stale(request, form, act, reverse("assessment", args=[number]), first)
    if done:
        messages.success(request, "Hennes ordning är sparad.")
    context = {"cancel_url": reverse("assessment", args=[number]), "sheet": found}
    template = "contacts/strengths/rank.html"
    return done or case_form(
        request, case, form, "Vad är viktigast för henne?", "Spara ordningen", template=template, **context
    )


@GET_POST
def sign(request: HttpRequest, number: str) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.METHOD_WRITE)
    found = readers.sheet(case)
    first = {"version": _version(found.assessment)}
    form = SignForm(request.POST or None, initial=first)

    def act(data: dict[str, Any]) -> StrengthsAssessment:
        words = {name: value for name, value in data.items() if name != "once"}
        return actions.sign(by=user_of(request), case=case, **words)

    done = _unless_stale(request, form, act, reverse("assessment", args=[number]), first)
    if done:
        messages.success(request, "Styrkebedömningen är signerad.")
    context = {**readers.sign_page(case, found), "template": "contacts/strengths/sign.html"}
    context["cancel_url"] = reverse("assessment", args=[number])
    return done or case_form(request, case, form, "Signera", "Signera styrkebedömningen", **context)


@GET_POST
def approval(request: HttpRequest, number: str, which: int) -> HttpResponse:
    case = policy.get_case(request.user, number, Permission.METHOD_WRITE)
    chosen = readers.number_of(case, which)
    form = StandpointForm(request.POST or None)

    def act(data: dict[str, Any]) -> StrengthsAssessment:
        way, day = data["approved_way"], data["approved_on"]
        return actions.note_approval(by=user_of(request), assessment=chosen, approved_way=way, approved_on=day)

    back = reverse("assessment_version", args=[number, which])
    done = carry_out(request, form, act, lambda _: back)
    title, button = "Vad säger hon om den?", "Spara hennes svar"
    lead = f"Det gäller nummer {which} av styrkebedömningen."
    return done or case_form(request, case, form, title, button, cancel_url=back, lead=lead)


def _onward(request: HttpRequest, number: str, talk: talks.Talk) -> str:
    """The next domain; the whole assessment after the last one, or when that was asked for."""
    _, after = talks.before_and_after(talk)
    if after is None or "overview" in request.POST:
        return reverse("assessment", args=[number])
    return reverse("assessment_domain", args=[number, after.slug])


def _back_to(statement: StrengthStatement) -> str:
    slug = next(talk.slug for talk in talks.TALKS if talk.code == statement.domain)
    return reverse("assessment_domain", args=[statement.case.number, slug])


def _about_statement(
    request: HttpRequest, old: StrengthStatement, form: Any, title: str, button: str, *, how: str
) -> HttpResponse:
    template = "contacts/strengths/statement.html"
    return case_form(
        request, old.case, form, title, button, template=template, old=old, how=how, cancel_url=_back_to(old)
    )


def _version(found: StrengthsAssessment | None) -> int:
    return found.version if found else 0


def _unless_stale(request: HttpRequest, form: Any, act: Any, target: str, first: dict[str, int]) -> Any:
    """As carry_out; what somebody else has written since is told, and the form keeps what was filled in."""
    try:
        return carry_out(request, form, act, lambda _: target)
    except StaleEdit:
        form.add_error(None, STALE)
        form.data = form.data.copy()
        form.data["version"] = str(first["version"])
        return None
