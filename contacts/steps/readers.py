from collections import Counter
from typing import Any
from uuid import UUID

from casework import policy
from casework.cases.codes import ACTORS, StepKind
from casework.cases.models import JournalNote
from casework.cases.readers import step_of, with_text
from casework.policy import Permission
from casework.signin.models import User

RECENT = 30


def recent_choices(user: User) -> dict[str, str]:
    """The writer's latest kind, way and place."""
    last = JournalNote.objects.filter(author=user, entry="step").order_by("-signed_at").first()
    return {"kind": last.kind, "way": last.way, "place": last.place} if last else {}


def recent_kinds_first(user: User) -> list[tuple[str, str]]:
    """The kinds of step, those the writer uses most on top."""
    latest = JournalNote.objects.filter(author=user, entry="step").order_by("-signed_at").values_list("kind", flat=True)
    used = [kind for kind, _ in Counter(latest[:RECENT]).most_common(3)]
    return sorted(StepKind.choices, key=lambda choice: used.index(choice[0]) if choice[0] in used else len(used))


def actors() -> tuple[str, ...]:
    return ACTORS


def note_to_change(user: Any, pk: UUID) -> JournalNote:
    """A signed step in a case this user may write in, with its words. Raises NotFound, Forbidden as policy.get_case."""
    note = step_of(pk)
    if note is None:
        raise policy.NotFound("Anteckningen finns inte.")
    note.case = policy.get_case(user, note.case.number, Permission.STEP_WRITE)
    with_text([note])
    return note
