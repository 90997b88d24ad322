"""A parcel opens for the one it is sealed for, whole, with what it is bound to; and is by the one who signed it."""

import pytest

from casework.crypto import parcel
from casework.crypto.errors import DecryptError
from casework.crypto.parcel import Box, Pair

BOUND = b"header"


@pytest.fixture
def pair() -> Pair:
    return parcel.make_pair()


def turned(text: str, at: int) -> str:
    """The hex with one bit of the byte `at` turned."""
    raw = bytearray.fromhex(text)
    raw[at] ^= 1
    return raw.hex()


@pytest.mark.parametrize("content", [b"", b"x", b"a" * 1023, b"a" * 1024, b"\x80\0\0", "å".encode()])
def test_what_was_sealed_opens_as_it_was(pair: Pair, content: bytes) -> None:
    assert parcel.unseal(pair.opening, parcel.seal(pair.seal_key, content, BOUND), BOUND) == content


def test_the_length_tells_little(pair: Pair) -> None:
    lengths = {len(parcel.seal(pair.seal_key, b"a" * count, BOUND).ciphertext) for count in (0, 5, 500, 1023)}
    assert lengths == {2 * (parcel.BUCKET + parcel.TAG_BYTES)}
    assert len(parcel.seal(pair.seal_key, b"a" * 1024, BOUND).ciphertext) == 2 * (2048 + parcel.TAG_BYTES)


def test_the_same_content_is_never_sealed_alike(pair: Pair) -> None:
    boxes = [parcel.seal(pair.seal_key, b"a", BOUND) for _ in range(20)]
    assert len({box.ephemeral for box in boxes}) == len({box.nonce for box in boxes}) == 20


@pytest.mark.parametrize("name", ["ephemeral", "nonce", "ciphertext"])
@pytest.mark.parametrize("at", [0, 5, -1])
def test_a_turned_bit_does_not_open(pair: Pair, name: str, at: int) -> None:
    box = parcel.seal(pair.seal_key, b"hello", BOUND)
    parts = {"ephemeral": box.ephemeral, "nonce": box.nonce, "ciphertext": box.ciphertext}
    parts[name] = turned(parts[name], at)
    with pytest.raises(DecryptError):
        parcel.unseal(pair.opening, Box(**parts), BOUND)


def test_a_parcel_for_somebody_else_or_bound_to_something_else_does_not_open(pair: Pair) -> None:
    box = parcel.seal(pair.seal_key, b"hello", BOUND)
    with pytest.raises(DecryptError):
        parcel.unseal(parcel.make_pair().opening, box, BOUND)
    with pytest.raises(DecryptError):
        parcel.unseal(pair.opening, box, BOUND + b"x")


@pytest.mark.parametrize("ephemeral", ["00" * 32, "01" + "00" * 31, "zz" * 32, "aa", ""])
def test_a_point_that_gives_the_secret_away_is_refused(pair: Pair, ephemeral: str) -> None:
    box = parcel.seal(pair.seal_key, b"hello", BOUND)
    with pytest.raises(DecryptError):
        parcel.unseal(pair.opening, Box(ephemeral, box.nonce, box.ciphertext), BOUND)


@pytest.mark.parametrize("padded", [b"", b"\0" * 16, b"hello", b"hello\x80\0x"])
def test_content_that_is_not_padded_is_refused(pair: Pair, padded: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcel, "_padded", lambda content: content)
    box = parcel.seal(pair.seal_key, padded, BOUND)
    with pytest.raises(DecryptError, match="padded"):
        parcel.unseal(pair.opening, box, BOUND)


def test_a_signature_holds_for_its_content_and_key(pair: Pair) -> None:
    signature = parcel.sign(pair.signing, b"content")
    assert parcel.is_signed(pair.verify_key, signature, b"content")
    assert not parcel.is_signed(pair.verify_key, signature, b"other")
    assert not parcel.is_signed(pair.verify_key, turned(signature, 3), b"content")
    assert not parcel.is_signed(parcel.make_pair().verify_key, signature, b"content")
    assert not parcel.is_signed("zz", signature, b"content")


@pytest.mark.parametrize("text", ["", "ab", "AB" * 32, "g" * 64, "00" * 32, "ab" * 33])
def test_what_is_no_key_is_known(text: str) -> None:
    assert not parcel.is_key(text)


def test_keys_are_keys_and_never_shown(pair: Pair) -> None:
    assert parcel.is_key(pair.verify_key)
    assert parcel.is_key(pair.seal_key)
    assert pair.signing not in repr(pair)
    assert pair.opening not in repr(pair)


@pytest.mark.parametrize(
    ("text", "length", "whole"), [("", 0, False), ("a", 0, False), ("ab", 0, True), ("ab", 2, False)]
)
def test_whole_bytes_are_told_from_others(text: str, length: int, whole: bool) -> None:
    assert parcel.is_hex(text, length) is whole


def test_a_check_code_is_of_both_keys(pair: Pair) -> None:
    code = parcel.fingerprint(pair.verify_key, pair.seal_key)
    assert [len(group) for group in code.split()] == [5] * 8
    assert code.replace(" ", "").isdigit()
    assert code != parcel.fingerprint(pair.verify_key, parcel.make_pair().seal_key)
    assert code != parcel.fingerprint(parcel.make_pair().verify_key, pair.seal_key)
    assert parcel.fingerprint("00" * 32, "11" * 32) == parcel.fingerprint("00" * 32, "11" * 32)
