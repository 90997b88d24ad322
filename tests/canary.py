"""Values that can be mistaken for nothing else, and a scanner that finds them in whatever they are wrapped.

Every value has the same random core of ASCII letters with å, ä and ö around it: a charset, an escape or a change of
case leaves the core as it is, and the rest tells which value it was. What is wrapped (base64, hex, zlib, every other
byte) is unwrapped before the search, three layers deep. Personal numbers are found by their last ten digits, in any
notation.
"""

import base64
import binascii
import gzip
import re
import secrets
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from tests.factories import test_number

LAYERS = 3
BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{12,}")
HEX = re.compile(rb"[0-9a-fA-F]{16,}")
DIGITS = re.compile(rb"[0-9][0-9 +-]{8,}[0-9]")
ESCAPED = re.compile(rb"(?:\\x|%|=)([0-9a-fA-F]{2})|\\u00([0-9a-fA-F]{2})|&#x([0-9a-fA-F]{2});|&#(\d{2,3});")
STREAM = re.compile(rb"\x1f\x8b\x08|[\x08\x18\x28\x38\x48\x58\x68\x78][\x01\x5e\x9c\xda]")


@dataclass(frozen=True)
class Hit:
    place: str
    wrapped: str
    seen: str

    def __str__(self) -> str:
        return f"{self.place} ({self.wrapped}): {self.seen}"


@dataclass
class Canaries:
    """Makes the values, and remembers for which field each was made."""

    core: str = field(default_factory=lambda: "".join(secrets.choice("bdfghjklmnpqrstvwxz") for _ in range(10)))
    made: set[str] = field(default_factory=set)
    count: int = 0
    numbers: dict[str, str] = field(default_factory=dict)

    def text(self, what: str) -> str:
        """A value of three words, each with the core in it; the letters around it change from value to value."""
        self.made.add(what)
        self.count += 1
        a, b, c = ("åäö", "ÅÄÖ", "éßø")[self.count % 3]
        return f"{a}{self.core.title()}{self.count} {b}{self.core.upper()}-{c}{self.core}{secrets.token_hex(2)}"

    def word(self, what: str) -> str:
        """A value that fits where only a few characters do."""
        self.made.add(what)
        return self.core

    def number(self, what: str) -> str:
        """A valid personal number of twelve digits that nobody has."""
        self.made.add(what)
        number = test_number()
        self.numbers[number[2:]] = number
        return number

    # --- looking ------------------------------------------------------------------------------------------------------

    def hits(self, places: Iterable[tuple[str, bytes]]) -> list[Hit]:
        """Where a value was found: each place is a name and its bytes."""
        return [Hit(place, how, seen) for place, data in places for how, seen in self.find(data)]

    def find(self, data: bytes) -> Iterator[tuple[str, str]]:
        """How each value in `data` is wrapped ("" for not at all), and what stands around it; one for each wrapping."""
        for how, view in views(data):
            lowered = view.lower()
            at = lowered.find(self.core.encode())
            if at >= 0:
                yield how, repr(view[max(0, at - 60) : at + 60])
            elif self.numbers:
                yield from ((how, found) for found in self._numbers(view))

    def _numbers(self, view: bytes) -> Iterator[str]:
        for found in DIGITS.finditer(view):
            digits = re.sub(rb"[^0-9]", b"", found[0]).decode()
            if any(digits[at : at + 10] in self.numbers for at in range(len(digits) - 9)):
                yield repr(view[max(0, found.start() - 40) : found.end() + 40])
                return
        whole = {int(number) for number in self.numbers.values()}
        for order in ("big", "little"):
            for ends in {number.to_bytes(5, order)[slice(2) if order == "big" else slice(3, 5)] for number in whole}:
                yield from _integers(view, ends, order, whole)


def _integers(view: bytes, ends: bytes, order: str, wanted: set[int]) -> Iterator[str]:
    """Twelve digits as one integer of five bytes or more, found by its two highest bytes."""
    at = view.find(ends)
    while at >= 0:
        start = at if order == "big" else at - 3
        if start >= 0 and int.from_bytes(view[start : start + 5], order) in wanted:  # type: ignore[arg-type]
            yield f"as an integer, {order}-endian"
            return
        at = view.find(ends, at + 1)


