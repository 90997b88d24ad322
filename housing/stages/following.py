"""What others do that takes away what a receiver may be told. Called within their acts."""

from collections.abc import Callable

from audit import trail
from casework.cases.consents.models import Consent
from casework.cases.models import Case
from casework.signin.models import User
from housing.stages import actions
from housing.stages.models import Stage, TrackStage
from housing.stages.standing import OVER
from housing.tracks.models import Receiver, Track


def moved(track: Track, name: str) -> None:
    """The track is over, or the offer was lost."""
    if track.state in OVER or name == "lose_offer":
        _as_doer(track, actions.end_stages)


def taken(track: Track) -> None:
    """Another coordinator has the track: what the one before was let into is not hers."""
    _as_doer(track, actions.end_names)


def withdrawn(by: User, consent: Consent) -> None:
    """The coordinator was told on a consent that is taken back. What others were told ends by itself."""
    told = TrackStage.objects.filter(consent=consent, receiver=Receiver.COORDINATOR, ended_at__isnull=True)
    for track in Track.objects.filter(pk__in=told.values("track")).select_related("case"):
        actions.end_names(by=by, track=track)


def closed(*, by: User, case: Case) -> None:
    """The case is closed, and every door to it is shut."""
    named = TrackStage.objects.filter(track__case=case, stage=Stage.NAMED, ended_at__isnull=True)
    for track in Track.objects.filter(pk__in=named.values("track")).select_related("case"):
        actions.end_names(by=by, track=track)


def _as_doer(track: Track, end: Callable[..., None]) -> None:
    """A move does not say who made it: it is whoever is signed in, else the one who asked for the latest stage."""
    going = TrackStage.objects.filter(track=track, ended_at__isnull=True).select_related("asked_by")
    last = going.order_by("-created_at").first()
    if last is None:
        return
    actor = trail.current().actor
    signed_in = None if actor.id in ("", trail.SYSTEM.id) else User.objects.get(pk=actor.id)
    end(by=signed_in or last.asked_by, track=track)
