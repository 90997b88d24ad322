"""A home that is held for a track follows it: reserved when she says yes, taken with the lease, free when it is lost.

Everything here is done within the act of whichever subject moves the track, after the case and the track are locked.
"""

from datetime import date, datetime

from django.utils import timezone

from casework.signin.models import User
from housing.codes import DeclineReason
from housing.homes.models import HoldState, HoldWords, Home, HomeHold, HomeState
from housing.tracks.models import Track

# A home that is gone while somebody lives in it is still hers, and is not free again afterwards.
KEPT_FOR_SOMEBODY = (HomeState.OFFERED, HomeState.RESERVED, HomeState.TAKEN)


def active(track: Track) -> HomeHold | None:
    """The hold of the track that goes on: a home offered, reserved or taken for it."""
    rows = HomeHold.objects.exclude(state=HoldState.RELEASED).filter(track=track)
    return rows.select_related("home__landlord", "case").first()


def lay(
    home: Home, track: Track, by: User, *, answer_by: date | None, viewing_at: datetime | None, note: str
) -> HomeHold:
    """Holds a locked free home for a locked track. The caller has asked everything that has to be asked."""
    hold = HomeHold(
        home=home,
        track=track,
        case=track.case,
        client_id=track.client_id,
        held_by=by,
        answer_by=answer_by,
        viewing_at=viewing_at,
        words=HoldWords(note=note),
    )
    hold.save()
    home.offer()
    _save(home)
    return hold


def reserve(track: Track) -> None:
    """She has said yes to the home that is offered to her."""
    hold, home = _locked(track)
    if hold is not None and home is not None and hold.state == HoldState.OFFERED:
        hold.reserve()
        _save(hold)
        home.reserve()
        _save(home)


def take(track: Track) -> None:
    """There is a lease, or she has the keys."""
    reserve(track)
    hold, home = _locked(track)
    if hold is not None and home is not None and hold.state == HoldState.RESERVED:
        hold.take()
        _save(hold)
        home.take()
        _save(home)


def release(track: Track, *, why: str) -> None:
    """The home is not hers, or not any more: free for somebody else. `why` is a DeclineReason."""
    hold, home = _locked(track)
    if hold is None or home is None:
        return
    hold.release()
    hold.released_on, hold.released_why = timezone.localdate(), why
    _save(hold)
    if home.state in KEPT_FOR_SOMEBODY:
        home.release()
        _save(home)


def follow(track: Track, name: str) -> None:
    """What a moved track means for its home. When the track has done its work and ends, she goes on living there."""
    if name == "accept":
        reserve(track)
    elif name in ("sign", "move_in"):
        take(track)
    elif name == "lose_offer":
        release(track, why=track.lost_for or DeclineReason.NO_FIT)
    elif name in ("decline", "withdraw", "expire"):
        release(track, why=track.declined)


def _locked(track: Track) -> tuple[HomeHold | None, Home | None]:
    """The hold that goes on and its home, the home locked first as everywhere."""
    found = active(track)
    if found is None:
        return None, None
    home = Home.objects.select_for_update().get(pk=found.home_id)
    return HomeHold.objects.select_for_update(of=("self",)).select_related("case").get(pk=found.pk), home


def _save(row: Home | HomeHold) -> None:
    row.version += 1
    row.save()
