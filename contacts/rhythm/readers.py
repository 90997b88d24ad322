"""What the rhythm's panel and page show."""

from typing import Any

from django.conf import settings

from casework.cases.models import Case
from casework.cases.panels import Held
from casework.crypto import fields
from casework.policy import Permission
from casework.signin.models import User
from contacts.rhythm import flags
from contacts.rhythm.models import ContactRhythm, Every


def rhythm_panel(user: User, case: Case, held: Held) -> dict[str, Any] | None:
    """How often, when last, when next, and what is no longer in time. The sektionschef sees what is late."""
    if case.closed:
        return None
    standing = flags.standings([case])[case.pk]
    own = Permission.METHOD_WRITE in held
    return {
        "case": case,
        "every": Every(standing.every).label if standing.every else "",
        "last_contact": standing.last_contact or case.first_contact_on,
        "contact_due": standing.contact_due,
        "flags": standing.flags if own else flags.late(standing.flags),
        "may_agree": own,
    }


def history(case: Case) -> list[ContactRhythm]:
    """Every agreement on contact, the newest first, with why."""
    rows = list(ContactRhythm.objects.filter(case=case).select_related("set_by"))
    for row in fields.open_all(rows, "words"):
        row.why = row.words.open().why
    return rows


def usual_days() -> int:
    """How many days may pass when nothing is agreed."""
    return int(settings.METHOD["rhythm_days"])
