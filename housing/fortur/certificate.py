"""What socialtjänsten certifies to a municipal landlord: that a household needs a lasting home, and nothing of why.

The text begins with the fixed words below. The writer may say more; `rules.faults` reads what she has written.
"""

from housing.codes import AgeBand
from housing.needs.models import NeedProfile

BEGIN = """\
Socialtjänsten stödjer ansökan om förtur.

Hushållet är {household}. Det behöver ett hem att bo kvar i, med minst {rooms} rum.

{children}Socialtjänsten har kontakt med hushållet och finns kvar när flytten är klar. Vi svarar på frågor om bostaden \
och kontraktet.\
"""
CHILDREN = """\
Barnens behov har vägts in. De behöver en fast plats för skola, vänner och fritid, och att slippa flytta flera gånger.

"""
NUMBERS = ("", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")


def begin(profile: NeedProfile) -> str:
    """The fixed text with what the need says of the household in words."""
    children = CHILDREN if profile.children else ""
    return BEGIN.format(household=_household(profile), rooms=_number(profile.rooms, "ett"), children=children)


def _household(profile: NeedProfile) -> str:
    adults = f"{_number(profile.adults, 'en')} {'vuxen' if profile.adults == 1 else 'vuxna'}"
    bands = [str(label).lower() for key, label in AgeBand.choices for _ in range(profile.children.count(key))]
    if not bands:
        return adults
    return f"{adults} och {_number(len(bands), 'ett')} barn ({', '.join(bands)})"


def _number(count: int, one: str) -> str:
    """In words: digits in a row are what the reader of such a text has to stop at."""
    if count == 1:
        return one
    return NUMBERS[count] if 1 < count < len(NUMBERS) else str(count)
