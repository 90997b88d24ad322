"""What the pages show of protections and of what is left of an earlier identity."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from casework import policy
from casework.access import visit
from casework.cases.models import Case
from casework.cases.readers import PROTECTED
from casework.cases.reminders import Reminder
from casework.clients.models import Client, MarkDetails, ProtectionMark
from casework.clients.protection import finding, rules
from casework.clients.protection.handling import DIRECT, FORWARDING, HANDED
from casework.clients.protection.models import ChangeState, IdentityChange, MaskingHit
from casework.crypto import fields
from casework.shell import url_or_none

PAGE = 50
AROUND = 80
CHANNELS = {
    FORWARDING: "Skatteverkets förmedling",
    DIRECT: "Post till en adress som vi säkert vet",
    HANDED: "Vid ett möte",
}


@dataclass(frozen=True)
class Mark:
    """A protection as the page says it. The strongest kind is not named: someone may look over a shoulder."""

    row: ProtectionMark
    label: str
    details: MarkDetails
    late: bool


@dataclass
class Line:
    """A hit: where in its text it stands now, and what has been proposed. `text` is the whole of a changed text."""

    hit: MaskingHit
    why: str
    before: str = ""
    marked: str = ""
    after: str = ""
    text: str = ""
    changed: bool = False
    gone: bool = False
    decide: Any = None
    propose: Any = None

    @property
    def undecided(self) -> bool:
        return self.hit.state in rules.UNDECIDED


@dataclass(frozen=True)
class Row:
    """The hits of one row, under what kind of text it is and from when."""

    title: str
    made: Any
    url: str | None
    lines: list[Line]


def marks(case: Case) -> tuple[list[Mark], list[Mark]]:
    """The protections that have not ended, and those that have."""
    today = timezone.localdate()
    rows = [_mark(row) for row in fields.open_all(ProtectionMark.objects.filter(client=case.client), "details")]
    ended = [mark for mark in rows if mark.row.ended_on is not None and mark.row.ended_on <= today]
    return [mark for mark in rows if mark not in ended], ended


def _mark(row: ProtectionMark) -> Mark:
    details = row.details.open()
    hidden = details.kind == ProtectionMark.Kind.FICTITIOUS_IDENTITY
    late = row.review_on is not None and row.review_on < timezone.localdate()
    return Mark(row, PROTECTED if hidden else str(ProtectionMark.Kind(details.kind).label), details, late)


def ways(channels: frozenset[str]) -> list[tuple[str, bool]]:
    """(what a way of sending is called, whether it may be used)."""
    return [(label, name in channels) for name, label in CHANNELS.items()]


def change_of(case: Case) -> IdentityChange | None:
    """The change of identity that is under way, the person's or a child's."""
    rows = IdentityChange.objects.filter(case__client=case.client, state=ChangeState.OPEN)
    change = rows.select_related("begun_by").first()
    if change is not None:
        change.case = case
    return change


def open_change(case: Case) -> IdentityChange:
    """As change_of. Raises NotFound when there is none."""
    change = change_of(case)
    if change is None:
        raise policy.NotFound("Inget byte av identitet pågår.", [case.ref()])
    return change


def hit_of(case: Case, pk: UUID) -> MaskingHit:
    """A hit of a change in this case's household. Raises NotFound."""
    hit = MaskingHit.objects.filter(change__case__client=case.client, pk=pk).select_related("change__case").first()
    if hit is None:
        raise policy.NotFound("Träffen finns inte.", [case.ref()])
    return hit


def changed_since(hit: MaskingHit) -> bool:
    """Whether the text has another length than when the hit was noted: where it stands is not known any more."""
    text = None if hit.is_file else finding.text_of(hit)
    return text is not None and len(text) != hit.length


def changing() -> Exists:
    """Whether somebody in the household is changing identity."""
    return Exists(IdentityChange.objects.filter(case__client=OuterRef("client"), state=ChangeState.OPEN))


def alert(case: Case, going_on: bool) -> list[str]:
    """What the header of a case says meanwhile."""
    return ["Texter med den tidigare identiteten ska gås igenom."] if going_on else []


