"""The rules of an exposure: who may write, what is missing before it is closed, and the clocks that law sets.

The clocks are data: one line of RULES for each. Sources: dataskyddsförordningen art. 33 and 34, socialtjänstlagen
(2025:400) 27 kap., cybersäkerhetslagen (2025:1506; in force 2026-01-15, the date is unverified).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from casework import policy
from casework.cases.exposure.models import ExposureIncident, ExposureMeasure, ExposureState
from casework.cases.models import Case
from casework.cases.rules import Refused, allowed
from casework.days import months_after
from casework.policy import Permission
from casework.signin.models import User

Step = ExposureMeasure.Step
LESSONS = "Lärdomar"


def check_can_report(user: User, case: Case) -> None:
    """Raises Forbidden: who may say that something has come out. Also in a closed case: it may be found late."""
    policy.check_case(user, case, Permission.FILE_WRITE)


def can_report(user: User, case: Case) -> bool:
    return allowed(check_can_report, user, case)


def check_can_write(user: User, incident: ExposureIncident) -> None:
    """Raises Forbidden or Refused: who may change an exposure and note what is done about it."""
    policy.check_case(user, incident.case, Permission.FILE_WRITE)
    check_going_on(incident)


def can_write(user: User, incident: ExposureIncident) -> bool:
    return allowed(check_can_write, user, incident)


def check_can_close(user: User, incident: ExposureIncident) -> None:
    """Raises Forbidden or Refused: the sektionschef closes, and only what is not closed."""
    policy.check_case(user, incident.case, Permission.EXPOSURE_LIST)
    check_going_on(incident)


def can_close(user: User, incident: ExposureIncident) -> bool:
    return allowed(check_can_close, user, incident)


def check_going_on(incident: ExposureIncident) -> None:
    """Raises Refused for an exposure that is closed: nothing in it changes any more."""
    if incident.state == ExposureState.CLOSED:
        raise Refused("Röjningen är avslutad och ändras inte mer.")


def missing(steps: Iterable[str], lessons: str) -> list[str]:
    """What has to be noted before an exposure is closed, by its Swedish names."""
    noted = set(steps)
    left = [str(step.label) for step in Step if step.value not in noted]
    return left if lessons.strip() else [*left, LESSONS]


def check_times(found_at: datetime, happened_at: datetime | None, now: datetime) -> None:
    """Raises Refused when it was found ahead of now, or happened after it was found."""
    if found_at > now:
        raise Refused("Röjningen kan inte ha upptäckts i framtiden. Ändra tidpunkten.")
    if happened_at is not None and happened_at > found_at:
        raise Refused("Röjningen kan inte ha hänt efter att den upptäcktes. Ändra någon av tidpunkterna.")


def check_done_at(done_at: datetime, found_at: datetime, now: datetime) -> None:
    """Raises Refused for a measure before the minute of the discovery, or ahead of now."""
    if done_at < found_at.replace(second=0, microsecond=0):
        raise Refused("Åtgärden kan inte ha gjorts innan röjningen upptäcktes. Ändra tidpunkten.")
    if done_at > now:
        raise Refused("Åtgärden kan inte ha gjorts i framtiden. Ändra tidpunkten.")


# --- clocks -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Clock:
    """What has to be done, by when and by what paragraph. `due` is None where the law gives no number.

    `met`: noted as done or not needed. `late`: done after `due`, or not noted and `due` has passed.
    """

    step: str
    text: str
    due: datetime | None
    paragraph: str
    met: bool
    late: bool

    @property
    def running_late(self) -> bool:
        """Late, and still to be done."""
        return self.late and not self.met


def hours(count: int) -> Callable[[datetime], datetime]:
    """So many hours on the clock that never turns: summer time neither gives nor takes one."""
    return lambda start: start.astimezone(UTC) + timedelta(hours=count)


def warn_by(start: datetime) -> datetime:
    return hours(settings.METHOD["exposure_warn_hours"])(start)


def same_day(start: datetime) -> datetime:
    """The last moment of the day, in local time."""
    return datetime.combine(timezone.localdate(start), time.max, tzinfo=timezone.get_current_timezone())


def one_month(start: datetime) -> datetime:
    """The same day and hour of the next month in local time; its last day where there is no such day."""
    local = timezone.localtime(start)
    day = months_after(local.date(), 1)
    return local.replace(year=day.year, month=day.month, day=day.day)


@dataclass(frozen=True)
class Rule:
    step: Step
    text: str
    paragraph: str
    due: Callable[[datetime], datetime] | None = None


OWN, CYBER = "sektionens egen regel", "cybersäkerhetslagen (2025:1506)"
# "At once" is counted as the same day so that it can be late; only the three with hours of law are law's own numbers.
# The final report is a month after the notification; it is counted from the discovery, which is earlier.
RULES = (
    Rule(Step.WARNED, "Varna personen genast", OWN, warn_by),
    Rule(Step.RISK, "Gör en ny riskbedömning genast, samma dag", OWN, same_day),
    Rule(Step.POLICE, "Kontakta polisen genast, samma dag", OWN, same_day),
    Rule(Step.TAX_AGENCY, "Kontakta Skatteverket genast, samma dag", OWN, same_day),
    Rule(Step.GDPR33, "Anmäl till IMY inom 72 timmar, även helgtimmar", "dataskyddsförordningen art. 33", hours(72)),
    Rule(Step.GDPR34, "Underrätta personen utan onödigt dröjsmål", "dataskyddsförordningen art. 34"),
    Rule(Step.LEX_SARAH, "Rapportera missförhållandet genast, samma dag", "SoL 27 kap.", same_day),
    Rule(Step.CYBER, "Varna tidigt inom 24 timmar", CYBER, hours(24)),
    Rule(Step.CYBER, "Anmäl incidenten inom 72 timmar", CYBER, hours(72)),
    Rule(Step.CYBER, "Lämna slutrapport inom en månad", CYBER, one_month),
)


def clocks(incident: ExposureIncident, measures: Iterable[ExposureMeasure], now: datetime) -> list[Clock]:
    """Every clock of an exposure, in the order things are to be done."""
    noted: Mapping[str, ExposureMeasure] = {measure.step: measure for measure in measures}
    return [_clock(rule, incident.found_at, noted.get(rule.step), now) for rule in RULES]


def _clock(rule: Rule, start: datetime, measure: ExposureMeasure | None, now: datetime) -> Clock:
    due = rule.due(start) if rule.due else None
    ended = measure.done_at if measure else now
    late = due is not None and ended > due and not (measure and measure.not_needed)
    return Clock(rule.step, rule.text, due, rule.paragraph, measure is not None, late)
