"""Sign-in stands before every page. Lock, end, second factor and block are looked at on each request."""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from casework.signin import devices
from casework.signin.models import SignIn

# The only pages that are shown without sign-in. tests/casework/signin/test_exemptions.py holds the same list.
OPEN = ("account_login", "mfa_authenticate", "mfa_login_webauthn", "invite", "sso_login", "sso_callback", "demo_cast", "demo_code")
# Reached while locked, to get out of it.
UNLOCKING = ("unlock", "lock", "sign_out", "session_status", "unlock_passkey")
# Reached before there is a second factor, to get one.
ENROLLING = ("enrol", "mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes", "sign_out", "lock", "unlock",
             "session_status", "color_scheme", "account_reauthenticate", "unlock_passkey")  # fmt: skip
# Do not count as activity.
PASSIVE = ("autosave", "session_status")

Respond = Callable[[HttpRequest], HttpResponse]


class SignInMiddleware:
    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.stop(request) or self.get_response(request)

    def stop(self, request: HttpRequest) -> HttpResponse | None:
        """What is answered instead of the page; None to let the request pass."""
        name = page_name(request)
        if not request.user.is_authenticated:
            return None if name in OPEN else shut(request, "account_login", 401)
        signin = devices.find(request)
        request.signin = signin  # type: ignore[attr-defined]
        if signin is None or signin.ended_at is not None:
            logout(request)
            return None if name in OPEN else shut(request, "account_login", 401)
        if (why := over(signin)) is not None:
            hold(request, name)
            devices.end(signin, why)
            logout(request)
            return None if name in OPEN else shut(request, "account_login", 401)
        if signin.idle_seconds(timezone.now()) >= settings.IDLE_LOCK_SECONDS:
            devices.lock(signin)
        if signin.locked_at is not None and name not in UNLOCKING:
            hold(request, name)
            return shut(request, "unlock", 423)
        if name not in ENROLLING and not is_mfa_enabled(request.user, ["totp", "webauthn"]):
            return HttpResponseRedirect(reverse("enrol"))
        if name not in PASSIVE and signin.locked_at is None:
            devices.see(signin)
        return None


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


def hold(request: HttpRequest, name: str) -> None:
    """Keeps a form that arrived too late, for the same person and nobody else."""
    if request.method == "POST" and name not in PASSIVE and wants_page(request):
        import_string(settings.HELD_FORMS)(request.user, request.get_full_path(), request.POST)


def wants_page(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") != "fetch" and "application/json" not in request.headers.get("Accept", "")


def shut(request: HttpRequest, page: str, status: int) -> HttpResponse:
    """To the sign-in or lock page and back again; for a script only the status."""
    if not wants_page(request):
        return JsonResponse({"locked": True}, status=status)
    target = request.get_full_path() if request.method == "GET" and page_name(request) not in ("", "home", "sign_out") else ""
    query = f"?{urlencode({'next': target})}" if target else ""
    return HttpResponseRedirect(reverse(page) + query)
