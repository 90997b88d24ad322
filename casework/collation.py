"""Swedish alphabetical order: å, ä and ö last; other accents as their base letter."""

import unicodedata

_LAST = {"å": "z\U00010001", "ä": "z\U00010002", "æ": "z\U00010002", "ö": "z\U00010003", "ø": "z\U00010003"}


def sort_key(text: str) -> tuple[str, str]:
    """A key for sorted(); the second part keeps the order of equal words stable (case, accents)."""
    composed = unicodedata.normalize("NFC", text).casefold()
    return "".join(_LAST.get(letter) or _base(letter) for letter in composed), composed


def _base(letter: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))
