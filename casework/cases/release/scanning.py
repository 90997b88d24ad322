"""Finds what may be about somebody else in a text: names that the case knows, numbers, and ways to reach somebody.

It warns and decides nothing: two persons read every piece, also those where nothing was found.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casework.cases.models import Case
from casework.cases.release.covering import Span
from casework.cases.release.scope import belong
from casework.clients import numbers
from casework.clients.children.models import Child, Guardian
from casework.clients.relatives.models import RelatedPerson
from casework.crypto import fields
from casework.crypto.personnummer import InvalidNumber

NAME, NUMBER, PHONE = "namn", "personnummer", "telefonnummer"
POSTAL, CASE_NUMBER, MAIL = "postnummer", "ärendenummer", "e-postadress"
WORD = re.compile(r"[^\W\d_]+")
PERSON = re.compile(
    r"(?<!\d)(?:\d{4}-\d{2}-\d{2}|\d{8}|\d{6})[ \u00a0]?[-+\u2010-\u2015\u2212]?[ \u00a0]?"
    r"(?:\d{4}|[A-Z]\d{3}|[A-Z]{2}\d{2})(?!\w)"
)
PATTERNS = (
    (MAIL, re.compile(r"[^\s@]+@[^\s@]+\.\w+")),
    (CASE_NUMBER, re.compile(r"(?<![\d-])\d{2}-\d{5}-\d(?![\d-])")),
    (PHONE, re.compile(r"(?<![\w.])(?:\+|0)\d?(?:[ \u00a0\-/()]*\d){6,14}(?!\d)")),
    (POSTAL, re.compile(r"(?<![\w-])\d{3}[ \u00a0]\d{2}(?![\w-])|(?<![\w-])\d{5}(?=\s+[A-ZÅÄÖ])")),
)
# Small words of names: alone they name nobody, and two of them stand in every Swedish text.
SMALL = {"af", "al", "av", "bin", "da", "de", "del", "den", "der", "di", "dos", "du", "el", "ibn", "la", "le", "von"}


def words_of(name: str) -> set[str]:
    """The words of a name, folded. Where some begin with a capital, only those: "kusin till Ali" is about Ali."""
    found = WORD.findall(unicodedata.normalize("NFC", name))
    capital = [word for word in found if not word[0].islower()]
    folded = {word.casefold() for word in capital or found}
    return {word for word in folded if len(word) > 1 and word not in SMALL}


def last_ten(number: str) -> str:
    """What a number is compared by, with or without its century and hyphen."""
    return "".join(sign for sign in number.upper() if sign.isalnum())[-10:]


@dataclass(frozen=True)
class Watch:
    """Whom a text is searched for. What is the owner's own is no warning: her name, her number, her case."""

    names: frozenset[str]
    numbers: frozenset[str]
    own_number: str = ""
    own_case: str = ""

    def find(self, text: str) -> list[Span]:
        """Everything found, in order, none overlapping another."""
        found = sorted([*self._names(text), *self._numbers(text), *self._patterns(text)], key=_longest_first)
        kept: list[Span] = []
        for span in found:
            if not kept or span.start >= kept[-1].end:
                kept.append(span)
        return kept

    def _names(self, text: str) -> Iterator[Span]:
        for match in WORD.finditer(text):
            word = match[0].casefold()
            if word in self.names or (word.endswith("s") and word[:-1] in self.names):
                yield Span(match.start(), match.end(), NAME)

    def _numbers(self, text: str) -> Iterator[Span]:
        for match in PERSON.finditer(text):
            ten = last_ten(match[0])
            if ten != self.own_number and (ten in self.numbers or _is_number(match[0])):
                yield Span(match.start(), match.end(), NUMBER)

    def _patterns(self, text: str) -> Iterator[Span]:
        for what, pattern in PATTERNS:
            for match in pattern.finditer(text):
                if match[0] != self.own_case and last_ten(match[0]) != self.own_number:
                    yield Span(match.start(), match.end(), what)


def _longest_first(span: Span) -> tuple[int, int]:
    return span.start, -span.end


def _is_number(text: str) -> bool:
    """A number of somebody, also one that a clinic has made up while waiting for a real one."""
    try:
        numbers.parse(text)
    except InvalidNumber as wrong:
        return wrong.code == "interim"
    return True


def watch(case: Case, child: Child | None) -> Watch:
    """Everybody the case knows but the one whose record it is. Opens names and numbers, and shows none of them."""
    children = list(Child.objects.filter(case=case).select_related("client"))
    belong(case, [row.client_id for row in children])
    clients = {row.client_id: row.client for row in children} | {case.client_id: case.client}
    identities = {row.pk: row.identity.open() for row in fields.open_all(list(clients.values()), "identity")}
    own = identities.pop(child.client_id if child else case.client_id)
    around = [row.words.open() for row in fields.open_all(_around(case), "words")]
    people = [(one.name, one.number) for one in (*identities.values(), *around)]
    names = set[str]().union(*(words_of(name) for name, _ in people)) - words_of(own.name)
    known = {last_ten(number) for _, number in people if number} - {last_ten(own.number)}
    return Watch(frozenset(names), frozenset(known), last_ten(own.number), case.number)


def _around(case: Case) -> list[RelatedPerson | Guardian]:
    """Those who are no clients. A guardian who is the person in the case is found by her own identity."""
    return [*RelatedPerson.objects.filter(case=case), *Guardian.objects.filter(case=case, is_case_person=False)]


def kinds(spans: Iterable[Span]) -> list[str]:
    """What was found, in words: "2 namn"."""
    counted: dict[str, int] = {}
    for span in spans:
        counted[span.what] = counted.get(span.what, 0) + 1
    return [f"{count} {what}" for what, count in counted.items()]
