"""What must lie in the home folder before the settings can be read at all."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

from casework import env

BASE_DIR = Path(__file__).resolve().parent.parent
# What rooms above casework lay in when they lack it (their AppConfig.ready); called by manage.py setup.
on_setup: list[Callable[[], Any]] = []


def home() -> Path:
    """Where an installation keeps its own files: CASEWORK_HOME, else var/ beside manage.py."""
    return Path(env.text("CASEWORK_HOME", str(BASE_DIR / "var")))


def prepare(folder: Path) -> None:
    """Makes `folder` (0700) and its secret_key (0400) if they are missing. A key that is there is never replaced."""
    os.umask(0o077)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    key = folder / "secret_key"
    if os.environ.get("CASEWORK_SECRET_KEY") or key.exists():
        return
    write_secret(key, secrets.token_urlsafe(64))


def write_secret(path: Path, text: str) -> None:
    """Writes `text` to a new file, mode 0400, whole or not at all. Raises FileExistsError when it is there."""
    half = path.with_name(path.name + ".new")
    half.unlink(missing_ok=True)
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o400)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(handle)
    try:
        os.link(half, path)
    finally:
        half.unlink()
