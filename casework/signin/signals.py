"""What allauth and axes tell of, written in the log."""

from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa import signals as mfa
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from audit import trail
from audit.tags import Tag
from casework.signin import devices
from casework.signin.models import SignIn, User, normal_username


def connect() -> None:
    for signal, receiver in (
        (user_logged_in, signed_in),
        (user_logged_out, signed_out),
        (user_login_failed, failed),
        (user_locked_out, locked_out),
        (mfa.authenticator_added, factor_added),
        (mfa.authenticator_removed, factor_removed),
        (mfa.authenticator_reset, codes_made),
        (mfa.authenticator_used, factor_used),
        (password_changed, password_was_changed),
    ):
        signal.connect(receiver, dispatch_uid=receiver.__name__)


def signed_in(sender: Any, request: Any, user: User, **kwargs: Any) -> None:
    devices.start(request, user)


def signed_out(sender: Any, request: Any, user: User | None, **kwargs: Any) -> None:
    signin = getattr(request, "signin", None)
    if user is not None and signin is not None:
        devices.end(signin, SignIn.End.SIGNED_OUT)


def failed(sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any) -> None:
    """What was typed as a username may be a password: it is sealed."""
    username = normal_username(str(credentials.get("username", "")))
    user = User.objects.filter(username=username).first()
    trail.record(Tag.SIGN_IN_FAILED, refs=[user.ref()] if user else [], detail={"username": username})


def locked_out(sender: Any, request: Any, username: str, **kwargs: Any) -> None:
    user = User.objects.filter(username=normal_username(username or "")).first()
    trail.record(Tag.SIGN_IN_LOCKED, refs=[user.ref()] if user else [])


def factor_added(sender: Any, request: Any, user: User, authenticator: Any, **kwargs: Any) -> None:
    trail.record(Tag.MFA_ADDED, by=user, refs=[user.ref()], fields=[str(authenticator.type)])


def factor_removed(sender: Any, request: Any, user: User, authenticator: Any, **kwargs: Any) -> None:
    trail.record(Tag.MFA_REMOVED, by=user, refs=[user.ref()], fields=[str(authenticator.type)])


def codes_made(sender: Any, request: Any, user: User, **kwargs: Any) -> None:
    trail.record(Tag.RECOVERY_CODES_MADE, by=user, refs=[user.ref()])


def factor_used(sender: Any, user: User, authenticator: Any, reauthenticated: bool = False, **kwargs: Any) -> None:
    if reauthenticated:
        trail.record(Tag.REAUTHENTICATED, by=user, refs=[user.ref()], fields=[str(authenticator.type)])
    elif authenticator.type == "recovery_codes":
        trail.record(Tag.RECOVERY_CODE_USED, by=user, refs=[user.ref()])


def password_was_changed(sender: Any, user: User, **kwargs: Any) -> None:
    trail.record(Tag.PASSWORD_CHANGED, by=user, refs=[user.ref()])
