"""When somebody has the right to stay in a home (besittningsskydd), and since when. Counts on days alone, asks nothing.

Sources: jordabalken (JB) 12 kap. 45 and 45 a §§. What a tribunal would say of one lease is not decided here.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.conf import settings

from housing.codes import LeaseKind
from housing.tenancies.models import Tenancy, TenancyState

ONE_DAY = timedelta(days=1)
DOCUMENT_LAW = "JB 12 kap. 45 a §"
TWO_YEARS = "Uthyrning i andra hand ger rätt att bo kvar när den har varat längre än två år i följd (JB 12 kap. 45 §)."
BLOCK = "Hemmet är blockförhyrt: andrahandshyresgästen har rätt att bo kvar från första dagen (JB 12 kap. 45 §)."
OWN_LEASE = "Personen står själv på kontraktet."


class Standing(StrEnum):
    ALWAYS = "always"  # her own lease
    GAINED = "gained"  # a sublease that has given her the right
    AHEAD = "ahead"  # a sublease that will, unless something is done
    WAIVED = "waived"  # she has abstained, and that holds today
    OVER = "over"  # she does not live there any more


@dataclass(frozen=True)
class Tenure:
    """`since`: the day from which she has the right, or gets it as things stand; None where that day never comes.

    `warn_on`: from when somebody has to decide before that day. `reasons` say why, in Swedish, for the page.
    """

    standing: Standing
    since: date | None
    warn_on: date | None
    reasons: tuple[str, ...]

    def warns(self, day: date) -> bool:
        """Whether the day is near and still ahead: then there is something to decide."""
        ahead = self.standing in (Standing.AHEAD, Standing.WAIVED) and self.since is not None and day < self.since
        return ahead and self.warn_on is not None and self.warn_on <= day


def two_year_line(starts_on: date) -> date:
    """The first day on which a lease has lasted more than two years in a row (JB 12:45 first para. 1).

    The first day counts as a whole one: from 1 March 2024 two years are full with 28 February 2026, and 1 March is
    beyond them. A lease from 29 February is beyond them on 1 March: there is no earlier day after two whole years.
    """
    try:
        return starts_on.replace(year=starts_on.year + 2)
    except ValueError:
        return date(starts_on.year + 2, 3, 1)


def waiver_from(tenancy: Tenancy) -> date | None:
    """The day from which a waiver holds; None as long as something is missing (JB 12:45 a).

    It takes a document of its own (without one it is not noted at all), approval by hyresnämnden unless none is
    needed, and that a husband, wife or cohabitee has accepted it too.
    """
    if tenancy.waiver_on is None or waiver_lacks(tenancy):
        return None
    days = (tenancy.waiver_on, tenancy.waiver_approved_on, tenancy.spouse_accepted_on)
    return max(day for day in days if day is not None)


def waiver_lacks(tenancy: Tenancy) -> list[str]:
    """What a noted waiver lacks before it holds, in Swedish."""
    if tenancy.waiver_on is None:
        return []
    left = [] if tenancy.waiver_approval else [f"Avståendet är inte godkänt av hyresnämnden ({DOCUMENT_LAW})."]
    if tenancy.has_spouse and tenancy.spouse_accepted_on is None:
        left.append(f"Make eller sambo har inte godtagit avståendet ({DOCUMENT_LAW}).")
    return left


def tenure(tenancy: Tenancy, day: date) -> Tenure:
    """How the right to stay stands on `day`.

    Her own lease has it always; a waiver that was written for an earlier sublease does not follow it. Every lease in
    which the city is the tenant is a sublease, whatever the landlord calls it: transition, transitional home, trial.
    """
    if tenancy.state == TenancyState.ENDED:
        return Tenure(Standing.OVER, None, None, ())
    if tenancy.lease == LeaseKind.FIRST_HAND or tenancy.tenant == Tenancy.Tenant.PERSON:
        return Tenure(Standing.ALWAYS, tenancy.taken_over_on or tenancy.starts_on, None, (OWN_LEASE,))
    line = tenancy.starts_on if tenancy.block_let else two_year_line(tenancy.starts_on)
    why = BLOCK if tenancy.block_let else TWO_YEARS
    begins, until = waiver_from(tenancy), tenancy.waiver_until
    if begins is not None and begins <= day and (until is None or day <= until):
        comes = max(line, until + ONE_DAY) if until else None
        return _subleased(Standing.WAIVED, comes, (_waived(until), why))
    # A waiver that is over: what she abstained from meanwhile is hers from the day after.
    past = until if begins is not None and until is not None and until < day else None
    since = max(line, past + ONE_DAY) if past else line
    over = ("Tiden för avståendet är ute.",) if past else ()
    reasons = (why, *waiver_lacks(tenancy), *over)
    return _subleased(Standing.GAINED if since <= day else Standing.AHEAD, since, reasons)


def _waived(until: date | None) -> str:
    limit = f" till och med {until.isoformat()}" if until else ""
    return f"Personen har avstått från rätten att bo kvar{limit} ({DOCUMENT_LAW})."


def _subleased(standing: Standing, since: date | None, reasons: tuple[str, ...]) -> Tenure:
    warn = timedelta(days=settings.HOUSING["tenure_warn_days"])
    return Tenure(standing, since, since - warn if since else None, reasons)
