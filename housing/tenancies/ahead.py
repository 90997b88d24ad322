"""What lies ahead in the tenancies of many cases, each thing once: days to decide by, visits, checks, open alarms."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from casework.cases.reminders import Reminder
from housing.tenancies import rules
from housing.tenancies.models import Tenancy, TenancyCheck, TenancyState
from housing.tenancies.tenure import tenure

ASKED = {rules.After.SIX: "asked_6", rules.After.TWELVE: "asked_12"}


@dataclass(frozen=True)
class Ahead:
    """Something to be done in a tenancy by a day. The text says nothing of why: it stands in lists of many cases."""

    case: UUID
    tenancy: UUID
    day: date
    kind: str
    text: str

    @property
    def late(self) -> bool:
        return self.day < timezone.localdate()


def with_open(rows: QuerySet[Tenancy]) -> QuerySet[Tenancy]:
    """Rows that know when their oldest open alarm came, and what has been asked; no seal is read."""
    alarm = Min("alarms__came_on", filter=Q(alarms__settled_on__isnull=True))
    asked = TenancyCheck.objects.filter(tenancy=OuterRef("pk"))
    told = {name: Exists(asked.filter(after=after)) for after, name in ASKED.items()}
    return rows.defer("words").annotate(alarm_since=alarm, **told)


def ahead_of(cases: Iterable[Any], last: date) -> list[Ahead]:
    """What is to be done by `last` in the tenancies that go on in these cases (or their ids), in one query.

    The day of the right to stay stands here from its own warning on, settings.HOUSING["tenure_warn_days"] before.
    """
    rows = with_open(Tenancy.objects.exclude(state=TenancyState.ENDED).filter(case__in=cases)).order_by()
    return sorted((one for row in rows for one in of(row, last)), key=lambda one: (one.day, str(one.tenancy), one.kind))


def of(tenancy: Any, last: date) -> Iterator[Ahead]:
    """The same of one tenancy that came through `with_open`, in no order."""
    for kind, day, text in _days(tenancy):
        if day is not None and day <= last:
            yield Ahead(tenancy.case_id, tenancy.pk, day, kind, text)
    stands = tenure(tenancy, timezone.localdate())
    if stands.since is not None and stands.warns(timezone.localdate()):
        yield Ahead(tenancy.case_id, tenancy.pk, stands.since, "tenure", "Besluta före dagen för rätten att bo kvar")


def _days(tenancy: Any) -> Iterator[tuple[str, date | None, str]]:
    yield "alarm", tenancy.alarm_since, "Ett larm är inte löst"
    yield "visit", tenancy.next_visit_on, "Dags för tillsyn"
    if tenancy.state != TenancyState.TAKEN_OVER:
        yield "trial", tenancy.trial_until, "Prövotiden går ut"
        yield "takeover", tenancy.takeover_on, "Övertagande är planerat"
    for after, name in ASKED.items():
        if not getattr(tenancy, name):
            yield str(after), rules.check_due(tenancy, after), f"Fråga om personen bor kvar ({after.label})"


def to_do(cases: list[UUID], last: date) -> Iterator[Reminder]:
    """The same as reminders of the kontaktperson."""
    for one in ahead_of(cases, last):
        yield Reminder(one.case, one.day, f"Boende: {one.text[:1].lower()}{one.text[1:]}", "Hyra", "tenancies")
