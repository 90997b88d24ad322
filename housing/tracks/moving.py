"""How a track is taken from one state to the next, within the act of whichever subject does it."""

from collections.abc import Callable
from datetime import date, timedelta

from django.utils import timezone

from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.state import TransitionNotAllowed
from housing.codes import DeclineReason
from housing.tracks.models import GONE, Track, TrackState

S, W = TrackState, Track.WaitsOn

# What other subjects do when a track has moved: f(track, name of the transition), within the act. Filled at start.
on_moved: list[Callable[[Track, str], None]] = []

# The same when a coordinator has taken a track over: f(track), within the act.
on_taken: list[Callable[[Track], None]] = []

# Who has to do something next, unless the act says otherwise.
WAITS: dict[str, str] = {
    S.PLANNED: W.US,
    S.APPLIED: W.RECEIVER,
    S.QUEUED: W.RECEIVER,
    S.OFFERED: W.PERSON,
    S.VIEWING: W.PERSON,
    S.ACCEPTED: W.COORDINATOR,
    S.CONTRACT: W.PERSON,
    S.MOVED: W.US,
}
DAYS = {
    "apply": "applied_on",
    "offer": "offered_on",
    "accept": "accepted_on",
    "sign": "contract_on",
    "move_in": "moved_on",
}


def locked(track: Track) -> Track:
    """The track as it is now, after its case is locked. Within an act."""
    case = Case.objects.select_for_update(of=("self",)).select_related("client", "section").get(pk=track.case_id)
    rows = Track.objects.select_related("kind", "need", "coordinator", "insats")
    fresh = rows.select_for_update(of=("self",)).get(pk=track.pk)
    fresh.case = fresh.need.case = case
    return fresh


def move(track: Track, name: str, *, on: date | None = None, declined: str = "", waits_on: str = "") -> Track:
    """Takes a locked track (see `locked`) through the transition `name` and saves it; what hangs on it follows.

    `on` is the day it happened, today when not told; `declined` a DeclineReason, needed where the track comes to
    nothing. Raises Refused when the state does not allow it, for a day ahead, or without a reason.
    """
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise Refused("Dagen kan inte ligga framåt i tiden. Ändra dagen.")
    try:
        getattr(track, name)()
    except TransitionNotAllowed:
        raise Refused(f"Det går inte nu: vägens läge är ”{track.get_state_display().lower()}”.") from None
    if name in DAYS:
        setattr(track, DAYS[name], day)
    if name == "apply":
        track.answer_due_on = day + timedelta(days=track.kind.answer_days)
    if name == "try_again":
        track.applied_on = track.answer_due_on = track.offered_on = track.accepted_on = track.contract_on = None
    if track.state == S.QUEUED and track.applied_on is None:
        # A home was offered before anybody had applied; it waits since the track began.
        track.applied_on = track.started_on
    gone = track.state in GONE
    if gone and declined not in DeclineReason.values:
        raise Refused("Välj varför det inte blev av.")
    track.declined = declined if gone else ""
    track.ended_on = day if gone or track.state == S.ENDED else None
    if track.ended_on is not None:
        track.next_on = None
    track.waits_on = waits_on or WAITS.get(track.state, W.US)
    track.version += 1
    track.save()
    for follow in on_moved:
        follow(track, name)
    return track


def turn_down(track: Track, *, declined: str, on: date | None = None) -> Track:
    """An offer came to nothing: the track waits on. A no is counted, a home that was taken away is not: it may cost no
    right of hers. Those on `on_moved` find the reason in `track.lost_for`. Raises as `move`.
    """
    if declined not in DeclineReason.values:
        raise Refused("Välj varför det inte blev av.")
    track.lost_for = declined
    if declined != DeclineReason.HOME_GONE:
        track.offers_declined += 1
    track.offered_on = track.accepted_on = track.contract_on = None
    return move(track, "lose_offer", on=on)
