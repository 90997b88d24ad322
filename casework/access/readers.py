"""Questions about access that pages ask."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models.functions import Coalesce

from audit.trail import Ref
from casework.access.models import AccessGrant
from casework.access.visit import Visit
from casework.cases.models import Case


def refs_of(seen: Visit) -> list[Ref]:
    """Every case a request has looked at: those fetched, and those behind a seal that was opened on its own."""
    refs = dict(seen.refs)
    unknown = seen.unknown - seen.owners.keys()
    if unknown:
        for case in Case.objects.filter(client_id__in=[UUID(int=number) for number in unknown]):
            refs.setdefault(str(case.pk), case.ref())
    return list(refs.values())


def who_could_open(case: Case, moment: datetime) -> list[dict[str, Any]]:
    """Who could open `case` at `moment`, and why: user, kind, from, until, who opened it. One query.

    `until` is when that door was shut, or will shut by itself; None as long as nobody has said.
    """
    rows = AccessGrant.objects.filter(case=case, opened_at__lte=moment)
    rows = rows.exclude(closed_at__lte=moment).exclude(ends_at__lte=moment)
    return list(
        rows.annotate(until=Coalesce("closed_at", "ends_at")).values(
            "user__display_name", "kind", "source", "opened_at", "until", "close_reason", "opened_by__display_name"
        )
    )
