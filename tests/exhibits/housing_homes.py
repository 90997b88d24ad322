from datetime import timedelta
from typing import Any

from django.utils import timezone

from casework.clients.relatives import actions as relatives
from casework.clients.relatives.models import RelatedPerson, RelatedWords
from casework.signin.models import Role, User
from housing.homes import actions, hold_actions, place_actions
from housing.homes.models import (
    ColocationDecision,
    ColocationWords,
    HoldWords,
    Home,
    HomeHold,
    HomeWords,
    KnownPlace,
    PlaceWords,
)
from housing.homes.rules import Terms
from housing.landlords.models import Landlord, LandlordWords
from housing.needs.models import HousingNeed
from housing.tracks.models import Track, TrackKind, TrackWords

TABLE = """
URL                      how  contact deputy asked colleague chief chief2 other housing planner log  admin out
homes_board              GET  x       x      x     x         x     x      x     +       x       x    x     <
home_new                 GET  x       x      x     x         x     x      x     +       x       x    x     <
                         POST x       x      x     x         x     x      x     >       x       x    x     <
home_page                GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  +++-    xxxx    xxxx xxxx  <<<<
home_reveal              POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  +++-    xxxx    xxxx xxxx  <<<<
home_change              GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  +++-    xxxx    xxxx xxxx  <<<<
                         POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  >>>-    xxxx    xxxx xxxx  <<<<
home_address             GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  +++-    xxxx    xxxx xxxx  <<<<
                         POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  +++-    xxxx    xxxx xxxx  <<<<
home_safety              GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  +++-    xxxx    xxxx xxxx  <<<<
                         POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  >>>-    xxxx    xxxx xxxx  <<<<
home_remove              GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  +++-    xxxx    xxxx xxxx  <<<<
                         POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  +++-    xxxx    xxxx xxxx  <<<<
home_release             GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  +++-    xxxx    xxxx xxxx  <<<<
                         POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  >>>-    xxxx    xxxx xxxx  <<<<
matches_for_home         GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  +++-    xxxx    xxxx xxxx  <<<<
matches_for_need         GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  ++--    xxxx    xxxx xxxx  <<<<
home_hold                GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  ++--    xxxx    xxxx xxxx  <<<<
                         POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  ++--    xxxx    xxxx xxxx  <<<<
known_places             GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
known_place_new          GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
known_place_end          GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
colocation               GET  x---    x---   ----  ----      +-+-  -+--   -x--  ----    ----    xxx- ----  <<<<
                         POST x---    x---   ----  ----      >-+-  ->--   -x--  ----    ----    xxx- ----  <<<<
"""
TEXTS = {"street", "postal_code", "town", "flat", "note", "text", "about", "reason"}
LAST: tuple[str, ...] = ()
NOBODY, NO_HOME, NO_TOKEN = "00000000-0000-0000-0000-000000000007", "H-0", "B-000000"
PLACE = {"street": "Storgatan 12", "postal_code": "211 41", "town": "Malmö"}


def _today() -> str:
    return str(timezone.localdate())


def _facts(**more: Any) -> dict[str, Any]:
    told = {"lease": "first_hand", "area": "city_south", "rooms": "3", "rent": "9000", "available_from": _today()}
    return {**told, "access": ["step_free"], "note": "Hiss", **more}


def _landlord(world: Any, record: str) -> str:
    return str(world.records["own"].more["home"].landlord_id)


def _version(world: Any, record: str) -> str:
    home = world.records[record].more["home"] if record in world.records else None
    return str(Home.objects.values_list("version", flat=True).get(pk=home.pk)) if home else "1"


def _related(world: Any, record: str) -> str:
    return str(world.records[record].more["violent"].pk) if record in world.records else NOBODY


FORMS: dict[str, Any] = {
    "home_new": lambda world, record: {
        **_facts(), **PLACE, "flat": "1102", "landlord": _landlord(world, record),
    },
    "home_reveal": lambda world, record: {"reason": "check"},
    "home_change": lambda world, record: {**_facts(), "version": _version(world, record)},
    "home_address": lambda world, record: {**PLACE, "flat": "", "version": _version(world, record)},
    "home_safety": lambda world, record: {"safety": "safety_faults", "safety_on": _today(), "text": "Porten"},
    "home_remove": lambda world, record: {},
    "home_release": lambda world, record: {"why": "home_gone"},
    "home_hold": lambda world, record: {"note": "Nyckeln hämtas i receptionen"},
    "known_place_new": lambda world, record: {**PLACE, "related": _related(world, record), "about": "Arbetar där"},
    "known_place_end": lambda world, record: {"reason": "Flyttat"},
    "colocation": lambda world, record: {"decision": "go_on", "reason": "Olika uppgångar"},
}  # fmt: skip


