"""One's own account: second factors, sign-ins, password, keys and looks."""

import uuid

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from casework import policy
from casework.acting import GET_POST, user_of
from casework.signin import actions, devices, readers
from casework.signin.forms import PasswordForm
from casework.signin.reauth import reauthenticated
from casework.signin.views import signin_of, target_of


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
        "has_app": readers.has_app(user),
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
    return HttpResponseRedirect(target_of(request)) if request.POST.get("next") else redirect("account")


@sensitive_post_parameters()
@GET_POST
@reauthenticated()
def change_password(request: HttpRequest) -> HttpResponse:
    user, signin = user_of(request), signin_of(request)
    form = PasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        actions.change_password(by=user, password=form.cleaned_data["password1"], keep=signin)
        update_session_auth_hash(request, user)
        devices.follow(request, signin)
        messages.success(request, "Lösenordet är bytt. Dina andra inloggningar är avslutade.")
        return redirect("account")
    return render(request, "signin/password.html", {"form": form})


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
    messages.success(
        request, f"{ended} andra inloggningar är avslutade." if ended else "Det fanns inga andra inloggningar."
    )
    return redirect("account")
