"""What the pages show of consents. Every opened seal ends in the page's read event by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from casework import policy
from casework.access import visit
from casework.cases.consents import rules
from casework.cases.consents.models import Consent, ConsentWords
from casework.cases.models import Case
from casework.cases.reminders import Reminder
from casework.clients.children.models import Child, Guardian
from casework.clients.children.readers import children_of
from casework.crypto import fields
from casework.swedish import iso

MISSING = "Samtycket finns inte i ärendet."
GivenBy = Consent.GivenBy
R = TypeVar("R", bound=Any)


@dataclass(frozen=True)
class Giver:
    """One who may be chosen as giver. Children are named by how staff speak of them, guardians by their ground."""

    value: str
    label: str
    given_by: str
    child: Child | None = None
    guardian: Guardian | None = None


@dataclass(frozen=True)
class Line:
    """A consent as the pages tell of it: `about` is whom it concerns, `standing` how it stands today."""

    consent: Consent
    words: ConsentWords
    about: str
    standing: str

    @property
    def in_force(self) -> bool:
        return self.standing == rules.IN_FORCE


def in_force_for(case: Case, child: Child | None = None) -> list[Consent]:
    """The consents that may be relied on today, for the person, or for that child. Their words can be opened."""
    today = timezone.localdate()
    rows = _of(case).filter(child=child, withdrawn_at=None, given_on__lte=today, until__gte=today)
    return opened(case, [row for row in rows if row.in_force(today)])


def label_of(consent: Consent) -> str:
    """How a consent is named where one is chosen: to whom, and until when."""
    return f"{consent.words.open().recipient}, till och med {iso(consent.until)}"


def givers(case: Case) -> list[Giver]:
    """Everyone who might consent in this case: the person, each child of the household, and the child's guardians.

    Whether she may is said by the act, with the reason.
    """
    found = [Giver("person", "Personen själv", GivenBy.PERSON)]
    children = [child for child in children_of(case) if child.left_on is None]
    guardians = list(Guardian.objects.filter(child__in=children, ended_on=None))
    for child in children:
        alias = child.words.open().alias
        found.append(Giver(f"child-{child.pk}", f"Barnet självt, 15 år eller äldre: {alias}", GivenBy.CHILD, child))
        found += [_guardian(alias, child, row) for row in guardians if row.child_id == child.pk]
    return found


def _guardian(alias: str, child: Child, row: Guardian) -> Giver:
    who = f"{row.get_basis_display().lower()} sedan {iso(row.valid_from)}"
    person = ", personen i ärendet" if row.is_case_person else ""
    return Giver(f"guardian-{row.pk}", f"Vårdnadshavare för {alias}: {who}{person}", GivenBy.GUARDIAN, child, row)


def listed(case: Case) -> list[Line]:
    """The consents of a case: those in force first, then those that have run out or were withdrawn; latest first."""
    lines = _lines(case, list(_of(case)))
    return sorted(lines, key=lambda line: not line.in_force)


def line_of(case: Case, pk: UUID) -> Line:
    """One consent of this case as its page tells of it. Raises NotFound."""
    return _lines(case, [consent_of(case, pk)])[0]


def _lines(case: Case, rows: list[Consent]) -> list[Line]:
    found, today = opened(case, rows), timezone.localdate()
    list(fields.open_all([row.child for row in found if row.child is not None], "words"))
    return [_line(row, today) for row in found]


def _line(row: Consent, today: date) -> Line:
    about = row.child.words.open().alias if row.child else "Personen"
    return Line(row, row.words.open(), about, rules.standing(row, today))


def consent_of(case: Case, pk: UUID) -> Consent:
    """A consent of this case. Raises NotFound."""
    row = _of(case).filter(pk=pk).first()
    if row is None:
        raise policy.NotFound(MISSING, [case.ref()])
    return opened(case, [row])[0]


def _of(case: Case) -> QuerySet[Consent]:
    return Consent.objects.filter(case=case).select_related("guardian", "child", "noted_by", "withdrawn_by")


def opened(case: Case, rows: list[R]) -> list[R]:
    """Rows of this case with their keys at hand; the page's read event says that a child's key belongs to it."""
    for row in rows:
        row.case = case
    if (now := visit.current()) is not None:
        now.owners.update({row.client_id.int: case.number for row in rows})
    return list(fields.open_all(rows, "words"))


def running_out(cases: list[UUID], last: date) -> Iterator[Reminder]:
    """The consents in force that end soon. One that has run out is over, and nobody is late."""
    today = timezone.localdate()
    rows = Consent.objects.filter(case__in=cases, withdrawn_at=None, until__range=(today, last)).order_by()
    for case, day in rows.values_list("case", "until"):
        yield Reminder(case, day, "Ett samtycke går ut", "Samtycken", "consents")
