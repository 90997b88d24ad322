"""A form about one insats, carried out and drawn the same everywhere; and what each of its steps asks for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from casework.cases.insatser import move_actions, readers
from casework.cases.insatser.forms import AskForm, DayForm, DeclineForm, EndForm, GiveUpForm, StartForm, TryAgainForm
from casework.cases.insatser.forms import today as begin_today
from casework.cases.insatser.models import Insats
from casework.cases.pages import act_form
from casework.signin.models import User

APPEAL = (
    "Beslutet kan överklagas till förvaltningsrätten. Skriv vilket beslut det gäller och vad som ska ändras, och lämna "
    "brevet till oss inom tre veckor från den dag beslutet togs emot. Vi skickar det vidare."
)


def url_of(insats: Insats) -> str:
    return reverse("insats", args=[insats.case.number, insats.pk])


def insats_form(
    request: HttpRequest,
    insats: Insats,
    form: Any,
    act: Callable[[dict[str, Any]], Any],
    title: str,
    submit: str,
    *,
    said: str,
    **more: Any,
) -> HttpResponse:
    """Runs `act` and leads to the insats with `said`; else the form again."""
    return act_form(request, insats.case, form, act, title, submit, back=url_of(insats), said=said, **more)


@dataclass(frozen=True)
class Step:
    """The form of a step, made of what was posted, and the act it leads to."""

    form: Callable[[Insats, Any], Any]
    act: Callable[[User, Insats, Any], Insats]


def _ask_form(insats: Insats, data: Any) -> AskForm:
    known, consents = readers.known_for(insats.case, insats), readers.consents_for(insats)
    chosen = {"actor": str(insats.actor_id or ""), "offer": str(insats.offer_id or "")}
    return AskForm(data, known=known, consents=consents, initial={**begin_today(), **chosen})


def _dated(form: type[DayForm]) -> Callable[[Insats, Any], Any]:
    return lambda insats, data: form(data, initial=begin_today())


STEPS = {
    "ask": Step(_ask_form, lambda by, insats, form: move_actions.ask_insats(by=by, insats=insats, **form.facts())),
    "order": Step(
        _dated(DayForm),
        lambda by, insats, form: move_actions.order_insats(by=by, insats=insats, ordered_on=form.cleaned_data["day"]),
    ),
    "start": Step(
        _dated(StartForm),
        lambda by, insats, form: move_actions.start_insats(
            by=by, insats=insats, started_on=form.cleaned_data["day"], review_on=form.cleaned_data["review_on"]
        ),
    ),
    "end": Step(
        _dated(EndForm),
        lambda by, insats, form: move_actions.end_insats(
            by=by, insats=insats, ended_on=form.cleaned_data["day"], outcome=form.cleaned_data["outcome"]
        ),
    ),
    "decline": Step(
        _dated(DeclineForm),
        lambda by, insats, form: move_actions.decline_insats(
            by=by,
            insats=insats,
            code=form.cleaned_data["code"],
            declined_on=form.cleaned_data["day"],
            why=form.cleaned_data["why"],
        ),
    ),
    "give_up": Step(
        _dated(GiveUpForm),
        lambda by, insats, form: move_actions.give_up_insats(
            by=by,
            insats=insats,
            obstacle=form.cleaned_data["obstacle"],
            declined_on=form.cleaned_data["day"],
            why=form.cleaned_data["why"],
        ),
    ),
    "try_again": Step(
        lambda insats, data: TryAgainForm(data),
        lambda by, insats, form: move_actions.try_again(by=by, insats=insats, why=form.cleaned_data["reason"]),
    ),
}
