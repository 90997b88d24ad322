"""Which homes suit which needs, by stated rules and nothing else: a human chooses. Pure, and quick enough for all of
them against all.

Against a home: too few rooms, too high a rent, an area to avoid, accessibility it lacks, no pets, a lease that no open
way of the need leads to, not free. For it, as wishes that are met: a wanted area, the area of school or work, not more
rooms than needed. More wishes come first, then those who have waited longest.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from casework.swedish import number
from housing.areas import areas
from housing.codes import Access, LeaseKind
from housing.homes.models import Home, HomeState, HomeWords
from housing.needs.models import NeedProfile


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a need asks of a home. `leases` are those its open ways lead to; None when any will do."""

    rooms: int
    max_rent: int
    areas: frozenset[str]
    avoid: frozenset[str]
    region: frozenset[str]
    access: frozenset[str]
    pets: bool
    leases: frozenset[str] | None

    @classmethod
    def of(cls, profile: NeedProfile, leases: Iterable[str]) -> "Wanted":
        """`leases` are those of the need's open tracks, "" for one that leads to any."""
        kinds = frozenset(leases)
        return cls(
            profile.rooms,
            profile.max_rent,
            frozenset(profile.areas),
            frozenset(profile.avoid),
            frozenset(profile.region),
            frozenset(profile.access),
            profile.pets,
            None if "" in kinds else kinds,
        )


@dataclass(frozen=True, slots=True)
class Offer:
    """What a home is, as far as a need asks."""

    area: str
    rooms: int
    rent: int
    pets: bool
    lease: str
    access: frozenset[str]
    free: bool

    @classmethod
    def of(cls, home: Home, words: HomeWords) -> "Offer":
        free = home.state == HomeState.FREE
        return cls(home.area, home.rooms, home.rent, home.pets, home.lease, frozenset(words.access), free)


@dataclass(frozen=True, slots=True)
class Match:
    """The names of the rules that speak against, and of the wishes that are met."""

    against: tuple[str, ...]
    met: tuple[str, ...]

    @property
    def ok(self) -> bool:
        return not self.against


def match(wanted: Wanted, offer: Offer) -> Match:
    """Which rules speak against the home, and which wishes it meets."""
    return Match(_against(wanted, offer), _met(wanted, offer))


def _against(wanted: Wanted, offer: Offer) -> tuple[str, ...]:
    found = []
    if offer.rooms < wanted.rooms:
        found.append("rooms")
    if wanted.max_rent and offer.rent > wanted.max_rent:
        found.append("rent")
    if offer.area in wanted.avoid:
        found.append("avoid")
    if not wanted.access <= offer.access:
        found.append("access")
    if wanted.pets and not offer.pets:
        found.append("pets")
    if wanted.leases is not None and offer.lease not in wanted.leases:
        found.append("lease")
    if not offer.free:
        found.append("free")
    return tuple(found)


def _met(wanted: Wanted, offer: Offer) -> tuple[str, ...]:
    found = []
    if offer.area in wanted.areas:
        found.append("area")
    if offer.area in wanted.region:
        found.append("region")
    if offer.rooms == wanted.rooms:
        found.append("fits")
    return tuple(found)


def order(found: Match, days: int) -> tuple[int, int, int]:
    """What to sort by: what suits first, more wishes first, then the longest wait."""
    return (len(found.against), -len(found.met), -days)


def reasons_for(found: Match, wanted: Wanted, offer: Offer) -> list[str]:
    """What speaks for the home, in words: the wishes first, then the rules that are kept."""
    rent = f"{number(offer.rent)} kr i månaden"
    told = {
        "area": f"{_area(offer)} är ett önskat område",
        "region": f"Skola eller arbete ligger i {_area(offer)}",
        "fits": "Lagom många rum",
        "rooms": f"{_rooms(offer.rooms)}, behöver minst {wanted.rooms}",
        "rent": f"{rent}, högst {number(wanted.max_rent)} kr" if wanted.max_rent else rent,
        "access": _access(wanted.access),
        "pets": "Djur får finnas" if wanted.pets else "",
        "lease": str(LeaseKind(offer.lease).label),
    }
    kept = [name for name in told if name in found.met or (name in RULES and name not in found.against)]
    return [told[name] for name in kept if told[name]]


def reasons_against(found: Match, wanted: Wanted, offer: Offer) -> list[str]:
    """What speaks against it, in words."""
    told = {
        "rooms": f"{_rooms(offer.rooms)}, behöver minst {wanted.rooms}",
        "rent": f"{number(offer.rent)} kr i månaden, högst {number(wanted.max_rent)} kr",
        "avoid": f"{_area(offer)} ska undvikas",
        "access": f"Saknar: {_access(wanted.access - offer.access)}",
        "pets": "Djur får inte finnas",
        "lease": f"Ingen pågående väg leder till kontraktet: {str(LeaseKind(offer.lease).label).lower()}",
        "free": "Bostaden är inte ledig",
    }
    return [told[name] for name in found.against]


RULES = frozenset({"rooms", "rent", "access", "pets", "lease"})


def _area(offer: Offer) -> str:
    return areas().get(offer.area, offer.area)


def _rooms(count: int) -> str:
    return "1 rum" if count == 1 else f"{count} rum"


def _access(keys: Iterable[str]) -> str:
    wanted = set(keys)
    return ", ".join(str(one.label) for one in Access if one in wanted)
