"""Around every request: safe headers, who is asking, and the read event that goes before the page does."""

import logging
import uuid
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.db import OperationalError, ProgrammingError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac

from audit import trail
from audit.tags import Tag
from audit.trail import Actor, Context, TrailUnavailable
from casework import policy
from casework.access import visit
from casework.access.readers import refs_of
from casework.crypto import keyring
from casework.crypto.errors import CryptoError

Respond = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger("casework")

CSP = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), "
        "usb=(), publickey-credentials-get=(self), publickey-credentials-create=(self)"
    ),
    # With no-referrer browsers send "Origin: null" from forms, and no form would pass the CSRF check. Nothing leaves
    # the origin with this one either.
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


class HeadersMiddleware:
    """Sets the headers of security.md on every response; pages are never stored, hashed static files are."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.path.startswith(settings.STATIC_URL):
            response.headers["Cache-Control"] = "no-store"
        return response


class TrailMiddleware:
    """Binds the actor for trail, and writes the read event. No event, no page: 503 without client data."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            # A denial that waits for its transaction to end is written when bind() ends, and can fail there too.
            with trail.bind(context_of(request)), keyring.scope(), visit.begin() as seen:
                response = self.get_response(request)
                if not seen.empty:
                    trail.read(
                        seen.tag,
                        refs_of(seen),
                        fields=seen.fields(),
                        reason_code=seen.reason_code,
                        detail=seen.detail,
                    )
        except TrailUnavailable:
            return unavailable(request, "Loggen kan inte skrivas. Då visas inga uppgifter om någon person.")
        return response

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if isinstance(problem, policy.Denial):
            try:
                trail.denied(Tag.DENIED, problem.refs, reason=problem.reason)
            except TrailUnavailable:
                return unavailable(request, "Loggen kan inte skrivas. Då visas inga uppgifter om någon person.")
            return None
        if isinstance(problem, TrailUnavailable):
            return unavailable(request, "Loggen kan inte skrivas. Inget har sparats.")
        if isinstance(problem, OperationalError | ProgrammingError):
            log.error("The database does not answer: %s at %s", type(problem).__name__, place_of(problem))
            return unavailable(request, "Databasen svarar inte. Inget har sparats.")
        if isinstance(problem, CryptoError):
            log.error("A sealed record could not be opened: %s", type(problem).__name__)
            return unavailable(
                request, "En uppgift kunde inte öppnas. Den visas inte. Säg till den som sköter systemet."
            )
        if not isinstance(
            problem, Http404 | PermissionDenied | SuspiciousOperation | BadRequest | MultiPartParserError
        ):
            # The traceback's frames hold what was typed; its type and place are enough to find the fault.
            log.error("%s at %s", type(problem).__name__, place_of(problem))
            return HttpResponse(render_to_string("500.html", request=None), status=500)
        return None


def context_of(request: HttpRequest) -> Context:
    """Who asks, from where, in which session; the request id is made here, never taken from the client."""
    user = getattr(request, "user", None)
    actor = user.trail_actor() if user is not None and user.is_authenticated else Actor("", "", "", "")
    key = request.session.session_key or "" if hasattr(request, "session") else ""
    digest = salted_hmac("casework.session", key, algorithm="sha256").hexdigest()[:16] if key else ""
    return Context(actor=actor, session=digest, address=address_of(request), request=uuid.uuid4().hex)


def address_of(request: HttpRequest) -> str:
    """The client's address behind a fixed number of trusted proxies; what the client itself claims is not believed."""
    if settings.TRUSTED_PROXIES:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
        if len(hops) >= settings.TRUSTED_PROXIES:
            return hops[-settings.TRUSTED_PROXIES]
    return str(request.META.get("REMOTE_ADDR", ""))


def place_of(problem: BaseException) -> str:
    """File and line where a problem arose, without any value."""
    trace = problem.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace is not None else "?"


def unavailable(request: HttpRequest, why: str) -> HttpResponse:
    return HttpResponse(render_to_string("503.html", {"why": why}), status=503)
