"""Swedish personal identity numbers in one normal form of twelve characters, and why a number is refused.

Sources: folkbokföringslagen (1991:481) 18 and 18 a §§; Skatteverket SKV 704 and SKV 707, and its test data for
samordningsnummer (month 00 and day 60 stand for what is unknown); Inera, "Lokala reservidn" and "Nationellt
reservidformat"; IVO on numbers made by the social services themselves (T and three digits, TF and two).
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils import timezone

Kind = Literal["personnummer", "samordningsnummer", "reservnummer"]
FORM = "ÅÅÅÅMMDD-NNNN"
LONGEST = 40
CENTURIES = {"18", "19", "20"}

_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
_SHAPE = re.compile(r"(?P<century>[0-9]{2})?(?P<six>[0-9]{6})(?P<sign>[-+]?)(?P<four>[0-9A-Z]{4})", re.ASCII)
_DASHED_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?=.)", re.ASCII)
_INTERIM = re.compile(r"T[0-9]{3}|TF[0-9]{2}", re.ASCII)
# First two characters of the national reserve number: 00, or a birth century raised by 3, 6, 9 ... 78.
_NATIONAL = {"00", *(str(century) for century in range(22, 99))}


class InvalidNumber(ValueError):
    """A number that cannot be right. `code` is for programs; str() is Swedish and says what to write instead."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, repr=False)
class PersonalNumber:
    """A checked number. `twelve` is its normal form; date and sex are None where the number does not tell them."""

    kind: Kind
    twelve: str
    birth_date: date | None
    sex: Literal["female", "male"] | None

    def __repr__(self) -> str:
        return f"<{self.kind}>"


def parse(text: str, *, today: date | None = None) -> PersonalNumber:
    """The number in `text`: ten or twelve characters, with or without - or +, spaces anywhere.

    `today` (default: the local date) resolves the century of ten digits: + from the year the person turns 100.
    Raises InvalidNumber with code empty, characters, length, century, month, day, future, serial, check or interim.
    """
    today = today or timezone.localdate()
    cleaned = _clean(text)
    found = _SHAPE.fullmatch(_DASHED_DATE.sub(r"\1\2\3", cleaned))
    if found is None:
        raise _bad_shape(cleaned)
    century, six, sign, four = found.group("century", "six", "sign", "four")
    if not four.isdigit():
        return _lettered(century or _century(six, sign, today), six, four, today)
    if century == "99":
        return _stockholm(six + four)
    if century is None and 32 <= int(six[4:]) < 60:
        # With all twelve it is a reserve number (Halland, Inera); with ten it is far more likely a slip.
        raise InvalidNumber("day", f"Dagen {six[4:]} finns inte. Rätta datumet, eller skriv alla tolv siffrorna.")
    century = century or _century(six, sign, today)
    if century not in CENTURIES:
        raise InvalidNumber("century", f"Numret börjar med {century}. Ett personnummer börjar med 18, 19 eller 20.")
    return _digits(century, six, four, today)


def format_number(twelve: str) -> str:
    """A number in normal form as it is shown: YYYYMMDD-NNNN."""
    return f"{twelve[:8]}-{twelve[8:]}"


