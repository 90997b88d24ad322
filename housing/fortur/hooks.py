"""What follows for a förtur when its track moves: a no may use it up, and a track that is gone gives the home back."""

from housing.codes import DeclineReason
from housing.fortur.models import ForturApplication
from housing.quotas import taking
from housing.tracks import moving
from housing.tracks.models import GONE, Track, Way


def follow(track: Track, name: str) -> None:
    """Within the act that moved the track."""
    if track.kind.way != Way.FORTUR or (name != "lose_offer" and track.state not in GONE):
        return
    rows = ForturApplication.objects.select_for_update(of=("self",)).select_related("quota")
    application = rows.filter(track=track).first()
    if application is None:
        return
    if name == "lose_offer" and _used_up(track, application):
        moving.move(track, "decline", declined=DeclineReason.PERSON)
    elif track.state in GONE and application.quota is not None:
        taking.give_back(application.quota)
        application.quota = None
        application.version += 1
        application.save()


def _used_up(track: Track, application: ForturApplication) -> bool:
    """A home that was taken away counts for nothing, and there has to be a förtur to use up."""
    granted, hers = application.outcome == ForturApplication.Outcome.GRANTED, track.lost_for != DeclineReason.HOME_GONE
    return granted and hers and track.offers_declined >= application.offers_allowed
