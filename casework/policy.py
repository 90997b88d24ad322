"""Who may do what, and with which case. Roles come from the table below; cases from grants and led sections.

A stranger to a case gets NotFound (404, the same page as for a case that does not exist); a colleague who may see the
case but lacks the right gets Forbidden (403). Both leave a `denied` event, written by the middleware.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from audit.trail import Ref
from casework.access import visit
from casework.access.models import AccessGrant
from casework.cases.models import Case
from casework.signin.models import Role, User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class Permission(StrEnum):
    CASELOAD = "caseload"
    SECTION_CASELOAD = "section_caseload"
    SEARCH = "search"
    INTAKE = "intake"
    CASE_READ = "case_read"
    CASE_REVEAL = "case_reveal"
    CASE_CHANGE = "case_change"
    CASE_STATE = "case_state"
    CASE_CLOSE = "case_close"
    CASE_LOG = "case_log"
    ASSIGN = "assign"
    ASSIGNMENT_ANSWER = "assignment_answer"
    STEP_WRITE = "step_write"
    METHOD_WRITE = "method_write"
    APPROVE = "approve"
    CASE_REVIEW = "case_review"
    WEEK = "week"
    SUPERVISION = "supervision"
    SUPERVISION_LEAD = "supervision_lead"
    FIDELITY = "fidelity"
    GUIDE_READ = "guide_read"
    GUIDE_WRITE = "guide_write"
    FILE_WRITE = "file_write"
    EXPOSURE_LIST = "exposure_list"
    ADDRESS_REVEAL = "address_reveal"
    MASK = "mask"
    TIES = "ties"
    TIES_COMPARE = "ties_compare"
    REGISTER_READ = "register_read"
    REGISTER_WRITE = "register_write"
    DECIDE = "decide"
    UNEXECUTED_LIST = "unexecuted_list"
    DISCLOSE = "disclose"
    DISCLOSE_DECIDE = "disclose_decide"
    LETTER_WRITE = "letter_write"
    TEMPLATE_WRITE = "template_write"
    HOUSING_WRITE = "housing_write"
    HOUSING_QUEUE = "housing_queue"
    HOUSING_NAMED = "housing_named"
    HOUSING_OVERVIEW = "housing_overview"
    HOUSING_SETUP = "housing_setup"
    LANDLORDS = "landlords"
    KOMPOTT = "kompott"
    KOMPOTT_LEDGER = "kompott_ledger"
    LOG_READ = "log_read"
    USERS = "users"


LABELS: dict[Permission, str] = {
    Permission.CASELOAD: "Se sina egna ärenden",
    Permission.SECTION_CASELOAD: "Se sektionens ärenden och fördelning",
    Permission.SEARCH: "Söka på namn, nummer eller ärendenummer bland de ärenden man får se",
    Permission.INTAKE: "Ta emot en person och öppna ett ärende",
    Permission.CASE_READ: "Läsa ett ärende och dess journal",
    Permission.CASE_REVEAL: "Visa identitet, adress och kontaktvägar, med skäl",
    Permission.CASE_CHANGE: "Ändra uppgifter om personen och ärendet",
    Permission.CASE_STATE: "Låta ett ärende vila, återuppta det och börja avsluta det",
    Permission.CASE_CLOSE: "Avsluta ett ärende och öppna det igen",
    Permission.CASE_LOG: "Se vem som har öppnat ett ärende",
    Permission.ASSIGN: "Utse kontaktperson och ersättare",
    Permission.ASSIGNMENT_ANSWER: "Tacka ja eller nej till ett uppdrag",
    Permission.STEP_WRITE: "Skriva och signera stödsteg",
    Permission.METHOD_WRITE: "Skriva styrkebedömning, mål, kontaktrytm och säkerhetsplan",
    Permission.APPROVE: "Godkänna planer och avslut",
    Permission.CASE_REVIEW: "Gå igenom sektionens ärenden och anteckna beslut",
    Permission.WEEK: "Se sin vecka, sina möten och sina påminnelser",
    Permission.SUPERVISION: "Delta i grupphandledning",
    Permission.SUPERVISION_LEAD: "Leda grupphandledning och annan handledning",
    Permission.FIDELITY: "Mäta sektionens programtrohet",
    Permission.GUIDE_READ: "Läsa myndighetsguiden",
    Permission.GUIDE_WRITE: "Skriva i myndighetsguiden",
    Permission.FILE_WRITE: "Skriva i personakten: barn, risk, insatser, samtycken, dokument och röjningar",
    Permission.EXPOSURE_LIST: "Se sektionens röjningar",
    Permission.ADDRESS_REVEAL: "Visa adress och platser, med skäl",
    Permission.MASK: "Gå igenom texter efter ett identitetsbyte",
    Permission.TIES: "Anmäla egna anknytningar",
    Permission.TIES_COMPARE: "Jämföra ärendets personer med personal och andra ärenden",
    Permission.REGISTER_READ: "Läsa registret över aktörer och insatser",
    Permission.REGISTER_WRITE: "Skriva i registret över aktörer och insatser",
    Permission.DECIDE: "Fatta beslut om insatser",
    Permission.UNEXECUTED_LIST: "Se sektionens beslut som inte är verkställda",
    Permission.DISCLOSE: "Föreslå utlämnanden och lämna ut med stöd av samtycke",
    Permission.DISCLOSE_DECIDE: "Besluta om utlämnanden",
    Permission.LETTER_WRITE: "Skriva och skriva ut brev",
    Permission.TEMPLATE_WRITE: "Skriva brevmallar",
    Permission.HOUSING_WRITE: "Skriva behov, vägar till ett hem och hyresförhållanden i ett ärende",
    Permission.HOUSING_QUEUE: "Arbeta med boendebehov och bostäder utan att se vem någon är",
    Permission.HOUSING_NAMED: "Se namnet i ett boendebehov som man har släppts in i",
    Permission.HOUSING_OVERVIEW: "Följa sektionens väntetider, kontrakt och vistelser",
    Permission.HOUSING_SETUP: "Slå på och av vägar till ett hem och sköta nycklar för byten",
    Permission.LANDLORDS: "Läsa och skriva i registret över hyresvärdar",
    Permission.KOMPOTT: "Arbeta med byten mellan kommuner",
    Permission.KOMPOTT_LEDGER: "Se kvoter och saldo för byten mellan kommuner",
    Permission.LOG_READ: "Läsa loggen",
    Permission.USERS: "Lägga upp användare, roller och sektioner",
}

ROLES: dict[str, frozenset[Permission]] = {
    Role.KONTAKTPERSON: frozenset(
        {
            Permission.CASELOAD,
            Permission.SEARCH,
            Permission.CASE_READ,
            Permission.CASE_REVEAL,
            Permission.CASE_CHANGE,
            Permission.CASE_STATE,
            Permission.ASSIGNMENT_ANSWER,
            Permission.STEP_WRITE,
            Permission.METHOD_WRITE,
            Permission.WEEK,
            Permission.SUPERVISION,
            Permission.FILE_WRITE,
            Permission.ADDRESS_REVEAL,
            Permission.MASK,
            Permission.TIES,
            Permission.REGISTER_READ,
            Permission.DISCLOSE,
            Permission.LETTER_WRITE,
            Permission.HOUSING_WRITE,
            Permission.GUIDE_READ,
        }
    ),
    Role.SEKTIONSCHEF: frozenset(
        {
            Permission.SECTION_CASELOAD,
            Permission.SEARCH,
            Permission.INTAKE,
            Permission.CASE_READ,
            Permission.CASE_REVEAL,
            Permission.CASE_CHANGE,
            Permission.CASE_STATE,
            Permission.CASE_CLOSE,
            Permission.CASE_LOG,
            Permission.ASSIGN,
            Permission.APPROVE,
            Permission.CASE_REVIEW,
            Permission.SUPERVISION,
            Permission.SUPERVISION_LEAD,
            Permission.FIDELITY,
            Permission.GUIDE_READ,
            Permission.FILE_WRITE,
            Permission.EXPOSURE_LIST,
            Permission.ADDRESS_REVEAL,
            Permission.MASK,
            Permission.TIES,
            Permission.TIES_COMPARE,
            Permission.REGISTER_READ,
            Permission.DECIDE,
            Permission.UNEXECUTED_LIST,
            Permission.DISCLOSE,
            Permission.DISCLOSE_DECIDE,
            Permission.LETTER_WRITE,
            Permission.TEMPLATE_WRITE,
            Permission.HOUSING_WRITE,
            Permission.HOUSING_OVERVIEW,
            Permission.KOMPOTT_LEDGER,
            Permission.GUIDE_WRITE,
        }
    ),
    Role.HOUSING_COORDINATOR: frozenset(
        {
            Permission.TIES,
            Permission.HOUSING_QUEUE,
            Permission.HOUSING_NAMED,
            Permission.LANDLORDS,
            Permission.KOMPOTT,
            Permission.KOMPOTT_LEDGER,
        }
    ),
    Role.PLANNER: frozenset(),
    Role.LOG_REVIEWER: frozenset({Permission.CASE_LOG, Permission.LOG_READ}),
    Role.ADMINISTRATOR: frozenset(
        {Permission.USERS, Permission.REGISTER_READ, Permission.REGISTER_WRITE, Permission.HOUSING_SETUP}
    ),
}

# What a deputy may not do: the case's course is for its contact person and the sektionschef.
GRANTS: dict[str, frozenset[Permission]] = {
    AccessGrant.Kind.ASSIGNMENT: ROLES[Role.KONTAKTPERSON],
    AccessGrant.Kind.DEPUTY: ROLES[Role.KONTAKTPERSON] - {Permission.CASE_STATE},
    AccessGrant.Kind.COVER: ROLES[Role.KONTAKTPERSON] - {Permission.CASE_STATE},
    AccessGrant.Kind.HOUSING: frozenset({Permission.HOUSING_NAMED}),
}

# The log of a case names staff and acts, never the person; so a log reviewer reaches every case's log and nothing else.
BY_LOG = frozenset({Permission.CASE_LOG})


class Denial(Exception):
    """A refused look or act: the records it was about and a reason that a person can read."""

    refs: tuple[Ref, ...] = ()
    reason = ""

    def __init__(self, reason: str, refs: Iterable[Ref] = ()) -> None:
        super().__init__(reason)
        self.reason, self.refs = reason, tuple(refs)


class NotFound(Denial, Http404):
    """404: there is nothing here for this person."""


class Forbidden(Denial, PermissionDenied):
    """403: she knows of it, but this is not hers to do."""


def may(user: "User | AnonymousUser", permission: Permission) -> bool:
    """True when the user's role holds `permission` at all. A blocked or signed-out user holds nothing."""
    return isinstance(user, User) and user.is_active and permission in ROLES[user.role]


