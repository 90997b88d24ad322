"""What every act about a stay begins and ends with."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from audit import trail
from audit.tags import Tag
from casework import policy
from casework.cases.models import Case
from casework.clients.children.models import Child
from casework.clients.children.readers import MISSING
from casework.signin.models import User
from casework.state import transitions
from housing.codes import DeclineReason
from housing.shelter import rules
from housing.shelter.models import ShelterStay
from housing.tracks import moving
from housing.tracks.models import Track

# Why the track that led to a stay came to nothing, when she never came there.
DECLINED: dict[str, str] = {
    rules.EndedWhy.OWN_HOME: DeclineReason.OTHER_HOME,
    rules.EndedWhy.OTHER_SHELTER: DeclineReason.OTHER_HOME,
    rules.EndedWhy.LEFT: DeclineReason.PERSON,
    rules.EndedWhy.EXPOSED: DeclineReason.UNSAFE,
}


def lock_case(case: Case) -> Case:
    """The case as it is now, locked. Within an act."""
    return Case.objects.select_for_update(of=("self",)).select_related("client", "section").get(pk=case.pk)


def lock_child(case: Case, child: Child) -> Child:
    """The child as it is now, locked. Raises NotFound for a child of another case."""
    rows = Child.objects.select_related("client").select_for_update(of=("self",))
    fresh = rows.filter(case=case, pk=child.pk).first()
    if fresh is None:
        raise policy.NotFound(MISSING, [case.ref()])
    fresh.case = case
    return fresh


@contextmanager
def locked(
    by: User, tag: Tag, stay: ShelterStay, *, check: Callable[[User, ShelterStay], None] = rules.check_can_write
) -> Iterator[ShelterStay]:
    """One act about a stay, saved at its end: the case is locked first, then the stay. Raises as `check`."""
    check(by, stay)
    refs = [row.ref() for row in (stay.case, stay.child, stay) if row is not None]
    with trail.act(tag, by=by, refs=refs):
        case = lock_case(stay.case)
        fresh = (
            ShelterStay.objects.select_for_update(of=("self",))
            .select_related("child__client", "provider", "track", "adult_stay")
            .get(pk=stay.pk)
        )
        fresh.case = case
        if fresh.child is not None:
            fresh.child.case = case
        check(by, fresh)
        version = fresh.version
        yield fresh
        # An act that has been given the version it saw has counted it up already.
        if fresh.version == version:
            fresh.version += 1
        fresh.save()


def follow(stay: ShelterStay, *names: str, on: date) -> None:
    """Takes the track of a stay along as far as it can go: somebody may have moved it by hand."""
    if stay.track is not None:
        track = moving.locked(stay.track)
        for name in names:
            if _allows(track, name):
                track = moving.move(track, name, on=on)


def give_back(stay: ShelterStay, ended_why: str, on: date) -> None:
    """The track of a stay that is over has done its work, or waits on when she never came there."""
    if stay.track is None:
        return
    if stay.started_on is not None:
        follow(stay, "end", on=on)
    elif _allows(track := moving.locked(stay.track), "lose_offer"):
        moving.turn_down(track, declined=DECLINED.get(ended_why, DeclineReason.HOME_GONE), on=on)


def _allows(track: Track, name: str) -> bool:
    return any((source, act) == (track.state, name) for source, act, _ in transitions(Track))
