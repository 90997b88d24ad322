"""Another day than today, for acts that look at the calendar."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

TODAY = timezone.localdate()


def day(number: int) -> date:
    """`number` days from today."""
    return TODAY + timedelta(days=number)


def noon(number: int) -> datetime:
    return timezone.make_aware(datetime.combine(day(number), time(12)))


def move_to(monkeypatch: Any, moment: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)
