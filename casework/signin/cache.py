"""Used codes and rate limits, in one table for all workers. Values are JSON, and keys are digests.

Django's own database cache stores pickles: whoever can write the table could run code in the program and so reach the
keys. Its keys would also tell who signs in, from which address and with which code.
"""

import json
from datetime import datetime, timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import BaseDatabaseCache
from django.db import connections, router
from django.utils import timezone
from django.utils.crypto import salted_hmac

FOREVER = timedelta(days=365)


class Cache(BaseDatabaseCache):
    """The part of Django's cache that is used: get, set, add, touch, delete and clear."""

    _table: str

    def make_key(self, key: str, version: int | None = None) -> str:
        return salted_hmac("casework.cache", super().make_key(key, version), algorithm="sha256").hexdigest()

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        place, now = self.make_key(key, version), timezone.now()
        rows = self._run("SELECT value FROM {table} WHERE cache_key = %s AND expires > %s", place, now)
        return json.loads(rows[0][0]) if rows else default

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._insert("DO UPDATE SET value = EXCLUDED.value, expires = EXCLUDED.expires", key, value, timeout, version)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """True when nothing was there. Of two at the same time, one gets True."""
        return self._insert("DO NOTHING", key, value, timeout, version) == 1

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        until, place = self._until(timeout), self.make_key(key, version)
        count = self._run("UPDATE {table} SET expires = %s WHERE cache_key = %s", until, place)
        return bool(count == 1)

    def delete(self, key: str, version: int | None = None) -> bool:
        return bool(self._run("DELETE FROM {table} WHERE cache_key = %s", self.make_key(key, version)))

    def clear(self) -> None:
        self._run("DELETE FROM {table}")

    def _insert(self, otherwise: str, key: str, value: Any, timeout: Any, version: int | None) -> int:
        self._run("DELETE FROM {table} WHERE expires <= %s", timezone.now())
        insert = "INSERT INTO {table} (cache_key, value, expires) VALUES (%s, %s, %s) ON CONFLICT (cache_key) "
        place = self.make_key(key, version)
        return int(self._run(insert + otherwise, place, json.dumps(value), self._until(timeout)))

    def _until(self, timeout: Any) -> datetime:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return timezone.now() + (FOREVER if seconds is None else timedelta(seconds=seconds))

    def _run(self, statement: str, *values: Any) -> Any:
        """The rows of a SELECT, else how many rows were written. The table's name comes from the settings."""
        connection = connections[router.db_for_write(self.cache_model_class)]
        adapt = connection.ops.adapt_datetimefield_value
        arguments = [adapt(value) if isinstance(value, datetime) else value for value in values]
        with connection.cursor() as cursor:
            cursor.execute(statement.format(table=connection.ops.quote_name(self._table)), arguments)
            return cursor.fetchall() if statement.startswith("SELECT") else cursor.rowcount
