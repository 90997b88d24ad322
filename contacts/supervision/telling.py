"""Whether a text could tell who a person is.

`Hers` holds her name, number, address and case number in memory, opened for the comparison and dropped after it. It
says yes or no, and never which word it was. Ask it only for a writer who has the case: to anybody else the answer would
confirm a guess. `looks` needs to know nothing of her.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from audit.tags import Tag
from casework.access import visit
from casework.cases.models import Case
from casework.clients.everyday import GENERIC, ORDINARY
from casework.clients.models import Address, Identity

COMPARED = "supervision:compared"
WARNING = "Texten ser ut att innehålla ett namn eller en uppgift som kan peka ut henne. Skriv om det."

# Names of others that tell who she is, such as her children's: filled by the room that has them.
also_names: list[Callable[[Case], Iterable[str]]] = []

_WORD = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d(?:[ .+\-\u2010-\u2015\u00a0]*\d)*")
_MID_SENTENCE = re.compile(r"(?<=[^\W_][ ,]) *([^\W\d_]{4,})")

LOOKS = {
    "ett personnummer": re.compile(r"(?<!\d)(?:\d{2})?\d{6}[-+ ]?\d{4}(?!\d)"),
    "ett telefonnummer": re.compile(r"(?<![\d-])(?:\+\d{2}|00\d{2}|0)(?:[ -]?\d){7,12}(?!\d)"),
    "en gatuadress": re.compile(r"\w*(?:gatan|vägen|gränden|gränd|stigen|torget|allén|backen|gata|väg) \d+", re.I),
    "en e-postadress": re.compile(r"[^\s@]+@[^\s@]+\.\w+"),
}


def looks(text: str) -> list[str]:
    """What the text seems to contain, in words: "ett telefonnummer"."""
    plain = _plain(text)
    return [what for what, pattern in LOOKS.items() if pattern.search(plain)]


@dataclass(frozen=True, repr=False)
class Hers:
    """The words, folded, and the numbers that tell who she is."""

    words: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)

    def in_text(self, text: str) -> bool:
        """True when a word or number of the text is one of hers."""
        plain = _plain(text)
        return _has_word(plain, self.words) or _has_number(plain, self.numbers)


def hers(case: Case) -> Hers:
    """Opens her identity and her address, and says so in the log."""
    visit.purpose(Tag.SUPERVISION_READ, reason_code=COMPARED)
    identity, address = case.client.identity.open(), case.client.address.open()
    return Hers(_words_of(case, identity, address), _numbers_of(case, identity, address))


def _plain(text: str) -> str:
    """Compatibility forms made one, and without the signs that cannot be seen."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")


def _words_of(case: Case, identity: Identity, address: Address) -> set[str]:
    named = [identity.name, address.town, *(name for names in also_names for name in names(case))]
    words = {word for name in named for word in _folded(name)} | {
        word for word in _folded(address.street) if word not in GENERIC and len(word) > 2
    }
    placed = {word.casefold() for word in _MID_SENTENCE.findall(_plain(address.note)) if word[0].isupper()}
    return (words | placed) - GENERIC


def _folded(name: str) -> Iterator[str]:
    return (word.casefold() for word in _WORD.findall(_plain(name)) if len(word) > 1)


def _has_word(plain: str, hers: set[str]) -> bool:
    """As it is or with an s for whose it is."""
    for word in _WORD.findall(plain):
        folded = word.casefold()
        for known in {folded, folded.removesuffix("s")} & hers:
            if known not in ORDINARY or word[0].isupper():
                return True
    return False


def _numbers_of(case: Case, identity: Identity, address: Address) -> set[str]:
    """Digits only: the number and the day of birth, the postal code, codes in the note, the case number."""
    number = _digits(identity.number)
    own = {number[2:8], number[-10:]} if len(number) == 12 else {number}
    codes = {_digits(found) for found in _DIGITS.findall(_plain(address.note))}
    return {each for each in {*own, *codes, _digits(address.postal_code), _digits(case.number)} if len(each) > 3}


def _has_number(plain: str, hers: set[str]) -> bool:
    written = [_digits(found) for found in _DIGITS.findall(plain)]
    return any(known in digits for digits in written for known in hers)


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())
