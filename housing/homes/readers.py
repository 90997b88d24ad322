"""What the pages show of one home, and of a case's known places and questions. A page of a home never tells whose it
is: a need is called by its token, and only where the coordinator may see that need.
"""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from casework import policy
from casework.access import visit
from casework.cases.models import Case
from casework.clients.relatives.models import RelatedPerson
from casework.clients.relatives.rules import in_force
from casework.crypto import fields
from casework.signin.models import User
from housing import doors
from housing.homes import rules
from housing.homes.models import ColocationDecision, HoldState, Home, HomeHold, KnownPlace, PlaceWords
from housing.landlords.models import Landlord
from housing.needs.models import HousingNeed
from housing.tracks.models import OPEN, Track, TrackState, Way

NO_HOME = "Bostaden finns inte."
TERMS = ("lease", "area", "rooms", "rent", "pets", "available_from", "available_until", "block_let")


@dataclass
class Held:
    """Who a home is held for. `token` is "" where this coordinator may not see the need."""

    hold: HomeHold
    token: str = ""
    note: str = ""
    may_release: bool = False


def home_of(user: Any, name: str) -> Home:
    """A home of the register, for a coordinator. Raises Forbidden (role), NotFound."""
    rules.check_can_keep(user)
    found = Home.objects.select_related("landlord").filter(name="" if "\0" in name else name).first()
    if found is None:
        raise policy.NotFound(NO_HOME)
    if (now := visit.current()) is not None:
        now.refs[str(found.pk)] = found.ref()
    return found


def held(user: User, home: Home) -> Held | None:
    """For whom the home is held now; the case is noted where its need is shown."""
    going_on = HomeHold.objects.filter(home=home).exclude(state=HoldState.RELEASED)
    hold = going_on.select_related("case__section", "case__client", "track__need", "home", "held_by").first()
    if hold is None:
        return None
    hold.track.case = hold.case
    found = Held(hold, may_release=rules.can_release(user, hold))
    if doors.published(user).filter(pk=hold.track.need_id).exists():
        visit.saw(hold.case)
        found.token, found.note = hold.track.need.token, hold.words.open().note
    return found


def hold_of(user: User, home: Home) -> HomeHold:
    """The hold of a home that goes on. Raises NotFound when nobody has it, or it is another branch's."""
    found = held(user, home)
    if found is None:
        raise policy.NotFound("Bostaden hålls inte för någon.", [home.ref()])
    rules.check_can_release(user, found.hold)
    visit.saw(found.hold.case)
    return found.hold


def asked_for(user: User, home: Home) -> list[HousingNeed]:
    """The needs this coordinator may see, for which the home waits for a decision."""
    waiting = ColocationDecision.objects.filter(home=home, decision="asked").values("track__need")
    found = list(doors.published(user).filter(pk__in=waiting))
    visit.saw_all([need.case for need in found])
    return found


def terms_of(home: Home) -> dict[str, Any]:
    """What the form of a home's facts begins with. Where it lies is not among them."""
    words = home.words.open()
    facts = {name: getattr(home, name) for name in TERMS}
    return {**facts, "access": words.access, "note": words.note, "version": home.version}


def address_of(home: Home) -> dict[str, Any]:
    """What the form of its address begins with."""
    words = asdict(home.words.open())
    return {**{name: words[name] for name in ("street", "postal_code", "town", "flat")}, "version": home.version}


def revealed(home: Home) -> list[tuple[str, str]]:
    """Where a home lies."""
    words = home.words.open()
    return [("Adress", words.street), ("Lägenhet", words.flat), ("Ort", f"{words.postal_code} {words.town}".strip())]


def landlords() -> QuerySet[Landlord]:
    """Those who let us have homes."""
    return Landlord.objects.filter(active=True)


def holdable(need: HousingNeed) -> QuerySet[Track]:
    """The open tracks of a need that a home may be held for, as rules.check_way has it."""
    before = Q(state__in=(TrackState.PLANNED, TrackState.APPLIED, TrackState.QUEUED))
    granted = ~Q(kind__way=Way.FORTUR) | Q(state=TrackState.QUEUED)
    rows = doors.tracks_of(need).filter(before & granted, state__in=OPEN)
    return rows.exclude(kind__way__in=(Way.KOMPOTT, Way.SHELTER))


# --- in the case ------------------------------------------------------------------------------------------------------


@dataclass
class Place:
    row: KnownPlace
    words: PlaceWords


def places(case: Case) -> list[Place]:
    """The places of the case that hold today."""
    rows = KnownPlace.objects.filter(case=case, ended_on__isnull=True).select_related("related", "noted_by")
    return [Place(row, row.words.open()) for row in fields.open_all(rows, "words")]


def ended_places(case: Case) -> list[KnownPlace]:
    """Those that do not hold any more, without where they are."""
    rows = KnownPlace.objects.filter(case=case, ended_on__isnull=False)
    return list(rows.select_related("related").order_by("-ended_on", "created_at"))


def place_of(case: Case, pk: UUID) -> KnownPlace:
    """A known place of this case. Raises NotFound."""
    found = KnownPlace.objects.filter(case=case, pk=pk).select_related("related").first()
    if found is None:
        raise policy.NotFound("Platsen finns inte i ärendet.", [case.ref()])
    found.case = case
    return found


def violent(case: Case) -> QuerySet[RelatedPerson]:
    """Those in the case who use violence, or stand behind it."""
    return RelatedPerson.objects.filter(in_force(), case=case, part__in=rules.VIOLENT)


def questions(case: Case) -> list[ColocationDecision]:
    """What the sektionschef has been asked about homes in the case, newest first."""
    rows = ColocationDecision.objects.filter(case=case)
    return list(rows.select_related("home", "asked_by", "decided_by"))


def question_of(case: Case, pk: UUID, name: str) -> ColocationDecision:
    """The newest question about a home for a track of this case. Raises NotFound."""
    track = doors.track_of(case, pk)
    rows = ColocationDecision.objects.filter(track=track, home__name="" if "\0" in name else name)
    found = rows.select_related("home__landlord", "asked_by", "decided_by").first()
    if found is None:
        raise policy.NotFound("Det finns ingen varning om den bostaden.", [case.ref()])
    found.case, found.track = case, track
    return found
