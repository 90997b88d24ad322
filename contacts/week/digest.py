"""A mail that says that there is something to see, and nothing of what it is: whoever reads it learns of no case.

At most one a day to each, and none to someone who has already opened her week today.
"""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from audit import reading
from audit.tags import Tag
from casework.signin.models import Role, User
from contacts.week.desk import Desk
from contacts.week.news import news_for

SUBJECT = "Kontaktstöd"
TEXT = "Det finns något att se i Kontaktstöd."


def wanted() -> Iterator[User]:
    """Those who are to have a mail today."""
    users = User.objects.filter(role=Role.KONTAKTPERSON, is_active=True).exclude(mail="")
    return (user for user in users.order_by("username") if not _told_today(user) and has_something(Desk(user)))


def has_something(desk: Desk) -> bool:
    """Whether anything on the desk is to be done today or waits for an answer, or others have been there."""
    today = timezone.localdate()
    meets = (timezone.localdate(row.starts_at) == today for row in desk.appointments)
    waits = any(day <= today for day in desk.to_do()) or any(meets)
    return bool(waits or desk.offers() or desk.reviews() or news_for(desk).lines)


def _told_today(user: User) -> bool:
    last = reading.last_done(str(user.pk), Tag.WEEK_READ, timezone.now())
    return _is_today(last[1] if last else None) or _is_today(reading.last_about(str(user.pk), Tag.DIGEST_SENT))


def _is_today(moment: datetime | None) -> bool:
    return moment is not None and timezone.localdate(moment) == timezone.localdate()
