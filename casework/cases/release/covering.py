"""Covering: a text may lose parts, each shown as covered, and can be changed in no other way."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

COVER = "[täckt]"
KEPT = {"\n", "\t"}
HIDDEN = {"Cc", "Cf", "Cs"}


@dataclass(frozen=True)
class Span:
    """A place in a text, and in a word what stands there."""

    start: int
    end: int
    what: str


def plain(text: str) -> str:
    """A text as it is snapshot: composed (NFC), one kind of line break, without signs that nobody sees.

    An invisible sign in the middle of a name would hide it from the search for names.
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(sign for sign in composed if sign in KEPT or unicodedata.category(sign) not in HIDDEN).strip()


def is_covering(original: str, text: str) -> bool:
    """True when `text` is `original` with one or more parts, none of them empty, replaced by COVER."""
    return COVER in text and kept_parts(original, text) is not None


def kept_parts(original: str, text: str) -> list[tuple[int, int]] | None:
    """Where in `original` the parts stand that `text` still shows; None when it is no covering of it."""
    first, *rest = text.split(COVER)
    if not original.startswith(first) or not (rest or text == original):
        return None
    places = [(0, len(first))]
    for part in rest[:-1]:
        found = original.find(part, places[-1][1] + 1)
        if found < 0:
            return None
        places.append((found, found + len(part)))
    for part in rest[-1:]:
        start = len(original) - len(part)
        if not original.endswith(part) or start <= places[-1][1]:
            return None
        places.append((start, len(original)))
    return places


def shown(spans: Iterable[Span], places: Iterable[tuple[int, int]]) -> list[Span]:
    """The spans of which any sign is still shown: half a covered number is a number."""
    kept = list(places)
    return [span for span in spans if any(start < span.end and span.start < end for start, end in kept)]


def covered(text: str, spans: Iterable[Span]) -> str:
    """`text` with every span covered."""
    return "".join(COVER if marked else part for part, marked in segments(text, spans))


def segments(text: str, spans: Iterable[Span]) -> Iterator[tuple[str, bool]]:
    """The text in pieces: (piece, whether it is a span). The spans stand in order and do not overlap."""
    at = 0
    for span in spans:
        if span.start > at:
            yield text[at : span.start], False
        yield text[span.start : span.end], True
        at = span.end
    if at < len(text):
        yield text[at:], False
