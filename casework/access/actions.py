"""The one door: every grant is opened and closed here, always from within the act that gives the reason."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.access.models import AccessGrant, GrantReason
from casework.cases.models import Case
from casework.signin.models import User


def open_grant(
    *,
    by: User,
    case: Case,
    user: User,
    kind: str,
    source: UUID,
    reason: str = "",
    ends_at: datetime | None = None,
) -> AccessGrant:
    """Lets `user` open `case` from now on, until the grant is closed or `ends_at` passes.

    An open grant of the same user in the case is refused by the database (IntegrityError). Source: SoLPuL 10 §.
    """
    with trail.act(Tag.GRANT_OPENED, by=by, refs=[case.ref()]) as event:
        grant = AccessGrant(
            case=case,
            client_id=case.client_id,
            user=user,
            kind=kind,
            source=source,
            opened_by=by,
            ends_at=ends_at,
            reason=GrantReason(text=reason),
        )
        grant.save()
        event.touch(trail.Ref("casework.User", str(user.pk)))
        return grant


def close_grants(*, by: User, source: UUID, close_reason: str) -> int:
    """Closes every open grant that `source` (an assignment) opened; returns how many. In force at the next request."""
    with trail.act(Tag.GRANT_CLOSED, by=by, reason_code=close_reason) as event:
        closed = 0
        for grant in AccessGrant.objects.select_related("case").filter(source=source, closed_at__isnull=True):
            grant.closed_at, grant.closed_by, grant.close_reason = timezone.now(), by, close_reason
            grant.save(update_fields=["closed_at", "closed_by", "close_reason"])
            event.touch(grant.case.ref())
            event.touch(trail.Ref("casework.User", str(grant.user_id)))
            closed += 1
        return closed
