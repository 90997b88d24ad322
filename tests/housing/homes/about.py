"""Homes put in by the acts, and tracks to hold them for."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases import actions as cases
from casework.cases.models import Case
from casework.clients.relatives import actions as relatives
from casework.clients.relatives.models import RelatedPerson, RelatedWords
from casework.signin.models import User
from housing.homes import actions, hold_actions, place_actions
from housing.homes.models import ColocationDecision, Home, HomeHold, HomeWords, KnownPlace, PlaceWords
from housing.homes.rules import Terms
from housing.landlords.models import Landlord
from housing.tracks import moving
from housing.tracks.models import Track
from tests import factories
from tests.cast import Cast
from tests.housing import made

STREET, TOWN = "Storgatan 12 B", "Malmö"
FACTS: dict[str, Any] = {
    "lease": "first_hand", "area": "city_south", "rooms": 3, "rent": 9_000, "pets": True, "available_until": None,
    "block_let": False,
}  # fmt: skip


def terms(**more: Any) -> Terms:
    return Terms(**{**FACTS, "available_from": timezone.localdate(), **more})


def add(by: User, landlord: Landlord | None = None, **more: Any) -> Home:
    """A home put in by the act, not yet checked."""
    told = {name: more.pop(name) for name in ("flat", "postal_code", "access", "note") if name in more}
    words = HomeWords(street=more.pop("street", STREET), town=more.pop("town", TOWN), **told)
    return actions.add_home(by=by, landlord=landlord or made.make_landlord(), terms=terms(**more), words=words)


def safe(by: User, landlord: Landlord | None = None, **more: Any) -> Home:
    """A home that may be offered."""
    home = add(by, landlord, **more)
    return actions.note_safety(by=by, home=home, safety="safety_good", safety_on=timezone.localdate(), text="")


def track_for(by: User, case: Case, *moves: str, **more: Any) -> Track:
    """A track of the case's published need, made where there is none."""
    return made.make_track(made.need_in(case, by), made.make_kind(**more), *moves)


def other_case(cast: Cast, **identity: Any) -> Case:
    made_case = factories.make_case(cast.cecilia, **{"given_name": "Berta", "family_name": "Blomkvist", **identity})
    factories.assign(cast.cecilia, made_case, cast.bo)
    return made_case


def hold(by: User, home: Home, track: Track, **more: Any) -> HomeHold:
    ahead = timezone.localdate() + timedelta(days=7)
    return hold_actions.hold_home(
        by=by, home=home, track=track, **{"answer_by": ahead, "viewing_at": None, "note": "", **more}
    )


def moved(track: Track, *moves: str, **more: Any) -> Track:
    """The track taken further, as its own subject does it."""
    with trail.act(Tag.IMPORTED):
        for name in moves:
            track = moving.move(moving.locked(track), name, **more)
    return track


def violent(by: User, case: Case, **more: Any) -> RelatedPerson:
    facts = {"part": "perpetrator", "relation": "partner", "words": RelatedWords(about="Farlig"), **more}
    return relatives.add_related(by=by, case=case, **facts)


def place(by: User, case: Case, street: str = STREET, town: str = TOWN) -> KnownPlace:
    words = PlaceWords(street=street, town=town)
    return place_actions.note_place(by=by, case=case, related=violent(by, case), words=words)


def asked(by: User, home: Home, track: Track) -> ColocationDecision:
    return hold_actions.ask_about_home(by=by, home=home, track=track)


def close(cast: Cast, case: Case) -> None:
    closing = cases.move_case(by=cast.cecilia, case=case, name="begin_closing", reason="Klart")
    cases.close_case(by=cast.cecilia, case=closing, closure_reason="goals_reached", note="Det gick bra")
    case.refresh_from_db()
