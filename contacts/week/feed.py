"""What a calendar gets of a kontaktperson's desk: her hours as "Bokad tid", and how many things there are to do a day.

Nothing is opened for it. An id in the file is a keyed hash of the feed and the hour, so that neither a case nor an
address of the program can be found by it, and so that it is the same from one fetch to the next.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.crypto import salted_hmac

from casework.signin.models import User, digest_of
from contacts.week import ics
from contacts.week.desk import Desk
from contacts.week.models import Appointment, CalendarFeed

BACK, AHEAD = timedelta(days=7), timedelta(days=90)


def feed_of(token: str) -> CalendarFeed | None:
    """The feed that a token opens; None for one that is unknown, revoked, or of a blocked user."""
    found = CalendarFeed.objects.select_related("user").filter(digest=digest_of(token), revoked_at__isnull=True)
    return found.filter(user__is_active=True).first()


def own_feed(user: User) -> CalendarFeed | None:
    """The feed that a user has now."""
    return CalendarFeed.objects.filter(user=user, revoked_at__isnull=True).first()


def file_of(feed: CalendarFeed, now: datetime) -> str:
    """The calendar file, from a week back to three months ahead. What is late is to be done today."""
    return ics.calendar(_entries(feed, Desk(feed.user), now), made_at=now)


def _entries(feed: CalendarFeed, desk: Desk, now: datetime) -> Iterator[ics.Entry]:
    for row in desk.appointments:
        if row.kind == Appointment.Kind.MEETING and now - BACK <= row.starts_at <= now + AHEAD:
            yield ics.Entry(_uid(feed, str(row.pk)), "Bokad tid", row.starts_at, row.minutes or 0)
    for session in desk.sessions():
        if session.planned_at <= now + AHEAD:
            yield ics.Entry(_uid(feed, str(session.pk)), "Bokad tid", session.planned_at, 60)
    today = timezone.localdate(now)
    days = Counter(max(day, today) for day in desk.to_do())
    for day, count in sorted(days.items()):
        if day <= today + AHEAD:
            yield ics.Entry(_uid(feed, day.isoformat()), _to_do(count), day)


def _to_do(count: int) -> str:
    return "Att göra: 1 sak" if count == 1 else f"Att göra: {count} saker"


def _uid(feed: CalendarFeed, what: str) -> str:
    digest = salted_hmac("contacts.week.feed", f"{feed.pk} {what}", algorithm="sha256")
    return f"{digest.hexdigest()[:32]}@kontaktstod"
