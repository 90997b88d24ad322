"""A form about one track, carried out and drawn the same everywhere: in the case, and for a coordinator by token."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from casework.acting import carry_out, compare, user_of
from casework.cases.pages import act_form
from casework.cases.rules import Refused
from casework.records import StaleEdit
from housing import doors
from housing.tracks.models import Track

Act = Callable[[dict[str, Any]], Any]


@contextmanager
def in_time() -> Iterator[None]:
    """A step is of the moment: one that came late is looked at again, there are no two texts to choose from."""
    try:
        yield
    except StaleEdit:
        raise Refused("Vägen har ändrats sedan du öppnade sidan. Gå tillbaka till vägen och se hur den står.") from None


def track_form(
    request: HttpRequest, track: Track, form: Any, act: Act, title: str, submit: str, *, said: str, **more: Any
) -> HttpResponse:
    """Runs `act` and leads to the track with `said`; else the form again."""
    back = reverse("track", args=[track.case.number, track.pk])
    page = "housing/tracks/form.html"
    return act_form(request, track.case, form, act, title, submit, back=back, said=said, **{"template": page, **more})


def token_form(
    request: HttpRequest, track: Track, form: Any, act: Act, title: str, submit: str, *, said: str, **more: Any
) -> HttpResponse:
    """The same for a coordinator. When the track is over the need may have left her: then she comes to her queue."""
    stale: list[Any] = []
    back = reverse("token_track", args=[track.need.token, track.kind.key])

    def then(_: Any) -> str:
        reached = doors.published(user_of(request)).filter(pk=track.need_id).exists()
        return back if reached else reverse("housing_queue")

    try:
        done = carry_out(request, form, act, then)
    except StaleEdit:
        done, stale = None, compare(form, form.initial)
    if done:
        messages.success(request, said)
        return done
    context = {"form": form, "title": title, "submit": submit, "stale": stale, "cancel_url": back, **more}
    return render(request, "housing/tracks/token_form.html", {**context, "token": track.need.token})
