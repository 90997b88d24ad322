import pytest

from casework.crypto.derived import seal_with, unseal_with
from casework.crypto.errors import DecryptError

SECRET, PLACE = "a secret of the program", b"here"


def test_what_is_sealed_opens_with_the_same_secret_and_place() -> None:
    for text in (b"", b"x", "Åsa".encode() * 1000):
        assert unseal_with(SECRET, PLACE, seal_with(SECRET, PLACE, text)) == text


def test_the_same_text_never_looks_the_same() -> None:
    assert seal_with(SECRET, PLACE, b"x") != seal_with(SECRET, PLACE, b"x")


def test_another_secret_or_place_opens_nothing() -> None:
    sealed = seal_with(SECRET, PLACE, b"x")
    for secret, place in ((SECRET + "!", PLACE), (SECRET, b"there")):
        with pytest.raises(DecryptError):
            unseal_with(secret, place, sealed)


def test_every_flipped_bit_and_every_cut_is_found() -> None:
    sealed = seal_with(SECRET, PLACE, b"text")
    for at in range(len(sealed)):
        altered = bytearray(sealed)
        altered[at] ^= 1
        with pytest.raises(DecryptError):
            unseal_with(SECRET, PLACE, bytes(altered))
        with pytest.raises(DecryptError):
            unseal_with(SECRET, PLACE, sealed[:at])
    with pytest.raises(DecryptError):
        unseal_with(SECRET, PLACE, sealed + b"\0")