def check_may(user: "User | AnonymousUser", permission: Permission) -> None:
    """Raises Forbidden when `may` is False."""
    if not may(user, permission):
        raise Forbidden(f"Din roll får inte göra det här: {LABELS[permission].lower()}.")


def open_grants() -> Q:
    """The grants that open a door now: not closed, and not past their last moment."""
    now = timezone.now()
    return Q(closed_at__isnull=True) & (Q(ends_at__isnull=True) | Q(ends_at__gt=now)) & Q(opened_at__lte=now)


def visible_cases(user: "User | AnonymousUser", permission: Permission = Permission.CASE_READ) -> QuerySet[Case]:
    """The cases for which `user` holds `permission` at this moment.

    Kontaktperson: by an open grant whose kind allows it. Sektionschef: by the sections she leads. Log reviewer: every
    case, for its log only. Everybody else: none. Source: SoLPuL 10 § (access limited to what each one needs).
    """
    if not may(user, permission):
        return Case.objects.none()
    assert isinstance(user, User)
    if user.role == Role.SEKTIONSCHEF:
        return Case.objects.filter(section__leaders=user)
    if user.role == Role.LOG_REVIEWER:
        return Case.objects.all()
    kinds = [kind for kind, allowed in GRANTS.items() if permission in allowed]
    granted = AccessGrant.objects.filter(open_grants(), user=user, kind__in=kinds)
    return Case.objects.filter(pk__in=granted.values("case"))


