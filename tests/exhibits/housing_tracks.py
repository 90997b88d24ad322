from typing import Any

from django.utils import timezone

from audit import trail
from audit.tags import Tag
from housing.needs.models import HousingNeed
from housing.tracks import actions
from housing.tracks.models import Track, TrackKind, TrackWords
from tests import factories
from tests.housing.made import make_kind, make_track, need_in

TABLE = """
URL                         how  contact deputy asked colleague chief chief2 other housing planner log  admin out
track_kinds                 GET  x       x      x     x         x     x      x     x       x       x    +     <
track_kind_new              GET  x       x      x     x         x     x      x     x       x       x    +     <
                            POST x       x      x     x         x     x      x     x       x       x    >     <
track_kind_change           GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  xxxx    xxxx    xxxx +++-  <<<<
                            POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  xxxx    xxxx    xxxx >>>-  <<<<
track_kind_switch           POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  xxxx    xxxx    xxxx >>>-  <<<<
track_new                   GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                            POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
track                       GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
track_change                GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                            POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
{case_moves}
track_move:fly              POST ----    ----   ----  ----      ----  ----   ----  ----    ----    xxx- ----  <<<<
track_step                  GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                            POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
track_insats                GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                            POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
track_obstacle              GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                            POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
track_obstacle_gone         GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                            POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
token_track                 GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  ++--    xxxx    xxxx xxxx  <<<<
token_track_change          GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  ++--    xxxx    xxxx xxxx  <<<<
                            POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  >>--    xxxx    xxxx xxxx  <<<<
token_track_take            GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  ++--    xxxx    xxxx xxxx  <<<<
                            POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  >>--    xxxx    xxxx xxxx  <<<<
{token_moves}
token_track_move:fly        POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  ----    xxxx    xxxx xxxx  <<<<
"""
# Every step has the same cells, in the case and by token.
CASE_CELLS = (
    "GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<",
    "POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<",
)
TOKEN_CELLS = (
    "GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  ++--    xxxx    xxxx xxxx  <<<<",
    "POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  >>--    xxxx    xxxx xxxx  <<<<",
)
# Which of the tracks a step is tried on: one for each state that it begins in.
OF_STEP = {"apply": "planned", "lose_offer": "offered", "end": "moved", "try_again": "gone"}
# One form does for all steps: a reason that each of them may have, and tracks of one and the same version.
WHY, VERSION = "too_late", 9
PATHS = {"offered": ("offer",), "moved": ("offer", "accept", "move_in"), "gone": ("withdraw",)}
TEXTS = {"next_step", "note", "offer", "outcome"}
LAST: tuple[str, ...] = ()
NOBODY = "00000000-0000-0000-0000-000000000007"


def _lines(name: str, cells: tuple[str, str]) -> str:
    return "\n".join(f"{f'{name}:{step}':<27} {cells[0]}\n{'':<27} {cells[1]}" for step in OF_STEP)


TABLE = TABLE.format(case_moves=_lines("track_move", CASE_CELLS), token_moves=_lines("token_track_move", TOKEN_CELLS))


NEXT = {"next_step": "Skicka underlag", "next_on": "", "waits_on": "waits_receiver", "note": "Vi", "version": VERSION}


def _kind(world: Any, record: str) -> dict[str, Any]:
    return {
        "called": f"Väg {record}", "key": "ny-vag", "way": "way_plain", "receiver": "housing_queue", "lease": "",
        "answer_days": "30", "order": "50", "active": "on",
        "version": getattr(_more(world, record, "track_kind"), "version", 1),
    }  # fmt: skip


def _more(world: Any, record: str, name: str) -> Any:
    return world.records[record].more[name] if record in world.records else None


def _today(**more: Any) -> Any:
    return lambda world, record: {
        name: str(timezone.localdate()) if value == "today" else value for name, value in more.items()
    }


