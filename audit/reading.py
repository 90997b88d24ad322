"""The log as pages show it. Reading it is itself recorded, by those who call (trail.read)."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db import DEFAULT_DB_ALIAS, connections

from audit import sealing, triggers, words
from audit.models import Checkpoint, Event, EventRef
from audit.trail import Ref

LINES = 50
GONE = "Texten är raderad"


@dataclass(frozen=True)
class Change:
    """A record that was created, changed or deleted in an act; `fields` are names, empty for a whole record."""

    model: str
    id: str
    action: str
    fields: Sequence[str]
    digest: str


@dataclass(frozen=True)
class Line:
    """One event. `actor` is the name or alias at the time, `sentence` what was done: "öppnade ärendet"."""

    seq: int
    time: datetime
    tag: str
    actor_id: str
    actor: str
    role: str
    unit: str
    request: str
    session: str
    address: str
    refs: Sequence[Ref]
    fields: Sequence[str]
    changes: Sequence[Change]
    reason_code: str
    body: dict[str, Any]

    @property
    def sentence(self) -> str:
        return words.sentence(self.tag)

    @property
    def role_label(self) -> str:
        return words.role(self.role)

    @property
    def case(self) -> str:
        """The numbers of the cases it is about, in the order they were named."""
        return ", ".join(dict.fromkeys(ref.case for ref in self.refs if ref.case))

    @property
    def reason(self) -> str:
        """Why, in words: what somebody wrote, else what the code stands for."""
        return str(self.words.get("reason", "")) or words.reason(self.reason_code)

    @cached_property
    def words(self) -> dict[str, Any]:
        """What was sealed in the event: {"reason": ...} and details. Opened when asked for."""
        try:
            return sealing.unseal(self.body)
        except sealing.Gone:
            return {"reason": GONE}


def line(event: Event) -> Line:
    """An event as a page shows it, from the bytes that the hash covers."""
    body = json.loads(bytes(event.body))
    return Line(
        seq=body["seq"],
        time=datetime.fromisoformat(body["time"]),
        tag=body["tag"],
        actor_id=body["actor"],
        actor=body["label"],
        role=body["role"],
        unit=body["unit"],
        request=body["request"],
        session=body.get("session", ""),
        address=body.get("address", ""),
        refs=[Ref(*ref) for ref in body["refs"]],
        fields=body.get("fields", []),
        changes=[Change(*change) for change in body.get("changes", [])],
        reason_code=body.get("code", ""),
        body=body,
    )


def recent(limit: int = LINES, before: int | None = None) -> list[Line]:
    """The newest events, or those before event number `before`; newest first."""
    return _newest(Event.objects.all(), limit, before)


def events_for_case(case: str, limit: int = LINES, before: int | None = None) -> list[Line]:
    """What has been done and looked at in the case with number `case`, newest first."""
    return _newest(Event.objects.filter(pk__in=_seqs(case)), limit, before)


def events_by(actor_id: str, limit: int = LINES, before: int | None = None) -> list[Line]:
    """What one person has done, newest first."""
    return _newest(Event.objects.filter(actor=actor_id), limit, before)


def events_about(record_id: str, limit: int = LINES, before: int | None = None) -> list[Line]:
    """What has been done with one record, newest first."""
    return _newest(
        Event.objects.filter(pk__in=EventRef.objects.filter(object=record_id).values("event")), limit, before
    )


def last_visit(case: str, actor_id: str, tag: str) -> datetime | None:
    """When `actor_id` last did `tag` in the case; None for never."""
    events = Event.objects.filter(pk__in=_seqs(case), actor=actor_id, tag=tag)
    return events.order_by("-seq").values_list("time", flat=True).first()


def acts_in_case(case: str, tags: Sequence[str], since: datetime | None = None) -> list[tuple[datetime, int]]:
    """(time, number) of the events with one of `tags` in the case with number `case`, after `since`. Opens nothing."""
    events = Event.objects.filter(pk__in=_seqs(case), tag__in=tags)
    if since is not None:
        events = events.filter(time__gt=since)
    return list(events.values_list("time", "seq"))


def last_done(actor_id: str, tag: str, before: datetime) -> tuple[int, datetime] | None:
    """(number, time) of the latest event of `actor_id` with `tag` up to a moment; None for never."""
    events = Event.objects.filter(actor=actor_id, tag=tag, time__lte=before)
    return events.order_by("-seq").values_list("seq", "time").first()


def done_since(seq: int, cases: Sequence[str], tags: Sequence[str], *, but: str, limit: int = LINES) -> list[Line]:
    """What others than `but` have done in some cases after event number `seq`, newest first."""
    about = EventRef.objects.filter(case__in=cases, event__gt=seq).values("event")
    return _newest(Event.objects.filter(pk__in=about, tag__in=tags).exclude(actor=but), limit, None)


def last_about(record_id: str, tag: str) -> datetime | None:
    """When `tag` was last done about one record; None for never."""
    events = Event.objects.filter(pk__in=EventRef.objects.filter(object=record_id, case="").values("event"), tag=tag)
    return events.order_by("-seq").values_list("time", flat=True).first()


def numbered(seqs: Iterable[Any]) -> list[Line]:
    """The events with these numbers."""
    return [line(event) for event in Event.objects.filter(seq__in=seqs)]


class _Lines(Sequence[Line]):
    """Events as a paginator wants them: counted, and read a page at a time."""

    def __init__(self, events: Any, count: int) -> None:
        self.events, self.size = events, count

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, part: Any) -> Any:
        return [line(event) for event in self.events[part]]


class _WholeLog(_Lines):
    def __getitem__(self, part: Any) -> Any:
        # The numbers have no gaps: a page far back costs no more than the first.
        events = Event.objects.filter(seq__lte=self.size - part.start, seq__gt=self.size - part.stop)
        return [line(event) for event in events.order_by("-seq")]


def log_page(number: Any, per_page: int = LINES) -> Page[Line]:
    """One page of the whole log, newest first."""
    return Paginator(_WholeLog(None, size()), per_page).get_page(number)


def case_page(case: str, number: Any, per_page: int = LINES) -> Page[Line]:
    """One page of a case's log, newest first."""
    events = Event.objects.filter(pk__in=_seqs(case)).order_by("-seq")
    return Paginator(_Lines(events, events.count()), per_page).get_page(number)


def size() -> int:
    """How many events there are."""
    return Event.objects.order_by("-seq").values_list("seq", flat=True).first() or 0


@dataclass(frozen=True)
class Status:
    """The state of the log, for its page. `witness` says in words where the witness is; "" when there is none."""

    events: int
    checkpoint_size: int
    checkpoint_at: datetime | None
    witness: str
    unguarded: Sequence[str]

    @property
    def since_checkpoint(self) -> int:
        """Events that no signature covers yet."""
        return self.events - self.checkpoint_size


def status() -> Status:
    last = Checkpoint.objects.order_by("-size").first()
    witness = Path(settings.AUDIT_WITNESS_FILE)
    return Status(
        events=size(),
        checkpoint_size=last.size if last else 0,
        checkpoint_at=last.time if last else None,
        witness=witness.name if witness.is_file() else "",
        unguarded=triggers.faults(connections[DEFAULT_DB_ALIAS]),
    )


def _seqs(case: str) -> Any:
    return EventRef.objects.filter(case=case).exclude(case="").values("event")


def _newest(events: Any, limit: int, before: int | None) -> list[Line]:
    if before is not None:
        events = events.filter(seq__lt=before)
    return [line(event) for event in events.order_by("-seq")[:limit]]
