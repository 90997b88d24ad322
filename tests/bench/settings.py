"""The product's own settings, with one page switched: the caseload is served sealed or plain, at the same address.

What the environment says (a home of its own, keys) is set by __main__.
"""

from casework.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
STATIC_ROOT = HOME / "static"  # noqa: F405
# Pages are timed, not the deliberately slow digest of a password.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
