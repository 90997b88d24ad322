"""What the pages show of tracks. Every opened seal ends in the page's read event by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from casework import policy
from casework.cases.insatser import clock
from casework.cases.insatser.models import Area, Insats
from casework.cases.models import Case, JournalNote
from casework.cases.reminders import Reminder
from casework.policy import Permission
from casework.shell import url_or_none
from casework.signin.models import User
from casework.state import transitions
from housing import doors
from housing.codes import Obstacle
from housing.fortur.models import ForturApplication
from housing.homes.models import HomeHold
from housing.needs.models import HousingNeed, NeedState
from housing.tracks import rules
from housing.tracks.models import OPEN, Track, TrackKind, TrackObstacle, TrackState, Way

S = TrackState
COURSE = (S.PLANNED, S.APPLIED, S.QUEUED, S.OFFERED, S.VIEWING, S.ACCEPTED, S.CONTRACT, S.MOVED)
LATEST = 20
USED_UP = "Ett nej till förbrukar förturen."
# What a way has beside its steps: (way, name of the page, what the link says, whether it is about this track).
PAGES = (
    (Way.FORTUR, "fortur", "Ansökan om förtur", True),
    (Way.KOMPOTT, "kompott_request", "Förfrågan till annan kommun", True),
    (Way.SHELTER, "stays", "Vistelser i skyddat boende", False),
)
EVERY = ("stages", "Vem vet vad")


@dataclass(frozen=True)
class Stop:
    """A step of the course as a line shows it. `at`: done, now or ahead."""

    label: str
    at: str
    day: date | None


@dataclass(frozen=True)
class Button:
    name: str
    label: str


def track_of(user: Any, number: str, pk: UUID, permission: Permission = Permission.CASE_READ) -> Track:
    """A track of a case that the user holds `permission` for. Raises NotFound, Forbidden."""
    return doors.track_of(policy.get_case(user, number, permission), pk)


def open_need(case: Case) -> HousingNeed:
    """The need that goes on. Raises NotFound when there is none to begin a way for."""
    rows = HousingNeed.objects.filter(case=case, state__in=[NeedState.DRAFT, NeedState.PUBLISHED])
    if (need := rows.first()) is None:
        raise policy.NotFound("Det finns inget boendebehov att pröva en väg för.", [case.ref()])
    need.case = case
    return need


def kinds_for(need: HousingNeed) -> dict[str, TrackKind]:
    """The ways in use that are not tried for the need now, by the value that a form sends."""
    tried = Track.objects.filter(need=need, state__in=OPEN).values("kind")
    return {kind.key: kind for kind in TrackKind.objects.filter(active=True).exclude(pk__in=tried)}


# --- one track --------------------------------------------------------------------------------------------------------


def course(track: Track) -> list[Stop]:
    """The steps of the way in order: those behind whose day is known, the one it stands at, and those ahead."""
    days = {S.PLANNED: track.started_on, **rules.days_of(track)}
    steps = [state for state in COURSE if state != S.VIEWING or track.kind.viewing or track.state == S.VIEWING]
    here = steps.index(TrackState(track.state)) if track.state in steps else len(steps)
    found = []
    for place, state in enumerate(steps):
        at = "now" if place == here else "ahead" if place > here else "done"
        if at != "done" or days.get(state) is not None:
            found.append(Stop(str(state.label), at, days.get(state)))
    return found


def buttons(track: Track) -> list[Button]:
    """One for each step that can be taken by hand now."""
    return [Button(name, rules.MOVES[name].button) for name in rules.possible(track)]


def warnings(track: Track) -> list[str]:
    """What to know before the next step: a no that uses up the right, an answer that should have come."""
    found = []
    if rules.is_late(track):
        found.append(f"Svaret skulle ha kommit {track.answer_due_on}. Hör av dig till mottagaren.")
    may_lose = any(source == track.state and name == "lose_offer" for source, name, _ in transitions(Track))
    if track.kind.way == Way.FORTUR and may_lose:
        granted = ForturApplication.objects.filter(track=track, outcome=ForturApplication.Outcome.GRANTED).first()
        if granted is not None and track.offers_declined + 1 >= granted.offers_allowed:
            found.append(USED_UP)
    return found


def holds(track: Track) -> list[HomeHold]:
    """The homes that are or were held for the track, latest first, without where they are."""
    return list(HomeHold.objects.filter(track=track).select_related("home").defer("words", "home__words"))


def obstacles(track: Track) -> list[tuple[TrackObstacle, str]]:
    """What stands or stood in the way, each with its name; what stands first."""
    rows = sorted(track.obstacles.all(), key=lambda row: (row.gone_on is not None, row.noted_on))
    return [(row, str(Obstacle(row.obstacle).label)) for row in rows]


def obstacle_of(track: Track, pk: UUID) -> TrackObstacle:
    """An obstacle of this track. Raises NotFound."""
    row = TrackObstacle.objects.filter(track=track, pk=pk).first()
    if row is None:
        raise policy.NotFound("Hindret finns inte på vägen.", [track.case.ref()])
    row.track = track
    return row


def tied(track: Track) -> list[JournalNote]:
    """The steps tied to the track, latest first: their day and kind, never their text."""
    return list(JournalNote.objects.filter(pk__in=track.steps.values("note")).select_related("author").defer("content"))


def steps_to_tie(track: Track) -> dict[str, JournalNote]:
    """The latest signed steps of the case that are not tied yet, by the value that a form sends."""
    rows = JournalNote.objects.filter(case=track.case, entry=JournalNote.Entry.STEP).defer("content")
    return {str(row.pk): row for row in rows.exclude(pk__in=track.steps.values("note"))[:LATEST]}


def insatser_to_tie(track: Track) -> dict[str, Insats]:
    """The person's own insatser for a home in the case, by the value that a form sends."""
    rows = Insats.objects.filter(case=track.case, child__isnull=True, area=Area.HOUSING).select_related("offer")
    return {str(row.pk): row for row in rows.defer("words")}


