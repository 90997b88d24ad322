"""What every act about a tenancy begins and ends with, and what a track and a home are told."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.signin.models import User
from casework.state import TransitionNotAllowed
from housing.codes import DeclineReason
from housing.homes import holding
from housing.homes.models import Home
from housing.tenancies.models import Tenancy, TenancyState
from housing.tracks.models import Track

Why = Tenancy.EndedWhy
# How the end of a tenancy is told of the home it was in, and of a track that never came to a key.
AS_DECLINED: dict[str, str] = {
    Why.MOVED_ON: DeclineReason.OTHER_HOME,
    Why.UNSAFE: DeclineReason.UNSAFE,
    Why.RENT: DeclineReason.ECONOMY,
    Why.DISTURBANCE: DeclineReason.NO_FIT,
    Why.TIME: DeclineReason.TOO_LATE,
    Why.LANDLORD: DeclineReason.HOME_GONE,
    Why.PERSON: DeclineReason.PERSON,
    Why.RETURNED: DeclineReason.PERSON,
}
LEASED = "En väg har ett kontrakt som inte är avslutat. Hyresförhållandet ska avslutas först, under Hyra i ärendet."


@contextmanager
def locked(
    by: User, tag: Tag, tenancy: Tenancy, *, check: Callable[[User, Tenancy], None], why: str = ""
) -> Iterator[Tenancy]:
    """One act about a tenancy, saved at its end: the case is locked first, then the tenancy. Raises as `check`."""
    check(by, tenancy)
    with trail.act(tag, by=by, refs=[tenancy.case.ref(), tenancy.ref()], reason=why, owner=tenancy.client_id):
        case = Case.objects.select_for_update(of=("self",)).select_related("client", "section").get(pk=tenancy.case_id)
        rows = Tenancy.objects.select_related("track", "home", "landlord").select_for_update(of=("self",))
        fresh = rows.get(pk=tenancy.pk)
        fresh.case = case
        check(by, fresh)
        version = fresh.version
        yield fresh
        # An act that has been given the version it saw has counted it up already.
        if fresh.version == version:
            fresh.version += 1
        fresh.save()


def take(tenancy: Tenancy, name: str) -> None:
    """Takes the step, or raises Refused when the state does not allow it."""
    try:
        getattr(tenancy, name)()
    except TransitionNotAllowed:
        raise Refused(f"Det går inte nu: läget är ”{tenancy.get_state_display().lower()}”.") from None


def follow_track(track: Track, name: str) -> None:
    """A track was moved by hand: keys are keys, and a lease is ended before its track comes to nothing."""
    if name not in ("move_in", "lose_offer", "withdraw"):
        return
    going_on = Tenancy.objects.select_for_update().filter(track=track).exclude(state=TenancyState.ENDED)
    tenancy = going_on.first()
    if tenancy is None or tenancy.moved_in_on is not None:
        return
    if name != "move_in":
        raise Refused(LEASED)
    tenancy.moved_in_on = track.moved_on
    take(tenancy, "move_in")
    tenancy.version += 1
    tenancy.save()


def leave_home(tenancy: Tenancy) -> None:
    """Nobody holds the home any more. It is free for somebody else, unless it went back to its landlord or was hers.

    A home that was left because it was not safe is checked anew before it is offered.
    """
    if tenancy.track is None or tenancy.home_id is None:
        return
    holding.release(tenancy.track, why=AS_DECLINED[tenancy.ended_why])
    home = Home.objects.select_for_update().get(pk=tenancy.home_id)
    if tenancy.ended_why == Why.UNSAFE:
        home.safety, home.safety_on = Home.Safety.UNCHECKED, None
    if home.state == Home.State.FREE and (tenancy.ended_why == Why.LANDLORD or tenancy.taken_over_on is not None):
        home.remove()
    home.version += 1
    home.save()
