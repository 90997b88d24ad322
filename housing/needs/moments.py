"""What a need puts on a case's timeline: that it was handed over and how it ended. Never what is needed."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from casework.cases.models import Case
from casework.cases.timeline.registry import Entry, Key, Moment, Source, register, start_of
from housing.needs.models import HousingNeed, NeedState

HANDED_OVER, ENDED = "handed_over", "ended"


def moments(case: Case, since: datetime | None) -> Iterator[Moment]:
    """The end is known to the day: with `since`, what ended that day or later."""
    first = timezone.localdate(since) if since else None
    rows = HousingNeed.objects.filter(case=case).order_by().values_list("pk", "published_at", "ended_on")
    for pk, published_at, ended_on in rows:
        if published_at is not None and (since is None or published_at > since):
            yield published_at, (HANDED_OVER, pk)
        if ended_on is not None and (first is None or ended_on >= first):
            yield start_of(ended_on), (ENDED, pk)


def show(keys: list[Key]) -> dict[Key, Entry]:
    pairs: list[Any] = list(keys)
    needs = HousingNeed.objects.filter(pk__in={pk for _, pk in pairs}).select_related("case")
    rows = {need.pk: need for need in needs.defer("case__narrative")}
    return {key: _entry(rows[key[1]], key[0]) for key in pairs if key[1] in rows}


def _entry(need: HousingNeed, what: str) -> Entry:
    url = reverse("housing", args=[need.case.number])
    if what == HANDED_OVER:
        return Entry("Boendebehovet lämnades till boendesamordnaren", url=url)
    if need.state == NeedState.MET:
        return Entry("Personen fick ett hem", url=url, timed=False)
    return Entry("Boendebehovet togs tillbaka", need.get_withdrawn_why_display(), url=url, timed=False)


def connect() -> None:
    register(Source("housing_need", "Boendebehov", "house", moments, show, 80))
