"""What the reader of a letter can see and understand: everything in the text that tells who, where or why.

The hard findings stop the print, the soft ones are read by whoever prints. Source: domain 5.3 (JO 5932-2012, JK 2015 on
the court district, JO 2437-2006), OSL 26:1-2 and 26:7.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casework.cases.letters.known import Known
from casework.cases.letters.places import Finished
from casework.cases.naming import is_case_number, normal_case_number
from casework.clients.everyday import GENERIC, ORDINARY

# Words that many places share; which court it is tells where, that there is one does not.
SHARED = GENERIC | frozenset(
    "kommun kommunen stad stads region regionen tingsrätt tingsrätten förvaltningsrätt hovrätt skola skolan"
    " förskola förskolan vårdcentral vårdcentralen fastigheter fastighets bostad bostäder hyra hyres och vid på hos den"
    " det".split()
)
SECRET = (
    re.compile(r"\b\w*våld\w*", re.I),
    re.compile(r"\bheder(?!lig)\w*", re.I),
    re.compile(r"\bskydda[dt]e? (?:boende\w*|personuppgift\w*|folkbokföring\w*|identitet\w*)", re.I),
    re.compile(r"\b(?:kvinno|tjej|mans)jour\w*", re.I),
    re.compile(r"\bhot(?:et|en|ad|ade|ar|as|at|bild\w*)?\b", re.I),
    re.compile(r"\b(?:sekretessmark\w*|kriscentrum|fingera\w*)", re.I),
)
PLACE_SIGNS = (
    ("en domstol", re.compile(r"\b\w*(?:tingsrätt|förvaltningsrätt|hovrätt|kammarrätt)\w*", re.I)),
    ("ett postnummer", re.compile(r"(?<!\d)\d{3} ?\d{2}[ ,]+[A-ZÅÄÖ]\w+")),
    ("en gatuadress", re.compile(r"\b\w*(?:gatan|vägen|gränden|gränd|stigen|torget|allén|gata|väg) \d+\b", re.I)),
)
_PHONE = re.compile(r"(?<![\d-])(?:\+46|0046|0)[ (0)]{0,4}(?P<rest>[1-9](?:[ /-]?\d){6,10})(?!\d)")
_NUMBER = re.compile(r"(?<!\d)(?:\d{2})?\d{6}[-+ ]?\d{4}(?!\d)")
_CASE = re.compile(r"(?<![\d-])\d{2}[- ]?\d{5}[- ]?\d(?![\d-])")
_WORD = re.compile(r"[^\W\d_]+")
POSTAL_DIGITS = 5
# Mobile phones and numbers that are the same in the whole country tell no place.
NATIONWIDE = ("7", "10", "20")


@dataclass(frozen=True, repr=False)
class Finding:
    """One thing, as a sentence. A hard one has to go before the letter is printed."""

    text: str
    hard: bool = False


def find(known: Known, done: Finished, *, places_hard: bool) -> list[Finding]:
    """Everything found, hard first. `places_hard`: the text may become public, or this reader may not know where they
    live. Then a place that the writer has typed has to go; one of the template is for her to judge.
    """
    typed, own = plain(done.typed), plain(done.own)
    found = [*_names(known, own), *_places(known, typed, hard=places_hard), *_places(known, own)]
    found += [*_signs(typed, hard=places_hard), *_signs(own), *secrets(own, known.sections), *_numbers(known, own)]
    found.sort(key=lambda finding: not finding.hard)
    return list({finding.text: finding for finding in reversed(found)}.values())[::-1]


def find_in(known: Known, text: str) -> list[Finding]:
    """The same for a text that stands alone: all of it is typed."""
    whole = Finished(subject="", body=text, sender="", typed=text, own=text, missing=())
    return find(known, whole, places_hard=True)


def in_template(text: str, sections: Iterable[str]) -> list[Finding]:
    """What a template says by itself, whoever the letter is about: for a warning when it is written."""
    return [*_signs(plain(text)), *secrets(plain(text), sections)]


def plain(text: str) -> str:
    """Compatibility forms made one, and without the signs that cannot be seen."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")


def secrets(text: str, sections: Iterable[str]) -> Iterator[Finding]:
    """Words that tell why she has support."""
    for pattern in SECRET:
        for found in pattern.finditer(text):
            yield Finding(f"”{found[0]}” visar varför personen har stöd.")
    for name in sections:
        if name.casefold() in text.casefold():
            yield Finding(f"”{name}” är en sektions namn och kan visa varför personen har stöd.")


def _names(known: Known, text: str) -> Iterator[Finding]:
    reader = words_of(known.reader)
    for name in known.adults:
        if word := hit(text, words_of(name) - reader):
            yield Finding(f"”{word}” är namnet på en annan vuxen i ärendet. Ta bort det.", hard=True)
    for name in known.children:
        if word := hit(text, words_of(name) - reader):
            yield Finding(f"”{word}” är namnet på ett barn i ärendet.")
    if word := hit(text, words_of(known.hers) - reader):
        yield Finding(f"”{word}” är personens eget namn. Det kan vara nytt för mottagaren.")


def _places(known: Known, text: str, *, hard: bool = False) -> Iterator[Finding]:
    for what, value in known.places:
        words = {word for word in words_of(value) if len(word) > 2} - SHARED
        if word := hit(text, words):
            yield Finding(f"”{word}” visar {what}.", hard)
        code = "".join(re.findall(r"\d", value))
        if len(code) == POSTAL_DIGITS and (found := re.search(rf"(?<!\d){code[:3]} ?{code[3:]}(?!\d)", text)):
            yield Finding(f"”{found[0]}” visar {what}.", hard)


def _signs(text: str, *, hard: bool = False) -> Iterator[Finding]:
    for what, pattern in PLACE_SIGNS:
        for found in pattern.finditer(text):
            yield Finding(f"”{found[0]}” ser ut som {what} och kan visa orten.", hard)
    for phone in _PHONE.finditer(text):
        if not phone["rest"].startswith(NATIONWIDE) and not _NUMBER.fullmatch(phone[0]):
            yield Finding(f"”{phone[0].strip()}” har ett riktnummer som visar orten.", hard)


def _numbers(known: Known, text: str) -> Iterator[Finding]:
    for found in _CASE.finditer(text):
        number = normal_case_number(found[0])
        if is_case_number(number) and number != known.number:
            yield Finding(f"”{found[0]}” ser ut som ett annat ärendes nummer.")
    for found in _NUMBER.finditer(text):
        yield Finding(f"”{found[0]}” ser ut som ett personnummer.")
    if known.pseudonym.casefold() in text.casefold():
        yield Finding(f"”{known.pseudonym}” är ärendets pseudonym. Den är bara till för oss.")


def words_of(name: str) -> frozenset[str]:
    """The words of a name or a place, folded; single letters tell nothing."""
    return frozenset(word.casefold() for word in _WORD.findall(plain(name)) if len(word) > 1)


def hit(text: str, words: frozenset[str] | set[str]) -> str:
    """The first word of `text` that is one of `words`, also with an s for whose it is; "" when none is."""
    for word in _WORD.findall(text):
        folded = word.casefold()
        if any(known not in ORDINARY or word[0].isupper() for known in {folded, folded.removesuffix("s")} & words):
            return str(word)
    return ""
