"""The summary of a case for whoever takes over: parts on one sheet, registered by the rooms that know them."""

from typing import Any

from casework.cases import readers as cases
from casework.cases.models import Case, JournalNote
from casework.cases.panels import Held, Panel
from casework.cases.safety import readers as safety
from casework.signin.models import User

NOTES = 3

_parts: dict[str, Panel] = {}


def register(part: Panel) -> None:
    """Adds a part of the sheet, or replaces the one with the same name."""
    _parts[part.name] = part


def for_case(user: User, case: Case, held: Held) -> list[tuple[str, dict[str, Any]]]:
    """(template, variables) of each part that has something to say, in order."""
    ordered = sorted(_parts.values(), key=lambda part: (part.order, part.name))
    drawn = ((part.template, part.context(user, case, held)) for part in ordered)
    return [(template, context) for template, context in drawn if context is not None]


def safety_part(user: User, case: Case, held: Held) -> dict[str, Any] | None:
    """What is agreed on for her safety."""
    return {"found": safety.plan_of(case)}


def channels_part(user: User, case: Case, held: Held) -> dict[str, Any] | None:
    """Where the safe ways of contact are shown; the sheet has none of them."""
    return {"case": case}


def notes_part(user: User, case: Case, held: Held) -> dict[str, Any] | None:
    """The latest steps in short, and what was planned in the latest."""
    notes = list(JournalNote.objects.filter(case=case, entry="step").select_related("author")[:NOTES])
    cases.with_text(notes)
    return {"notes": notes, "next": next((note for note in notes[:1] if note.next_on), None)}


def connect() -> None:
    register(Panel("safety", "casework/_summary_safety.html", safety_part, order=30))
    register(Panel("channels", "casework/_summary_channels.html", channels_part, order=31))
    register(Panel("notes", "casework/_summary_notes.html", notes_part, order=80))
