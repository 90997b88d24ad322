"""What is written about invented people: as long and as varied as real records, and nobody's."""

import random
from dataclasses import dataclass
from typing import Any

from casework.crypto.personnummer import luhn
from casework.demo.many import GIVEN

WORDS = (
    "hon berättar att läget är lugnare nu och barnen sover bättre sedan flytten vi gick igenom vad som behövs "
    "inför mötet med socialtjänsten polisen åklagaren skolan och vården nästa vecka hon vill helst bli uppringd "
    "på förmiddagen och kodordet ska användas varje gång en egen bostad är viktigast för henne just nu "
    "tillsammans gjorde vi en plan för ekonomin ansökan om underhåll kontakten med banken skulderna samt vem som "
    "kan följa med till tingsrätten när det blir dags oron för att bli hittad finns kvar men är mindre än i "
    "höstas "
).split()
STREETS = ("Hittepåvägen", "Låtsasgatan", "Exempelstigen", "Påhittsbacken")


def text(chance: random.Random, least: int, most: int) -> str:
    """Sentences of invented Swedish, `least` to `most` characters long."""
    length = chance.randint(least, most)
    made: list[str] = []
    size = 0
    while size < length:
        sentence = " ".join(chance.choices(WORDS, k=chance.randint(6, 16))).capitalize() + "."
        made.append(sentence)
        size += len(sentence) + 1
    return " ".join(made)[:length]


def personal_number(at: int) -> str:
    """The number of a person who does not exist; 1900-1999, up to 3,360,000 of them."""
    rest, serial = divmod(at, 1000)
    rest, day = divmod(rest, 28)
    year, month = divmod(rest, 12)
    base = f"19{year % 100:02d}{month + 1:02d}{day + 1:02d}{serial:03d}"
    return base + str(luhn(base[2:]))


@dataclass
class Person:
    identity: dict[str, Any]
    address: dict[str, Any]
    channels: dict[str, Any]
    narrative: dict[str, Any]
    note: dict[str, Any]


def person(at: int) -> Person:
    chance = random.Random(at)
    return Person(
        identity={
            "given_name": GIVEN[at % len(GIVEN)],
            "family_name": f"Påhittad{at}",
            "number": personal_number(at),
            "number_kind": "personnummer",
            "language": "svenska",
        },
        address={
            "street": f"{chance.choice(STREETS)} {chance.randint(1, 99)}",
            "postal_code": "000 00",
            "town": "Ingenstad",
        },
        channels={
            "safe_way": text(chance, 30, 90),
            "phone": f"070-{at:07d}",
            "when": "vardagar före klockan tio",
            "code_word": chance.choice(WORDS),
            "do_not": text(chance, 20, 80),
        },
        narrative={
            "referral_note": text(chance, 100, 300),
            "background": text(chance, 400, 1200),
            "wishes": text(chance, 60, 200),
        },
        note={
            "text": text(chance, 300, 900),
            "actor": chance.choice(("", "Polisen", "Skolan")),
            "next_step": text(chance, 20, 80),
        },
    )


def people(count: int) -> list[Person]:
    return [person(at) for at in range(count)]
