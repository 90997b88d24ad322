"""Days as moments: a cover opens when its first day begins and shuts when its last is over, by the local clock."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def begins(day: date) -> datetime:
    """Local midnight at which `day` begins. Right also when the clock is put forward or back that day."""
    return timezone.make_aware(datetime.combine(day, time.min))


def is_over(day: date) -> datetime:
    """Local midnight at which `day` is over."""
    return begins(day + timedelta(days=1))
