"""Finding a sealed value without opening all: a keyed digest, cut so short that it always fits several people."""

import hmac
import math
import unicodedata

from django.conf import settings

from casework.crypto import kek, keyring
from casework.crypto.keyring import Purpose

KINDS = {"number": b"number\0", "name": b"name\0", "place": b"place\0"}


def planned_bits(n: int) -> int:
    """How many bits of the digest to keep for a population of `n`: L = log2(n / 2) to the nearest whole, at least 1.

    A value then shares its index with c = n / 2**L others on average, about 2 (1.4 to 2.8), which are opened and
    compared. With fewer, a stolen index key gives up who has which number (a full digest of all possible numbers is
    made in minutes); with more than sqrt(n) a search opens too many seals. The small end is taken because a population
    grows: the length is fixed when the index key is made, and c grows with n until it passes sqrt(n) at n = 2**(2 * L).
    """
    return max(1, round(math.log2(n / 2))) if n > 2 else 1


def key_tail() -> bytes:
    """What is wrapped with a new index key: the planned length, so that a changed setting cannot lose old values."""
    return bytes([planned_bits(settings.EXPECTED_CLIENTS)])


_kept: list[tuple[object, bytes, int]] = []
"""None or one: the KEK it came by, the key and L. Kept by the process, so that a search fetches no key."""


def index(kind: str, normalised: str) -> int:
    """The first L bits of HMAC-SHA-256 over `kind` and the normalised value: 0 <= index < 2**L, L <= 62.

    Equal values have equal indexes; a hit must be opened and compared. Raises ValueError for an unknown kind and
    KeyMissing before the system's keys are made.
    """
    provider = kek.get_kek()
    if not _kept or _kept[0][0] is not provider:
        secret = keyring.current_key(Purpose.INDEX).secret
        _kept[:] = [(provider, secret[:32], secret[32])]
    if kind not in KINDS:
        raise ValueError(f"Unknown kind of index: {kind!r}")
    _, key, bits = _kept[0]
    content = KINDS[kind] + normalised.encode("utf-8", "surrogatepass")
    return int.from_bytes(hmac.digest(key, content, "sha256")[:8], "big") >> (64 - bits)


def forget() -> None:
    """Forgets the index key: after it was destroyed or made anew."""
    _kept.clear()


_HYPHENS = dict.fromkeys(map(ord, "-\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"), " ")


def normalise_name(text: str) -> str:
    """A name as it is compared: compatibility forms and case folded, hyphens and spaces the same, no control signs."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    kept = "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in folded.translate(_HYPHENS))
    return " ".join(kept.split())
