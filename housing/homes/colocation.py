"""Whether a home lies where somebody must not be, compared without showing anybody to anybody (OSL 8:2, 26:1).

Two clients in one building: placing them there is a danger to both, and tells one of the other. A building where the
one who used violence against this client lives or goes. Nothing else is compared: not her own address, not whether the
landlord is the same, and never across the branches of the work, between which there is secrecy.
Candidates come by truncated keyed index; the opened seals decide.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from casework.cases.models import Case
from casework.clients.relatives.comparing import unseen
from casework.crypto import blindindex, fields
from housing.homes.models import HoldState, Home, HomeHold, HomeWords, KnownPlace, PlaceIndex, PlaceWords
from housing.homes.places import building, building_of_line
from housing.tenancies.models import Tenancy, TenancyState


@dataclass(frozen=True)
class Caution:
    """What a home would mean for a case. Who or which other case is never told."""

    same_building: bool = False
    near_perpetrator: bool = False

    def __bool__(self) -> bool:
        return self.same_building or self.near_perpetrator

    def counts(self) -> dict[str, int]:
        """For the event of the act that compared."""
        return {"same_building": int(self.same_building), "near_perpetrator": int(self.near_perpetrator)}


@unseen
def warnings(home: Home, case: Case) -> Caution:
    """Compares the home's building with those of other cases in the branch, and with the known places of this case."""
    words = home.words.open()
    here = building(words.street, words.town)
    if not here:
        return Caution()
    near = PlaceIndex.objects.filter(value=blindindex.index("place", here))
    places = KnownPlace.objects.filter(case=case, ended_on__isnull=True, index_rows__in=near)
    homes = Home.objects.filter(index_rows__in=near)
    shared = any(_of(row.words.open()) == here for row in fields.open_all(places, "words"))
    return Caution(_somebody_lives(here, homes, case), shared)


def neighbours(home: Home) -> list[UUID]:
    """The homes that may lie in the same building, by the index alone: some do not."""
    near = PlaceIndex.objects.filter(home=home).values("value")
    return list(Home.objects.filter(index_rows__value__in=near).values_list("pk", flat=True).distinct())


def index_home(home: Home, words: HomeWords) -> None:
    """Writes anew by what building a home is found when it is compared. Within an act."""
    PlaceIndex.objects.filter(home=home).delete()
    PlaceIndex.objects.bulk_create(PlaceIndex(home=home, value=value) for value in _values(words))


def index_place(place: KnownPlace, words: PlaceWords) -> None:
    """The same for a known place. Within an act."""
    PlaceIndex.objects.bulk_create(PlaceIndex(place=place, value=value) for value in _values(words))


def forget_place(place: KnownPlace) -> None:
    """A place that does not hold any more is compared with nothing."""
    PlaceIndex.objects.filter(place=place).delete()


def _values(words: HomeWords | PlaceWords) -> list[int]:
    here = _of(words)
    return [blindindex.index("place", here)] if here else []


def _of(words: HomeWords | PlaceWords) -> str:
    return building(words.street, words.town)


def _somebody_lives(here: str, homes: Iterable[Home], case: Case) -> bool:
    """Whether another case of the branch, closed or not, has a home here, held or let, of the register or not."""
    there = [home.pk for home in fields.open_all(homes, "words") if _of(home.words.open()) == here]
    others = Case.objects.filter(section__branch=case.section.branch).exclude(client=case.client_id)
    held = HomeHold.objects.exclude(state=HoldState.RELEASED).filter(home__in=there, case__in=others)
    leases = Tenancy.objects.exclude(state=TenancyState.ENDED).filter(case__in=others)
    if held.exists() or leases.filter(home__in=there).exists():
        return True
    outside = fields.open_all(leases.filter(home__isnull=True), "words")
    return any(building_of_line(lease.words.open().address) == here for lease in outside)