def page(track: Track, user: User) -> dict[str, Any]:
    """Everything of the page of a track in the case, and what this user may do on it."""
    writes, today = rules.can_write(user, track.case), timezone.localdate()
    insats = track.insats if track.insats_id else None
    return {
        "track": track,
        "words": track.words.open(),
        "course": course(track),
        "buttons": buttons(track) if writes else [],
        "warnings": warnings(track),
        "holds": holds(track),
        "obstacles": obstacles(track),
        "steps": tied(track),
        "insats": insats,
        "clocks": [(tick, tick.late(today)) for tick in clock.clocks(insats)] if insats else [],
        "links": links(track),
        "may_write": writes,
        "goes_on": rules.goes_on(track),
    }


def links(track: Track) -> list[tuple[str, str]]:
    """(address, what it is) of what the way has beside its steps."""
    number, own = track.case.number, [page for page in PAGES if page[0] == track.kind.way]
    found = [(url_or_none(name, number, *([track.pk] if one else [])), label) for _, name, label, one in own]
    found.append((url_or_none(EVERY[0], number, track.pk), EVERY[1]))
    return [(url, label) for url, label in found if url]


def token_page(track: Track, user: User) -> dict[str, Any]:
    """What a coordinator sees of a track: never the case's own note, nor how it went in words."""
    words = track.words.open()
    reached = track.state in OPEN
    return {
        "track": track,
        "token": track.need.token,
        "next_step": words.next_step,
        "offer": words.offer if reached else "",
        "course": course(track),
        "buttons": buttons(track),
        "warnings": warnings(track),
        "holds": holds(track),
        "obstacles": [label for row, label in obstacles(track) if row.gone_on is None],
        "may_take": rules.can_take(user, track),
        "goes_on": rules.goes_on(track),
    }


def begin(track: Track, *, whole: bool) -> dict[str, Any]:
    """What the form for changes begins with; `whole` with the case's own note."""
    words = track.words.open()
    kept = {"next_step": words.next_step, "next_on": track.next_on, "waits_on": track.waits_on}
    return {**kept, **({"note": words.note} if whole else {}), "version": track.version}


# --- ways to a home, and days to keep ---------------------------------------------------------------------------------


def kind_of(pk: UUID) -> TrackKind:
    """Raises NotFound."""
    kind = TrackKind.objects.filter(pk=pk).first()
    if kind is None:
        raise policy.NotFound("Vägen finns inte.")
    return kind


def kinds() -> list[TrackKind]:
    """Every way, those in use first."""
    return sorted(TrackKind.objects.all(), key=lambda kind: (not kind.active, kind.order, kind.name))


def is_tried(kind: TrackKind) -> bool:
    """Whether there is a track of it: then its key and what the program does for it stand."""
    return kind.tracks.exists()


def reminders(cases: list[UUID], last: date) -> Iterator[Reminder]:
    """The next step and the answer of tracks that go on, without a word of which way it is."""
    waits = Q(answer_due_on__lte=last, state=S.APPLIED) | Q(
        answer_due_on__lte=last, state=S.QUEUED, kind__way=Way.KOMPOTT
    )
    rows = Track.objects.filter(Q(next_on__lte=last) | waits, case__in=cases, state__in=OPEN).order_by()
    for case, next_on, due, state, way in rows.values_list("case", "next_on", "answer_due_on", "state", "kind__way"):
        if next_on is not None and next_on <= last:
            yield Reminder(case, next_on, "Boende: nästa steg", "Boende", "housing")
        if due is not None and due <= last and (state == S.APPLIED or (state == S.QUEUED and way == Way.KOMPOTT)):
            yield Reminder(case, due, "Boende: svar väntas", "Boende", "housing")
