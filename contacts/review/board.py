"""The sektionschef's board: what each kontaktperson carries, and which cases want something from her.

Only what may stand in a list: numbers, names, days and counts (SoLPuL 7 a §). A case is noted as seen when its row is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from casework import policy
from casework.access import visit
from casework.cases.models import Case
from casework.policy import Permission
from casework.signin.models import User
from contacts.assignments.models import Assignment
from contacts.caseload import readers as caseload
from contacts.closing.models import ClosingPlan, ClosingState
from contacts.cover.models import Absence
from contacts.goals.models import PlanState, RecoveryPlan
from contacts.review.models import CaseReview
from contacts.rhythm import flags

PAGE = 50
APPROVE, REVIEW, LATE = "godkanna", "genomgang", "forsenat"
FILTERS = {"": "Allt", APPROVE: "Att godkänna", REVIEW: "Att gå igenom", LATE: "Försenat"}
SHARES = {"contacts": {"first_contact", "contact"}, "plans": {"plan", "plan_follow_up"}, "assessments": {"assessment"}}
FACTS = ("id", "number", "pseudonym", "state", "taken_in_on", "client_id", "section_id")


@dataclass(frozen=True)
class Concern:
    """Why a case is on the board. `kind` is one of FILTERS."""

    kind: str
    text: str
    since: date


@dataclass
class Row:
    """A case of the led sections."""

    case: Case
    weight: int
    late: set[str]
    concerns: list[Concern]
    contact: UUID | None = None
    contact_name: str = ""
    deputy: bool = False

    @property
    def kinds(self) -> set[str]:
        return {concern.kind for concern in self.concerns}

    @property
    def urgency(self) -> tuple[bool, date, str]:
        """What waits for an answer first, then what has waited the longest."""
        return APPROVE not in self.kinds, min(concern.since for concern in self.concerns), self.case.number


@dataclass
class Carried:
    """What one kontaktperson carries in the led sections."""

    pk: UUID
    name: str
    rows: list[Row] = field(default_factory=list)
    old_drafts: int = 0
    away: bool = False

    @property
    def cases(self) -> int:
        return len(self.rows)

    @property
    def weight(self) -> int:
        return sum(row.weight for row in self.rows)

    @property
    def over_cases(self) -> bool:
        return self.cases > ceiling("ceiling_cases")

    @property
    def over_weight(self) -> bool:
        return self.weight > ceiling("ceiling_weight")

    @property
    def open(self) -> list[Row]:
        return [row for row in self.rows if row.case.state == Case.State.OPEN]

    def kept(self, what: str) -> int:
        """In how many of the open cases `what` (a key of SHARES) is in time."""
        return sum(not row.late & SHARES[what] for row in self.open)

    @property
    def shares(self) -> list[tuple[str, int]]:
        return [(what, self.kept(what)) for what in SHARES]

    @property
    def without_deputy(self) -> int:
        return sum(not row.deputy for row in self.rows)


@dataclass
class Board:
    people: list[Carried]
    rows: list[Row]

    @property
    def counts(self) -> dict[str, int]:
        kinds = [row.kinds for row in self.rows]
        return {kind: sum(kind in found for found in kinds) if kind else sum(map(bool, kinds)) for kind in FILTERS}

    def wanting(self, kind: str, person: str) -> list[Row]:
        """The cases that want something, of one kind and one kontaktperson if these are given."""
        found = (row for row in self.rows if (kind in row.kinds if kind else row.concerns))
        return sorted((row for row in found if person in ("", str(row.contact))), key=lambda row: row.urgency)


def board(user: User) -> Board:
    """Everything of the sections `user` leads, in as many queries for one case as for a thousand."""
    cases = list(latest_review(led(user)).only(*FACTS).order_by("number"))
    raised, waiting = flags.of_cases(cases), _waiting(user)
    rows = {case.pk: _row(case, flags.late(raised[case.pk]), waiting.get(case.pk, [])) for case in cases}
    loads, away = caseload.loads_of(user), _away()
    people = {load.user.pk: Carried(load.user.pk, load.user.display_name, [], load.old_drafts) for load in loads}
    for case, who, name, kind in _tasks(user):
        if kind == Assignment.Kind.DEPUTY:
            rows[case].deputy = True
            continue
        rows[case].contact, rows[case].contact_name = who, name
        people.setdefault(who, Carried(who, name)).rows.append(rows[case])
    for person in people.values():
        person.away = person.pk in away
    return Board(sorted(people.values(), key=lambda person: person.name), list(rows.values()))


def page(found: list[Row], number: str | None) -> Page[Row]:
    """A page of rows; only its cases have been looked at."""
    shown = Paginator(found, PAGE).get_page(number)
    visit.saw_all([row.case for row in shown.object_list])
    return shown


def led(user: User) -> QuerySet[Case]:
    """The cases that `user` goes through: of her sections, closed ones apart."""
    return policy.visible_cases(user, Permission.CASE_REVIEW).exclude(state=Case.State.CLOSED)


def latest_review(cases: QuerySet[Case]) -> QuerySet[Any]:
    """The cases with the weight and the next day of their latest review; None before there is one."""
    latest = CaseReview.objects.filter(case=OuterRef("pk")).order_by("-reviewed_at")
    return cases.annotate(
        weight=Subquery(latest.values("weight")[:1]), review_on=Subquery(latest.values("next_on")[:1])
    )


def to_review() -> Q:
    """Of latest_review: those never gone through, and those whose day has come."""
    return Q(review_on__isnull=True) | Q(review_on__lte=timezone.localdate())


def ceiling(name: str) -> int:
    return int(settings.METHOD[name])


def _row(case: Any, late: Iterable[flags.Flag], waiting: list[Concern]) -> Row:
    others = [Concern(LATE, flag.text, flag.since) for flag in late if flag.code != "review"]
    return Row(
        case=case,
        weight=case.weight or CaseReview.Weight.NORMAL,
        late={flag.code for flag in late},
        concerns=[*waiting, *others, *_review(case)],
    )


def _review(case: Any) -> Iterator[Concern]:
    if case.review_on is None:
        yield Concern(REVIEW, "Aldrig genomgånget", case.taken_in_on)
    elif case.review_on <= timezone.localdate():
        yield Concern(REVIEW, "Dags för genomgång", case.review_on)


def _waiting(user: User) -> dict[UUID, list[Concern]]:
    """Case -> the plan and the closing that wait for the sektionschef."""
    found: dict[UUID, list[Concern]] = {}
    asked = (
        ("Plan att godkänna", RecoveryPlan.objects.filter(state=PlanState.SUBMITTED)),
        ("Avslut att godkänna", ClosingPlan.objects.filter(state=ClosingState.SUBMITTED)),
    )
    for text, rows in asked:
        for case, at in rows.filter(case__in=led(user)).order_by().values_list("case", "submitted_at"):
            found.setdefault(case, []).append(Concern(APPROVE, text, timezone.localdate(at)))
    return found


def _tasks(user: User) -> Iterator[tuple[UUID, UUID, str, str]]:
    rows = Assignment.objects.filter(state=Assignment.State.ACTIVE, case__in=led(user)).order_by()
    yield from rows.values_list("case", "user", "user__display_name", "kind")


def _away() -> set[UUID]:
    today = timezone.localdate()
    now = Absence.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), starts_on__lte=today)
    return set(now.values_list("user", flat=True))
