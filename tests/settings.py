"""The product's settings on throw-away places: nothing of a real installation is touched."""

import atexit
import os
import shutil
import tempfile

_home = tempfile.mkdtemp(prefix="casework-test-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ.setdefault("CASEWORK_HOME", _home)
os.environ.setdefault("CASEWORK_SECRET_KEY", "test-only-" + "x" * 50)
os.environ.setdefault("CASEWORK_HTTPS", "0")
os.environ.setdefault("CASEWORK_KEK_PROVIDER", "env")
os.environ.setdefault("CASEWORK_KEK", "00" * 31 + "01")

from casework.settings import *  # noqa: E402, F403

# Pages name static files as they are; one test collects them as the product does.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
STATIC_ROOT = HOME / "static"  # noqa: F405
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
# Files instead of memory: a live server answers from threads with connections of their own.
for _alias, _database in DATABASES.items():  # noqa: F405
    if _database["ENGINE"].endswith("sqlite3"):
        _database["TEST"] = {"NAME": str(HOME / f"test-{_alias}.sqlite3")}  # noqa: F405
