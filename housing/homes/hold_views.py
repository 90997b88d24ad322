"""What suits whom, and holding a home for a need. A need is called by its token throughout."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from audit.tags import Tag
from casework.access import visit
from casework.acting import GET_POST, carry_out, user_of
from housing import doors
from housing.homes import hold_actions, matches, readers
from housing.homes.forms import HoldForm, ReleaseForm
from housing.homes.models import ColocationDecision, HomeHold
from housing.homes.pages import plain_form, url_of

HELD = "Bostaden hålls för behovet. Kontaktpersonen lämnar erbjudandet."
ASKED = "Bostaden hålls inte än. Väntar på sektionschefens beslut."


@require_GET
def matches_for_need(request: HttpRequest, token: str) -> HttpResponse:
    need = doors.need_by_token(request.user, token)
    visit.purpose(Tag.MATCHES_READ)
    context = {"need": need, "rows": matches.homes_for(need), "holdable": readers.holdable(need).exists()}
    return render(request, "housing/homes/for_need.html", context)


@require_GET
def matches_for_home(request: HttpRequest, name: str) -> HttpResponse:
    home = readers.home_of(request.user, name)
    visit.purpose(Tag.MATCHES_READ)
    return render(
        request, "housing/homes/for_home.html", {"home": home, "rows": matches.needs_for(user_of(request), home)}
    )


@GET_POST
def home_hold(request: HttpRequest, name: str, token: str) -> HttpResponse:
    home, need = readers.home_of(request.user, name), doors.need_by_token(request.user, token)
    visit.purpose(Tag.MATCHES_READ)
    tracks, user = readers.holdable(need), user_of(request)
    form = HoldForm(request.POST or None, tracks=tracks)

    def act(data: dict[str, Any]) -> Any:
        return hold_actions.hold_or_ask(by=user, home=home, **form.facts())

    def then(made: HomeHold | ColocationDecision) -> str:
        messages.success(request, HELD if isinstance(made, HomeHold) else ASKED)
        return url_of(home)

    done = carry_out(request, form, act, then)
    if done:
        return done
    back = reverse("matches_for_need", args=[token])
    context = {"home": home, "need": need, "form": form, "row": matches.suggestion(need, home), "cancel_url": back}
    return render(request, "housing/homes/hold.html", {**context, "tracks": tracks})


@GET_POST
def home_release(request: HttpRequest, name: str) -> HttpResponse:
    home, user = readers.home_of(request.user, name), user_of(request)
    hold = readers.hold_of(user, home)
    form = ReleaseForm(request.POST or None)

    def act(data: dict[str, Any]) -> HomeHold:
        return hold_actions.release_home(by=user, hold=hold, why=data["why"])

    lead = "Bostaden blir ledig igen. Behovet väntar vidare på ett hem."
    more: dict[str, Any] = {"back": url_of(home), "said": "Bostaden är släppt och ledig igen.", "lead": lead}
    return plain_form(request, form, act, f"Släpp bostaden {name}", "Släpp bostaden", **more)
