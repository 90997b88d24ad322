"""What happens to a need when one of its tracks leads home. Called within the act that moves the track."""

from audit import trail
from audit.tags import Tag
from housing.codes import DeclineReason, LeaseKind
from housing.needs.models import HousingNeed
from housing.needs.rules import GOING_ON
from housing.tracks import moving
from housing.tracks.models import OPEN, Track, TrackKind, Way

# A track without a usual lease leads to whatever lease there is. The rest is lived in for a time: the need stays.
LASTING = ("", LeaseKind.FIRST_HAND, LeaseKind.SUBLEASE, LeaseKind.TRANSITION)


def meet_need(track: Track, name: str) -> None:
    """She has the keys of a lasting home: the need is met, and the other ways are not needed any more."""
    if name != "move_in" or not leads_home(track.kind):
        return
    need = HousingNeed.objects.select_for_update().filter(pk=track.need_id, state__in=GOING_ON).first()
    if need is None:
        return
    need.case = track.case
    with trail.act(Tag.NEED_ENDED, refs=[track.case.ref(), need.ref()]) as event:
        need.meet()
        need.save()
        for other in Track.objects.filter(need=need, state__in=OPEN).exclude(pk=track.pk):
            gone = moving.move(moving.locked(other), "withdraw", declined=DeclineReason.OTHER_HOME)
            event.touch(gone.ref())
    track.need = need


def leads_home(kind: TrackKind) -> bool:
    """Whether a track of this kind ends in a home to stay in."""
    return kind.way != Way.SHELTER and kind.lease in LASTING
