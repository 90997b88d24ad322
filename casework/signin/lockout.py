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
from django.utils.crypto import salted_hmac

from casework.signin.models import User, normal_username

NOWHERE = "::"  # axes keeps no address; the log has it, for those who may read the log


class Handler(AxesDatabaseHandler):
    """One row for each account: a digest of its name, how many failures, and when.

    Nothing of the device or of what was sent; and what is typed as a username may be a password in the wrong field.
    """

    def user_login_failed(self, sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any) -> None:
        if request is not None:
            request.axes_user_agent = request.axes_http_accept = request.axes_path_info = ""
        super().user_login_failed(sender, credentials, request, **kwargs)


def forget_what_was_sent(sender: Any, instance: AccessAttempt, **kwargs: Any) -> None:
    """Before a row is saved: axes would keep the fields of the form."""
    instance.get_data = instance.post_data = ""


def username(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """What axes calls the account: " Alma" and "ALMA" are the same."""
    return row_of(str((credentials or {}).get("username") or ""))


def row_of(name: str) -> str:
    """The digest of a normalised username, under a key that is not in the database."""
    return salted_hmac("casework.lockout", normal_username(name), algorithm="sha256").hexdigest()


def address(request: HttpRequest) -> str:
    return NOWHERE


def answer(
    request: HttpRequest, response: Any = None, credentials: Any = None, *args: Any, **kwargs: Any
) -> HttpResponse:
    """The page of a shut-out account: until when, and nothing on whether the account exists."""
    return render(request, "signin/locked_out.html", {"until": until(username(request, credentials))}, status=429)


def until(row_name: str) -> datetime | None:
    """When the account may try again; None when it may now."""
    row = _shut().filter(username=row_name).order_by("-attempt_time").first()
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
    """The accounts that are shut out now, by row_of(username), and until when."""
    return {row.username: row.attempt_time + get_cool_off() for row in _shut()}


def clear(user: User) -> int:
    """Forgets the failures of an account; returns how many rows."""
    return int(reset(username=row_of(user.username)))


def _shut() -> Any:
    since = timezone.now() - get_cool_off()
    return AccessAttempt.objects.filter(failures_since_start__gte=settings.AXES_FAILURE_LIMIT, attempt_time__gt=since)
