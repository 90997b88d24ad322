"""A person at the real sign-in pages: password, app, wrong tries, and the clock of a session."""

import time
from datetime import timedelta
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from casework.signin.models import SignIn, User

PASSWORD = "stege molnbas kanel tvist"
SECRET = "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"
LOGIN, SECOND, UNLOCK = "/logga-in/", "/logga-in/kod/", "/las-upp/"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36"


def give_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def give_app(user: User) -> User:
    """A password and an app that makes codes."""
    TOTP.activate(give_password(user), SECRET)
    return user


def code(step: int = 0) -> str:
    """What the app shows now, or `step` half minutes from now."""
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + step))


def wrong_code() -> str:
    valid = {code(step) for step in range(-2, 3)}
    return next(text for text in ("000000", "111111", "222222", "333333", "444444", "555555") if text not in valid)


def first_step(client: Client, username: str, password: str = PASSWORD, **more: Any) -> HttpResponse:
    return client.post(LOGIN, {"login": username, "password": password, **more}, headers={"user-agent": CHROME})


def sign_in(user: User, client: Client | None = None) -> Client:
    """Through both real steps."""
    client = client or Client()
    first_step(client, user.username)
    answer = client.post(SECOND, {"code": code()}, headers={"user-agent": CHROME})
    assert answer.status_code == 302, answer.content.decode()
    return client


def is_in(client: Client) -> bool:
    """True when pages are shown to this browser."""
    return client.get("/roller/").status_code == 200


def idle(user: User, **long: float) -> None:
    """Nothing has happened in the person's sessions for so long."""
    SignIn.objects.filter(user=user).update(seen_at=timezone.now() - timedelta(**long))


def began(user: User, **ago: float) -> None:
    SignIn.objects.filter(user=user).update(started_at=timezone.now() - timedelta(**ago))
