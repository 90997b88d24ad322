"""What a housing coordinator sees: tokens, needs and tracks, of needs that were handed over. Never whose they are."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import QuerySet, Value, When
from django.utils import timezone

from casework.access import visit
from casework.shell import url_or_none
from casework.signin.models import User
from housing import doors
from housing.codes import Urgency
from housing.needs import readers
from housing.needs.models import HousingNeed, NeedVersion
from housing.needs.readers import GOES_ON, Told
from housing.needs.telling import FIELDS, tell
from housing.stages import table
from housing.stages.models import Stage
from housing.tracks.models import Receiver, Track

PAGE = 50
# What stands in the list beside token, urgency and days; the rest is on the need's own page.
IN_LIST = frozenset({"household", "children", "rooms"})


@dataclass
class Way:
    """A track, by token and kind alone."""

    track: Track
    url: str | None
    late: bool
    mine: bool


@dataclass
class Row:
    """A need in the list."""

    need: HousingNeed
    urgency: str
    days: int
    told: Told
    ways: list[Way]


def listed(user: User, number: str | None) -> Page[Row]:
    """The needs handed over in the user's branch, the most urgent first and then the longest waiting."""
    places = [When(urgency=value, then=Value(at)) for at, value in enumerate(Urgency.values)]
    rows = _published(user).select_related(*doors.CASE).defer("case__narrative")
    ordered = rows.alias(place=models.Case(*places, default=Value(len(places)))).order_by("place", "published_at", "pk")
    page: Page[Any] = Paginator(ordered, PAGE).get_page(number)
    needs = list(page.object_list)
    visit.saw_all([need.case for need in needs])
    profiles, ways = readers.profiles(needs), _ways_of(user, needs)
    keys = IN_LIST & may_know()
    page.object_list = [
        Row(need, _urgency(need), _days(need), tell(need, profiles[need.pk], keys), ways.get(need.pk, []))
        for need in needs
    ]
    return page


def columns() -> list[str]:
    """What the facts of the list are called."""
    return [label for key, (label, _) in FIELDS.items() if key in IN_LIST & may_know()]


def may_know() -> frozenset[str]:
    """The fields of a need that a coordinator is told of one that was handed over."""
    return table.allowed(Receiver.COORDINATOR, Stage.PROFILE) & FIELDS.keys()


def mine(user: User) -> list[Way]:
    """The tracks that a coordinator has taken, what is to be done first on top."""
    rows = _tracks(user).filter(coordinator=user, state__in=GOES_ON).select_related("need__case").order_by("next_on")
    tracks = list(rows.defer("need__case__narrative"))
    visit.saw_all([track.need.case for track in tracks])
    ways = [_way(user, track) for track in tracks]
    return sorted(ways, key=lambda way: way.track.next_on is None)


def page(user: User, need: HousingNeed) -> dict[str, Any]:
    """Everything of the page of one need, which was fetched by its token."""
    versions = list(NeedVersion.objects.filter(need=need, need__case=need.case).order_by("-number"))
    profile = versions[0].profile.open()
    return {
        "need": need,
        "days": _days(need),
        "told": tell(need, profile, may_know()),
        "versions": [(row.number, row.written_at) for row in versions],
        "ways": _ways_of(user, [need]).get(need.pk, []),
    }


def _published(user: User) -> QuerySet[HousingNeed]:
    return HousingNeed.objects.filter(pk__in=doors.published(user).order_by().values("pk"))


def _tracks(user: User) -> QuerySet[Track]:
    return Track.objects.filter(need__in=_published(user)).select_related("kind", "need", "coordinator").defer("words")


def _ways_of(user: User, needs: list[HousingNeed]) -> dict[UUID, list[Way]]:
    found: dict[UUID, list[Way]] = {}
    tracks = Track.objects.filter(need__in=[need.pk for need in needs]).select_related("kind", "need", "coordinator")
    for track in tracks.defer("words"):
        found.setdefault(track.need_id, []).append(_way(user, track))
    return found


def _way(user: User, track: Track) -> Way:
    late = track.state in GOES_ON and track.next_on is not None and track.next_on < timezone.localdate()
    url = url_or_none("token_track", track.need.token, track.kind.key)
    return Way(track, url, late, track.coordinator_id == user.pk)


def _urgency(need: HousingNeed) -> str:
    return str(Urgency(need.urgency).label)


def _days(need: HousingNeed) -> int:
    """Whole days since it was handed over."""
    start = need.published_at
    return (timezone.localdate() - timezone.localdate(start)).days if start else 0