def views(data: bytes, layers: int = LAYERS) -> Iterator[tuple[str, bytes]]:
    """`data` as it is, and everything that can be unwrapped from it: (how, bytes)."""
    yield "as it is", data
    for step in range(2):
        yield "utf-16", data[step::2]
    for step in range(4):
        yield "utf-32", data[step::4]
    if ESCAPED.search(data):
        yield "escaped", ESCAPED.sub(_unescape, data)
    if layers:
        for how, unwrap in (("base64", from_base64), ("hex", from_hex), ("zlib", from_zlib)):
            inside = unwrap(data)
            if inside:
                yield from ((f"{how} > {deeper}", view) for deeper, view in views(inside, layers - 1))


def _unescape(found: re.Match[bytes]) -> bytes:
    code = int(found[4]) if found[4] else int(found[1] or found[2] or found[3], 16)
    return bytes([code & 255])


def from_base64(data: bytes) -> bytes:
    """Every run of base64 (also the kind for addresses, and over broken lines), read from each of four places."""
    found = []
    for run in BASE64.findall(re.sub(rb"=?\r?\n", b"", data)):
        plain = run.replace(b"-", b"+").replace(b"_", b"/")
        for start in range(4):
            part = plain[start:]
            found.append(base64.b64decode(part[: len(part) // 4 * 4]))
            # The last characters are less than a whole group.
            rest = part[len(part) // 4 * 4 :]
            if len(rest) > 1:
                found[-1] += base64.b64decode(rest + b"=" * (4 - len(rest)))
    return b"\n".join(found)


def from_hex(data: bytes) -> bytes:
    found = []
    for run in HEX.findall(data):
        for start in range(2):
            part = run[start:]
            found.append(bytes.fromhex(part[: len(part) // 2 * 2].decode()))
    return b"\n".join(found)


def from_zlib(data: bytes) -> bytes:
    """Every zlib and gzip stream, also one that is cut off."""
    found, whole = [], memoryview(data)
    for mark in STREAM.finditer(data):
        try:
            inside = zlib.decompressobj(wbits=47).decompress(whole[mark.start() : mark.start() + (1 << 20)], 1 << 20)
        except zlib.error:
            continue
        if inside:
            found.append(inside)
    return b"\n".join(found)


# --- for the tests of the scanner: each way to wrap a text ------------------------------------------------------------


def _base64_at(offset: int) -> Callable[[str], bytes]:
    return lambda text: base64.b64encode(b"\x00\xffx"[:offset] + text.encode())


WRAPPINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda text: text.encode(),
    "utf-16-le": lambda text: text.encode("utf-16-le"),
    "utf-16-be": lambda text: b"\x01" + text.encode("utf-16-be"),
    "utf-32": lambda text: text.encode("utf-32"),
    "latin-1": lambda text: text.encode("latin-1"),
    "casefolded": lambda text: text.casefold().encode(),
    "upper case": lambda text: text.upper().encode(),
    "base64 at 0": _base64_at(0),
    "base64 at 1": _base64_at(1),
    "base64 at 2": _base64_at(2),
    "base64 among letters": lambda text: b"abc" + base64.b64encode(text.encode()).rstrip(b"="),
    "base64 for addresses": lambda text: base64.urlsafe_b64encode(text.encode()),
    "base64 in lines": lambda text: base64.encodebytes(b"x" * 50 + text.encode()),
    "base64 of utf-16": lambda text: base64.b64encode(text.encode("utf-16-le")),
    "hex": lambda text: text.encode().hex().encode(),
    "hex in capitals": lambda text: b"0" + text.encode().hex().upper().encode(),
    "zlib": lambda text: b"\x78" + zlib.compress(text.encode() * 9),
    "zlib, best": lambda text: zlib.compress(text.encode() * 9, 9),
    "gzip": lambda text: gzip.compress(text.encode()),
    "zlib cut off": lambda text: zlib.compress(text.encode() + secrets.token_bytes(200))[:-20],
    "zlib in base64": lambda text: b"." + base64.urlsafe_b64encode(zlib.compress(text.encode())),
    "hex in base64 in zlib": lambda text: zlib.compress(base64.b64encode(binascii.hexlify(text.encode()))),
    "percent": lambda text: "".join(f"%{byte:02X}" for byte in text.encode()).encode(),
    "backslash x": lambda text: "".join(f"\\x{byte:02x}" for byte in text.encode()).encode(),
    "quoted-printable": lambda text: "".join(f"={byte:02X}" for byte in text.encode()).encode(),
    "html": lambda text: "".join(f"&#{byte};" for byte in text.encode("latin-1")).encode(),
}
