"""Lists of cases for those who work with them: number, pseudonym, contact person, next step, dates, state.

Nothing about violence, groups or kind of protection can be asked for here (SoLPuL 7 a §, SoLPuF 15 §).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Case as Choose
from django.db.models import Count, DateField, DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone

from casework import policy
from casework.access import visit
from casework.cases.models import Case, JournalNote
from casework.crypto import fields
from casework.drafts import store
from casework.drafts.models import Draft
from casework.policy import Permission
from casework.signin.models import Role, User
from contacts.assignments.models import Assignment
from contacts.rhythm.models import ContactRhythm, Every

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
    every: int | None = None
    flags: list[Any] = field(default_factory=list)
    cover: Any = None

    @property
    def overdue(self) -> bool:
        return self.next_on is not None and self.next_on < timezone.localdate()

    @property
    def due_today(self) -> bool:
        return self.next_on == timezone.localdate()

    @property
    def silent(self) -> bool:
        """No contact for as long as is agreed, else METHOD["rhythm_days"]; counted from intake when there has been
        none. Attempts do not count. While a case rests, or before it is taken, nobody is silent."""
        met_on = timezone.localdate(self.last_contact) if self.last_contact else self.case.first_contact_on
        days = (timezone.localdate() - (met_on or self.case.taken_in_on)).days
        return self.case.state in IN_CONTACT and days >= (self.every or settings.METHOD["rhythm_days"])


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


def agreed_rhythm() -> QuerySet[ContactRhythm]:
    return ContactRhythm.objects.filter(case=OuterRef("pk"), ended_on__isnull=True)


def with_dates(cases: QuerySet[Case]) -> QuerySet[Case]:
    """What a list shows of a case: its latest contact and step. The narrative stays where it is, sealed."""
    latest = JournalNote.objects.filter(case=OuterRef("pk"), entry="step").order_by("-occurred_at", "-signed_at")
    return cases.defer("narrative").annotate(
        last_contact=Subquery(contacts_of_case().order_by("-occurred_at").values("occurred_at")[:1]),
        latest_step=Subquery(latest.values("pk")[:1]),
        every=Subquery(agreed_rhythm().values("every")[:1]),
    )


def with_people(cases: QuerySet[Case]) -> QuerySet[Case]:
    """The names of the contact person, the deputy and whoever is asked; of several, the one who was asked first."""
    active = Assignment.State.ACTIVE
    return cases.annotate(
        contact_person=_name(kind="main", state=active),
        deputy=_name(kind="deputy", state=active),
        waiting=_name(state=Assignment.State.OFFERED),
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
    cases = with_people(with_dates(policy.visible_cases(user, Permission.SECTION_CASELOAD))).order_by("number")
    if wanted == ENDED:
        return cases.filter(state=Case.State.CLOSED)
    cases = cases.exclude(state=Case.State.CLOSED)
    return cases.filter(conditions()[FILTERS[wanted]]) if wanted in FILTERS else cases


def section_page(user: User, seen: Overview, wanted: str, number: str | None) -> Page[Case]:
    """A page of section_cases. How many there are in all is known from `seen`, but for the closed ones."""
    pages = Paginator(section_cases(user, wanted), PAGE)
    if wanted != ENDED:
        pages.count = getattr(seen, FILTERS.get(wanted, "total"))
    return pages.get_page(number)


def section_rows(cases: Iterable[Case]) -> list[Row]:
    return _rows(list(cases))


def overview(user: User) -> Overview:
    """Load of each kontaktperson in the led sections, and how many cases need something."""
    loads = loads_of(user)
    cases = policy.visible_cases(user, Permission.SECTION_CASELOAD).exclude(state=Case.State.CLOSED).order_by()
    wanting = {name: Count("pk", filter=condition) for name, condition in conditions().items()}
    counts = cases.aggregate(total=Count("pk"), **wanting)
    return Overview(loads=loads, old_drafts=sum(load.old_drafts for load in loads), **counts)


def loads_of(user: User) -> list[Load]:
    """What the active kontaktpersoner of the led sections carry, by name."""
    running = Assignment.objects.filter(user=OuterRef("pk"), state=Assignment.State.ACTIVE)
    asked = Assignment.objects.filter(user=OuterRef("pk"), state=Assignment.State.OFFERED)
    drafts = Draft.objects.filter(user=OuterRef("pk"), created_at__lt=_old_before()).exclude(slot=store.HELD)
    staff = User.objects.filter(role=Role.KONTAKTPERSON, is_active=True, section__leaders=user).order_by("display_name")
    counted = staff.annotate(
        main=_count(running.filter(kind="main")),
        deputy=_count(running.filter(kind="deputy")),
        offered=_count(asked),
        old_drafts=_count(drafts),
    )
    return [Load(person, person.main, person.deputy, person.offered, person.old_drafts) for person in counted]


def old_drafts(loads: Iterable[Load]) -> list[Draft]:
    """The old drafts of those who have any, oldest first."""
    users = [load.user for load in loads if load.old_drafts]
    return [draft for draft in store.drafts_of(users) if draft.created_at < _old_before()] if users else []


def conditions() -> dict[str, Q]:
    """Name of a count in Overview -> which cases it counts. "silent" is the same as Row.silent."""
    return {
        "unassigned": Q(~Exists(_active("main"))),
        "without_deputy": Q(~Exists(_active("deputy"))),
        "silent": Q(state__in=IN_CONTACT) & _silent(),
    }


def _silent() -> Q:
    """Last reached before the day that the rhythm of the case allows; never reached, and known of for as long."""
    last = Subquery(contacts_of_case().order_by("-occurred_at").values("occurred_at")[:1])
    known_on = Coalesce("first_contact_on", "taken_in_on")
    too_early = _by_rhythm(lambda day: timezone.make_aware(datetime.combine(day, time.max)), DateTimeField())
    return Q(LessThanOrEqual(last, too_early)) | Q(
        ~Exists(contacts_of_case()), LessThanOrEqual(known_on, _by_rhythm(lambda day: day, DateField()))
    )


def _by_rhythm(value: Callable[[date], Any], kind: Any) -> Coalesce:
    """`value` of the last day that is too early for the rhythm agreed on in the case, else for the section's own."""

    def of(days: int) -> Value:
        return Value(value(timezone.localdate() - timedelta(days=days)), kind)

    chosen = Choose(*(When(every=every, then=of(every)) for every in Every.values), output_field=kind)
    return Coalesce(Subquery(agreed_rhythm().values(day=chosen)[:1]), of(settings.METHOD["rhythm_days"]))


