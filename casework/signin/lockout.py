"""Between axes and the rest: what is counted, what a username is, and what a shut-out person reads.

Counted by account and not by address: a whole municipality may stand behind one address, and whoever guesses has many.
The price is that somebody who knows a username can shut it for a while. So a passkey, which cannot be guessed, is let
through, an administrator can lift the lock, and tries during the lock do not make it longer.
"""

from datetime import datetime
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from casework.signin.models import User, normal_username

NOWHERE = "::"  # axes keeps no address; the log has it, for those who may read the log


class Handler(AxesDatabaseHandler):
    """One row for each account: its name, how many failures, and when. Nothing of the device or of what was sent."""

    def user_login_failed(self, sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any) -> None:
        if request is not None:
            request.axes_user_agent = request.axes_http_accept = request.axes_path_info = ""
        super().user_login_failed(sender, credentials, request, **kwargs)


def forget_what_was_sent(sender: Any, instance: AccessAttempt, **kwargs: Any) -> None:
    """Before a row is saved: axes would keep the fields of the form."""
    instance.get_data = instance.post_data = ""


def username(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """The normalised username: " Alma" and "ALMA" are the same account to axes too."""
    return normal_username(str((credentials or {}).get("username") or ""))


def address(request: HttpRequest) -> str:
    return NOWHERE


def answer(
    request: HttpRequest, response: Any = None, credentials: Any = None, *args: Any, **kwargs: Any
) -> HttpResponse:
    """The page of a shut-out account: until when, and nothing on whether the account exists."""
    return render(request, "signin/locked_out.html", {"until": until(username(request, credentials))}, status=429)


def until(name: str) -> datetime | None:
    """When the account may try again; None when it may now."""
    row = _shut().filter(username=name).order_by("-attempt_time").first()
    return row.attempt_time + get_cool_off() if row else None


def is_locked_out(request: HttpRequest, user: User) -> bool:
    return not AxesProxyHandler.is_allowed(request, {"username": user.username})


def check(request: HttpRequest, user: User) -> None:
    """Before a code or a password is looked at. Raises ValidationError, and the answer becomes the shut-out page."""
    if is_locked_out(request, user):
        request.axes_locked_out = True  # type: ignore[attr-defined]
        request.axes_credentials = {"username": user.username}  # type: ignore[attr-defined]
        raise ValidationError("För många fel. Vänta en stund och försök igen.", "locked_out")


def count_failure(request: HttpRequest, user: User) -> None:
    """A wrong code, or a wrong answer when someone proves who she is, counts like a wrong password at sign-in."""
    user_login_failed.send(sender=__name__, credentials={"username": user.username}, request=request)


def locked_out() -> dict[str, datetime]:
    """Usernames that are shut out now, and until when."""
    return {row.username: row.attempt_time + get_cool_off() for row in _shut()}


def clear(user: User) -> int:
    """Forgets the failures of an account; returns how many rows."""
    return int(reset(username=user.username))


def _shut() -> Any:
    since = timezone.now() - get_cool_off()
    return AccessAttempt.objects.filter(failures_since_start__gte=settings.AXES_FAILURE_LIMIT, attempt_time__gt=since)
