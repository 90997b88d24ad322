"""Questions about access that pages ask."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

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
    return _doors(case, moment, moment)


def who_could_open_on(case: Case, day: date) -> list[dict[str, Any]]:
    """The same for some time of a whole day, local time: whoever had a door that day, also for a part of it."""
    begins = timezone.make_aware(datetime.combine(day, time.min))
    ends = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    return _doors(case, begins, ends - timedelta(microseconds=1))


def _doors(case: Case, first: datetime, last: datetime) -> list[dict[str, Any]]:
    rows = AccessGrant.objects.filter(case=case, opened_at__lte=last)
    rows = rows.exclude(closed_at__lte=first).exclude(ends_at__lte=first).exclude(closed_at__lte=F("opened_at"))
    return list(
        rows.annotate(until=Coalesce("closed_at", "ends_at")).values(
            "user__display_name", "kind", "source", "opened_at", "until", "close_reason", "opened_by__display_name"
        )
    )
