"""What the pages of a case show of its need. Every opened seal ends in the page's read event by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, FilteredRelation, OuterRef, Q, Subquery
from django.utils import timezone

from casework import policy
from casework.access import visit
from casework.cases.models import Case
from casework.cases.panels import Held
from casework.clients.children.models import Child
from casework.clients.children.rules import age_band
from casework.crypto import fields
from casework.policy import Permission
from casework.shell import url_or_none
from casework.signin.models import User
from housing import areas
from housing.codes import AgeBand
from housing.needs import rules
from housing.needs.models import HousingNeed, NeedProfile, NeedState, NeedVersion
from housing.needs.telling import FIELDS, tell
from housing.tracks.models import OPEN, Track, TrackState

Told = list[tuple[str, str]]
GOES_ON = (*OPEN, TrackState.MOVED)


@dataclass
class Written:
    """One version of a need, in words."""

    row: NeedVersion
    told: Told
    note: str


@dataclass
class Way:
    """A track as the page of the case tells of it. `ours`: the kontaktperson has to do something."""

    track: Track
    next_step: str
    url: str | None
    open: bool
    ours: bool
    late: bool


def version_of(need: HousingNeed) -> NeedVersion:
    """The newest version of a need; every need has one."""
    found = NeedVersion.objects.filter(need=need).select_related("written_by").order_by("-number")[0]
    found.need = need
    return found


def newest(need: HousingNeed) -> NeedProfile:
    """What a need says now."""
    return version_of(need).profile.open()


def profiles(needs: Iterable[HousingNeed]) -> dict[UUID, NeedProfile]:
    """What each need says now, by its pk; the same few queries for any number of needs."""
    last = NeedVersion.objects.filter(need=OuterRef("need")).order_by("-number").values("number")[:1]
    rows = NeedVersion.objects.filter(need__in=[need.pk for need in needs], number=Subquery(last)).order_by()
    return {row.need_id: row.profile.open() for row in fields.open_all(rows, "profile")}


def need_of(case: Case, pk: UUID) -> HousingNeed:
    """A need of this case. Raises NotFound."""
    found = HousingNeed.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise policy.NotFound("Boendebehovet finns inte.", [case.ref()])
    found.case = case
    return found


def latest(case: Case) -> HousingNeed | None:
    """The need that the case is about now: the one that goes on, else the last."""
    found = HousingNeed.objects.filter(case=case).order_by("-created_at").first()
    if found is not None:
        found.case = case
    return found


def page(case: Case) -> dict[str, Any]:
    """Everything of the page "Boende" but the buttons."""
    needs = list(HousingNeed.objects.filter(case=case).order_by("-created_at"))
    need = needs[0] if needs else None
    ways = _ways(case)
    return {
        "need": need,
        "versions": _written(case, need) if need else [],
        "earlier": needs[1:],
        "ways": [way for way in ways if way.open],
        "over": [way for way in ways if not way.open],
        "new_way_url": url_or_none("track_new", case.number),
    }


def _written(case: Case, need: HousingNeed) -> list[Written]:
    """Each version of a need, the newest first. Urgency and waiting are of the need itself: told of the newest only."""
    need.case = case
    rows = list(NeedVersion.objects.filter(need=need).select_related("written_by").order_by("-number"))
    return [_in_words(need, row, newest=row is rows[0]) for row in fields.open_all(rows, "profile")]


def _in_words(need: HousingNeed, row: NeedVersion, *, newest: bool) -> Written:
    row.need, profile = need, row.profile.open()
    keys = set(FIELDS) if newest else set(FIELDS) - {"urgency", "waiting_since"}
    return Written(row, tell(need, profile, keys), profile.note)


def _ways(case: Case) -> list[Way]:
    rows = list(Track.objects.filter(case=case).select_related("kind", "need", "coordinator"))
    today, found = timezone.localdate(), []
    for row in fields.open_all(rows, "words"):
        goes_on = row.state in GOES_ON
        ours, late = row.waits_on == Track.WaitsOn.US, row.next_on is not None and row.next_on < today
        url = url_or_none("track", case.number, row.pk)
        found.append(Way(row, row.words.open().next_step, url, goes_on, goes_on and ours, goes_on and late))
    return found


# --- the form ---------------------------------------------------------------------------------------------------------


def begin(need: HousingNeed) -> dict[str, Any]:
    """What the form for changes begins with."""
    profile = newest(need)
    told = {name: getattr(profile, name) for name in COPIED}
    numbers = {"rooms": profile.rooms or None, "max_rent": profile.max_rent or None}
    return {**told, **numbers, **_counts(profile.children), "urgency": need.urgency, "version": need.version}


COPIED = ("adults", "areas", "avoid", "region", "access", "pets", "obstacles", "threat", "note")


def begin_new(case: Case) -> dict[str, Any]:
    """What an empty form begins with: the children who live with her, by age alone."""
    return {"adults": 1, **_counts(child_bands(case))}


def child_bands(case: Case) -> list[str]:
    """The age of each child of the household, as it may be told of; those of no known age and grown up left out."""
    rows = Child.objects.filter(case=case, lives_with=True, left_on__isnull=True).select_related("client")
    clients = [row.client for row in rows]
    if (now := visit.current()) is not None:
        now.owners.update({client.pk.int: case.number for client in clients})
    today = timezone.localdate()
    found = [age_band(client.identity.open().number, today) for client in fields.open_all(clients, "identity")]
    return [str(band) for band in found if band in AgeBand.values]


def _counts(children: Iterable[str]) -> dict[str, int | None]:
    listed = list(children)
    return {f"children_{at}": listed.count(band) or None for at, band in enumerate(AgeBand.values)}


def area_choices(need: HousingNeed | None = None) -> list[tuple[str, str]]:
    """The areas to choose among, and those of the need that have no name any more."""
    known = areas.areas()
    gone = rules.places_of(newest(need)) - set(known) if need else set()
    return [*known.items(), *((key, key) for key in sorted(gone))]


# --- the case's own page ----------------------------------------------------------------------------------------------


def panel(user: User, case: Case, held: Held) -> dict[str, Any] | None:
    """The newest need with what goes on, in one query. None where there is none and this user writes none."""
    going = FilteredRelation("tracks", condition=Q(tracks__state__in=[str(state) for state in GOES_ON]))
    rows = HousingNeed.objects.filter(case=case).annotate(going=going).order_by("-created_at", "going__started_on")
    found = list(rows.values("pk", "token", "state", **LINE))
    need = found[0] if found and found[0]["state"] != NeedState.WITHDRAWN else None
    may_write = Permission.HOUSING_WRITE in held and not case.closed
    if need is None and not may_write:
        return None
    lines = [_line(row) for row in found if need and row["pk"] == need["pk"] and row["way_state"]]
    state = NeedState(need["state"]).label if need else ""
    return {"case": case, "token": need["token"] if need else "", "state": state, "lines": lines}


LINE = {
    "way_name": F("going__kind__name"),
    "way_state": F("going__state"),
    "way_next_on": F("going__next_on"),
    "way_waits_on": F("going__waits_on"),
}


def _line(row: dict[str, Any]) -> dict[str, Any]:
    next_on = row["way_next_on"]
    return {
        "name": row["way_name"],
        "state": TrackState(row["way_state"]).label,
        "next_on": next_on,
        "late": next_on is not None and next_on < timezone.localdate(),
        "ours": row["way_waits_on"] == Track.WaitsOn.US,
    }
