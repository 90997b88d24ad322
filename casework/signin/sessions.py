"""Sessions in the database, sealed: neither what a session holds nor its key can be read there or in a copy.

A second factor's secret lies in the session while it is being enrolled, and a form while its sender proves who she is.
The sealing key comes from SECRET_KEY, which is not in the database; signing alone would leave the content readable. The
row bears a digest of the session's key: who reads the table cannot take over a session. The digest is part of what is
sealed: who writes the table cannot move one session's content into another.
"""

import base64
import json
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from casework.crypto.derived import seal_with, unseal_with
from casework.crypto.errors import DecryptError
from casework.signin.models import digest_of

PLACE = b"casework.session.1:"


def row_of(key: str | None) -> str:
    """What the row of a session is called: 160 bits of the digest of its key, as many as the column holds."""
    return digest_of(key or "")[:40]


class SessionStore(DatabaseStore):
    def encode(self, session_dict: dict[str, Any]) -> str:
        content = json.dumps(session_dict, separators=(",", ":")).encode()
        return base64.b64encode(seal_with(settings.SECRET_KEY, self._place(), content)).decode()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """The content; an empty session for anything that is not ours."""
        try:
            raw = base64.b64decode(session_data, validate=True)
            content: dict[str, Any] = json.loads(unseal_with(settings.SECRET_KEY, self._place(), raw))
        except (ValueError, DecryptError):
            return {}
        return content

    def exists(self, session_key: str) -> bool:
        return bool(super().exists(row_of(session_key)))

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            self.model.objects.filter(session_key=row_of(key)).delete()

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row = super().create_model_instance(data)
        row.session_key = row_of(row.session_key)
        return row

    def _get_session_from_db(self) -> Any:
        found = self.model.objects.filter(session_key=row_of(self.session_key), expire_date__gt=timezone.now()).first()
        if found is None:
            self._session_key = None
        return found

    def _place(self) -> bytes:
        return PLACE + row_of(self.session_key).encode()