def _home(found: Any, use: str) -> list[Any]:
    return [found.more["home"].name if found else NO_HOME]


def _token(found: Any) -> str:
    return found.more["housing_need"].token if found else NO_TOKEN


PAGES = (
    "home_page", "home_reveal", "home_change", "home_address", "home_safety", "home_remove", "home_release",
    "matches_for_home",
)  # fmt: skip
ARGUMENTS: dict[str, Any] = {
    **dict.fromkeys(PAGES, _home),
    "matches_for_need": lambda found, use: [_token(found)],
    "home_hold": lambda found, use: [*_home(found, use), _token(found)],
    "known_place_end": lambda found, use: [
        found.case.number if found else "26-99999-9", found.more["known_place"].pk if found else NOBODY,
    ],
    "colocation": lambda found, use: [
        found.case.number if found else "26-99999-9",
        found.more["warned"].track_id if found else NOBODY,
        found.more["warned"].home.name if found else NO_HOME,
    ],
}  # fmt: skip


def _add(by: User, landlord: Any, street: str) -> Home:
    today = timezone.localdate()
    terms = Terms("first_hand", "city_south", 3, 9_000, True, today, None, False)
    home = actions.add_home(by=by, landlord=landlord, terms=terms, words=HomeWords(street=street, town="Malmö"))
    return actions.note_safety(by=by, home=home, safety="safety_good", safety_on=today, text="")


def lay_out(case: Any, contact: Any, chief: Any) -> dict[str, Any]:
    """A home held for the need, another that was warned of, and the place it was warned of for."""
    from tests.housing import made

    keeper = User.objects.filter(role=Role.HOUSING_COORDINATOR)[0]
    need, landlord = made.need_in(case, contact), made.make_landlord(name=f"Värden i {case.number}")
    violent = relatives.add_related(
        by=contact, case=case, part="perpetrator", relation="partner", words=RelatedWords(about="Farlig")
    )
    serial = case.number.split("-")[1]
    street = f"Norra vägen {serial}"
    place = place_actions.note_place(
        by=contact, case=case, related=violent, words=PlaceWords(street=street, town="Malmö")
    )
    tracks = [made.make_track(need, made.make_kind(key=key)) for key in ("hem-hallet", "hem-varnat")]
    held, warned = _add(keeper, landlord, f"Storgatan {serial}"), _add(keeper, landlord, street)
    times = {"answer_by": timezone.localdate() + timedelta(days=7), "viewing_at": None}
    hold_actions.hold_home(by=keeper, home=held, track=tracks[0], note="Ring porttelefonen", **times)
    question = hold_actions.ask_about_home(by=keeper, home=warned, track=tracks[1])
    return {"home": held, "housing_need": need, "violent": violent, "known_place": place, "warned": question}


def sealed(known: Any, person: Any, user: Any) -> list[Any]:
    """One of everything that is sealed here, and what it hangs on; the need is one that has been met."""
    from tests.canary_people import filled

    case, owner, today = person.case, person.case.client_id, timezone.localdate()
    near = {"case": case, "client_id": owner}
    landlord = Landlord(name=f"Värden {case.number}", kind="private", words=LandlordWords())
    home = Home(
        landlord=landlord, name=f"H-{case.number}", lease="first_hand", area="city_south", rooms=2, rent=9_000,
        available_from=today, words=filled(HomeWords, known),
    )  # fmt: skip
    kind = TrackKind(key=f"hem-{case.number}", name=f"Väg {case.number}", way="way_plain", receiver="housing_queue")
    need = HousingNeed(**near, state="met", urgency="month", written_by=user, ended_on=today)
    track = Track(**near, need=need, kind=kind, words=TrackWords())
    hold = HomeHold(**near, home=home, track=track, held_by=user, words=filled(HoldWords, known))
    related = RelatedPerson(
        **near, part="perpetrator", relation="partner", noted_by=user, words=RelatedWords(about="Farlig")
    )
    place = KnownPlace(**near, related=related, noted_by=user, words=filled(PlaceWords, known))
    question = ColocationDecision(
        **near, home=home, track=track, same_building=True, asked_by=user, words=filled(ColocationWords, known)
    )
    return [landlord, home, kind, need, track, hold, related, place, question]
