"""Password and second factor of the invented cast, so that a visitor gets in by one click through the real doors."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache

from casework.demo import people
from casework.signin.models import User

PASSWORD = "fyra ord utan samband 2026"
SECRET = "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"


def enrol(users: dict[str, User]) -> None:
    """Gives each of the cast a password and an app."""
    for user in users.values():
        user.set_password(PASSWORD)
        user.save()
        TOTP.activate(user, SECRET)


def code_for(user: User) -> str:
    """A code that is valid now and has not been used yet; "" when one has to wait a few seconds."""
    now = int(time.time()) // 30
    app = Authenticator.objects.filter(user=user, type="totp").first()
    for counter in (now, now + 1, now - 1):
        code = format_hotp_value(hotp_value(SECRET, counter))
        if app is not None and cache.get(app.wrap()._get_used_cache_key(code)) is None:
            return code
    return ""


def member(username: str) -> User | None:
    """One of the invented cast; nobody else."""
    if username not in {player.username for player in people.CAST}:
        return None
    return User.objects.filter(username=username, is_active=True).first()
