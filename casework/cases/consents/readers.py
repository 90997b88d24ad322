"""What the pages show of consents. Every opened seal ends in the page's read event by itself."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from casework import policy
from casework.access import visit
from casework.cases.consents.models import Consent
from casework.cases.models import Case
from casework.clients.children.models import Child
from casework.crypto import fields
from casework.swedish import iso

MISSING = "Samtycket finns inte i ärendet."


def in_force_for(case: Case, child: Child | None = None) -> list[Consent]:
    """The consents that may be relied on today, for the person, or for that child. Their words can be opened."""
    today = timezone.localdate()
    rows = _of(case).filter(child=child, withdrawn_at=None, given_on__lte=today, until__gte=today)
    return _opened(case, [row for row in rows if row.in_force(today)])


def label_of(consent: Consent) -> str:
    """How a consent is named where one is chosen: to whom, and until when."""
    return f"{consent.words.open().recipient}, till och med {iso(consent.until)}"


def consent_of(case: Case, pk: UUID) -> Consent:
    """A consent of this case. Raises NotFound."""
    row = _of(case).filter(pk=pk).first()
    if row is None:
        raise policy.NotFound(MISSING, [case.ref()])
    return _opened(case, [row])[0]


def _of(case: Case) -> QuerySet[Consent]:
    return Consent.objects.filter(case=case).select_related("guardian", "child", "noted_by", "withdrawn_by")


def _opened(case: Case, rows: list[Consent]) -> list[Consent]:
    """The rows with their keys at hand; the page's read event says that a child's key belongs to this case."""
    for row in rows:
        row.case = case
    if (now := visit.current()) is not None:
        now.owners.update({row.client_id.int: case.number for row in rows})
    return list(fields.open_all(rows, "words"))
