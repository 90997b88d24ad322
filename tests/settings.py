"""The product's settings on throw-away places: nothing of a real installation is touched."""

import atexit
import os
import shutil
import tempfile

# Each process has a home of its own: parallel workers share nothing, and an installation's own variables do not count.
_home = tempfile.mkdtemp(prefix="casework-test-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ.update(
    CASEWORK_HOME=_home,
    CASEWORK_SECRET_KEY="test-only-" + "x" * 50,
    CASEWORK_KEK_PROVIDER="env",
    CASEWORK_KEK="00" * 31 + "01",
)
os.environ.setdefault("CASEWORK_HTTPS", "0")

from casework.settings import *  # noqa: E402, F403

# Pages name static files as they are; one test collects them as the product does.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
STATIC_ROOT = HOME / "static"  # noqa: F405
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
# The product's Argon2id takes a tenth of a second by design; a test of it names it.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Files instead of memory: a live server answers from threads with connections of their own. They outlive no test.
for _alias, _database in DATABASES.items():  # noqa: F405
    if str(_database["ENGINE"]).endswith("sqlite3"):
        _database["TEST"] = {"NAME": str(HOME / f"test-{_alias}.sqlite3")}  # noqa: F405
        _options = dict(_database["OPTIONS"])  # type: ignore[call-overload]
        _options["init_command"] = _options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
        _database["OPTIONS"] = _options
