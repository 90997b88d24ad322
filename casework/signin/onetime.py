"""A code from the app works once."""

from typing import Any

from allauth.mfa import app_settings
from django.core.cache import cache


def spend(authenticator: Any, code: str) -> None:
    """Remembers a used code for as long as it would be accepted again.

    allauth remembers it for one period, but with a tolerance of one period to each side it is valid for three.
    Source: RFC 6238, 5.2; OWASP ASVS 5.0, 6.5.1.
    """
    if authenticator.type == "totp":
        seconds = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
        cache.set(authenticator.wrap()._get_used_cache_key(code), "y", timeout=seconds)
