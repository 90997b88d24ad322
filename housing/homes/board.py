"""The coordinator's board: every home by where it is in the course of things, and the needs that wait, by token."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case as Choose
from django.db.models import Count, IntegerField, QuerySet, Value, When
from django.utils import timezone

from casework.access import visit
from casework.signin.models import User
from housing import doors
from housing.areas import areas
from housing.codes import Urgency
from housing.homes.models import ColocationDecision, HoldState, Home, HomeHold, HomeState
from housing.needs.models import HousingNeed, NeedState
from housing.tracks.models import OPEN, Track

SHORT, PAGE = 20, 50
NEEDS = "behov"
STATES = {
    "lediga": HomeState.FREE,
    "erbjudna": HomeState.OFFERED,
    "reserverade": HomeState.RESERVED,
    "upptagna": HomeState.TAKEN,
}


@dataclass
class Row:
    """A home in a list: what is in clear, and for whom by token where that may be seen."""

    home: Home
    area: str
    days: int
    token: str = ""
    hold: HomeHold | None = None


@dataclass
class Section:
    """The homes of one state; `page` when they are all shown, a page at a time."""

    slug: str
    label: str
    count: int
    rows: list[Row]
    page: Page[Any] | None = None


@dataclass
class Waiting:
    """A need that has no home yet, and what goes on for it."""

    need: HousingNeed
    urgency: str
    days: int
    tracks: list[Track] = field(default_factory=list)
    asked: bool = False


@dataclass
class Board:
    sections: list[Section]
    needs: list[Waiting]
    needs_count: int
    needs_page: Page[Any] | None = None


def board(user: User, chosen: str, number: str | None) -> Board:
    """All sections, the first rows of each; or only the `chosen` one (a key of STATES, or NEEDS), a page at a time.

    A fixed number of queries, however many homes and needs there are.
    """
    counts = dict(Home.objects.order_by().values_list("state").annotate(Count("pk")))
    shown = [slug for slug in STATES if chosen in ("", slug)]
    sections = [_section(slug, counts.get(STATES[slug], 0), bool(chosen), number) for slug in shown]
    _tell_for_whom(user, [row for section in sections for row in section.rows])
    found = Board(sections, [], 0)
    if chosen in ("", NEEDS):
        rows = waiting(user)
        page: Page[Any] = Paginator(rows, PAGE if chosen else SHORT).get_page(number if chosen else 1)
        found.needs, found.needs_count = _with_tracks(list(page.object_list)), page.paginator.count
        found.needs_page = page if chosen else None
    return found


def waiting(user: User) -> QuerySet[HousingNeed]:
    """The needs this coordinator may see that have no home yet: the most urgent first, then the longest wait."""
    places = [When(urgency=urgency, then=Value(at)) for at, urgency in enumerate(Urgency.values)]
    hers = HousingNeed.objects.filter(pk__in=doors.published(user).order_by().values("pk"), state=NeedState.PUBLISHED)
    first = Choose(*places, default=Value(len(places)), output_field=IntegerField())
    return hers.select_related("case").defer("case__narrative").order_by(first, "published_at", "token")


def days_since(day: date | None) -> int:
    """Whole days up to today; none for a day ahead."""
    return max(0, (timezone.localdate() - day).days) if day else 0


def waited(need: HousingNeed) -> int:
    return days_since(timezone.localdate(need.published_at) if need.published_at else None)


def _section(slug: str, count: int, whole: bool, number: str | None) -> Section:
    rows, page = Home.objects.filter(state=STATES[slug]), None
    if whole:
        page = Paginator(rows, PAGE).get_page(number)
        homes = list(page.object_list)
    else:
        homes = list(rows[:SHORT])
    known = areas()
    listed = [Row(home, known.get(home.area, home.area), days_since(home.available_from)) for home in homes]
    return Section(slug, slug.capitalize(), count, listed, page)


def _tell_for_whom(user: User, rows: list[Row]) -> None:
    """Adds the hold of each home, and the token of its need where this coordinator may see it."""
    going_on = HomeHold.objects.exclude(state=HoldState.RELEASED).filter(home__in=[row.home.pk for row in rows])
    holds = {hold.home_id: hold for hold in going_on.select_related("track__need", "case").defer("case__narrative")}
    needs = {hold.track.need_id for hold in holds.values()}
    seen = set(doors.published(user).filter(pk__in=needs).order_by().values_list("pk", flat=True))
    for row in rows:
        row.hold = holds.get(row.home.pk)
        if row.hold is not None:
            row.days = days_since(row.hold.offered_on)
            if row.hold.track.need_id in seen:
                row.token = row.hold.track.need.token
                visit.saw(row.hold.case)


def _with_tracks(needs: list[HousingNeed]) -> list[Waiting]:
    visit.saw_all([need.case for need in needs])
    questions = ColocationDecision.objects.filter(track__need__in=needs, decision="asked")
    asked = set(questions.values_list("track__need", flat=True))
    found = {
        need.pk: Waiting(need, str(Urgency(need.urgency).label), waited(need), asked=need.pk in asked) for need in needs
    }
    for track in Track.objects.filter(need__in=needs, state__in=OPEN).select_related("kind"):
        found[track.need_id].tracks.append(track)
    return list(found.values())
