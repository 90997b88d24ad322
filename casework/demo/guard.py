"""The demo's help with signing in exists only for invented people on this very machine."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "::1", "testserver"}


def check_demo() -> None:
    """Raises ImproperlyConfigured unless this is a demo: its flag, loopback hosts only, a log that says it was seeded.

    An installation with people in it never has a `demo:seed` event, so its data cannot be served as a demo.
    """
    from audit.models import Event
    from audit.tags import Tag
    from casework.signin.models import User

    if not settings.DEMO:
        raise ImproperlyConfigured("Demon startar bara med CASEWORK_DEMO=1. Använd: make demo")
    if not set(settings.ALLOWED_HOSTS) <= LOOPBACK:
        raise ImproperlyConfigured("Demon svarar bara på den här datorn (127.0.0.1).")
    if User.objects.exists() and not Event.objects.filter(tag=Tag.SEEDED).exists():
        raise ImproperlyConfigured("Här finns riktiga uppgifter. Demon startar inte bland dem.")
