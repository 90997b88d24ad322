"""The steps that a plan takes, each with its form, and a form about one plan drawn the same everywhere."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from casework.acting import user_of
from casework.cases.pages import act_form
from casework.cases.sip import actions, forms, rules
from casework.cases.sip.models import Sip
from casework.signin.models import User


@dataclass(frozen=True)
class Move:
    """A step of a plan that a person may choose. The fields of its form are what its act takes."""

    act: Callable[..., Sip]
    form: Callable[..., Any]
    button: str
    said: str
    lead: str
    danger: bool = False


MOVES = {
    "hold": Move(
        actions.hold_sip,
        forms.HoldForm,
        "Upprätta planen",
        "Planen är upprättad.",
        "När mötet har hållits och det är skrivet vem som gör vad och vem som har det övergripande ansvaret.",
    ),
    "follow_up": Move(
        actions.follow_up_sip,
        forms.FollowForm,
        "Följ upp planen",
        "Uppföljningen är antecknad.",
        "Planen fortsätter till nästa uppföljning. Det hon har sagt tidigare står kvar.",
    ),
    "end": Move(
        actions.end_sip, forms.EndForm, "Avsluta planen", "Planen är avslutad.", "Sedan ändras den inte mer.", True
    ),
    "cancel": Move(
        actions.cancel_sip, forms.CancelForm, "Ställ in mötet", "Mötet är inställt.", "Det blir ingen plan.", True
    ),
}


def buttons(user: User, sip: Sip) -> list[tuple[str, Move]]:
    """The steps that the user may take with the plan now."""
    return [(name, move) for name, move in MOVES.items() if rules.can_move(user, sip, name)]


def url_of(sip: Sip) -> str:
    return reverse("sip", args=[sip.case.number, sip.pk])


def sip_form(
    request: HttpRequest,
    sip: Sip,
    form: Any,
    act: Callable[[dict[str, Any]], Any],
    title: str,
    submit: str,
    *,
    said: str,
    **more: Any,
) -> HttpResponse:
    """Runs `act` and leads to the plan's page with `said`; else the form again."""
    return act_form(request, sip.case, form, act, title, submit, back=url_of(sip), said=said, **more)


def take(request: HttpRequest, sip: Sip, name: str) -> HttpResponse:
    """The page of one step."""
    move = MOVES[name]
    form = move.form(request.POST or None)
    taken = [field for field in form.fields if field != "once"]

    def act(data: dict[str, Any]) -> Sip:
        return move.act(by=user_of(request), sip=sip, **{field: data[field] for field in taken})

    more = {"lead": move.lead, "danger": move.danger}
    return sip_form(request, sip, form, act, move.button, move.button, said=move.said, **more)
