"""Sign-ins by device: starting, seeing, locking and ending one."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.acting import user_of
from casework.signin.models import SignIn, User, digest_of

SEEN_EVERY = 30
FACTOR = "second_factor"
SECOND_FACTORS = frozenset({"totp", "webauthn", "recovery_codes", "provider"})
BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def device_words(agent: str) -> str:
    """ "Chrome på Windows"; no version, which would tell devices apart more than a person needs."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "Okänd webbläsare")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return f"{browser} på {system}" if system else browser


def start(request: HttpRequest, user: User, ways: Iterable[str] = ()) -> SignIn:
    """Notes a new sign-in; called when every step of it is done. `ways`: how she showed who she is."""
    if not request.session.session_key:
        request.session.create()
    words = device_words(request.META.get("HTTP_USER_AGENT", ""))
    with trail.act(Tag.SIGNED_IN, by=user, refs=[user.ref()]) as event:
        event.add(fields=ways)
        return SignIn.objects.create(user=user, digest=_digest(request), device=words)


def find(request: HttpRequest) -> SignIn | None:
    """The sign-in that this request belongs to."""
    if not request.session.session_key:
        return None
    return SignIn.objects.filter(digest=_digest(request), user=user_of(request)).first()


def follow(request: HttpRequest, signin: SignIn) -> None:
    """The session has got a new key, as it does when the password is changed."""
    signin.digest = _digest(request)
    signin.save(update_fields=["digest"])


def has_second_factor(request: HttpRequest) -> None:
    """This very session has shown or enrolled a second factor. That the person has one somewhere else is not enough."""
    request.session[FACTOR] = True


def lacks_second_factor(request: HttpRequest) -> bool:
    return request.session.get(FACTOR) is not True


def see(signin: SignIn) -> None:
    """Counts as activity; written at most every SEEN_EVERY seconds."""
    now = timezone.now()
    if signin.idle_seconds(now) >= SEEN_EVERY:
        SignIn.objects.filter(pk=signin.pk, ended_at__isnull=True).update(seen_at=now)
        signin.seen_at = now


def lock(signin: SignIn, why: str = "") -> None:
    """Locks the session; unlocking needs the person again. `why`: "idle" when nobody asked for it."""
    if signin.locked_at is None:
        with trail.act(Tag.SESSION_LOCKED, by=signin.user, refs=[signin.user.ref()], reason_code=why):
            signin.locked_at = timezone.now()
            signin.save(update_fields=["locked_at"])


def unlock(signin: SignIn, way: str) -> None:
    """Opens a locked session; `way` is how the person showed who she is."""
    with trail.act(Tag.SESSION_UNLOCKED, by=signin.user, refs=[signin.user.ref()]) as event:
        event.add(fields=[way])
        signin.locked_at, signin.seen_at = None, timezone.now()
        signin.save(update_fields=["locked_at", "seen_at"])


def end(signin: SignIn, why: str) -> None:
    """A sign-in comes to its end by itself or because its person signs out."""
    if signin.ended_at is None:
        tag = Tag.SIGNED_OUT if why == SignIn.End.SIGNED_OUT else Tag.SESSION_EXPIRED
        with trail.act(tag, by=signin.user, refs=[signin.user.ref()], reason_code=why):
            close(signin, why)


def close(signin: SignIn, why: str) -> None:
    """Marks a sign-in as ended, within an act: its next request is signed out."""
    signin.ended_at, signin.end_reason = timezone.now(), why
    signin.save(update_fields=["ended_at", "end_reason"])


def open_for(user: User) -> list[SignIn]:
    """The sign-ins of a user that can still be used, last seen first. One that was left alone has ended by itself."""
    now = timezone.now()
    live = SignIn.objects.filter(
        user=user,
        ended_at__isnull=True,
        seen_at__gt=now - timedelta(seconds=settings.IDLE_END_SECONDS),
        started_at__gt=now - timedelta(seconds=settings.SESSION_COOKIE_AGE),
    )
    return list(live)


def close_all(user: User, why: str, keep: SignIn | None = None) -> int:
    """Ends every sign-in of a user but `keep`, within an act; returns how many."""
    ended = [signin for signin in open_for(user) if keep is None or signin.pk != keep.pk]
    for signin in ended:
        close(signin, why)
    return len(ended)


def _digest(request: HttpRequest) -> str:
    return digest_of(request.session.session_key or "")
