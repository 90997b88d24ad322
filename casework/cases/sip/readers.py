"""What the pages show of plans and of the coordination routine. Every opened seal ends in the page's read event."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from casework import policy
from casework.cases.consents import readers as consents
from casework.cases.models import Case
from casework.cases.sip import rules
from casework.cases.sip.models import CoordinationCheck, PartWords, Sip, SipPart, SipState, SipWords
from casework.clients.children.models import Child
from casework.crypto import fields

WORDS = ("aim", "parties", "others")
Point = CoordinationCheck.Point


@dataclass(frozen=True)
class Line:
    """A plan in the list: whom it is about, and whether it should have been followed up."""

    sip: Sip
    about: str
    late: bool


@dataclass(frozen=True)
class Part:
    """One part of a plan with its words."""

    row: SipPart
    words: PartWords
    late: bool


@dataclass(frozen=True)
class PlanPage:
    """Everything of one plan, opened."""

    line: Line
    words: SipWords
    parts: list[Part]
    recipient: str


@dataclass(frozen=True)
class Noted:
    """One time that a point of the routine was gone through."""

    check: CoordinationCheck
    note: str


@dataclass
class PointLine:
    """A point of the routine: what was noted of it last (None: nothing yet), and what was noted before that."""

    point: Point
    newest: Noted | None = None
    earlier: list[Noted] = field(default_factory=list)


def listed(case: Case) -> list[Line]:
    """The plans of a case: those that go on first, then those that are over; the latest meeting first."""
    rows, today = _with_children(case, list(_of(case))), timezone.localdate()
    over = {SipState.ENDED, SipState.CANCELLED}
    return sorted([_line(row, today) for row in rows], key=lambda line: line.sip.state in over)


def sip_of(case: Case, pk: UUID) -> Sip:
    """A plan of this case, with its consent. Raises NotFound."""
    row = _of(case).filter(pk=pk).first()
    if row is None:
        raise policy.NotFound("SIP finns inte i ärendet.", [case.ref()])
    return consents.opened(case, [row])[0]


def part_of(sip: Sip, pk: UUID) -> SipPart:
    """A part of this plan. Raises NotFound."""
    row = SipPart.objects.filter(sip=sip, pk=pk).first()
    if row is None:
        raise policy.NotFound("Delen finns inte i planen.", [sip.case.ref()])
    row.sip = sip
    return row


def what_of(part: SipPart) -> str:
    """A part in one line, where it is noted as done."""
    words = part.words.open()
    return f"{words.who}: {words.what}"


def whole(sip: Sip) -> PlanPage:
    """A plan with its parts, its own facts only."""
    today = timezone.localdate()
    rows = list(fields.open_all(SipPart.objects.filter(sip=sip), "words"))
    ongoing = sip.state in {SipState.PLANNED, SipState.HELD}
    parts = [Part(row, row.words.open(), ongoing and _passed(row.due_on, row.done_on, today)) for row in rows]
    _with_children(sip.case, [sip])
    return PlanPage(_line(sip, today), sip.words.open(), parts, consents.label_of(sip.consent))


def choices(case: Case, *, client_id: UUID | None = None) -> list[tuple[str, str]]:
    """(key, label) of the consents that hold today; with `client_id` those about that one only."""
    lines = [line for line in consents.listed(case) if line.in_force]
    mine = [line for line in lines if client_id in (None, line.consent.client_id)]
    return [(str(line.consent.pk), f"{line.about}: {consents.label_of(line.consent)}") for line in mine]


def begin(sip: Sip) -> dict[str, Any]:
    """What the form for changes begins with."""
    words = sip.words.open()
    told = {name: getattr(words, name) for name in WORDS}
    meeting = timezone.localtime(sip.meeting_at).replace(second=0, microsecond=0)
    agreed = str(sip.consent_id) if sip.consent.in_force() else ""
    more = {"consent": agreed, "whole": words.responsible, "responsible": sip.responsible}
    return {**told, **more, "meeting_at": meeting, "version": sip.version}


def _of(case: Case) -> QuerySet[Sip]:
    return Sip.objects.filter(case=case).select_related("child", "called_by", "consent__guardian")


def _with_children(case: Case, rows: list[Sip]) -> list[Sip]:
    """The plans with the names by which staff speak of the children at hand."""
    found = consents.opened(case, rows)
    list(fields.open_all([row.child for row in found if row.child is not None], "words"))
    return found


def _line(sip: Sip, today: date) -> Line:
    about = sip.child.words.open().alias if sip.child else "Personen"
    return Line(sip, about, sip.state == SipState.HELD and _passed(sip.review_on, None, today))


def _passed(due: date | None, done: date | None, today: date) -> bool:
    return due is not None and done is None and due < today


# --- the coordination routine -----------------------------------------------------------------------------------------


def points_of(case: Case) -> list[Point]:
    """The points of the routine that this case has: those of children while a child belongs to the household."""
    return rules.points(children=Child.objects.filter(case=case, left_on=None).exists())


def point_of(case: Case, name: str) -> Point:
    """A point of the routine that this case has. Raises NotFound."""
    found = next((point for point in points_of(case) if point.value == name), None)
    if found is None:
        raise policy.NotFound("Punkten finns inte i rutinen.", [case.ref()])
    return found


def routine(case: Case) -> list[PointLine]:
    """Every point of the routine in order, with what was noted of it; the newest counts."""
    rows = CoordinationCheck.objects.filter(case=case).select_related("done_by")
    found: dict[str, list[Noted]] = {}
    for row in fields.open_all(rows, "words"):
        found.setdefault(row.point, []).append(Noted(row, row.words.open().note))
    return [_point(point, found.get(point.value, [])) for point in points_of(case)]


def _point(point: Point, noted: list[Noted]) -> PointLine:
    return PointLine(point, noted[0] if noted else None, noted[1:])
