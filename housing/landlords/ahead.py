"""What lies ahead with the landlords: each day once, the nearest first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from casework.days import months_after
from housing.landlords.models import Landlord, PilotFollowUp

MONTHS = {PilotFollowUp.After.THREE: 3, PilotFollowUp.After.SIX: 6, PilotFollowUp.After.TWELVE: 12}


@dataclass(frozen=True)
class Ahead:
    day: date
    landlord: Landlord
    text: str
    url_name: str
    late: bool


def follow_ups_due(landlord: Landlord) -> dict[str, date]:
    """The follow-ups that are not done: after -> day. They count from the first co-operation; without one, none.

    A landlord in the pilot alone is followed up so. Needs `cooperations` and `pilot_follow_ups` fetched.
    """
    starts = [row.valid_from for row in landlord.cooperations.all()]
    if not starts or not landlord.pilot:
        return {}
    done = {row.after for row in landlord.pilot_follow_ups.all()}
    return {str(after): months_after(min(starts), count) for after, count in MONTHS.items() if after not in done}


def of(landlords: Iterable[Landlord]) -> list[Ahead]:
    """What is late, or comes within settings.HOUSING["lease_warn_days"]. Needs what hangs on them fetched."""
    today = timezone.localdate()
    last = today + timedelta(days=settings.HOUSING["lease_warn_days"])
    found = [
        Ahead(day, landlord, text, url_name, day < today)
        for landlord in landlords
        if landlord.active
        for day, text, url_name in _days(landlord)
        if day <= last
    ]
    return sorted(found, key=lambda one: (one.day, one.landlord.name, one.text))


def _days(landlord: Landlord) -> Iterator[tuple[date, str, str]]:
    trainings = list(landlord.trainings.all())
    if trainings and (next_on := max(trainings, key=lambda row: row.held_on).next_on):
        yield next_on, "Nästa utbildning", "training_new"
    untils = [row.valid_until for row in landlord.cooperations.all()]
    if untils:
        yield max(untils), "Samarbetsavtalet går ut", "cooperation_new"
    for after, day in follow_ups_due(landlord).items():
        yield day, f"Uppföljning efter {PilotFollowUp.After(after).label}", "pilot_follow_up"