def luhn(digits: str) -> int:
    """The check digit that follows `digits` (SKV 704: weights 2 and 1 by turns from the left, for nine digits)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        product = int(digit) * (2 if place % 2 == 0 else 1)
        total += product // 10 + product % 10
    return -total % 10


def _clean(text: str) -> str:
    """ASCII digits of any script, one kind of hyphen, no spaces and nothing invisible."""
    if len(text) > LONGEST:
        raise InvalidNumber("length", f"Texten är för lång för att vara ett nummer. Skriv {FORM}.")
    kept = []
    for sign in unicodedata.normalize("NFKC", text).translate(_HYPHENS).upper():
        category = unicodedata.category(sign)
        if category == "Nd":
            kept.append(str(unicodedata.decimal(sign)))
        elif not (sign.isspace() or category == "Cf"):
            kept.append(sign)
    cleaned = "".join(kept)
    if not cleaned:
        raise InvalidNumber("empty", f"Skriv ett personnummer, så här: {FORM}.")
    return cleaned


def _bad_shape(cleaned: str) -> InvalidNumber:
    plain = cleaned.replace("-", "").replace("+", "")
    if not plain.isalnum() or not plain.isascii():
        return InvalidNumber("characters", f"Numret har ett tecken som inte hör dit. Skriv siffror så här: {FORM}.")
    if len(plain) in (10, 12):
        return InvalidNumber("characters", f"Numret är inte uppställt rätt. Skriv det så här: {FORM}.")
    return InvalidNumber(
        "length", f"Numret har {len(plain)} tecken. Det ska ha tio eller tolv: ÅÅMMDD-NNNN eller {FORM}."
    )


def _century(six: str, sign: str, today: date) -> str:
    latest = today.year - 100 if sign == "+" else today.year
    return str(latest - (latest - int(six[:2])) % 100)[:2]


def _digits(century: str, six: str, four: str, today: date) -> PersonalNumber:
    year, month, day = int(century + six[:2]), int(six[2:4]), int(six[4:])
    kind: Kind = "personnummer" if day < 32 else "reservnummer" if day < 60 else "samordningsnummer"
    born = None
    if kind == "samordningsnummer":
        born = _coordination_date(year, month, day - 60, today)
    elif kind == "personnummer":
        born = _real_date(year, month, day, today)
    elif not 1 <= month <= 12:
        raise _bad_month(month)
    if four.startswith("000"):
        raise InvalidNumber("serial", "De tre siffrorna före den sista kan inte vara 000. Kontrollera numret.")
    if luhn(six + four[:3]) != int(four[3]):
        raise _bad_check()
    if kind == "reservnummer":
        return PersonalNumber(kind, century + six + four, None, None)
    return PersonalNumber(kind, century + six + four, born, "male" if int(four[2]) % 2 else "female")


def _real_date(year: int, month: int, day: int, today: date) -> date:
    if not 1 <= month <= 12:
        raise _bad_month(month)
    try:
        born = date(year, month, day)
    except ValueError:
        raise InvalidNumber("day", f"Dagen {day:02} finns inte i månaden {year}-{month:02}. Rätta datumet.") from None
    _not_future(born, today)
    return born


def _coordination_date(year: int, month: int, day: int, today: date) -> date | None:
    """The date in a samordningsnummer, `day` without the added 60; None when day or month is unknown."""
    if month and day:
        return _real_date(year, month, day, today)
    if month > 12:
        raise _bad_month(month)
    if day > 31:
        raise InvalidNumber("day", "I ett samordningsnummer är dagen 60 till 91. Rätta datumet.")
    _not_future(date(year, month or 1, 1), today)
    return None


def _lettered(century: str, six: str, four: str, today: date) -> PersonalNumber:
    if _INTERIM.fullmatch(four):
        raise InvalidNumber(
            "interim",
            "Det här är ett tillfälligt nummer (T-nummer) som en verksamhet har hittat på. "
            "Skriv personnummer, samordningsnummer eller reservnummer, eller lämna fältet tomt.",
        )
    if century not in _NATIONAL:
        if century not in CENTURIES:
            raise InvalidNumber("century", f"Numret börjar med {century}. Kontrollera de första två siffrorna.")
        _real_date(int(century + six[:2]), int(six[2:4]), int(six[4:]), today)
    return PersonalNumber("reservnummer", century + six + four, None, None)


def _stockholm(ten: str) -> PersonalNumber:
    """99, a year, five digits, and a check digit over all after the century (Inera, Region Stockholm)."""
    if luhn(ten[2:9]) != int(ten[9]):
        raise _bad_check()
    return PersonalNumber("reservnummer", "99" + ten, None, None)


def _not_future(born: date, today: date) -> None:
    if born > today:
        raise InvalidNumber(
            "future",
            "Datumet ligger i framtiden. Rätta det. Är personen 100 år eller äldre, skriv årtalet med fyra siffror.",
        )


def _bad_month(month: int) -> InvalidNumber:
    return InvalidNumber("month", f"Månaden {month:02} finns inte. Månaden är 01 till 12: {FORM}.")


def _bad_check() -> InvalidNumber:
    return InvalidNumber("check", "Den sista siffran stämmer inte med de andra. Någon siffra är troligen fel.")
