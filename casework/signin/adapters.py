import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from casework.crypto import envelope, keyring
from casework.crypto.keyring import SYSTEM_OWNER, Purpose

PLACE = envelope.SealContext.of("mfa.Authenticator", "secret", SYSTEM_OWNER, SYSTEM_OWNER)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "Fel användarnamn eller lösenord.",
        "incorrect_password": "Fel lösenord.",
        "too_many_login_attempts": "För många försök. Vänta några minuter och försök igen.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The pages say what happened; allauth's own messages name the account."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No mail about an account leaves the program."""

    def get_client_ip(self, request: HttpRequest) -> str:
        from casework.middleware import address_of

        return address_of(request)


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: their secrets lie sealed under the staff key."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Fel kod. Vänta på nästa kod i appen och försök igen.",
        "cannot_delete_authenticator": "Lägg till en annan andra faktor innan du tar bort den här.",
    }

    def encrypt(self, text: str) -> str:
        key = keyring.current_key(Purpose.STAFF)
        return base64.b64encode(envelope.seal(key, PLACE, text.encode())).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises DecryptError for anything that is not sealed by us; a secret in clear is not accepted."""
        return envelope.unseal(base64.b64decode(encrypted_text), PLACE).decode()

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No mail about an account leaves the program."""

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last second factor stays: without one there is no way in."""
        factors = Authenticator.objects.filter(user=authenticator.user_id).exclude(type="recovery_codes")
        return bool(factors.exclude(pk=authenticator.pk).exists())
