"""Finding one person by number among many: a truncated keyed index and opened candidates, or a plain index."""

import os
import random
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, connections
from django.test import override_settings
from django.utils import timezone

from casework.access import visit
from casework.clients import numbers
from casework.clients.models import Client, Identity
from casework.crypto import envelope, kek, keyring
from casework.crypto.models import WrappedKey
from tests.bench.measure import Line, interleaved, say
from tests.bench.plain.models import PlainClient
from tests.bench.stories import GIVEN, personal_number

BATCH = 10_000
ASKED = 20  # searches in one timing
NOW = timezone.now()


def search(count: int, rounds: int) -> Line:
    """Begins and ends with no clients at all; the length of the index is the one planned for `count`."""
    _empty()
    WrappedKey.objects.filter(purpose="index").delete()
    with override_settings(EXPECTED_CLIENTS=count):
        keyring.ensure_system_keys()
    kek.reset_kek()
    for start in range(0, count, BATCH):
        _fill(range(start, min(start + BATCH, count)))
        if (start + BATCH) % 200_000 == 0:
            say(f"  {start + BATCH:,} of {count:,} clients")
    _analyze()
    chance = random.Random(1)

    def asked() -> list[int]:
        return [chance.randrange(count) for _ in range(ASKED)]

    took = interleaved(rounds, {"sealed": lambda: _find_sealed(asked()), "plain": lambda: _find_plain(asked())})
    _empty()
    # At a million there are two others to open for each hit, from pages that lie far apart. A longer index would be
    # faster and give away more, should its key leak.
    limit = 1.3 if count <= 100_000 else 1.4
    return Line(f"number search among {count:,}", took["sealed"] / ASKED, took["plain"] / ASKED, limit)


def _find_sealed(asked: list[int]) -> None:
    for at in asked:
        with keyring.scope(), visit.begin():
            (client,) = numbers.by_number(Client.objects.all(), personal_number(at))
            assert client.pk


def _find_plain(asked: list[int]) -> None:
    for at in asked:
        with keyring.scope(), visit.begin():
            (client,) = PlainClient.objects.filter(number=personal_number(at))
            assert client.pk


def _fill(span: range) -> None:
    """Raw rows: the identity sealed as the product seals it, the groups that nobody opens of the same size."""
    owners = [UUID(bytes=os.urandom(16), version=4) for _ in span]
    prefix = envelope.aad_prefix("casework.Client", "identity")
    codec = Client._meta.get_field("identity").codec  # type: ignore[union-attr]
    with keyring.scope():
        keyring.create_keys(keyring.Purpose.CLIENT, owners)
        sealed, plain = [], []
        for at, owner in zip(span, owners, strict=True):
            who = {"given_name": GIVEN[at % len(GIVEN)], "family_name": f"Påhittad{at}", "number": personal_number(at)}
            key = keyring.current_key(keyring.Purpose.CLIENT, owner)
            place = envelope.SealContext(prefix, owner.bytes, owner.bytes)
            identity = envelope.seal(key, place, codec.dump(Identity(**who)))
            groups = {"identity": identity, "address": os.urandom(97), "channels": os.urandom(161)}
            sealed.append(_row(Client, owner, {**groups, "number_index": numbers.number_value(who["number"])}))
            plain.append(_row(PlainClient, owner, who))
    _insert(Client, sealed)
    _insert(PlainClient, plain)


def _row(model: Any, owner: UUID, content: dict[str, Any]) -> list[Any]:
    """All columns in order; empty where nothing is said."""
    known = {"id": owner, "created_at": NOW, **content}
    return [known[f.attname] if f.attname in known else f.get_default() for f in model._meta.concrete_fields]


def _insert(model: Any, rows: list[list[Any]]) -> None:
    columns = ",".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {model._meta.db_table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ",".join(["%s"] * len(rows[0]))
            adapted = [[_for_sqlite(value) for value in row] for row in rows]
            cursor.execute("BEGIN")
            cursor.executemany(f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({marks})", adapted)
            cursor.execute("COMMIT")


def _for_sqlite(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.hex
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


def _empty() -> None:
    for alias, tables in (("default", (Client, PlainClient)), ("keys", (WrappedKey,))):
        with connections[alias].cursor() as cursor:
            for model in tables:
                where = " WHERE purpose = 'client'" if model is WrappedKey else ""
                cursor.execute(f"DELETE FROM {model._meta.db_table}{where}")


def _analyze() -> None:
    """What PostgreSQL does by itself before long; SQLite never does."""
    for alias in ("default", "keys"):
        if connections[alias].vendor == "postgresql":
            with connections[alias].cursor() as cursor:
                cursor.execute("ANALYZE")
