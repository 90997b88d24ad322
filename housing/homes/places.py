"""Which building an address names, as it is compared: street, number with its letter, and town. Pure.

Kept simple: compatibility forms and case folded, "g." and "v." at the end of a street's name written out, what comes
after the number (flat, stair, floor) left out. Two ways of writing one address that differ in more are not met.
"""

import re
import unicodedata

# "Storgatan 12 B, 3 tr": the name up to its last sign before the number, the number, and one letter standing alone.
_HOUSE = re.compile(r"(?P<street>.*?[^\W\d][^\d]*?)\s*(?P<number>\d+)\s*(?P<letter>[^\W\d_](?![^\W_]))?")
_SHORT = ((re.compile(r"g\.(?=\s|$)"), "gatan"), (re.compile(r"v\.(?=\s|$)"), "vägen"))
_LINE = re.compile(r"(?P<street>[^,]+),(?:.*,)?\s*(?P<postal>\d{3}\s?\d{2})?\s*(?P<town>[^\d,]+)")


def building(street: str, town: str) -> str:
    """What two homes in one building have in common; "" when street or town is missing."""
    line, place = _folded(street), _folded(town)
    if not line or not place:
        return ""
    found = _HOUSE.match(line)
    name, number = (found["street"], found["number"] + (found["letter"] or "")) if found else (line, "")
    for short, whole in _SHORT:
        name = short.sub(whole, name.strip())
    return " ".join([*_words(name), number, *_words(place)])


def building_of_line(text: str) -> str:
    """The building of an address written on one line, "Storgatan 12, lgh 3, 211 41 Malmö"; "" for any other text."""
    found = _LINE.fullmatch(" ".join(text.split()))
    return building(found["street"], found["town"]) if found else ""


def _folded(text: str) -> str:
    whole = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(whole.split())


def _words(text: str) -> list[str]:
    return re.sub(r"[^\w]+", " ", text).split()
