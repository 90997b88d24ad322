"""A missing or wrong key-encryption key stops the program before it serves anything."""

from typing import Any

from django.apps import apps
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from casework.crypto import kek, keyring
from casework.crypto.errors import KekError


@checks.register(checks.Tags.security)
def check_kek(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """An error, which stops every command that runs checks, when the KEK is missing, malformed or wrong."""
    try:
        keyring.verify_kek()
    except KekError as problem:
        return [checks.Critical(str(problem), id="crypto.E001")]
    return []


def refuse_to_start() -> None:
    """Raises ImproperlyConfigured when the KEK is missing, malformed or wrong.

    While the applications are still loading the database may not be asked, so only the KEK itself is read; call it
    again (wsgi.py) when they are loaded, to try it on the keys.
    """
    try:
        if apps.ready:
            keyring.verify_kek()
        else:
            kek.get_kek()
    except KekError as problem:
        raise ImproperlyConfigured(str(problem)) from None
