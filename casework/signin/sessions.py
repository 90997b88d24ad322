"""Sessions in the database, sealed: what a session holds cannot be read from the database or a copy of it.

A second factor's secret lies in the session while it is being enrolled. The key is derived (HKDF-SHA-256) from
SECRET_KEY, which is not in the database; signing alone would leave the content readable.
"""

import base64
import json
import os
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

PLACE = b"casework.session.1"


@lru_cache(maxsize=2)
def _aead(secret: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=PLACE).derive(secret.encode()))


class SessionStore(DatabaseStore):
    def encode(self, session_dict: dict[str, Any]) -> str:
        nonce = os.urandom(12)
        content = json.dumps(session_dict, separators=(",", ":")).encode()
        sealed = _aead(settings.SECRET_KEY).encrypt(nonce, content, PLACE)
        return base64.b64encode(nonce + sealed).decode()

    def decode(self, session_data: str) -> dict[str, Any]:
        """The content; an empty session for anything that is not ours."""
        try:
            raw = base64.b64decode(session_data)
            content: dict[str, Any] = json.loads(_aead(settings.SECRET_KEY).decrypt(raw[:12], raw[12:], PLACE))
        except (ValueError, InvalidTag):
            return {}
        return content
