"""Someone at work: requests through the whole of the product's WSGI application, in this process."""

import io
import re
from urllib.parse import urlencode
from wsgiref.util import setup_testing_defaults

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client

from casework.signin.models import User
from tests.fixtures import prove

CSRF = "b" * 32
_MASKED = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')


class Desk:
    """A signed-in user. The application is the one a server runs: every middleware, connections by its own rules."""

    def __init__(self, user: User) -> None:
        self.app = WSGIHandler()
        Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {}})
        browser = Client()
        browser.force_login(user)
        prove(browser, user)
        session = browser.cookies[settings.SESSION_COOKIE_NAME].value
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={CSRF}"

    def get(self, path: str) -> bytes:
        return self._ask("GET", path, b"", 200)

    def post(self, path: str, fields: dict[str, str], status: int) -> bytes:
        return self._ask("POST", path, urlencode(fields).encode(), status)

    def _ask(self, method: str, path: str, body: bytes, expected: int) -> bytes:
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "HTTP_HOST": "127.0.0.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_COOKIE": self.cookie,
            "HTTP_X_CSRFTOKEN": CSRF,
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
        }
        setup_testing_defaults(environ)
        found: list[str] = []
        response = self.app(environ, lambda status, headers, problem=None: found.append(status))
        answer = b"".join(response)
        response.close()
        if int(found[0][:3]) != expected:
            raise SystemExit(f"{method} {path} answered {found[0]}, not {expected}.")
        return answer


def comparable(page: bytes) -> bytes:
    """A page without what differs at each showing."""
    return _MASKED.sub(b"", page)