FORMS: dict[str, Any] = {
    "track_kind_new": lambda world, record: {**_kind(world, record), "called": "Alldeles ny"},
    "track_kind_change": _kind,
    "track_kind_switch": lambda world, record: {"active": ""},
    "track_new": lambda world, record: {"kind": "exhibit-free", "next_step": "Ring", "next_on": "", "note": "Nej"},
    "track_change": lambda world, record: dict(NEXT),
    "token_track_change": lambda world, record: dict(NEXT),
    "track_move": _today(on="today", declined=WHY, offer="Tre rum", outcome="Så gick det", version=VERSION),
    "token_track_move": _today(on="today", declined=WHY, offer="Tre rum", version=VERSION),
    "track_step": lambda world, record: {"note": str(getattr(_more(world, record, "track_note"), "pk", NOBODY))},
    "track_insats": lambda world, record: {"insats": "", "version": VERSION},
    "track_obstacle": _today(obstacle="shortage", noted_on="today"),
    "track_obstacle_gone": _today(gone_on="today"),
}


def _at(found: Any, use: str, state: str) -> list[Any]:
    number = found.case.number if found else "26-99999-9"
    return [number, found.more[f"track_{state}"].pk if found else NOBODY, *([use] if use else [])]


def _by_token(found: Any, use: str, state: str) -> list[Any]:
    track = found.more[f"track_{state}"] if found else None
    where = [track.need.token, track.kind.key] if track else ["B-222222", "exhibit-planned"]
    return [*where, *([use] if use else [])]


PLANNED = ("track", "track_change", "track_step", "track_insats", "track_obstacle")
ARGUMENTS: dict[str, Any] = {
    **{name: lambda found, use: _at(found, use, "planned") for name in PLANNED},
    "track_move": lambda found, use: _at(found, use, OF_STEP.get(use, "planned")),
    "track_obstacle_gone": lambda found, use: [
        *_at(found, use, "planned"), found.more["track_obstacle"].pk if found else NOBODY
    ],
    **{
        name: lambda found, use: _by_token(found, use, "planned")
        for name in ("token_track", "token_track_change", "token_track_take")
    },
    "token_track_move": lambda found, use: _by_token(found, use, OF_STEP.get(use, "planned")),
    **{
        name: lambda found, use: [found.more["track_kind"].pk if found else NOBODY]
        for name in ("track_kind_change", "track_kind_switch")
    },
}  # fmt: skip


def lay_out(case: Any, contact: Any, chief: Any) -> dict[str, Any]:
    need, found, today = need_in(case, contact), {}, timezone.localdate()
    make_kind(key="exhibit-free")
    kind = make_kind(key="exhibit-planned", decision=True)
    planned = actions.start_track(by=contact, need=need, kind=kind, next_step="Ring", next_on=None, note="Vi")
    obstacle = actions.note_obstacle(by=contact, track=planned, obstacle="debts", noted_on=today)
    actions.tie_step(by=contact, track=planned, note=factories.make_step(contact, case))
    for state, moves in PATHS.items():
        # A shelter meets no need: the other subjects go on with it.
        track = make_track(need, make_kind("way_shelter", key=f"exhibit-{state}", lease=""))
        for name in moves:
            track = actions.move_track(by=contact, track=track, name=name, on=None, version=track.version, declined=WHY)
        found[state] = track
    for track in (planned, *found.values()):
        track.version = VERSION
        with trail.act(Tag.IMPORTED):
            track.save()
    more = {"track_kind": make_kind(key=f"exhibit-{case.number}"), "track_note": factories.make_step(contact, case)}
    tracks = {f"track_{state}": track for state, track in found.items()}
    return {**tracks, "track_planned": planned, "track_obstacle": obstacle, **more}


def sealed(known: Any, person: Any, user: Any) -> list[Any]:
    """The need is one that has been met: another subject lays out the one that goes on."""
    from tests.canary_people import filled

    case = person.case
    near = {"case": case, "client_id": case.client_id}
    need = HousingNeed(**near, state="met", urgency="month", written_by=user, ended_on=timezone.localdate())
    kind = TrackKind(key=f"vag-{case.number}", name=f"Vägen {case.number}", way="way_plain", receiver="housing_queue")
    return [need, kind, Track(**near, need=need, kind=kind, words=filled(TrackWords, known))]
