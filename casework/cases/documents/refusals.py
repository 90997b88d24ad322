"""Why a file is not taken in: a code for the log, and words for the person who sent it. Never the file's name."""

from django.conf import settings

from casework.cases.rules import Refused

CODES = {
    "doc_empty": "filen var tom",
    "doc_name": "filen hade inget namn",
    "doc_large": "filen var för stor",
    "doc_type": "filtypen tas inte emot",
    "doc_mixed": "namnet och innehållet stämde inte överens",
    "doc_broken": "filen gick inte att läsa",
    "doc_locked": "filen var låst med lösenord",
    "doc_bomb": "filen packade upp till för mycket",
    "doc_infected": "filen innehöll skadlig kod",
    "doc_unscanned": "filen kunde inte kontrolleras",
}


class Unclean(Refused):
    """The file cannot be taken in. `code` is what the log is told."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


def too_large() -> Unclean:
    return Unclean("doc_large", f"Filen är större än {settings.DOCUMENT_MAX_BYTES // 2**20} MB. Välj en mindre fil.")


def broken(what: str) -> Unclean:
    return Unclean("doc_broken", f"{what} gick inte att läsa. Öppna filen, spara den på nytt och försök igen.")


def too_much(what: str) -> Unclean:
    return Unclean("doc_bomb", f"{what} Dela upp filen eller spara den med lägre upplösning och försök igen.")
