"""Lists of cases for those who work with them: number, pseudonym, contact person, next step, dates, state.

Nothing about violence, groups or kind of protection can be asked for here (SoLPuL 7 a §, SoLPuF 15 §).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from casework import policy
from casework.access import visit
from casework.cases.models import Case, JournalNote
from casework.crypto import fields
from casework.drafts import store
from casework.drafts.models import Draft
from casework.policy import Permission
from casework.signin.models import Role, User
from contacts.models import Assignment

NO_CONTACT_DAYS = 14
OLD_DRAFT_DAYS = 7
PAGE = 100


@dataclass
class Row:
    case: Case
    last_contact: datetime | None
    next_on: date | None = None
    next_step: str = ""
    contact_person: str = ""
    deputy: str = ""
    draft: Draft | None = None
    waiting: str = ""

    @property
    def overdue(self) -> bool:
        return self.next_on is not None and self.next_on < timezone.localdate()

    @property
    def due_today(self) -> bool:
        return self.next_on == timezone.localdate()

    @property
    def silent(self) -> bool:
        """No contact for NO_CONTACT_DAYS, counted from intake when there has been none. Attempts do not count."""
        since = timezone.localdate(self.last_contact) if self.last_contact else self.case.taken_in_on
        return self.case.state == Case.State.OPEN and (timezone.localdate() - since).days >= NO_CONTACT_DAYS


@dataclass
class Load:
    """What one kontaktperson carries."""

    user: User
    main: int = 0
    deputy: int = 0
    offered: int = 0
    old_drafts: int = 0


@dataclass
class Overview:
    loads: list[Load] = field(default_factory=list)
    unassigned: int = 0
    without_deputy: int = 0
    silent: int = 0
    old_drafts: int = 0
    total: int = 0


def contacts_of_case() -> QuerySet[JournalNote]:
    """The steps that reached the person: carried out, and with her, not only for her."""
    return JournalNote.objects.filter(case=OuterRef("pk"), entry="step", outcome="done").exclude(way="for")


def with_dates(cases: QuerySet[Case]) -> QuerySet[Case]:
    latest = JournalNote.objects.filter(case=OuterRef("pk"), entry="step").order_by("-occurred_at", "-signed_at")
    return cases.annotate(
        last_contact=Subquery(contacts_of_case().order_by("-occurred_at").values("occurred_at")[:1]),
        latest_step=Subquery(latest.values("pk")[:1]),
        next_on=Subquery(latest.values("next_on")[:1]),
    )


def mine(user: User) -> list[Row]:
    """The caseload "Mina ärenden": what is due first on top, then by the longest silence."""
    cases = policy.visible_cases(user, Permission.CASELOAD).exclude(state=Case.State.CLOSED)
    rows = _rows(list(with_dates(cases)), drafts=store.drafts_of([user]))
    return sorted(rows, key=_urgency)


def offers_to(user: User) -> list[Assignment]:
    """Questions that wait for this kontaktperson's answer, oldest first."""
    rows = Assignment.objects.filter(user=user, state=Assignment.State.OFFERED)
    found = list(rows.select_related("case", "offered_by").order_by("offered_at"))
    visit.saw_all([row.case for row in found])
    for row in fields.open_all(found, "words"):
        row.message = row.words.open().message
    return found


def section_cases(user: User, wanted: str = "") -> QuerySet[Case]:
    """The cases of the sections a sektionschef leads, closed ones apart; `wanted` is one of FILTERS."""
    cases = with_dates(policy.visible_cases(user, Permission.SECTION_CASELOAD)).order_by("number")
    if wanted == "avslutade":
        return cases.filter(state=Case.State.CLOSED)
    cases = cases.exclude(state=Case.State.CLOSED)
    return FILTERS[wanted](cases) if wanted in FILTERS else cases


def section_rows(cases: Iterable[Case]) -> list[Row]:
    return _rows(list(cases))


def overview(user: User) -> Overview:
    """Load of each kontaktperson in the led sections, and how many cases need something."""
    cases = section_cases(user)
    staff = staff_of(user)
    loads = {person.pk: Load(person) for person in staff}
    counted = Counter(
        Assignment.objects.filter(user__in=staff, state__in=["offered", "active"]).values_list("user", "state", "kind")
    )
    for (who, state, kind), n in counted.items():
        name = "offered" if state == Assignment.State.OFFERED else str(kind)
        setattr(loads[who], name, getattr(loads[who], name) + n)
    for draft in old_drafts(staff):
        loads[draft.user_id].old_drafts += 1
    return Overview(
        loads=list(loads.values()),
        unassigned=unassigned(cases).count(),
        without_deputy=without_deputy(cases).count(),
        silent=silent(cases).count(),
        old_drafts=sum(load.old_drafts for load in loads.values()),
        total=cases.count(),
    )


def staff_of(user: User) -> list[User]:
    """The active kontaktpersoner of the sections a sektionschef leads."""
    return list(
        User.objects.filter(role=Role.KONTAKTPERSON, is_active=True, section__leaders=user).order_by("display_name")
    )


def old_drafts(staff: list[User]) -> list[Draft]:
    limit = timezone.now() - timedelta(days=OLD_DRAFT_DAYS)
    return [draft for draft in store.drafts_of(staff) if draft.created_at < limit]


def unassigned(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.filter(~Exists(_active("main")))


def without_deputy(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.filter(~Exists(_active("deputy")))


def silent(cases: QuerySet[Case]) -> QuerySet[Case]:
    """The cases whose Row.silent is true, counted in days as there."""
    last_day = timezone.localdate() - timedelta(days=NO_CONTACT_DAYS)
    after = timezone.make_aware(datetime.combine(last_day + timedelta(days=1), time.min))
    never = Q(last_contact__isnull=True, taken_in_on__lte=last_day)
    return cases.filter(Q(last_contact__lt=after) | never, state=Case.State.OPEN)


FILTERS = {"utan-kontaktperson": unassigned, "utan-ersattare": without_deputy, "utan-kontakt": silent}


def _active(kind: str) -> QuerySet[Assignment]:
    return Assignment.objects.filter(case=OuterRef("pk"), kind=kind, state=Assignment.State.ACTIVE)


def _rows(cases: list[Case], drafts: Iterable[Draft] = ()) -> list[Row]:
    visit.saw_all(cases)
    steps = JournalNote.objects.in_bulk([case.latest_step for case in cases if case.latest_step])  # type: ignore[attr-defined]
    list(fields.open_all([step for step in steps.values() if step.next_on], "content"))
    by_case = {draft.case_id: draft for draft in drafts}
    rows = {case.pk: Row(case, case.last_contact, case.next_on, draft=by_case.get(case.pk)) for case in cases}  # type: ignore[attr-defined]
    for step in steps.values():
        if step.next_on:
            rows[step.case_id].next_step = step.content.open().next_step
    people = Assignment.objects.filter(case__in=cases, state__in=["active", "offered"]).select_related("user")
    for assignment in people:
        row = rows[assignment.case_id]
        if assignment.state == Assignment.State.OFFERED:
            row.waiting = assignment.user.display_name
        elif assignment.kind == Assignment.Kind.MAIN:
            row.contact_person = assignment.user.display_name
        else:
            row.deputy = assignment.user.display_name
    return list(rows.values())


def _urgency(row: Row) -> tuple[bool, date, datetime, str]:
    return (
        row.next_on is None,
        row.next_on or date.max,
        row.last_contact or datetime.min.replace(tzinfo=timezone.get_current_timezone()),
        row.case.number,
    )
