"""Sign-ins by device: starting, seeing, locking and ending one."""

from django.http import HttpRequest
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.signin.models import SignIn, User, digest_of

SEEN_EVERY = 30
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


def start(request: HttpRequest, user: User) -> SignIn:
    """Notes a new sign-in; called when every step of it is done."""
    key = request.session.session_key or ""
    words = device_words(request.META.get("HTTP_USER_AGENT", ""))
    with trail.act(Tag.SIGNED_IN, by=user, refs=[user.ref()]):
        return SignIn.objects.create(user=user, digest=digest_of(key), device=words)


def find(request: HttpRequest) -> SignIn | None:
    """The sign-in that this request belongs to."""
    key = request.session.session_key
    return SignIn.objects.filter(digest=digest_of(key), user_id=request.user.pk).first() if key else None


def see(signin: SignIn) -> None:
    """Counts as activity; written at most every SEEN_EVERY seconds."""
    now = timezone.now()
    if signin.idle_seconds(now) >= SEEN_EVERY:
        SignIn.objects.filter(pk=signin.pk, ended_at__isnull=True).update(seen_at=now)
        signin.seen_at = now


def lock(signin: SignIn) -> None:
    """Locks the session; unlocking needs the person again."""
    if signin.locked_at is None:
        with trail.act(Tag.SESSION_LOCKED, by=signin.user, refs=[signin.user.ref()]):
            signin.locked_at = timezone.now()
            signin.save(update_fields=["locked_at"])


def unlock(signin: SignIn) -> None:
    with trail.act(Tag.SESSION_UNLOCKED, by=signin.user, refs=[signin.user.ref()]):
        signin.locked_at, signin.seen_at = None, timezone.now()
        signin.save(update_fields=["locked_at", "seen_at"])


def end(signin: SignIn, why: str, by: User | None = None) -> None:
    """Ends one sign-in: its next request is signed out."""
    if signin.ended_at is None:
        tag = Tag.SIGNED_OUT if why == SignIn.End.SIGNED_OUT else Tag.SESSION_ENDED
        with trail.act(tag, by=by or signin.user, refs=[signin.user.ref()], reason_code=why):
            signin.ended_at, signin.end_reason = timezone.now(), why
            signin.save(update_fields=["ended_at", "end_reason"])


def open_for(user: User) -> list[SignIn]:
    return list(SignIn.objects.filter(user=user, ended_at__isnull=True))


def end_all(user: User, why: str, by: User, keep: SignIn | None = None) -> int:
    """Ends every sign-in of a user but `keep`; returns how many."""
    ended = [signin for signin in open_for(user) if keep is None or signin.pk != keep.pk]
    for signin in ended:
        end(signin, why, by)
    return len(ended)
