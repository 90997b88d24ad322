"""The file between municipalities: whole and unchanged, or not read."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from casework.crypto import parcel
from housing.kompott import exchange
from housing.kompott.exchange import BadFile

US, THEM = parcel.make_pair(), parcel.make_pair()
CONTENT = {"kind": "offered", "reference": "K-22334455", "facts": {"offer": "Två rum"}}
OTHERS = {
    "expires_at": "2099-01-01T00:00:00Z",
    "from": "1282",
    "made_at": "2020-01-01T00:00:00Z",
    "message": "00000000-0000-4000-8000-000000000001",
    "seal_key": THEM.seal_key,
    "to": "1283",
    "verify_key": US.verify_key,
}


def make(**more: Any) -> bytes:
    facts = {"pair": THEM, "sender": "1281", "to": "1280", "seal_key": US.seal_key, "days": 14, "content": CONTENT}
    return exchange.seal(**{**facts, **more}).raw


def believed(raw: bytes) -> dict[str, Any]:
    """As the program that takes it in goes about it."""
    file = exchange.read(raw)
    file.check_for("1280")
    file.check_signed(THEM.verify_key)
    file.check_time(datetime.now(UTC))
    return file.unpack({US.seal_key: US.opening})


def changed(raw: bytes, **fields: Any) -> bytes:
    return exchange.canonical({**json.loads(raw), **fields})


def test_a_whole_file_is_read() -> None:
    assert believed(make()) == CONTENT


def test_nothing_of_the_content_stands_in_the_file() -> None:
    raw = make()
    assert b"rum" not in raw
    assert b"K-22334455" not in raw
    assert b"offered" not in raw


@pytest.mark.parametrize("name", sorted(exchange.NAMES))
def test_every_field_of_the_header_is_bound(name: str) -> None:
    raw = make()
    before = json.loads(raw)[name]
    for value in (OTHERS.get(name), 2 if name == "format" else before[:-2] + ("00" if before[-2:] != "00" else "11")):
        if value is not None:
            with pytest.raises(BadFile):
                believed(changed(raw, **{name: value}))


@pytest.mark.parametrize("name", sorted(exchange.NAMES - {"signature"}))
def test_a_field_that_is_changed_and_signed_anew_by_somebody_else_is_refused(name: str) -> None:
    thief = parcel.make_pair()
    fields = json.loads(make())
    fields[name] = OTHERS.get(name, fields[name])
    fields.pop("signature")
    fields["signature"] = parcel.sign(thief.signing, exchange.canonical(fields))
    with pytest.raises(BadFile):
        believed(exchange.canonical(fields))


@pytest.mark.parametrize("name", ["expires_at", "made_at", "message", "verify_key"])
def test_the_seal_itself_is_bound_to_the_header(name: str) -> None:
    """Even the sender cannot put an old content under a new header."""
    fields = json.loads(make())
    fields[name] = OTHERS[name]
    file = exchange.read(exchange.canonical(fields))
    with pytest.raises(BadFile, match="ändrad"):
        file.unpack({US.seal_key: US.opening})


def test_a_turned_byte_anywhere_is_noticed() -> None:
    raw = make()
    for at in range(0, len(raw), 7):
        for turn in (0x01, 0x20, 0x80):
            with pytest.raises(BadFile):
                believed(raw[:at] + bytes([raw[at] ^ turn]) + raw[at + 1 :])


@pytest.mark.parametrize("left", [0, 1, 10, 400, -400, -1])
def test_a_cut_file_is_refused(left: int) -> None:
    with pytest.raises(BadFile, match="avklippt"):
        exchange.read(make()[:left])


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"{}x", b"[]", b"null", b'"text"', b"\xff\xfe", b"{" * 5000, b"[" * 60_000, b"1" * 5000, b'{"format":1}',
        b"NaN", b'{"a":1,"a":2}',
    ],
)  # fmt: skip
def test_what_is_no_file_is_refused(raw: bytes) -> None:
    with pytest.raises(BadFile):
        exchange.read(raw)


def test_another_way_to_write_the_same_is_refused() -> None:
    fields = json.loads(make())
    for raw in (json.dumps(fields), json.dumps(fields, indent=1), make().decode() + "\n", " " + make().decode()):
        with pytest.raises(BadFile, match="skadad"):
            exchange.read(raw.encode())


def test_too_large_a_file_is_not_read() -> None:
    with pytest.raises(BadFile, match="för stor"):
        exchange.read(b"x" * (exchange.MAX_BYTES + 1))


@pytest.mark.parametrize("value", [2, "1", True, None, 1.0])
def test_another_format_is_told_of(value: Any) -> None:
    with pytest.raises(BadFile, match=r"format|skadad"):
        exchange.read(changed(make(), format=value))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("from", "128"), ("from", "12٣1"), ("to", "abcd"), ("to", 1280), ("nonce", "00"), ("nonce", "GG" * 12),
        ("ciphertext", ""), ("ciphertext", "abc"), ("signature", "00"), ("ephemeral", None), ("message", "1"),
        ("message", "{00000000-0000-4000-8000-000000000001}"), ("made_at", "2020-01-01"), ("verify_key", ["x"]),
        ("made_at", "2020-1-01T00:00:00Z"), ("expires_at", "2020-02-30T00:00:00Z"), ("extra", "1"),
        ("expires_at", "2001-01-01T00:00:00Z"),
    ],
)  # fmt: skip
def test_a_field_that_cannot_be_is_refused(name: str, value: Any) -> None:
    with pytest.raises(BadFile, match="skadad"):
        exchange.read(changed(make(), **{name: value}))


def test_a_file_to_somebody_else_is_foreign() -> None:
    with pytest.raises(BadFile, match="annan kommun"):
        believed(make(to="1283"))
    with pytest.raises(BadFile, match="annan kommun"):
        believed(make(seal_key=parcel.make_pair().seal_key))


def test_a_file_by_another_key_is_refused() -> None:
    with pytest.raises(BadFile, match="ändrad"):
        believed(make(pair=parcel.make_pair()))


def test_a_file_holds_for_its_days_and_not_before_it_was_made() -> None:
    file, now = exchange.read(make(days=14)), datetime.now(UTC)
    file.check_time(now)
    file.check_time(now - timedelta(minutes=9))
    file.check_time(now + timedelta(days=13, hours=23))
    with pytest.raises(BadFile, match="för gammal"):
        file.check_time(now + timedelta(days=14, minutes=1))
    with pytest.raises(BadFile, match="framtiden"):
        file.check_time(now - timedelta(minutes=12))


def test_what_the_sender_sealed_wrongly_is_refused() -> None:
    """A content that is no object, sealed and signed by the right one."""
    fields = {name: value for name, value in json.loads(make()).items() if name not in {*exchange.SEALED, "signature"}}
    box = parcel.seal(US.seal_key, b"[1]", exchange.bound(fields))
    fields.update(ephemeral=box.ephemeral, nonce=box.nonce, ciphertext=box.ciphertext)
    fields["signature"] = parcel.sign(THEM.signing, exchange.canonical(fields))
    with pytest.raises(BadFile, match="skadad"):
        believed(exchange.canonical(fields))
