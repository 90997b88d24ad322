"""What the pages show of tenancies. Every opened seal ends in the page's read event by itself."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from casework import policy
from casework.access import visit
from casework.cases.models import Case
from casework.crypto import fields
from casework.policy import Permission
from casework.signin.models import User
from housing import doors
from housing.codes import LeaseKind
from housing.homes import holding
from housing.homes.models import Home
from housing.landlords.models import Landlord
from housing.tenancies import rules
from housing.tenancies.ahead import Ahead, of, with_open
from housing.tenancies.models import Tenancy, TenancyAlarm, TenancyState, TenancyWords
from housing.tenancies.tenure import Tenure, tenure
from housing.tracks.models import Track

PAGE = 50
NO_TENANCY = "Hyresförhållandet finns inte i ärendet."


@dataclass
class Card:
    """A tenancy in a list: no address, and nothing of what has happened but its kind."""

    tenancy: Tenancy
    stands: Tenure
    warns: bool
    ahead: list[Ahead] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class StepLine:
    step: str
    label: str
    done: Any = None


@dataclass(frozen=True)
class CheckLine:
    after: str
    label: str
    due: date | None
    done: Any
    open: bool


def _rows() -> QuerySet[Tenancy]:
    return Tenancy.objects.select_related("home", "landlord", "track__kind", "track__need")


def cards(case: Case) -> list[Card]:
    """The tenancies of a case, the latest first, with what lies ahead in each."""
    return [_card(row, case) for row in with_open(_rows().filter(case=case)).order_by("-starts_on", "-created_at")]


def _card(row: Any, case: Case) -> Card:
    row.case, today = case, timezone.localdate()
    stands = tenure(row, today)
    last = today + timedelta(days=settings.HOUSING["lease_warn_days"])
    ahead = [] if row.state == TenancyState.ENDED else sorted(of(row, last), key=lambda one: one.day)
    return Card(row, stands, stands.warns(today), ahead)


def get_tenancy(user: Any, number: str, pk: UUID, permission: Permission = Permission.CASE_READ) -> Tenancy:
    """A tenancy of a case that the user holds `permission` for. Raises NotFound, Forbidden."""
    case = policy.get_case(user, number, permission)
    found = _rows().filter(case=case, pk=pk).first()
    if found is None:
        raise policy.NotFound(NO_TENANCY, [case.ref()])
    found.case = case
    return found


def get_alarm(tenancy: Tenancy, pk: UUID) -> TenancyAlarm:
    """An alarm of this tenancy. Raises NotFound."""
    found = TenancyAlarm.objects.filter(tenancy=tenancy, pk=pk).first()
    if found is None:
        raise policy.NotFound("Larmet finns inte.", [tenancy.case.ref()])
    found.tenancy = tenancy
    return found


def track_of(case: Case, key: str) -> Track | None:
    """The track that an address names; None when it names none. Raises NotFound for what is no track of the case."""
    if not key:
        return None
    try:
        pk = UUID(key)
    except ValueError:
        raise policy.NotFound(doors.NO_TRACK, [case.ref()]) from None
    return doors.track_of(case, pk)


def ready_tracks(case: Case) -> list[Track]:
    """The tracks that have come to a lease which nobody has noted yet."""
    rows = Track.objects.filter(case=case, state__in=rules.CAN_SIGN, tenancy__isnull=True)
    return list(rows.select_related("kind").defer("words"))


def landlords() -> dict[str, Landlord]:
    """Whom a home may be let by, by id."""
    return {str(row.pk): row for row in Landlord.objects.filter(active=True).defer("words")}


def page(tenancy: Tenancy, user: User) -> dict[str, Any]:
    """Everything the page of one tenancy shows, but for the address."""
    may_write, today = rules.can_keep(user, tenancy), timezone.localdate()
    done = {row.step: row for row in tenancy.takeover_steps.select_related("by")}
    card = _card(with_open(_rows().filter(pk=tenancy.pk)).get(), tenancy.case)
    steps = [StepLine(step.value, str(step.label), done.get(step.value)) for step in rules.Step]
    return {
        "tenancy": tenancy,
        "words": tenancy.words.open(),
        "card": card,
        "steps": steps,
        "steps_left": rules.steps_left(set(done)),
        "visits": _opened(tenancy.visits.select_related("by")),
        "alarms": _opened(tenancy.alarms.select_related("noted_by", "settled_by")),
        "checks": _checks(tenancy, today),
        "may_write": may_write,
        "may_settle": rules.can_settle(user, tenancy),
        "may_waive": rules.can_waive(user, tenancy),
        "before_takeover": rules.before_takeover(tenancy),
    }


def steps_left(tenancy: Tenancy) -> list[str]:
    return rules.steps_left(steps_done(tenancy))


def steps_done(tenancy: Tenancy) -> set[str]:
    return set(tenancy.takeover_steps.values_list("step", flat=True))


def _opened(rows: QuerySet[Any]) -> list[Any]:
    found = list(fields.open_all(rows, "words"))
    for row in found:
        row.told = row.words.open()
    return found


def _checks(tenancy: Tenancy, today: date) -> list[CheckLine]:
    done = {row.after: row for row in tenancy.checks.select_related("by")}
    return [_check(tenancy, after, done.get(after.value), today) for after in rules.After]


def _check(tenancy: Tenancy, after: Any, row: Any, today: date) -> CheckLine:
    due = rules.check_due(tenancy, after)
    return CheckLine(after.value, str(after.label), due, row, row is None and due is not None and due <= today)


def address(tenancy: Tenancy) -> list[tuple[str, Any]]:
    """Where the home is: of the register, or as it was written here."""
    if tenancy.home is None:
        return [("Adress", tenancy.words.open().address)]
    words = tenancy.home.words.open()
    town = f"{words.postal_code} {words.town}".strip()
    return [("Adress", ", ".join(part for part in (words.street, town) if part)), ("Lägenhet", words.flat)]


TERMS = (
    "lease", "tenant", "starts_on", "rent", "trial_until", "takeover_on", "next_visit_on", "block_let", "version",
)  # fmt: skip


def begin_new(track: Track | None) -> tuple[Home | None, dict[str, Any]]:
    """The home that is held for a track, and what the form of its lease starts from."""
    hold = holding.active(track) if track else None
    home, today = hold.home if hold else None, timezone.localdate()
    lease = (track.kind.lease if track else "") or (home.lease if home else "")
    own = lease == LeaseKind.FIRST_HAND
    initial = {
        "lease": lease,
        "tenant": Tenancy.Tenant.PERSON if own else Tenancy.Tenant.CITY,
        "starts_on": today,
        "next_visit_on": None if own else rules.next_visit(today),
    }
    return home, initial | ({"rent": home.rent, "block_let": home.block_let} if home else {})


def begin(tenancy: Tenancy) -> dict[str, Any]:
    """What the form of a change starts from; the address stays where it is."""
    words: TenancyWords = tenancy.words.open()
    terms = {name: getattr(tenancy, name) for name in TERMS}
    return {**terms, "landlord": str(tenancy.landlord_id or ""), "conditions": words.conditions}


def begin_waiver(tenancy: Tenancy) -> dict[str, Any]:
    return {
        "document": tenancy.words.open().waiver,
        "on": tenancy.waiver_on,
        "approval": tenancy.waiver_approval,
        "approved_on": tenancy.waiver_approved_on,
        "until": tenancy.waiver_until,
        "has_spouse": tenancy.has_spouse,
        "spouse_on": tenancy.spouse_accepted_on,
        "version": tenancy.version,
    }


def board(user: User, number: str | None) -> Page[Card]:
    """The tenancies that go on of the needs a coordinator may see, by token."""
    needs = doors.published(user).order_by().values("pk")
    rows = Tenancy.objects.exclude(state=TenancyState.ENDED).filter(track__need__in=needs)
    open_alarms = TenancyAlarm.objects.filter(settled_on__isnull=True).defer("words")
    rows = rows.select_related("home", "case__section", "track__need", "track__kind").defer("words", "case__narrative")
    rows = rows.prefetch_related(Prefetch("alarms", open_alarms, to_attr="open_alarms"))
    page: Page[Any] = Paginator(rows.order_by("starts_on", "pk"), PAGE).get_page(number)
    found, today = list(page.object_list), timezone.localdate()
    page.object_list = [_board_card(row, today) for row in found]
    visit.saw_all([row.case for row in found])
    return page


def _board_card(row: Any, today: date) -> Card:
    stands = tenure(row, today)
    kinds = [str(alarm.get_kind_display()) for alarm in row.open_alarms]
    return Card(row, stands, stands.warns(today), alarms=sorted(set(kinds)))
