"""Sign-in and the ceremonies of second factors, as allauth has them. A change has its event in the same transaction."""

from typing import Any

from allauth.account.views import LoginView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, LoginWebAuthnView, RemoveWebAuthnView
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from audit import trail
from audit.tags import Tag
from casework.acting import GET_POST, user_of
from casework.signin import devices, readers

METHODS = method_decorator(GET_POST, name="dispatch")


class Logged:
    """The change and its event stand or fall together."""

    tag: Tag
    kind: str
    request: Any

    def form_valid(self, form: Any) -> HttpResponse:
        user = user_of(self.request)
        with trail.act(self.tag_now(), by=user, refs=[user.ref()]) as event:
            event.add(fields=[self.kind])
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
            self.done()
        return response

    def tag_now(self) -> Tag:
        return self.tag

    def done(self) -> None:
        """What else belongs to the act."""


class Added(Logged):
    """From here on this session has a second factor, for it was shown just now."""

    def tag_now(self) -> Tag:
        return Tag.MFA_ENROLLED if devices.lacks_second_factor(self.request) else Tag.MFA_ADDED

    def done(self) -> None:
        devices.has_second_factor(self.request)


@METHODS
class AddApp(Added, ActivateTOTPView):
    kind = "totp"


@METHODS
class AddKey(Added, AddWebAuthnView):
    kind = "webauthn"


@METHODS
class RemoveApp(Logged, DeactivateTOTPView):
    tag, kind = Tag.MFA_REMOVED, "totp"
    success_url = reverse_lazy("account")


@METHODS
class RemoveKey(Logged, RemoveWebAuthnView):
    tag, kind = Tag.MFA_REMOVED, "webauthn"
    success_url = reverse_lazy("account")

    def form_valid(self, form: Any) -> HttpResponse:
        if not get_adapter().can_delete_authenticator(self.object):
            form.add_error(None, get_adapter().error_messages["cannot_delete_authenticator"])
            return self.form_invalid(form)
        return super().form_valid(form)


@METHODS
class NewCodes(Logged, GenerateRecoveryCodesView):
    tag, kind = Tag.RECOVERY_CODES_MADE, "recovery_codes"


@METHODS
class SignInPage(LoginView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "sso_name": settings.OIDC_NAME if settings.OIDC_ISSUER else ""}


@METHODS
class SecondStepPage(AuthenticateView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "passkey": readers.has_passkey(self.stage.login.user)}


@METHODS
class KeySignIn(LoginWebAuthnView):
    """GET gives what the browser needs, POST is its answer."""


view_codes = require_http_methods(["GET", "HEAD"])(ViewRecoveryCodesView.as_view())
