"""What tenancies put on a case's timeline: lease, keys, her own lease, the end, and alarms by kind. Never where."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from casework.cases.models import Case
from casework.cases.timeline.registry import Entry, Key, Moment, Source, register, start_of
from housing.tenancies.models import Tenancy, TenancyAlarm

SIGNED, KEYS, TAKEN_OVER, ENDED, ALARM = "signed", "keys", "taken_over", "ended", "alarm"
TITLES = {
    SIGNED: "Kontrakt på ett hem",
    KEYS: "Nycklar till ett hem",
    TAKEN_OVER: "Personen tog över kontraktet",
    ENDED: "Hyresförhållande avslutades",
}


def moments(case: Case, since: datetime | None) -> Iterator[Moment]:
    """Days are known, not hours: with `since`, what is dated that day or later."""
    first = timezone.localdate(since) if since else None
    for (what, pk), day in _days(case):
        if day is not None and (first is None or day >= first):
            yield start_of(day), (what, pk)


def _days(case: Case) -> Iterator[tuple[tuple[str, Any], date | None]]:
    rows = Tenancy.objects.filter(case=case).order_by()
    names = ("pk", "track__contract_on", "created_at", "moved_in_on", "taken_over_on", "ended_on")
    for pk, contract_on, written, keys, taken_over, ended in rows.values_list(*names):
        yield (SIGNED, pk), contract_on or timezone.localdate(written)
        yield (KEYS, pk), keys
        yield (TAKEN_OVER, pk), taken_over
        yield (ENDED, pk), ended
    for pk, came_on in TenancyAlarm.objects.filter(tenancy__case=case).order_by().values_list("pk", "came_on"):
        yield (ALARM, pk), came_on


def show(keys: list[Key]) -> dict[Key, Entry]:
    pairs: list[Any] = list(keys)
    ids = {pk for _, pk in pairs}
    leases = Tenancy.objects.filter(pk__in=ids).select_related("case").defer("words", "case__narrative")
    alarms = TenancyAlarm.objects.filter(pk__in=ids).select_related("tenancy__case", "noted_by")
    rows: dict[Any, Any] = {row.pk: row for row in leases}
    rows.update({row.pk: row for row in alarms.defer("words", "tenancy__words", "tenancy__case__narrative")})
    return {key: _entry(rows[key[1]], key[0]) for key in pairs if key[1] in rows}


def _entry(row: Any, what: str) -> Entry:
    if what == ALARM:
        title = f"Larm om hemmet: {row.get_kind_display().lower()}"
        return Entry(title, "", row.noted_by.display_name, _url(row.tenancy), timed=False)
    text = f"{row.get_lease_display()}." if what == SIGNED else ""
    return Entry(TITLES[what], text, url=_url(row), timed=False)


def _url(tenancy: Tenancy) -> str:
    return reverse("tenancy", args=[tenancy.case.number, tenancy.pk])


def connect() -> None:
    register(Source("tenancies", "Hyresförhållanden", "home", moments, show, 72))