def get_case(user: Any, number: str, permission: Permission = Permission.CASE_READ) -> Case:
    """The case with this number, when `user` holds `permission` for it; noted for the page's read event.

    Raises NotFound for a number that does not exist or is a stranger's, Forbidden when the user may see the case in
    another way but lacks this right.
    """
    case = get_case_unseen(user, number, permission)
    visit.saw(case)
    return case


def get_case_unseen(user: Any, number: str, permission: Permission) -> Case:
    """As get_case, for an answer that shows nothing of the case (a draft that is kept): it is no look and no event."""
    # PostgreSQL takes no NUL in a text, not even to look for it.
    number = "" if "\0" in number else number
    case = visible_cases(user, permission).select_related("client", "section").filter(number=number).first()
    if case is not None:
        return case
    hidden = Case.objects.filter(number=number).first()
    if hidden is None:
        raise NotFound("Ärendet finns inte.")
    known = any(visible_cases(user, other).filter(pk=hidden.pk).exists() for other in ROLES.get(_role(user), ()))
    if known:
        raise Forbidden(f"Du får inte göra det här i ärendet: {LABELS[permission].lower()}.", [hidden.ref()])
    raise NotFound("Ärendet är inte ditt.", [hidden.ref()])


def check_case(user: Any, case: Case, permission: Permission) -> None:
    """Raises Forbidden when `user` does not hold `permission` for `case` right now."""
    if not can_case(user, case, permission):
        raise Forbidden(f"Du får inte göra det här i ärendet: {LABELS[permission].lower()}.", [case.ref()])


def can_case(user: Any, case: Case, permission: Permission) -> bool:
    """True when `user` holds `permission` for `case` right now."""
    return visible_cases(user, permission).filter(pk=case.pk).exists()


def permissions_for(user: Any, case: Case) -> frozenset[Permission]:
    """Everything `user` may do with `case` right now, in at most one query: what a page shows buttons by."""
    held = ROLES.get(_role(user), frozenset())
    if not held or not user.is_active:
        return frozenset()
    if user.role == Role.SEKTIONSCHEF:
        return held if user.led_sections.filter(pk=case.section_id).exists() else frozenset()
    if user.role == Role.LOG_REVIEWER:
        return held & BY_LOG
    grants = AccessGrant.objects.filter(open_grants(), user=user, case=case).values_list("kind", flat=True)
    return frozenset().union(*(GRANTS[kind] & held for kind in grants))


def _role(user: Any) -> str:
    return str(getattr(user, "role", ""))
