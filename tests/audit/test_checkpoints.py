import json
import stat
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from django.db import connection

from audit import checkpoints, signing, sources, trail, verifying, witness
from audit.models import Checkpoint, Event
from audit.signing import BadMark, Mark, SigningKeyError
from audit.tags import Tag

Capture = Any


def events(count: int) -> None:
    for _ in range(count):
        trail.record(Tag.SETUP_DONE)


def lines(folder: Path) -> list[Any]:
    path = folder / "witness.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


@pytest.fixture
def no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not yet time to ask how old the newest checkpoint is."""
    monkeypatch.setattr(checkpoints, "_next_look", float("inf"))


# --- taking -----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_checkpoint_is_signed_stored_and_witnessed(signed: Path, no_clock: None) -> None:
    events(3)
    mark = checkpoints.take()
    assert mark is not None
    keys = signing.load_public_keys(signed / "audit_key.pub")
    assert mark.is_signed(keys)
    assert (mark.size, mark.hash) == (3, bytes(Event.objects.get(seq=3).hash))
    assert checkpoints.stored() == [mark]
    assert [line["size"] for line in lines(signed)] == [3]
    assert stat.S_IMODE((signed / "witness.jsonl").stat().st_mode) == 0o600
    verdict = verifying.verify(sources.Database(connection), keys, witness.read(signed / "witness.jsonl")[0])
    assert (verdict.fault, verdict.notes, verdict.checkpoints) == (None, [], 1)


@pytest.mark.django_db
@pytest.mark.usefixtures("commits")
def test_an_empty_log_has_no_checkpoint_and_one_place_has_one(signed: Path, no_clock: None) -> None:
    assert checkpoints.take() is None
    events(1)
    first, second = checkpoints.take(), checkpoints.take()
    assert first == second
    assert len(lines(signed)) == 1
    assert str(Checkpoint.objects.get()) == "1"


@pytest.mark.django_db
@pytest.mark.usefixtures("commits")
def test_one_is_taken_each_so_many_events(signed: Path, no_clock: None, settings: Any) -> None:
    settings.AUDIT_CHECKPOINT_EVENTS = 3
    events(7)
    with trail.act(Tag.CASE_CHANGED):
        events(4)
    assert [mark.size for mark in checkpoints.stored()] == [3, 6, 12]
    assert [line["size"] for line in lines(signed)] == [3, 6, 12]


@pytest.mark.django_db
@pytest.mark.usefixtures("commits")
def test_one_is_taken_after_so_many_minutes(signed: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoints, "_next_look", 0.0)
    events(1)
    assert checkpoints._next_look > 0
    assert [mark.size for mark in checkpoints.stored()] == [1]
    monkeypatch.setattr(checkpoints, "_next_look", 0.0)
    events(1)
    assert len(checkpoints.stored()) == 1
    settings.AUDIT_CHECKPOINT_MINUTES = 0
    events(1)
    assert len(checkpoints.stored()) == 1
    monkeypatch.setattr(checkpoints, "_next_look", 0.0)
    events(1)
    assert [mark.size for mark in checkpoints.stored()] == [1, 4]


@pytest.mark.django_db
@pytest.mark.usefixtures("commits")
def test_without_a_key_events_go_on_and_the_server_log_says_so(
    signed: Path, no_clock: None, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.AUDIT_SIGNING_KEY_FILE = signed / "nothing"
    settings.AUDIT_CHECKPOINT_EVENTS = 1
    events(1)
    assert checkpoints.stored() == []
    assert caplog.messages == ["No checkpoint of the log could be taken: SigningKeyError"]


@pytest.mark.django_db
def test_a_checkpoint_of_a_transaction_that_is_undone_never_reaches_the_witness(signed: Path) -> None:
    events(1)
    checkpoints.take()
    assert lines(signed) == []


# --- the witness ------------------------------------------------------------------------------------------------------


def mark(size: int) -> Mark:
    return Mark(size, bytes([size]) * 32, "2026-03-01T12:00:00.000000Z", "k" * 16, bytes(64))


def stored(*sizes: int) -> Any:
    return lambda above: [mark(size) for size in sizes if size > above]


def test_the_witness_catches_up_on_what_it_missed(tmp_path: Path) -> None:
    path = tmp_path / "witness.jsonl"
    witness.add(path, mark(1), stored(1))
    witness.add(path, mark(4), stored(1, 2, 3, 4))
    witness.add(path, mark(4), stored(1, 2, 3, 4))
    assert [line["size"] for line in lines(tmp_path)] == [1, 2, 3, 4]


def test_a_half_written_line_spoils_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "witness.jsonl"
    witness.add(path, mark(1), stored())
    with path.open("a") as file:
        file.write('{"size": 2, "ha')
    witness.add(path, mark(3), stored())
    path.write_bytes(path.read_bytes() + b"\n\n[]\n")
    assert witness.read(path) == ([mark(1), mark(3)], [2, 6])


def test_a_witness_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="witness"):
        witness.add(tmp_path / "no folder" / "witness.jsonl", mark(1), stored())


# --- keys -------------------------------------------------------------------------------------------------------------


def test_a_key_is_made_once_and_only_the_program_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "key"
    name = signing.create_signing_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert stat.S_IMODE((tmp_path / "key.pub").stat().st_mode) == 0o444
    assert signing.key_id(signing.load_signing_key(path).public_key()) == name
    assert list(signing.load_public_keys(tmp_path / "key.pub")) == [name]
    with pytest.raises(FileExistsError):
        signing.create_signing_key(path)


def test_a_key_that_is_not_as_it_should_be_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key"
    with pytest.raises(SigningKeyError, match="saknas"):
        signing.load_signing_key(path)
    signing.create_signing_key(path)
    path.chmod(0o440)
    with pytest.raises(SigningKeyError, match="kan läsas av andra"):
        signing.load_signing_key(path)
    path.chmod(0o600)
    path.write_text("nothing")
    with pytest.raises(SigningKeyError, match="går inte att läsa"):
        signing.load_signing_key(path)


def test_a_key_of_another_kind_is_refused(tmp_path: Path) -> None:
    other = generate_private_key(SECP256R1())
    private, public = tmp_path / "key", tmp_path / "key.pub"
    pem = serialization.Encoding.PEM
    private.write_bytes(other.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    private.chmod(0o400)
    public.write_bytes(other.public_key().public_bytes(pem, serialization.PublicFormat.SubjectPublicKeyInfo))
    with pytest.raises(SigningKeyError, match="Ed25519"):
        signing.load_signing_key(private)
    with pytest.raises(SigningKeyError, match="Ed25519"):
        signing.load_public_keys(public)
    with pytest.raises(SigningKeyError, match="saknas"):
        signing.load_public_keys(tmp_path / "none")


@pytest.mark.parametrize(
    "facts",
    [None, [], {}, {"size": "1"}, {"size": 1, "hash": "zz", "time": "", "key": "", "signature": ""}],
)
def test_what_is_no_checkpoint_is_refused(facts: Any) -> None:
    with pytest.raises(BadMark):
        Mark.from_facts(facts)
    with pytest.raises(BadMark):
        Mark.from_facts({"size": "1", "hash": "", "time": "", "key": "", "signature": ""})


def test_a_checkpoint_comes_back_from_its_line() -> None:
    assert Mark.from_facts(json.loads(mark(1).line())) == mark(1)
