"""What allauth, axes and our own forms tell of a sign-in, written in the log."""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as mfa
from axes.models import AccessAttempt
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import pre_save

from audit import trail
from audit.tags import Tag
from audit.trail import Actor
from casework.signin import devices, lockout
from casework.signin.models import SignIn, User, normal_username

FAILED_BY = {
    "password": "Fel lösenord eller okänt användarnamn",
    "passkey": "Nyckeln stämde inte",
    "oidc_unknown": "Inget konto för den som den andra tjänsten släppte in",
    "oidc_failed": "Den andra tjänsten släppte inte in",
    "oidc_unreachable": "Den andra tjänsten svarade inte",
}


class Unproven:
    """Who somebody says she is. The event must not look like an act of that person."""

    def __init__(self, user: User | None) -> None:
        self.user = user

    def trail_actor(self) -> Actor:
        return Actor("", f"Okänd, som {self.user.display_name}" if self.user else "Okänd", "", "")


def connect() -> None:
    for signal, receiver in (
        (user_logged_in, signed_in),
        (user_logged_out, signed_out),
        (user_login_failed, failed),
        (user_locked_out, locked_out),
        (mfa.authenticator_used, factor_used),
    ):
        signal.connect(receiver, dispatch_uid=f"casework.signin.{receiver.__name__}")
    pre_save.connect(lockout.forget_what_was_sent, sender=AccessAttempt, dispatch_uid="casework.signin.forget")


def signed_in(sender: Any, request: Any, user: User, **kwargs: Any) -> None:
    ways = sorted({str(record.get("type") or record["method"]) for record in get_authentication_records(request, user)})
    devices.start(request, user, ways)
    if devices.SECOND_FACTORS & set(ways):
        devices.has_second_factor(request)


def signed_out(sender: Any, request: Any, user: User | None, **kwargs: Any) -> None:
    signin = getattr(request, "signin", None)
    if user is not None and signin is not None:
        devices.end(signin, SignIn.End.SIGNED_OUT)


def failed(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    """A wrong password at sign-in. An unknown username is not kept: it may be a password in the wrong field."""
    if sender == lockout.__name__:
        return
    user = _named(credentials.get("username"))
    trail.record(Tag.SIGN_IN_FAILED, by=Unproven(user), refs=_refs(user), reason_code="password")


def locked_out(sender: Any, request: Any, username: str, **kwargs: Any) -> None:
    """The moment the lock falls. Further tries during the lock are failures like others."""
    if request.axes_failures_since_start is not None:
        user = _named((request.axes_credentials or {}).get("username"))
        trail.record(Tag.SIGN_IN_LOCKED, by=Unproven(user), refs=_refs(user))


def factor_used(sender: Any, user: User, authenticator: Any, **kwargs: Any) -> None:
    if authenticator.type == "recovery_codes":
        trail.record(Tag.RECOVERY_CODE_USED, by=user, refs=[user.ref()])


def proof_failed(request: Any, user: User, reauthentication: bool) -> None:
    """A wrong code, key or password of a known person: an event, and one failure more in axes."""
    if reauthentication:
        trail.record(Tag.REAUTHENTICATION_FAILED, by=user, refs=[user.ref()])
    else:
        trail.record(Tag.SECOND_FACTOR_FAILED, by=Unproven(user), refs=[user.ref()])
    lockout.count_failure(request, user)


def key_refused() -> None:
    trail.record(Tag.SIGN_IN_FAILED, by=Unproven(None), reason_code="passkey")


def _named(username: Any) -> User | None:
    return User.objects.filter(username=normal_username(str(username or ""))).first()


def _refs(user: User | None) -> list[trail.Ref]:
    return [user.ref()] if user else []
