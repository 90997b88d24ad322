from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from audit import logged, sealing, signing, trail, triggers
from audit.trail import Actor, Context
from tests.audit.models import MODELS, Foreign, Thing

ALMA = Actor("alma-id", "Alma Lind", "kontaktperson", "sektion-1")
CONTEXT = Context(ALMA, session="s" * 16, address="192.0.2.7", request="r" * 32)


@pytest.fixture(scope="session")
def logged_tables(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Tables of the models to log, beside the product's own."""
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            for model in MODELS:
                editor.create_model(model)
        for model in MODELS:
            logged.register(model, exclude={Thing: ["secret"], Foreign: ["last_seen"]}.get(model, []))
        yield
        with connection.schema_editor() as editor:
            for model in reversed(MODELS):
                editor.delete_model(model)


@pytest.fixture
def things(logged_tables: None, db: None) -> None:
    """The tables, within the test's own transaction."""


@pytest.fixture
def alma() -> Iterator[Actor]:
    """Everything in the test is done by Alma."""
    with trail.bind(CONTEXT):
        yield ALMA


class Destroyed(Exception):
    """The key of the sealer below is gone."""


@pytest.fixture
def sealer(monkeypatch: pytest.MonkeyPatch) -> list[UUID | None]:
    """A sealer that turns bytes about and remembers for whom; unsealing for the owner 0 fails like a destroyed key."""
    owners: list[UUID | None] = []

    def seal(owner: UUID | None, content: bytes, place: bytes) -> bytes:
        owners.append(owner)
        return place + content[::-1]

    def unseal(owner: UUID | None, sealed: bytes, place: bytes) -> bytes:
        if owner == UUID(int=0):
            raise Destroyed
        assert sealed.startswith(place)
        return sealed[len(place) :][::-1]

    for name in ("_seal", "_unseal", "_gone"):
        monkeypatch.setattr(sealing, name, getattr(sealing, name))
    trail.register_sealer(seal, unseal, Destroyed)
    return owners


@pytest.fixture
def signed(tmp_path: Path, settings: Any) -> Path:
    """A signing key and a place for the witness; gives the folder."""
    settings.AUDIT_SIGNING_KEY_FILE = tmp_path / "audit_key"
    settings.AUDIT_WITNESS_FILE = tmp_path / "witness.jsonl"
    signing.create_signing_key(settings.AUDIT_SIGNING_KEY_FILE)
    return tmp_path


@pytest.fixture
def unguarded(db: None) -> None:
    """The log without its triggers, as for an attacker who owns the database; the test's roll-back restores them."""
    triggers.remove(connection)


@pytest.fixture
def commits(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for a commit happens at once, within the test's own transaction."""
    monkeypatch.setattr(transaction, "on_commit", lambda act: act())