ENDED = "avslutade"
IN_CONTACT = (Case.State.OPEN, Case.State.CLOSING)
PEOPLE = {"contact_person", "deputy", "waiting"}
FILTERS = {"utan-kontaktperson": "unassigned", "utan-ersattare": "without_deputy", "utan-kontakt": "silent"}


def _active(kind: str) -> QuerySet[Assignment]:
    return Assignment.objects.filter(case=OuterRef("pk"), kind=kind, state=Assignment.State.ACTIVE)


def _name(**which: str) -> Subquery:
    rows = Assignment.objects.filter(case=OuterRef("pk"), **which).order_by("offered_at")
    return Subquery(rows.values("user__display_name")[:1])


def _count(rows: QuerySet[Any]) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values("user").annotate(n=Count("pk")).values("n")), 0)


def _old_before() -> datetime:
    return timezone.now() - timedelta(days=OLD_DRAFT_DAYS)


def _rows(cases: list[Case], drafts: Iterable[Draft] = ()) -> list[Row]:
    visit.saw_all(cases)
    by_case = {draft.case_id: draft for draft in drafts if draft.case and draft.slot == store.step_slot(draft.case)}
    steps = _next_steps(cases)
    return [_row(case, steps.get(case.pk), by_case.get(case.pk)) for case in cases]


def _next_steps(cases: list[Case]) -> dict[UUID, JournalNote]:
    """Case -> its latest step, when that one says what comes next."""
    latest = [case.latest_step for case in cases if case.latest_step]  # type: ignore[attr-defined]
    steps = JournalNote.objects.filter(pk__in=latest, next_on__isnull=False).order_by()
    return {step.case_id: step for step in fields.open_all(steps, "content")}


def _row(case: Any, step: JournalNote | None, draft: Draft | None) -> Row:
    row = Row(case, case.last_contact, draft=draft, every=case.every)
    if step is not None:
        row.next_on, row.next_step = step.next_on, step.content.open().next_step
    for name in PEOPLE & vars(case).keys():
        setattr(row, name, getattr(case, name) or "")
    return row


def _urgency(row: Row) -> tuple[bool, date, datetime, str]:
    return (
        row.next_on is None,
        row.next_on or date.max,
        row.last_contact or datetime.min.replace(tzinfo=timezone.get_current_timezone()),
        row.case.number,
    )
