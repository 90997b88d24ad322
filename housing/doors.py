"""Which needs and tracks somebody reaches: the case's own staff by the case, a housing coordinator by token alone.

A coordinator has no door to the case. She reaches what its staff have handed to her (published), in her own branch,
and every look is noted with the case, so that "who has seen this" has one answer.
"""

from typing import Any

from django.db.models import Q, QuerySet

from casework import policy
from casework.access import branches, visit
from casework.cases.models import Case
from casework.cases.rules import check_open
from casework.policy import Permission
from casework.signin.models import User
from housing.needs.models import HousingNeed, NeedState
from housing.tracks.models import Track, TrackState

NO_NEED, NO_TRACK = "Det finns inget boendebehov med den beteckningen.", "Vägen finns inte."
CASE = ("case__section", "case__client")


def published(user: User) -> QuerySet[HousingNeed]:
    """The needs a coordinator may see: handed over, of an open case in her own branch; met ones while the track goes
    on that met them.
    """
    policy.check_may(user, Permission.HOUSING_QUEUE)
    moved = Q(state=NeedState.MET, tracks__state=TrackState.MOVED)
    rows = HousingNeed.objects.filter(Q(state=NeedState.PUBLISHED) | moved, published_at__isnull=False)
    rows = rows.exclude(case__state=Case.State.CLOSED)
    cases = branches.within(Case.objects.all(), user)
    return rows.filter(case__in=cases.values("pk")).select_related(*CASE).distinct()


def need_by_token(user: Any, token: str) -> HousingNeed:
    """A need by its token, for a coordinator; noted for the page's read event. Raises NotFound, Forbidden (role)."""
    policy.check_may(user, Permission.HOUSING_QUEUE)
    token = "" if "\0" in token else token
    found = published(user).filter(token=token).first()
    if found is None:
        hidden = HousingNeed.objects.filter(token=token).select_related("case")
        raise policy.NotFound(NO_NEED, [need.case.ref() for need in hidden])
    visit.saw(found.case)
    return found


def track_by_token(user: Any, token: str, key: str) -> Track:
    """The newest track of a kind of a published need, for a coordinator. Raises NotFound, Forbidden (role)."""
    need = need_by_token(user, token)
    found = tracks_of(need).filter(kind__key=key).last()
    if found is None:
        raise policy.NotFound(NO_TRACK, [need.case.ref()])
    return found


def track_of(case: Case, pk: Any) -> Track:
    """A track of this case, which was fetched through policy. Raises NotFound."""
    found = Track.objects.select_related("kind", "need", "coordinator").filter(case=case, pk=pk).first()
    if found is None:
        raise policy.NotFound(NO_TRACK, [case.ref()])
    found.case = found.need.case = case
    return found


def tracks_of(need: HousingNeed) -> QuerySet[Track]:
    """All tracks of a need, oldest first."""
    return Track.objects.filter(need=need).select_related("kind", "need", "coordinator", *CASE)


def check_can_write(user: User, case: Case) -> None:
    """Raises Forbidden or Refused: who writes of housing in the case itself, now."""
    policy.check_case(user, case, Permission.HOUSING_WRITE)
    check_open(case)


def check_can_work(user: User, track: Track) -> None:
    """Raises Forbidden, NotFound or Refused: the case's own staff, or a coordinator who has been handed the need."""
    if policy.may(user, Permission.HOUSING_QUEUE):
        if not published(user).filter(pk=track.need_id).exists():
            raise policy.NotFound(NO_NEED, [track.case.ref()])
        check_open(track.case)
        return
    check_can_write(user, track.case)
