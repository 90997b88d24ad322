"""Sign-in stands before every page. Lock, end, second factor and block are looked at on each request."""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from audit.trail import TrailUnavailable
from casework.middleware import unavailable
from casework.signin import devices
from casework.signin.models import SignIn

# The only pages that are shown without sign-in. tests/casework/signin/test_exemptions.py holds the same list.
OPEN = (
    "account_login",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "invite",
    "sign_out",
    "sso_login",
    "openid_connect_callback",
    "demo_cast",
    "demo_code",
    "feed_ics",
)
# Reached while locked, to get out of it.
UNLOCKING = ("unlock", "passkey_options", "lock", "sign_out", "session_status")
# Reached before there is a second factor, to get one.
ENROLLING = ("enrol", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate", "color_scheme", *UNLOCKING)
# Do not count as activity: nobody has to be there for them to be sent.
PASSIVE = ("autosave", "session_status", "supervision_ideas")
# Their forms hold passwords, codes and keys, and are never kept.
NEVER_HELD = ("account_reauthenticate", "password_change", "mfa_activate_totp", "mfa_add_webauthn", *OPEN, *UNLOCKING)

Respond = Callable[[HttpRequest], HttpResponse]


class SignInMiddleware:
    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            stopped = self.stop(request, page_name(request))
        except TrailUnavailable:
            return unavailable(request, "Loggen kan inte skrivas. Inget har sparats.")
        return stopped or self.get_response(request)

    def stop(self, request: HttpRequest, name: str) -> HttpResponse | None:
        """What is answered instead of the page; None to let the request pass."""
        if not request.user.is_authenticated:
            if SESSION_KEY in request.session:
                # Of somebody who has been blocked. Kept, it would take the next person's second step away with it.
                request.session.flush()
            return self.out(request, name)
        signin = devices.find(request)
        request.signin = signin  # type: ignore[attr-defined]
        if signin is None or signin.ended_at is not None:
            logout(request)
            return self.out(request, name)
        if (why := over(signin)) is not None:
            target = hold(request, name)
            devices.end(signin, why)
            logout(request)
            return self.out(request, name, target)
        if signin.idle_seconds(timezone.now()) >= settings.IDLE_LOCK_SECONDS:
            devices.lock(signin, "idle")
        if signin.locked_at is not None:
            return None if name in UNLOCKING else self.locked(request, name)
        return self.within(request, name, signin)

    def within(self, request: HttpRequest, name: str, signin: SignIn) -> HttpResponse | None:
        """An open session: a second factor first, then anything."""
        if devices.lacks_second_factor(request):
            if is_mfa_enabled(request.user, ["totp", "webauthn"]):
                # Somebody had only the password when the second factor was enrolled elsewhere.
                devices.end(signin, SignIn.End.NO_FACTOR)
                logout(request)
                return self.out(request, name)
            if name not in ENROLLING:
                return HttpResponseRedirect(reverse("enrol"))
        if name not in PASSIVE:
            devices.see(signin)
        return None

    def out(self, request: HttpRequest, name: str, target: str = "") -> HttpResponse | None:
        page = "demo_cast" if settings.DEMO and name == "home" else "account_login"
        return None if name in OPEN else shut(request, page, 401, target)

    def locked(self, request: HttpRequest, name: str) -> HttpResponse:
        if name == "autosave":
            # Another tab locked the session while this one had text: it is kept, and nothing is shown.
            self.get_response(request)
        return shut(request, "unlock", 423, hold(request, name))


def page_name(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).url_name or ""
    except Resolver404:
        return ""


def over(signin: SignIn) -> str | None:
    """Why a sign-in has come to its end by itself; None when it has not."""
    now = timezone.now()
    if (now - signin.started_at).total_seconds() >= settings.SESSION_COOKIE_AGE:
        return SignIn.End.TOO_OLD
    if signin.idle_seconds(now) >= settings.IDLE_END_SECONDS:
        return SignIn.End.IDLE
    return None


def hold(request: HttpRequest, name: str) -> str:
    """Keeps a form that arrived too late, for the same person and nobody else; where it can be found, or ""."""
    if request.method != "POST" or not wants_page(request):
        return ""
    if CsrfViewMiddleware(lambda _: HttpResponse()).process_view(request, shut, (), {}) is not None:
        return ""  # not sent from a page of ours
    return keep(request, name)


def keep(request: HttpRequest, name: str) -> str:
    """Hands the form to HELD_FORMS; where it is found, or "" for what is not kept: secrets, and what writes nothing."""
    if name in (*NEVER_HELD, *PASSIVE) or "once" not in request.POST:
        return ""
    import_string(settings.HELD_FORMS)(request.user, request.get_full_path(), request.POST)
    return reverse(settings.HELD_PAGE)


def wants_page(request: HttpRequest) -> bool:
    """False for what a script asks for: it gets a status and no page."""
    asked = request.headers.get("X-Requested-With", ""), request.headers.get("Accept", "")
    return asked[0] != "fetch" and not asked[1].startswith("application/json")


def shut(request: HttpRequest, page: str, status: int, target: str = "") -> HttpResponse:
    """To the sign-in or lock page and back again; for a script only the status."""
    if not wants_page(request):
        return JsonResponse({"locked": True}, status=status)
    name = page_name(request)
    if not target and name == "lock":
        target = request.GET.get("next", "")
    elif not target and request.method == "GET" and name not in ("", "home"):
        target = request.get_full_path()
    query = f"?{urlencode({'next': target})}" if target else ""
    return HttpResponseRedirect(reverse(page) + query)
