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
