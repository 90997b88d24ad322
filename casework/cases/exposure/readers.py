"""What the pages show of exposures. Every opened seal ends in the page's read event by itself."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from casework import policy
from casework.access import visit
from casework.cases.exposure import rules
from casework.cases.exposure.models import ExposureIncident, ExposureMeasure, ExposureState, ExposureWords
from casework.cases.exposure.rules import Clock
from casework.cases.models import Case, JournalNote
from casework.cases.risk.triggers import Reason
from casework.clients.children.models import Child
from casework.clients.models import NameIndex
from casework.crypto import fields
from casework.policy import Permission
from casework.signin.models import User
from casework.swedish import iso

PAGE = 50


@dataclass
class Row:
    """An exposure in the list: never what came out."""

    incident: ExposureIncident
    late: int


@dataclass
class Line:
    """A step of the check list, with its clocks, and what was noted of it (None: nothing yet)."""

    step: str
    label: str
    clocks: list[Clock]
    measure: ExposureMeasure | None = None
    note: str = ""
    form: Any = None
    late: bool = field(init=False)

    def __post_init__(self) -> None:
        self.late = any(clock.running_late for clock in self.clocks)


def listed(user: User, number: str | None) -> Page[Row]:
    """The exposures of the sections `user` leads: open ones first, then the latest found. Opens no seal."""
    found = _of_led(user).select_related("case").prefetch_related("measures").order_by("-state", "-found_at", "pk")
    page: Page[Any] = Paginator(found.defer("case__narrative"), PAGE).get_page(number)
    now, incidents = timezone.now(), list(page.object_list)
    page.object_list = [Row(incident, _late(incident, now)) for incident in incidents]
    visit.saw_all([incident.case for incident in incidents])
    return page


def _of_led(user: User) -> QuerySet[ExposureIncident]:
    return ExposureIncident.objects.filter(case__in=policy.visible_cases(user, Permission.EXPOSURE_LIST))


def _late(incident: ExposureIncident, now: datetime) -> int:
    return sum(clock.running_late for clock in rules.clocks(incident, incident.measures.all(), now))


def incident_of(case: Case, pk: UUID) -> ExposureIncident:
    """An exposure of this case. Raises NotFound."""
    incident = ExposureIncident.objects.filter(case=case, pk=pk).select_related("reported_by").first()
    if incident is None:
        raise policy.NotFound("Röjningen finns inte.", [case.ref()])
    incident.case = case
    return incident


def earlier(case: Case) -> list[ExposureIncident]:
    """The exposures of a case, latest found first, without their words."""
    return list(ExposureIncident.objects.filter(case=case).select_related("reported_by"))


def check_list(incident: ExposureIncident) -> list[Line]:
    """Every step in order, with its clocks and what was noted."""
    rows = list(incident.measures.select_related("done_by", "incident__case").defer("incident__case__narrative"))
    noted = {row.step: row for row in fields.open_all(rows, "words")}
    clocks = rules.clocks(incident, rows, timezone.now())
    return [_line(step, [clock for clock in clocks if clock.step == step], noted.get(step)) for step in rules.Step]


def _line(step: rules.Step, clocks: list[Clock], measure: ExposureMeasure | None) -> Line:
    note = measure.words.open().note if measure else ""
    return Line(step.value, str(step.label), clocks, measure, note)


def begin(incident: ExposureIncident, words: ExposureWords) -> dict[str, Any]:
    """What the form for changes begins with."""
    told = {name: getattr(words, name) for name in ("what", "how", "who_can_know", "lessons")}
    times = {"found_at": _minute(incident.found_at), "happened_at": _minute(incident.happened_at)}
    return {**times, "source": incident.source, **told, "version": incident.version}


def _minute(moment: datetime | None) -> datetime | None:
    """As a form writes it, so that the same moment is no difference."""
    return timezone.localtime(moment).replace(second=0, microsecond=0) if moment else None


def could_know(incident: ExposureIncident) -> list[str]:
    """What stood in the case when it was found, by counts only: no seal is opened, no kind of protection is named."""
    case, client, until = incident.case, incident.case.client, incident.found_at
    named = NameIndex.objects.filter(client=client).exists() or client.number_index is not None
    notes = JournalNote.objects.filter(case=case, signed_at__lte=until).order_by("signed_at")
    signed = list(notes.values_list("signed_at", flat=True))
    written = "1 anteckning" if len(signed) == 1 else f"{len(signed)} anteckningar"
    lines = [
        f"Namn eller personnummer: {_yes(named)}",
        f"Adress sparad: {_yes(client.address_review_on is not None)}",
        "Kontaktvägar: räkna med att de finns, de skrivs in när personen tas emot",
        f"Journal: {written} sedan {iso(signed[0])}" if signed else "Journal: inga anteckningar",
    ]
    children = Child.objects.filter(case=case, created_at__lte=until).count()
    return [*lines, f"Barn: {children or 'inga'}"]


def _yes(value: bool) -> str:
    return "ja" if value else "nej"


def calls_for_risk(case: Case) -> list[Reason]:
    """Every exposure is a reason to assess the risk anew, from the moment it was noted here."""
    noted = ExposureIncident.objects.filter(case=case).order_by().values_list("created_at", flat=True)
    return [("Något har röjts", at) for at in noted]


def followed() -> Exists:
    """Whether something that came out is being followed."""
    return Exists(ExposureIncident.objects.filter(case=OuterRef("pk"), state=ExposureState.OPEN))


def alert(case: Case, going_on: bool) -> list[str]:
    """What the header of a case says meanwhile."""
    return ["En röjning pågår. Läs vad som har gjorts innan du kontaktar någon."] if going_on else []
