"""Single sign-on with OpenID Connect, when the environment names a provider. It makes no users.

A user is found by one claim (CASEWORK_OIDC_CLAIM) that equals the username. Choose a claim that people cannot change
themselves. Nothing of what the provider tells is stored. The provider's word for a second factor is taken only when an
acr or amr value is named in CASEWORK_OIDC_SECOND_FACTOR; otherwise our own is asked for.
"""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, perform_login, record_authentication
from allauth.account.models import Login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.providers.openid_connect.views import callback
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET
from requests import RequestException

from audit import trail
from audit.tags import Tag
from casework.signin import readers
from casework.signin.adapters import is_own_path
from casework.signin.models import User
from casework.signin.signals import Unproven

PROVIDER = "annan"


@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """To the provider and back."""
    if not settings.OIDC_ISSUER:
        raise Http404
    if request.user.is_authenticated:
        return redirect("home")
    target = request.GET.get("next", "")
    provider = get_adapter(request).get_provider(request, PROVIDER)
    try:
        answer: HttpResponse = provider.redirect(request, "login", next_url=target if is_own_path(target) else None)
    except RequestException:
        return refused(request, "unreachable")
    return answer


@require_GET
def end(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The provider's answer; allauth checks it and then asks Adapter who it is."""
    if not settings.OIDC_ISSUER or provider_id != PROVIDER:
        raise Http404
    if request.user.is_authenticated:
        return redirect("home")
    answer: HttpResponse = callback(request, provider_id)
    return answer


def refused(request: HttpRequest, why: str, user: User | None = None) -> HttpResponse:
    trail.record(Tag.SIGN_IN_FAILED, by=Unproven(user), refs=[user.ref()] if user else [], reason_code=f"oidc_{why}")
    return render(request, "signin/sso_failed.html", {"why": why}, status=403)


class Adapter(DefaultSocialAccountAdapter):
    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Signs in the user whom the claim names, or nobody; allauth's own way of making accounts is never reached."""
        claims = claims_of(sociallogin.account.extra_data)
        user = readers.user_by_username(str(claims.get(settings.OIDC_CLAIM) or ""))
        if user is None or not user.is_active:
            raise ImmediateHttpResponse(refused(request, "unknown", user))
        record_authentication(request, user, "socialaccount", provider=PROVIDER)
        if shows_second_factor(claims):
            record_authentication(request, user, "mfa", type="provider")
        login = Login(user=user, redirect_url=sociallogin.get_redirect_url(request))
        raise ImmediateHttpResponse(perform_login(request, login))

    def on_authentication_error(self, request: HttpRequest, provider: Any, *args: Any, **kwargs: Any) -> None:
        raise ImmediateHttpResponse(refused(request, "failed"))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False


class SecondStep(AuthenticateStage):
    """Our own second factor, unless the provider has just asked for one that we trust."""

    def _should_handle(self, request: HttpRequest) -> bool:
        shown = {record.get("type") for record in get_authentication_records(request, self.login.user)}
        return "provider" not in shown and bool(super()._should_handle(request))


def claims_of(answer: dict[str, Any]) -> dict[str, Any]:
    """The claims about one person: those of the ID token before those of userinfo, which must be about the same."""
    token, info = answer.get("id_token") or {}, answer.get("userinfo") or {}
    return {**info, **token} if token.get("sub") and token["sub"] == info.get("sub", token["sub"]) else {}


def shows_second_factor(claims: dict[str, Any]) -> bool:
    """True when the provider says so in a way the installation trusts: one of `acr=value`, `amr=value`."""
    shown = {f"acr={claims.get('acr')}", *(f"amr={way}" for way in claims.get("amr") or [])}
    return bool(shown & set(settings.OIDC_SECOND_FACTOR))
