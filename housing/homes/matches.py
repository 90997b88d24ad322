"""Homes for one need and needs for one home: the rules of matching on what there is, with the reason in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from casework.access import visit
from casework.crypto import fields
from casework.signin.models import User
from housing.areas import areas
from housing.homes import board, matching
from housing.homes.matching import Match, Offer, Wanted
from housing.homes.models import Home, HomeState
from housing.needs.models import HousingNeed
from housing.needs.readers import profiles
from housing.tracks.models import OPEN, Track

SHOWN = 100


@dataclass
class Suggestion:
    """A home for a need: which, what speaks for it and what against."""

    home: Home
    need: HousingNeed
    area: str
    days: int
    good: list[str]
    bad: list[str]


def homes_for(need: HousingNeed) -> list[Suggestion]:
    """The free homes, those that suit best first, at most SHOWN."""
    wanted = _wanted([need])[need.pk]
    homes = fields.open_all(Home.objects.filter(state=HomeState.FREE), "words")
    pairs = [(need, home, wanted, Offer.of(home, home.words.open())) for home in homes]
    return _suggest((pair, board.days_since(pair[1].available_from)) for pair in pairs)


def needs_for(user: User, home: Home) -> list[Suggestion]:
    """The needs that wait, those that the home suits best first, at most SHOWN. Each that is shown is noted."""
    needs, offer = list(board.waiting(user)), Offer.of(home, home.words.open())
    wanted = _wanted(needs)
    pairs = [(need, home, wanted[need.pk], offer) for need in needs]
    found = _suggest((pair, board.waited(pair[0])) for pair in pairs)
    visit.saw_all([need.case for need in needs])
    return found


def suggestion(need: HousingNeed, home: Home) -> Suggestion:
    """One home for one need, before it is held."""
    wanted, offer = _wanted([need])[need.pk], Offer.of(home, home.words.open())
    return _told(matching.match(wanted, offer), need, home, wanted, offer, board.waited(need))


Pair = tuple[HousingNeed, Home, Wanted, Offer]


def _suggest(pairs: Iterable[tuple[Pair, int]]) -> list[Suggestion]:
    found = [(matching.match(pair[2], pair[3]), pair, days) for pair, days in pairs]
    found.sort(key=lambda one: (*matching.order(one[0], one[2]), one[1][1].name, one[1][0].token))
    return [_told(match, *pair, days) for match, pair, days in found[:SHOWN]]


def _told(match: Match, need: HousingNeed, home: Home, wanted: Wanted, offer: Offer, days: int) -> Suggestion:
    good, bad = matching.reasons_for(match, wanted, offer), matching.reasons_against(match, wanted, offer)
    return Suggestion(home, need, areas().get(home.area, home.area), days, good, bad)


def _wanted(needs: list[HousingNeed]) -> dict[UUID, Wanted]:
    """What each need asks of a home, by its newest version and its open tracks. Three queries however many."""
    leases: dict[UUID, list[str]] = {}
    tracks = Track.objects.filter(need__in=needs, state__in=OPEN).order_by()
    for need, lease in tracks.values_list("need", "kind__lease"):
        leases.setdefault(need, []).append(lease)
    return {need: Wanted.of(profile, leases.get(need, [])) for need, profile in profiles(needs).items()}
