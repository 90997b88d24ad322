"""A provider for single sign-on that could be listened to, or is only half described, is an error at start."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@register()
def single_sign_on(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if not settings.OIDC_ISSUER:
        return []
    found: list[CheckMessage] = []
    where = urlsplit(settings.OIDC_ISSUER)
    if where.scheme != "https" and where.hostname not in LOOPBACK:
        found.append(Error("CASEWORK_OIDC_ISSUER ska börja med https://.", id="signin.E001"))
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    if not app["client_id"] or not app["secret"]:
        found.append(Error("CASEWORK_OIDC_CLIENT_ID och CASEWORK_OIDC_CLIENT_SECRET saknas.", id="signin.E002"))
    return found
