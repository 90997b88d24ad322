"""Coming in, being locked, proving who one is, going out."""

from allauth.account.internal.flows.reauthentication import resume_request
from allauth.mfa.webauthn.internal import auth as webauthn
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from audit import trail
from audit.tags import Tag
from casework.acting import GET_POST, user_of
from casework.cases.rules import Refused
from casework.signin import actions, devices, readers
from casework.signin.adapters import is_own_path
from casework.signin.forms import PasswordForm, ProofForm
from casework.signin.middleware import keep, page_name
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
    response = redirect("unlock")
    response["Location"] += readers.next_query(target_of(request))
    return response


@sensitive_post_parameters()
@GET_POST
def unlock(request: HttpRequest) -> HttpResponse:
    signin, target = signin_of(request), target_of(request)
    if signin.locked_at is None:
        return HttpResponseRedirect(target)
    form = ProofForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        devices.unlock(signin, form.prove())
        return HttpResponseRedirect(target)
    return render(request, "signin/unlock.html", proof_page(request, form, target))


@sensitive_post_parameters()
@GET_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Who one is, once more, before what is sensitive; a form that was sent meanwhile is carried out after it."""
    target = target_of(request)
    form = ProofForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        user = user_of(request)
        trail.record(Tag.REAUTHENTICATED, by=user, refs=[user.ref()], fields=[form.prove()])
        return resume_request(request) or HttpResponseRedirect(target)
    return render(request, "signin/confirm.html", proof_page(request, form, target))


@require_GET
def passkey_options(request: HttpRequest) -> HttpResponse:
    """Begins the ceremony that unlock and confirm end."""
    return JsonResponse({"request_options": webauthn.begin_authentication(user_of(request))})


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
    """Also for someone halfway in, who wants to begin again."""
    logout(request)
    response = redirect("account_login")
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from before the latest sign-in. When the browser vouches that it comes from our own page, it is kept."""
    own = request.headers.get("Sec-Fetch-Site") == "same-origin"
    if own and request.user.is_authenticated and (target := keep(request, page_name(request))):
        return HttpResponseRedirect(target)
    return render(request, "403_csrf.html", status=403)


def proof_page(request: HttpRequest, form: ProofForm, target: str) -> dict[str, object]:
    return {"form": form, "next": target, "passkey": readers.has_passkey(user_of(request))}


def signin_of(request: HttpRequest) -> SignIn:
    """The sign-in the middleware found for this request."""
    found: SignIn = request.signin  # type: ignore[attr-defined]
    return found


def target_of(request: HttpRequest) -> str:
    """Where to go afterwards: a path of our own, else the start page."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    return wanted if is_own_path(wanted) else "/"
