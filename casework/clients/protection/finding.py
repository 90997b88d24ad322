"""Where an earlier name or number stands in sealed texts: which words count as it, and every place they are in.

Case, accents and a genitive s make no difference; a hit is a whole word. Better one hit too many than one too few: two
persons look at each.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet

from casework.cases.documents.models import Document, DocumentChunk
from casework.clients.models import Client, Identity
from casework.clients.protection.models import MaskingHit
from casework.crypto.blindindex import normalise_name
from casework.crypto.fields import SealedField, open_all, sealed_fields
from casework.crypto.keyring import Purpose
from casework.records import Record

MASK = "[maskerat]"
SHORTEST = 2
WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f\u00ad]*)+")
BETWEEN = r"[\s\u00ad\u2010-\u2015\u2212+./-]{0,3}"
# Made by the program or chosen from a list: a name that happens to look the same is not there.
CODED = {
    "casework.Client": {"number_kind"},
    "casework.ProtectionMark": {"kind"},
    "casework.Document": {"media_type", "digest", "chunks", "cleaned"},
}


class Span(NamedTuple):
    start: int
    end: int


class Place(NamedTuple):
    """A span of a text: its row, group, the path in it, and the length of the whole text."""

    row: Record
    group: str
    field: str
    span: Span
    length: int


@dataclass(frozen=True)
class Wanted:
    """What is looked for: the words of the earlier name, folded, and the earlier number in every spelling."""

    words: frozenset[str]
    number: re.Pattern[str] | None

    def __bool__(self) -> bool:
        return bool(self.words or self.number)

    def spans(self, text: str) -> list[Span]:
        """Where it stands in `text`, in order. None overlap: words have no digits."""
        found = [Span(*match.span()) for match in WORD.finditer(text) if self._is_word(_folded(match.group()))]
        if self.number is not None:
            found += [Span(*match.span()) for match in self.number.finditer(text)]
        return sorted(found)

    def masked(self, text: str) -> str:
        """`text` with every hit covered."""
        for span in reversed(self.spans(text)):
            text = covered(text, span)
        return text

    def _is_word(self, word: str) -> bool:
        return word in self.words or (word.endswith("s") and word[:-1] in self.words)


def wanted(old: Identity, new: Identity) -> Wanted:
    """What of the `old` identity does not stand in the `new` one, and so must go."""
    number = old.number if old.number != new.number else ""
    return Wanted(frozenset(_words(old.name) - _words(new.name)), _spellings(number) if number else None)


def covered(text: str, span: Span) -> str:
    return text[: span.start] + MASK + text[span.end :]


def repeats(hit: str, text: str) -> bool:
    """Whether `text` says again what stands in a hit: the word, with a genitive s or without, or the digits."""
    if any(sign.isdigit() for sign in hit):
        return re.sub(r"\D", "", hit) in re.sub(r"\D", "", text)
    words = _words(hit)
    return bool(Wanted(frozenset(words | {word.removesuffix("s") for word in words}), None).spans(text))


def _words(name: str) -> set[str]:
    return {word for match in WORD.finditer(name) if len(word := _folded(match.group())) >= SHORTEST}


def _folded(word: str) -> str:
    """A word as it is compared: as an index of names does it, and without accents."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", normalise_name(word)) if sign.isalpha())


def _spellings(number: str) -> re.Pattern[str]:
    """The number with or without its century, in one piece or with signs or spaces between its parts."""
    parts = [number[2:4], number[4:6], number[6:8], number[8:]]
    return re.compile(r"(?<!\d)(?:\d\d)?" + BETWEEN.join(map(re.escape, parts)) + r"(?!\d)")


# --- texts in a group -------------------------------------------------------------------------------------------------


def texts(group: Any) -> Iterator[tuple[str, str]]:
    """(path, text) of every text in a sealed group, also in its lists and dicts: ("goals.0.2", "...")."""
    for field in fields(group):
        yield from _texts(field.name, getattr(group, field.name))


def _texts(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    for at, part in enumerate(_parts(value)):
        yield from _texts(f"{path}.{at}", part)


def _parts(value: Any) -> list[Any]:
    """What a list or dict holds, in a steady order: a path has places in it, never a key."""
    if isinstance(value, dict):
        return [value[key] for key in sorted(value)]
    return value if isinstance(value, list) else []


def text_at(group: Any, path: str) -> str | None:
    """The text at `path`; None when there is none any more."""
    return dict(texts(group)).get(path)


def with_text(group: Any, path: str, text: str) -> Any:
    """The group with another text at `path`."""
    name, *steps = path.split(".")
    return replace(group, **{name: _put(getattr(group, name), [int(step) for step in steps], text)})


def _put(value: Any, steps: list[int], text: str) -> Any:
    if not steps:
        return text
    at, *rest = steps
    if isinstance(value, dict):
        key = sorted(value)[at]
        return {**value, key: _put(value[key], rest, text)}
    return [_put(part, rest, text) if place == at else part for place, part in enumerate(value)]


def text_of(hit: MaskingHit) -> str | None:
    """The text that a hit is in, as it is now; None when the row or the text is gone."""
    row = QuerySet(apps.get_model(hit.model)).filter(pk=hit.row).first()
    return text_at(getattr(row, hit.group).open(), hit.field) if row is not None else None


# --- every row of a person --------------------------------------------------------------------------------------------


def columns() -> list[tuple[type[Record], SealedField[Any]]]:
    """Every sealed column that lies under a client's key."""
    return [
        (model, field)
        for model, field in sealed_fields()
        if field.purpose is Purpose.CLIENT and issubclass(model, Record)
    ]


def rows_of(model: type[Any], owners: set[UUID]) -> QuerySet[Any]:
    """The rows of `model` that lie under the keys of `owners`, past a manager that might hide some."""
    rows: QuerySet[Any] = QuerySet(model)
    return rows.filter(pk__in=owners) if model is Client else rows.filter(client__in=owners)


def places(owners: set[UUID], what: Wanted) -> Iterator[Place]:
    """Every place in the texts of `owners`. What is in a file cannot be searched: see documents()."""
    for model, field in columns():
        if model is DocumentChunk:
            continue
        skipped = CODED.get(model._meta.label, set())
        for row in open_all(rows_of(model, owners), field.name):
            for path, text in texts(getattr(row, field.name).open()):
                if path.partition(".")[0] not in skipped:
                    yield from (Place(row, field.name, path, span, len(text)) for span in what.spans(text))


def documents(owners: set[UUID]) -> Iterator[Place]:
    """A place for each document of `owners` that is still there: somebody has to look in it."""
    for document in rows_of(Document, owners).filter(destroyed_at__isnull=True):
        yield Place(document, "details", MaskingHit.FILE, Span(0, 0), 0)
