"""What the sektionschef follows in the housing of her sections: who waits for what, and which days come near.

Case number, pseudonym, days and states: a list tells nothing of why (SoLPuL 7 a §). Opens no words of anybody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils import timezone

from casework import policy
from casework.access import visit
from casework.cases.insatser import unexecuted
from casework.cases.insatser.clock import Quarter
from casework.cases.insatser.models import Area
from casework.cases.models import Case
from casework.policy import Permission
from casework.shell import url_or_none
from casework.signin.models import User
from housing.fortur import readers as fortur
from housing.needs.models import HousingNeed, NeedState
from housing.shelter import readers as shelter
from housing.tenancies.ahead import ahead_of
from housing.tracks.models import OPEN, Track, TrackState, Way

PAGE = 50


@dataclass(frozen=True)
class Line:
    """A track that goes on. `since`: it has stood where it stands at least from that day."""

    track: Track
    since: date
    url: str | None
    answer_late: bool
    too_long: bool


@dataclass
class Waiting:
    """A need that is not met. `days` since it was handed to the coordinator; None while it is being written."""

    case: Case
    need: HousingNeed
    days: int | None
    lines: list[Line]


@dataclass(frozen=True)
class Item:
    """Something with a day, in one case."""

    case: Case
    day: date
    text: str
    late: bool
    url: str | None


@dataclass(frozen=True)
class Keys:
    """How long it took for those who got their keys this year. `days` is None when nobody has yet."""

    year: int
    households: int
    days: int | None


def overview(user: User, number: str | None) -> dict[str, Any]:
    """The whole page, in a number of queries that does not grow with the cases."""
    today = timezone.localdate()
    last = today + timedelta(days=settings.HOUSING["lease_warn_days"])
    mine = policy.visible_cases(user, Permission.HOUSING_OVERVIEW)
    cases = {case.pk: case for case in mine.exclude(state=Case.State.CLOSED).defer("narrative")}
    waiting = _waiting(cases, today)
    found = {
        "answers": sorted(_answers(waiting), key=_day),
        "leases": sorted([*_fortur(cases, last), *_tenancies(cases, last)], key=_day),
        "stays": list(_stays(cases, last)),
        "decisions": list(_decisions(user)),
    }
    page: Page[Waiting] = Paginator(waiting, PAGE).get_page(number)
    items = [one for rows in found.values() for one in rows]
    visit.saw_all([*(row.case for row in page.object_list), *(one.case for one in items)])
    return {"page": page, **found, "keys": _keys(mine, today), "late": sum(one.late for one in items)}


def _day(item: Item) -> date:
    return item.day


def _item(case: Case, day: date, text: str, url_name: str, *more: Any) -> Item:
    return Item(case, day, text, day < timezone.localdate(), url_or_none(url_name, case.number, *more))


# --- who waits --------------------------------------------------------------------------------------------------------


def _waiting(cases: dict[UUID, Case], today: date) -> list[Waiting]:
    """The needs that are not met, those that have waited longest first; those not handed over yet come last."""
    needs = HousingNeed.objects.filter(case__in=cases, state__in=[NeedState.DRAFT, NeedState.PUBLISHED])
    rows = {need.pk: Waiting(cases[need.case_id], need, _days(need, today), []) for need in needs}
    for track in Track.objects.filter(need__in=rows, state__in=OPEN).select_related("kind").defer("words"):
        row = rows[track.need_id]
        row.lines.append(_line(row.case, track, today))
    return sorted(rows.values(), key=lambda row: -1 if row.days is None else row.days, reverse=True)


def _days(need: HousingNeed, today: date) -> int | None:
    return (today - timezone.localdate(need.published_at)).days if need.published_at else None


def _line(case: Case, track: Track, today: date) -> Line:
    days = (track.started_on, track.applied_on, track.offered_on, track.accepted_on, track.contract_on)
    since = max(day for day in days if day is not None)
    late = track.state == TrackState.APPLIED and track.answer_due_on is not None and track.answer_due_on < today
    too_long = (today - since).days > settings.HOUSING["waiting_days"]
    return Line(track, since, url_or_none("track", case.number, track.pk), late, too_long)


def _answers(waiting: list[Waiting]) -> Iterator[Item]:
    """Answers that should have come, and tracks that have waited too long on the same one. Each track once."""
    for row in waiting:
        for line in row.lines:
            track, name = line.track, line.track.kind.name
            if line.answer_late and track.answer_due_on:
                yield Item(row.case, track.answer_due_on, f"{name}: svaret är sent", True, line.url)
            elif line.too_long:
                who = track.get_waits_on_display().lower()
                yield Item(row.case, line.since, f"{name}: har länge väntat på {who}", True, line.url)


def _keys(mine: QuerySet[Case], today: date) -> Keys:
    """From the day a need was handed over to the day she had the keys. Also of cases that are closed since."""
    moved = Track.objects.filter(case__in=mine, moved_on__year=today.year, need__published_at__isnull=False)
    rows = moved.exclude(kind__way=Way.SHELTER).values_list("need__published_at", "moved_on")
    days = [(keys - timezone.localdate(handed)).days for handed, keys in rows if keys is not None]
    return Keys(today.year, len(days), round(median(days)) if days else None)


# --- days that come near ----------------------------------------------------------------------------------------------


def _fortur(cases: dict[UUID, Case], last: date) -> Iterator[Item]:
    for case, track, day in fortur.ending(cases, last):
        yield _item(cases[case], day, "Förturen går ut", "fortur", track)


def _tenancies(cases: dict[UUID, Case], last: date) -> Iterator[Item]:
    for one in ahead_of(cases, last):
        text = one.text.removeprefix("Boende: ")
        yield _item(cases[one.case], one.day, text[:1].upper() + text[1:], "tenancy", one.tenancy)


def _stays(cases: dict[UUID, Case], last: date) -> Iterator[Item]:
    for due in shelter.clocks_of(cases.values(), last):
        text = f"{due.clock.label} ({due.clock.paragraph})"
        yield _item(cases[due.case], due.clock.due, text, "stay", due.stay)


def _decisions(user: User) -> Iterator[Item]:
    """Decisions about housing that are not carried out: three months have gone, or will soon have (SoL 34:1-3)."""
    report = unexecuted.report(user, Quarter.of(timezone.localdate()))
    for tick in [*report.late, *report.soon]:
        if tick.met is None and tick.insats.area == Area.HOUSING:
            text = "Avbrottet har varat för länge" if tick.paused else "Beslutet är inte verkställt"
            yield _item(tick.insats.case, tick.due, text, "insats", tick.insats.pk)
