"""Where allauth asks us: what it may do, what it says, and how the secrets of second factors are kept."""

import base64
import binascii
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from casework.crypto import envelope, keyring
from casework.crypto.errors import DecryptError
from casework.crypto.keyring import SYSTEM_OWNER, Purpose
from casework.signin.reauth import proved_recently

PLACE = envelope.SealContext.of("mfa.Authenticator", "secret", SYSTEM_OWNER, SYSTEM_OWNER)
PROGRAM = "Kontaktstöd"


def is_own_path(url: str) -> bool:
    """True for a path of this program: no host, no scheme, nothing a browser would read as one."""
    return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "Fel användarnamn eller lösenord.",
        "too_many_login_attempts": "För många försök. Vänta några minuter och försök igen.",
        "rate_limited": "För många försök. Vänta några minuter och försök igen.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str | None) -> bool:
        return is_own_path(url or "")

    def login(self, request: HttpRequest, user: Any) -> None:
        """Looked at again: a person may have been blocked between the password and the second step."""
        user.refresh_from_db(fields=["is_active"])
        if not user.is_active:
            raise ImmediateHttpResponse(self.respond_user_inactive(request, user))
        super().login(request, user)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        return render(request, "signin/blocked.html", status=403)

    def get_login_stages(self) -> list[str]:
        ours = {"allauth.mfa.stages.AuthenticateStage": "casework.signin.sso.SecondStep"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        return not proved_recently(context.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, str]]:
        return [{"id": "reauthenticate", "description": "", "url": reverse("account_reauthenticate")}]

    def add_message(self, request: HttpRequest, level: int, *args: Any, message: Any = None, **kwargs: Any) -> None:
        """Only faults: what went well is seen on the page, and allauth's words for it name the account."""
        if level >= messages.ERROR and message:
            messages.add_message(request, level, message)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No mail about an account leaves the program."""

    def get_client_ip(self, request: HttpRequest) -> str:
        from casework.middleware import address_of

        return address_of(request)


class MFAAdapter(DefaultMFAAdapter):
    """Second factors: their secrets lie sealed under the staff key."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Koden eller nyckeln stämde inte. Vänta på nästa kod i appen och försök igen.",
        "cannot_delete_authenticator": "Lägg till ett annat andra steg innan du tar bort det här.",
        "cannot_generate_recovery_codes": "Ordna ett andra steg innan du gör reservkoder.",
    }

    def encrypt(self, text: str) -> str:
        key = keyring.current_key(Purpose.STAFF)
        return base64.b64encode(envelope.seal(key, PLACE, text.encode())).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises DecryptError for anything that is not sealed by us; a secret in clear is not accepted."""
        try:
            blob = base64.b64decode(encrypted_text, validate=True)
        except binascii.Error:
            raise DecryptError("Hemligheten är inte förseglad.") from None
        return envelope.unseal(blob, PLACE).decode()

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No mail about an account leaves the program."""

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last second factor stays: without one there is no way in."""
        factors = Authenticator.objects.filter(user=authenticator.user_id).exclude(type="recovery_codes")
        return bool(factors.exclude(pk=authenticator.pk).exists())

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": PROGRAM}


def key_ids_in_use(asked: set[int]) -> set[int]:
    """Which of these staff keys still seal a second factor's secret; the rotation asks before it destroys one."""
    used: set[int] = set()
    for data in Authenticator.objects.values_list("data", flat=True):
        for name in ("secret", "seed"):
            if name in data:
                used.add(envelope.key_id_of(base64.b64decode(data[name])))
    return used & asked
