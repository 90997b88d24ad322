"""Reads the environment. Says in Swedish what is wrong and stops; never guesses."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "ja", "on"}, {"0", "false", "nej", "off", ""}


def text(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Miljövariabeln {name} saknas.")
    return value


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in TRUE:
        return True
    if value.strip().lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} ska vara 1 eller 0, inte {value!r}.")


def number(name: str, default: int, *, least: int = 0, most: int = 2**31) -> int:
    value = os.environ.get(name)
    if value is None:
        return default
    if not value.strip().isascii() or not value.strip().isdigit() or not least <= int(value) <= most:
        raise ImproperlyConfigured(f"{name} ska vara ett heltal från {least} till {most}.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def secret_file(path: Path) -> str:
    """The content of a secret file. Raises ImproperlyConfigured when it is missing or readable by others."""
    try:
        mode = path.stat().st_mode & 0o077
        value = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise ImproperlyConfigured(f"{path} saknas. Kör: manage.py setup") from None
    if mode:
        raise ImproperlyConfigured(f"{path} kan läsas av andra. Kör: chmod 0400 {path}")
    if len(value) < 40:
        raise ImproperlyConfigured(f"{path} är för kort för att vara en hemlighet.")
    return value


def database(name: str, sqlite_file: Path) -> dict[str, object]:
    """A Django database setting from `postgresql://user:password@host:port/name`, else SQLite in `sqlite_file`."""
    url = os.environ.get(name, "")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": sqlite_file,
            # Closing the last connection writes the whole log ahead back: at the end of each page, if it were not kept.
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                    "PRAGMA recursive_triggers=ON; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;"
                ),
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ImproperlyConfigured(f"{name} ska se ut så här: postgresql://användare:lösenord@värd:5432/databas")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # Values never reach the server's log, also not when a statement fails (security.md, Sign-in).
        "OPTIONS": {
            "server_side_binding": True,
            "options": "-c log_error_verbosity=terse -c log_parameter_max_length=0"
            if flag("CASEWORK_PG_SUPERUSER")
            else "",
        },
    }
