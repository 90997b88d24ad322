"""Between axes and the rest: what a username is, where a request comes from, and what a locked-out person reads."""

from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casework.signin.models import User, normal_username


def username(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """The normalised username: " Alma" and "ALMA" are the same account to axes too."""
    found = (credentials or {}).get("username") or (request.POST.get("login", "") if request is not None else "")
    return normal_username(str(found))


def address(request: HttpRequest) -> str:
    from casework.middleware import address_of

    return address_of(request)


def answer(request: HttpRequest, response: Any = None, credentials: Any = None, *args: Any, **kwargs: Any) -> HttpResponse:
    """The page of a locked-out account: when to try again, and nothing on whether the account exists."""
    return render(request, "signin/locked_out.html", status=429)


def is_locked_out(request: HttpRequest, user: User) -> bool:
    return not AxesProxyHandler.is_allowed(request, {"username": user.username})


def count_failure(request: HttpRequest, user: User) -> None:
    """A wrong code counts like a wrong password."""
    user_login_failed.send(sender=__name__, credentials={"username": user.username}, request=request)


def locked_out_usernames() -> set[str]:
    """The accounts that are shut out now."""
    from axes.attempts import get_cool_off_threshold
    from axes.models import AccessAttempt
    from django.conf import settings

    rows = AccessAttempt.objects.filter(
        failures_since_start__gte=settings.AXES_FAILURE_LIMIT, attempt_time__gte=get_cool_off_threshold(None)
    )
    return set(rows.values_list("username", flat=True))


def clear(user: User) -> int:
    """Forgets the failures of an account; returns how many rows."""
    from axes.utils import reset

    return int(reset(username=user.username))
