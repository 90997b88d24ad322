"""What the pages show of children. A child is reached through the adult's case and in no other way."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from casework import policy
from casework.access import visit
from casework.cases.models import Case
from casework.cases.readers import marks
from casework.clients.children import rules
from casework.clients.children.concern_actions import MOVES
from casework.clients.children.models import Child, ChildTalk, ConcernReport, Guardian, Visitation
from casework.crypto import fields
from casework.crypto.personnummer import format_number
from casework.policy import Permission
from casework.state import transitions

MISSING = "Barnet finns inte i ärendet."


def get_child(user: Any, number: str, pk: UUID, permission: Permission = Permission.CASE_READ) -> Child:
    """A child of a case that the user holds `permission` for. Raises NotFound, Forbidden."""
    case = policy.get_case(user, number, permission)
    child = Child.objects.select_related("client").filter(case=case, pk=pk).first()
    if child is None:
        raise policy.NotFound(MISSING, [case.ref()])
    child.case = case
    _look_at(case, child)
    return child


def children_of(case: Case) -> list[Child]:
    """The children of a case with `alias`, those of the household first."""
    rows = list(Child.objects.filter(case=case))
    _look_at(case, *rows)
    for row in fields.open_all(rows, "words"):
        _name(row)
    return sorted(rows, key=lambda row: row.left_on is not None)


def page(child: Child, *, may_write: bool) -> dict[str, Any]:
    """Everything of the child's page but what is shown for a reason only."""
    child.said = child.words.open()  # type: ignore[attr-defined]
    return {
        "child": child,
        "talks": _opened(ChildTalk.objects.filter(child=child).select_related("by")),
        "guardians": [_guardian(row) for row in Guardian.objects.filter(child=child)],
        "visitations": _opened(Visitation.objects.filter(child=child)),
        "protections": marks(child.client),
        "concerns": [_concern(row) for row in _opened(ConcernReport.objects.filter(child=child))],
        "may_write": may_write,
    }


def guardian_of(child: Child, pk: UUID) -> Guardian:
    return _of(child, Guardian.objects.filter(child=child), pk)


def visitation_of(child: Child, pk: UUID) -> Visitation:
    return _of(child, Visitation.objects.filter(child=child), pk)


def concern_of(child: Child, pk: UUID) -> ConcernReport:
    return _of(child, ConcernReport.objects.filter(child=child), pk)


def revealed(child: Child) -> list[tuple[str, Any]]:
    """The child's name and number, her places, and who her guardians are."""
    identity, places = child.client.identity.open(), child.places.open()
    found = [
        ("Namn", identity.name),
        ("Nummer", format_number(identity.number) if identity.number else ""),
        ("Samtycker själv", "Ja, från 15 år" if rules.consents_herself(child, timezone.localdate()) else ""),
        ("Skola", places.school),
        ("Förskola eller vård", places.care),
        ("Fritid", places.leisure),
        ("Överenskommet", places.agreement),
    ]
    for row in fields.open_all(Guardian.objects.filter(child=child), "words"):
        words = row.words.open()
        who = ", ".join(part for part in (words.name, words.number, words.basis, words.risks) if part)
        found.append((row.get_basis_display(), who))
    return found


def _of(child: Child, rows: QuerySet[Any], pk: UUID) -> Any:
    row = rows.filter(pk=pk).first()
    if row is None:
        raise policy.NotFound("Uppgiften finns inte hos barnet.", [child.case.ref()])
    row.child, row.case = child, child.case
    return row


def _name(row: Any) -> None:
    row.alias = row.words.open().alias


def _opened(rows: QuerySet[Any]) -> list[Any]:
    found = list(fields.open_all(rows, "words"))
    for row in found:
        row.said = row.words.open()
    return found


def _guardian(row: Any) -> Any:
    row.tells, row.consents = rules.may_tell_location(row), rules.may_consent(row)
    return row


def _concern(row: Any) -> Any:
    row.clocks = rules.clocks(row, timezone.now())
    row.moves = [(name, MOVES[name]) for source, name, _ in transitions(ConcernReport) if source == row.state]
    return row


def _look_at(case: Case, *children: Child) -> None:
    """The page's read event says these keys belong to the case."""
    if (now := visit.current()) is not None:
        now.owners.update({child.client_id.int: case.number for child in children})
