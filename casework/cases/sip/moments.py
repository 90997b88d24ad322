"""What plans put on a case's timeline: that one was made, and that it ended. Never what stands in it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone

from casework.cases.models import Case
from casework.cases.sip.models import Sip, SipState
from casework.cases.sip.pages import url_of
from casework.cases.timeline.registry import Entry, Key, Moment, Source, register, start_of

HELD, ENDED = "held", "ended"
TITLES = {HELD: "SIP upprättad", ENDED: "SIP avslutad"}


def moments(case: Case, since: datetime | None) -> Iterator[Moment]:
    first = timezone.localdate(since) if since else None
    rows = Sip.objects.filter(case=case, state__in=[SipState.HELD, SipState.ENDED]).order_by()
    for pk, held_on, ended_on in rows.values_list("pk", "held_on", "ended_on"):
        for what, day in ((HELD, held_on), (ENDED, ended_on)):
            if day is not None and (first is None or day >= first):
                yield start_of(day), (what, pk)


def show(keys: list[Key]) -> dict[Key, Entry]:
    pairs: list[Any] = list(keys)
    found = Sip.objects.filter(pk__in={pk for _, pk in pairs}).select_related("case").defer("words", "case__narrative")
    rows = {row.pk: row for row in found}
    titled = {key: TITLES[key[0]] for key in pairs if key[1] in rows}
    return {key: Entry(title, url=url_of(rows[key[1]]), timed=False) for key, title in titled.items()}


def connect() -> None:
    register(Source("sip", "SIP", "people", moments, show, 48))
