"""The places to fill in of a template, written [[så här]], and the text that they make with what was written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from casework import swedish
from casework.cases.letters.models import TemplateWords

CASE_NUMBER, TODAY, HANDLER = "ärendenummer", "dagens datum", "handläggare"
BUILT_IN = frozenset({CASE_NUMBER, TODAY, HANDLER})
MOST, LONGEST = 20, 60

_PLACE = re.compile(r"\[\[([^\[\]\n]+)\]\]")
_LOOSE = re.compile(r"\[\[|\]\]")


@dataclass(frozen=True, repr=False)
class Finished:
    """A letter as it is read. `typed` is what was written at its places, `own` all but what the program filled in.

    The sender belongs to `own` only where the template has one of its own. `missing`: the places that are empty.
    """

    subject: str
    body: str
    sender: str
    typed: str
    own: str
    missing: tuple[str, ...]


def places(words: TemplateWords) -> dict[str, str]:
    """What the writer fills in: key -> how the template spells it first, in the order of the text."""
    found: dict[str, str] = {}
    for written in _PLACE.findall(f"{words.subject}\n{words.body}"):
        if (key := _key(written)) not in BUILT_IN:
            found.setdefault(key, " ".join(written.split()))
    return found


def fault(words: TemplateWords) -> str:
    """What is wrong with how a template marks its places, as a sentence; "" when nothing is."""
    if _LOOSE.search(words.sender):
        return "Avsändaren kan inte ha platser att fylla i."
    if _LOOSE.search(_PLACE.sub("", words.subject)) or _LOOSE.search(_PLACE.sub("", words.body)):
        return "En plats att fylla i är inte hel. Skriv den på en rad, så här: [[tid och dag]]."
    found = places(words)
    if len(found) > MOST:
        return f"Mallen har {len(found)} platser att fylla i, högst {MOST} får plats. Ta bort några."
    if any(not key or len(key) > LONGEST for key in found):
        return f"En plats att fylla i ska ha ett namn på högst {LONGEST} tecken."
    return ""


def finish(words: TemplateWords, filled: Mapping[str, str], *, number: str, handler: str, day: date) -> Finished:
    """Puts a letter together. A place that is empty is shown by its name; what is typed is never read as a place."""
    wanted = places(words)
    typed = {key: str(filled.get(key, "")).strip() for key in wanted}
    shown = {key: text or f"[{wanted[key]}]" for key, text in typed.items()}
    known = {CASE_NUMBER: number, TODAY: swedish.day(day), HANDLER: handler}
    sender = words.sender.strip()
    own = [put(text, typed | dict.fromkeys(BUILT_IN, "")) for text in (words.subject, words.body)]
    return Finished(
        subject=put(words.subject, shown | known),
        body=put(words.body, shown | known),
        sender=sender or "\n".join(settings.LETTER_SENDER),
        typed="\n".join(typed.values()),
        own="\n".join([*own, sender]),
        missing=tuple(wanted[key] for key, text in typed.items() if not text),
    )


def put(text: str, values: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda found: values[_key(found[1])], text)


def _key(written: str) -> str:
    return " ".join(written.split()).casefold()
