"""The one door: every grant is opened and closed here, always from within the act that gives the reason.

The times of one person's grants in one case never overlap, so that there is one answer to who could open it and why.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework import swedish
from casework.access import branches
from casework.access.models import AccessGrant, GrantReason
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.signin.models import User

# One door may open at the very moment that the same act shut another, a little while before it is written.
SAME_ACT = timedelta(minutes=1)


def open_grant(
    *,
    by: User,
    case: Case,
    user: User,
    kind: str,
    source: UUID,
    reason: str = "",
    opens_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> AccessGrant:
    """Lets `user` open `case` from `opens_at` (now, when it is not told) until the grant is closed or `ends_at` passes.

    Both are aware times; the door is open at the first and shut at the last. Grants that have run out are closed first.
    Raises Refused when she has another grant in the case at any of that time, or works in another branch than that of
    the case; ValueError for a time before this act. Source: SoLPuL 10 §, OSL 8:2.
    """
    now = timezone.now()
    start = opens_at or now
    if start < now - SAME_ACT:
        raise ValueError("nobody is let in afterwards")
    with trail.act(Tag.GRANT_OPENED, by=by, refs=[case.ref()]) as event:
        branches.check_same(user, Case.objects.select_for_update().get(pk=case.pk))
        mine = AccessGrant.objects.select_related("case").filter(case=case, user=user, closed_at__isnull=True)
        if run_out := mine.filter(ends_at__lte=now):
            code = AccessGrant.Close.EXPIRED
            with trail.act(Tag.GRANT_CLOSED, by=by, refs=[case.ref(), user.ref()], reason_code=code):
                _close(by, run_out, code, now)
        _check_free(user, mine, start, ends_at)
        grant = AccessGrant(
            case=case,
            client_id=case.client_id,
            user=user,
            kind=kind,
            source=source,
            opened_at=start,
            opened_by=by,
            ends_at=ends_at,
            reason=GrantReason(text=reason),
        )
        grant.save()
        event.touch(user.ref())
        return grant


def close_grants(*, by: User, source: UUID, close_reason: str, at: datetime | None = None) -> int:
    """Closes every open grant that `source` (an assignment, a cover) opened; returns how many. In force at the next
    request. `at` is the moment of the act, when another door opens at the same.

    One that has run out is closed when it ran out; one that lies ahead is closed before it opens any door.
    """
    now = at or timezone.now()
    with trail.act(Tag.GRANT_CLOSED, by=by, reason_code=close_reason) as event:
        open_ones = AccessGrant.objects.select_related("case").filter(source=source, closed_at__isnull=True)
        out = open_ones.filter(ends_at__lte=now)
        closed = _close(by, out, AccessGrant.Close.EXPIRED, now) + _close(by, open_ones, close_reason, now)
        for grant in closed:
            event.touch(grant.case.ref())
            event.touch(trail.Ref("casework.User", str(grant.user_id)))
        return len(closed)


def _close(by: User, grants: QuerySet[AccessGrant], close_reason: str, now: datetime) -> list[AccessGrant]:
    closed = list(grants)
    for grant in closed:
        moment = max(now, grant.opened_at)
        grant.closed_at = min(moment, grant.ends_at) if grant.ends_at else moment
        grant.closed_by, grant.close_reason = by, close_reason
        grant.save(update_fields=["closed_at", "closed_by", "close_reason"])
    return closed


def _check_free(user: User, mine: QuerySet[AccessGrant], start: datetime, end: datetime | None) -> None:
    """Raises Refused when one of the open grants reaches into the time from `start` to `end`."""
    meets = Q(ends_at__isnull=True) | Q(ends_at__gt=start)
    other = mine.filter(meets, **({"opened_at__lt": end} if end else {})).first()
    if other is None:
        return
    until = f" till {swedish.stamp(other.ends_at)}" if other.ends_at else ""
    label = AccessGrant.Kind(other.kind).label.lower()
    raise Refused(
        f"{user.display_name} kommer redan åt ärendet ({label}) från {swedish.stamp(other.opened_at)}{until}."
    )
