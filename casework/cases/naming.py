"""Case numbers and pseudonyms: made at random, with nothing of the person in them."""

import secrets

from django.utils import timezone

from casework.cases.models import Case

FIRST = (
    "Blå Brun Djup Fin Frisk Gammal Glad God Grå Gul Grön Hög Jämn Klar Lugn Ljus Lång Mild Mjuk Ny Rak Ren Rund Röd "
    "Sen Skön Snäll Stadig Stark Stilla Stor Säker Tidig Trygg Tyst Varm Vid Vit Öppen"
).split()
SECOND = (
    "Ask Backe Björk Blomma Bris Bro Brunn Bäck Dal Damm Ek Fjord Flod Fura Fyr Glänta Gran Gryning Hamn Hassel Hed "
    "Holme Horisont Hägg Kulle Lind Lärka Lönn Mossa Måne Oxel Park Pil Rönn Sand Sjö Skog Slätt Snö Sol Sten Stig "
    "Stjärna Strand Sälg Tall Udde Vass Vik Våg Äng Ö"
).split()


class NamesExhausted(Exception):
    """No free pseudonym was found."""


def check_digit(digits: str) -> str:
    """The Luhn digit (ISO/IEC 7812-1): a mistyped case number is caught before it opens someone else's."""
    doubled = [int(d) * (2 if place % 2 == 0 else 1) for place, d in enumerate(reversed(digits))]
    return str(-sum(n - 9 if n > 9 else n for n in doubled) % 10)


def is_case_number(text: str) -> bool:
    """True for a well-formed number with the right check digit, such as 26-48173-5."""
    digits = text.replace("-", "")
    return len(digits) == 8 and digits.isascii() and digits.isdigit() and check_digit(digits[:-1]) == digits[-1]


def normal_case_number(text: str) -> str:
    """The number with its hyphens, however it was typed: 26481735 and 26 48173 5 are both 26-48173-5."""
    digits = "".join(char for char in text if char.isdigit())
    return f"{digits[:2]}-{digits[2:7]}-{digits[7:]}" if len(digits) == 8 else text.strip()


def new_number() -> str:
    """A free case number: two digits of the year, five at random, one check digit."""
    year = f"{timezone.localdate():%y}"
    while True:
        digits = f"{year}{secrets.randbelow(100_000):05d}"
        number = f"{digits[:2]}-{digits[2:]}-{check_digit(digits)}"
        if not Case.objects.filter(number=number).exists():
            return number


def new_pseudonym() -> str:
    """A free pseudonym of two everyday words, with a number when the plain pair is taken."""
    for attempt in range(200):
        name = f"{secrets.choice(FIRST)} {secrets.choice(SECOND)}"
        if attempt >= 20:
            name += f" {secrets.randbelow(9998) + 2}"
        if not Case.objects.filter(pseudonym=name).exists():
            return name
    raise NamesExhausted
