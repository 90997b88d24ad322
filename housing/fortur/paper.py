"""The application as the landlord gets it: the certificate and the terms. Nothing on it tells whose or why."""

from casework.cases.rules import Refused
from casework.paper.sheet import Sheet, Unprintable
from housing.fortur.models import ForturApplication, ForturWords

FILE_NAME = "ansokan.pdf"


def reference(application: ForturApplication) -> str:
    """By what we and the landlord speak of it: made of nothing in the case, and not of the need's token."""
    return f"F-{application.pk.hex[:8].upper()}"


def draw(application: ForturApplication, words: ForturWords, *, contact: str) -> bytes:
    """Raises Refused for a character that cannot be printed."""
    try:
        return _drawn(application, words, contact)
    except Unprintable as lacking:
        raise Refused(str(lacking)) from None


def _drawn(application: ForturApplication, words: ForturWords, contact: str) -> bytes:
    sheet = Sheet()
    sheet.title_line("Ansökan om förtur")
    sheet.facts(
        [
            ("Till", application.landlord.name),
            ("Vår beteckning", reference(application)),
            ("Kontrakt", str(application.get_lease_display())),
            ("Kontakt hos socialtjänsten", contact),
        ]
    )
    sheet.heading("Intyg")
    sheet.paragraph(words.certificate)
    if words.conditions:
        sheet.heading("Villkor")
        sheet.paragraph(words.conditions)
    return sheet.finish()
