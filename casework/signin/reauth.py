"""Proving once more who one is, before what cannot be undone."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]
MINUTES = 5


def proved_recently(request: HttpRequest, minutes: int = MINUTES) -> bool:
    """True when the person signed in, unlocked or proved who she is within `minutes`."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - float(records[-1]["at"]) < minutes * 60


def reauthenticated(minutes: int = MINUTES) -> Callable[[View], View]:
    """A view that asks for proof first unless there is a recent one. A form sent meanwhile is carried out after it."""

    def decorator(view: View) -> View:
        @wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not proved_recently(request, minutes):
                raise ReauthenticationRequired
            return view(request, *args, **kwargs)

        return wrapper

    return decorator