def hits(change: IdentityChange, number: str | None) -> Page[Row]:
    """A page of hits by row, those that are left first, with their texts opened."""
    found = MaskingHit.objects.filter(change=change).select_related("proposed_by", "decided_by")
    where = ("model", "row", "group", "field", "start")
    page: Page[Any] = Paginator(found.order_by(F("decided_at").asc(nulls_first=True), *where), PAGE).get_page(number)
    listed = list(fields.open_all(page.object_list, "words"))
    _look_at(change.case, listed)
    rows = _rows(listed)
    together = groupby(listed, key=lambda hit: (hit.decided_at is None, hit.model, hit.row))
    page.object_list = [_row(change.case, rows.get(key[2]), list(some)) for key, some in together]
    return page


def progress(change: IdentityChange) -> tuple[int, int]:
    """(decided, all)."""
    states = list(MaskingHit.objects.filter(change=change).values_list("state", flat=True))
    return sum(state not in rules.UNDECIDED for state in states), len(states)


def _rows(listed: list[MaskingHit]) -> dict[UUID, Any]:
    """The rows that hits are in, one query for each kind."""
    found: dict[UUID, Any] = {}
    for label in sorted({hit.model for hit in listed}):
        mine = [hit for hit in listed if hit.model == label]
        query: QuerySet[Any] = QuerySet(apps.get_model(label)).filter(pk__in={hit.row for hit in mine})
        found |= {row.pk: row for row in fields.open_all(query, *sorted({hit.group for hit in mine}))}
    return found


def _row(case: Case, row: Any, listed: list[MaskingHit]) -> Row:
    label = str(apps.get_model(listed[0].model)._meta.verbose_name)
    url = url_or_none("document", case.number, listed[0].row) if listed[0].is_file else None
    return Row(label[:1].upper() + label[1:], row and row.created_at, url, [_line(hit, row) for hit in listed])


def _line(hit: MaskingHit, row: Any) -> Line:
    line = Line(hit, hit.words.open().why)
    if hit.is_file or not line.undecided:
        return line
    text = finding.text_at(getattr(row, hit.group).open(), hit.field) if row is not None else None
    if text is None:
        line.gone = True
    elif len(text) != hit.length:
        line.changed, line.text = True, text
    else:
        line.before, line.after = _tail(text[: hit.start]), _head(text[hit.end :])
        line.marked = text[hit.start : hit.end]
    return line


def _tail(text: str) -> str:
    return text if len(text) <= AROUND else f"… {text[-AROUND:]}"


def _head(text: str) -> str:
    return text if len(text) <= AROUND else f"{text[:AROUND]} …"


def _look_at(case: Case, listed: Iterable[MaskingHit]) -> None:
    """The page's read event says that these keys, her children's too, belong to the case."""
    if (now := visit.current()) is not None:
        now.owners.update({hit.client_id.int: case.number for hit in listed})


def to_review(cases: list[UUID], last: date) -> Iterator[Reminder]:
    """The protections that are to be looked at, the person's and her children's."""
    household = Q(client__cases__in=cases) | Q(client__child__case__in=cases)
    rows = ProtectionMark.objects.filter(household, review_on__lte=last)
    rows = rows.filter(Q(ended_on=None) | Q(ended_on__gt=timezone.localdate())).order_by()
    for own, childs, day in rows.values_list("client__cases", "client__child__case", "review_on"):
        if own in cases:
            yield Reminder(own, day, "Följ upp skyddet", "Skyddet", "protection")
        if childs in cases:
            yield Reminder(childs, day, "Följ upp ett barns skydd", "Barnen", "children")


def addresses_to_review(cases: list[UUID], last: date) -> Iterator[Reminder]:
    """The kept addresses whose day of review comes."""
    rows = Client.objects.filter(cases__in=cases, address_review_on__lte=last).order_by()
    for case, day in rows.values_list("cases", "address_review_on"):
        if case in cases:
            yield Reminder(case, day, "Ompröva det som är sparat", "Ompröva", "address_change")
