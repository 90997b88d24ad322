"""Signed checkpoints: what keeps the log from being cut off or replaced as a whole.

A checkpoint says: when the log had `size` events, the hash of the last one was `hash`. It is signed (Ed25519), kept in
a table, and written to the witness: a file of JSON lines outside the database, only ever added to. One is taken each
AUDIT_CHECKPOINT_EVENTS events or AUDIT_CHECKPOINT_MINUTES minutes, after the commit, by whoever passes the limit.
"""

import logging
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, IntegrityError, connections, transaction

from audit import chain, witness
from audit.signing import Mark, SigningKeyError, load_signing_key, sign

log = logging.getLogger("audit")
_next_look = 0.0  # by the process's clock: when to ask how old the newest checkpoint is

INSERT = "INSERT INTO audit_checkpoint (size, hash, time, key, signature) VALUES (%s, %s, %s, %s, %s)"
NEWEST = "SELECT size, hash, time, key, signature FROM audit_checkpoint WHERE size > %s ORDER BY size"


def after(last: int, count: int) -> None:
    """Called within the transaction that appended `count` events, the newest being `last`."""
    global _next_look  # noqa: PLW0603
    step = settings.AUDIT_CHECKPOINT_EVENTS
    if last // step != (last - count) // step:
        transaction.on_commit(_take_quietly)
    elif time.monotonic() >= _next_look:
        _next_look = time.monotonic() + settings.AUDIT_CHECKPOINT_MINUTES * 60
        transaction.on_commit(_take_if_old)


def take() -> Mark | None:
    """Signs the log as it is now and tells the witness; None when it is empty.

    Raises SigningKeyError without a usable key, OSError when the witness cannot be written.
    """
    private = load_signing_key(Path(settings.AUDIT_SIGNING_KEY_FILE))
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        cursor.execute(chain.LAST)
        found = cursor.fetchone()
        if found is None:
            return None
        now = datetime.now(UTC)
        mark = sign(private, found[0], bytes(found[1]), chain.stamp(now))
        moment = connection.ops.adapt_datetimefield_value(now)
        try:
            with transaction.atomic():
                cursor.execute(INSERT, [mark.size, mark.hash, moment, mark.key, mark.signature])
        except IntegrityError:
            # Another process was first, or nothing has happened since the last one.
            mark = stored(mark.size - 1)[0]
    transaction.on_commit(lambda: witness.add(Path(settings.AUDIT_WITNESS_FILE), mark, stored))
    return mark


def stored(above: int = -1) -> list[Mark]:
    """The checkpoints in the table with more than `above` events, smallest first."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(NEWEST, [above])
        return [
            Mark(size, bytes(digest), chain.stamp(moment), key, bytes(signature))
            for size, digest, moment, key, signature in cursor.fetchall()
        ]


def _take_quietly() -> None:
    """A page does not fail because a checkpoint cannot be taken; the log's page shows that it is missing."""
    try:
        take()
    except (SigningKeyError, OSError, Error) as problem:
        log.error("No checkpoint of the log could be taken: %s", type(problem).__name__)  # noqa: TRY400


def _take_if_old() -> None:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT time FROM audit_checkpoint ORDER BY size DESC LIMIT 1")
        found = cursor.fetchone()
    limit = datetime.now(UTC) - timedelta(minutes=settings.AUDIT_CHECKPOINT_MINUTES)
    if found is None or found[0].replace(tzinfo=UTC) < limit:
        _take_quietly()
