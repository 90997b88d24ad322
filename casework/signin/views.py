import uuid

from allauth.account.adapter import get_adapter
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth as webauthn
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from casework import policy
from casework.acting import GET_POST, user_of
from casework.cases.rules import Refused
from casework.signin import actions, devices, readers
from casework.signin.forms import PasswordForm, ReauthenticateCodeForm, UnlockForm
from casework.signin.models import SignIn


@sensitive_post_parameters()
@GET_POST
def invite(request: HttpRequest, token: str) -> HttpResponse:
    """Choosing a password from a link that works once; what follows is an ordinary sign-in."""
    found = readers.invite_of(token)
    if found is None:
        return render(request, "signin/link_used.html", status=410)
    form = PasswordForm(request.POST or None, user=found.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.accept_invite(by=found.user, invite=found, password=form.cleaned_data["password1"])
        except Refused:
            return render(request, "signin/link_used.html", status=410)
        messages.success(request, "Lösenordet är sparat. Logga in med det nu.")
        return redirect("account_login")
    return render(request, "signin/invite.html", {"form": form, "invited": found.user})


@GET_POST
def lock(request: HttpRequest) -> HttpResponse:
    """The button, the keyboard and the idle timer all end here; a link to it locks nothing by itself."""
    if request.method == "POST":
        devices.lock(signin_of(request))
    return redirect("unlock")


@sensitive_post_parameters()
@GET_POST
def unlock(request: HttpRequest) -> HttpResponse:
    signin = signin_of(request)
    if signin.locked_at is None:
        return HttpResponseRedirect(target_of(request))
    form = UnlockForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _unlocks(request, form):
        devices.unlock(signin)
        return HttpResponseRedirect(target_of(request))
    context = {"form": form, "next": target_of(request), "passkey": readers.has_passkey(user_of(request))}
    return render(request, "signin/unlock.html", context)


@GET_POST
def unlock_passkey(request: HttpRequest) -> HttpResponse:
    """GET begins the ceremony, POST ends it."""
    user = user_of(request)
    if request.method != "POST":
        return JsonResponse({"request_options": webauthn.begin_authentication(user)})
    form = AuthenticateWebAuthnForm(request.POST, user=user)
    if form.is_valid():
        devices.unlock(signin_of(request))
        return HttpResponseRedirect(target_of(request))
    messages.error(request, "Det gick inte att låsa upp med nyckeln. Använd lösenordet.")
    return redirect("unlock")


@GET_POST
def session_status(request: HttpRequest) -> HttpResponse:
    """Seconds until the lock; a POST is the person saying "I am still here"."""
    signin = signin_of(request)
    if signin.locked_at is not None:
        return JsonResponse({"locked": True}, status=423)
    if request.method == "POST":
        devices.see(signin)
    return JsonResponse({"seconds_left": readers.seconds_left(signin, timezone.now())})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    response = redirect("account_login")
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@require_GET
def enrol(request: HttpRequest) -> HttpResponse:
    """The first thing a new user does: an app or a key, before anything else is shown."""
    return render(request, "signin/enrol.html")


@GET_POST
def account(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    if request.method == "POST":
        actions.change_settings(by=user, shortcuts=request.POST.get("shortcuts") == "on")
        messages.success(request, "Inställningen är sparad.")
        return redirect("account")
    context = {
        "factors": readers.factors_of(user),
        "sign_ins": devices.open_for(user),
        "this": signin_of(request),
        "codes_left": readers.recovery_codes_left(user),
    }
    return render(request, "signin/account.html", context)


@require_POST
def color_scheme(request: HttpRequest) -> HttpResponse:
    try:
        actions.change_settings(by=user_of(request), color_scheme=request.POST.get("color_scheme", ""))
    except ValueError:
        messages.error(request, "Välj ljust, mörkt eller som datorn.")
    return redirect("account")


@require_POST
def end_sign_in(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = readers.own_sign_in(user_of(request), pk)
    if found is None:
        raise policy.NotFound("Inloggningen finns inte.")
    actions.end_sign_in(by=user_of(request), signin=found)
    messages.success(request, "Inloggningen är avslutad.")
    return redirect("account")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    ended = actions.end_other_sign_ins(by=user_of(request), keep=signin_of(request))
    messages.success(request, f"{ended} andra inloggningar är avslutade." if ended else "Det fanns inga andra inloggningar.")
    return redirect("account")


def signin_of(request: HttpRequest) -> SignIn:
    """The sign-in the middleware found for this request."""
    found: SignIn = request.signin  # type: ignore[attr-defined]
    return found


def target_of(request: HttpRequest) -> str:
    """Where to go after unlocking: a path of our own, else the start page."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    allowed = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
    return wanted if allowed else "/"


def _unlocks(request: HttpRequest, form: UnlockForm) -> bool:
    """Password or code, each counted in axes. The reason for a refusal is put on the form."""
    user, data = user_of(request), form.cleaned_data
    if data["code"]:
        code = ReauthenticateCodeForm({"code": data["code"]}, user=user)
        if not code.is_valid():
            form.add_error("code", code.errors["code"][0])
        return not form.errors
    try:
        right = get_adapter().reauthenticate(user, data["password"])
    except ValidationError as limit:
        form.add_error("password", limit.messages[0])
        return False
    if not right:
        form.add_error("password", "Fel lösenord.")
    return bool(right)

