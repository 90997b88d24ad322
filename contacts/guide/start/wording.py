"""What the pages of the start set have in common: how one is put together, and lines that come back."""

from datetime import date
from typing import Any

AUTHORITY, EVERYDAY = "authority", "everyday"
# The state of the statutes that the verified pages were read against.
CHECKED = date(2026, 7, 7)
UNSURE = "Allmän kunskap, inte bekräftad med källan själv. Kontrollera innan du litar på den."
BRIEF = "Intyg från socialtjänsten. Fråga först vad det behöver visa. Skriv inte mer än så, och aldrig orten."
DECISION = "Skatteverkets beslut om sekretessmarkering eller skyddad folkbokföring."
SPECIAL = "Fråga vem som handlägger skyddade personuppgifter. Säg inte hennes namn förrän du har kommit rätt."
CALL_BACK = "Ett kodord, och att de bara ringer på ett nummer som de redan har."


def page(slug: str, title: str, area: str, actors: str = "", **parts: Any) -> dict[str, Any]:
    """One page. A part is a list of lines; with `checked` its facts are borne out by its source."""
    checked = parts.pop("checked", False)
    words = {name: "\n".join(lines) for name, lines in parts.items()}
    return {
        "slug": slug,
        "title": title,
        "area": area,
        "actors": actors,
        **words,
        "checked_on": CHECKED if checked else None,
        "verified": checked,
    }
