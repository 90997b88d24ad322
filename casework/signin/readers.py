from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings

from casework.signin import lockout
from casework.signin.models import Invite, Section, SignIn, User, digest_of, normal_username


def invite_of(token: str) -> Invite | None:
    """The invite behind a link, while it can be used."""
    found = Invite.objects.select_related("user").filter(digest=digest_of(token)).first()
    return found if found is not None and found.usable else None


def next_query(target: str) -> str:
    """What leads back to `target` afterwards; nothing for the start page."""
    return "" if target == "/" else f"?{urlencode({'next': target})}"


def seconds_left(signin: SignIn, now: datetime) -> int:
    """Until the lock."""
    return max(0, int(settings.IDLE_LOCK_SECONDS - signin.idle_seconds(now)))


def factors_of(user: User) -> list[Any]:
    return list(Authenticator.objects.filter(user=user).exclude(type="recovery_codes").order_by("created_at"))


def has_app(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type="totp").exists()


def has_passkey(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type="webauthn").exists()


def recovery_codes_left(user: User) -> int | None:
    """How many recovery codes are unused; None when none were ever made."""
    found = Authenticator.objects.filter(user=user, type="recovery_codes").first()
    return len(found.wrap().get_unused_codes()) if found else None


def own_sign_in(user: User, pk: UUID) -> SignIn | None:
    return SignIn.objects.filter(user=user, pk=pk).first()


def sections() -> Any:
    return Section.objects.order_by("name")


def users() -> list[User]:
    """Everybody, with a word on whether she can come in."""
    locked = lockout.locked_out()
    with_factor = set(Authenticator.objects.exclude(type="recovery_codes").values_list("user_id", flat=True))
    found = list(User.objects.select_related("section").prefetch_related("led_sections").order_by("display_name"))
    for user in found:
        user.shut_until = locked.get(lockout.row_of(user.username))  # type: ignore[attr-defined]
        user.ready = user.pk in with_factor and user.has_usable_password()  # type: ignore[attr-defined]
    return found


def filled_in(user: User) -> dict[str, Any]:
    """A user as the administrator's form has her."""
    named = {name: getattr(user, name) for name in ("display_name", "role", "section", "mail")}
    return {**named, "led_sections": user.led_sections.all()}


def user_by_pk(pk: UUID) -> User | None:
    return User.objects.filter(pk=pk).first()


def user_by_username(username: str) -> User | None:
    return User.objects.filter(username=normal_username(username)).first()
