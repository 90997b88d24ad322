"""The counts of exchanges leave for Länsstyrelsen."""

from audit import trail
from audit.tags import Tag
from casework.signin.models import User
from housing.kompott import ledger, rules


def export_ledger(*, by: User) -> bytes:
    """The ledger as a CSV file: counts per municipality and year. Raises Forbidden."""
    rules.check_can_see_ledger(by)
    content = ledger.as_csv(ledger.lines())
    trail.record(Tag.LEDGER_EXPORTED, by=by)
    return content
