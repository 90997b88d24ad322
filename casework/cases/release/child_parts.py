"""What stands in a child's own record. Where she goes by day and who her guardians are is never printed (OSL 26:2)."""

from collections.abc import Iterator

from casework.cases.release.parts import Part, register
from casework.cases.release.scope import Found, Scope, piece
from casework.clients.children.models import Child, ChildTalk, ConcernReport, Visitation
from casework.crypto import fields
from casework.swedish import iso, stamp

MADE = ConcernReport.Direction.MADE
# Who reported is secret (OSL 26:5), and what a report says often shows who wrote it.
NOT_TOLD = "Vad anmälan sa lämnas inte ut, eftersom det kan visa vem som anmälde (OSL 26 kap. 5 §)."


def needs(scope: Scope) -> Iterator[Found]:
    """As they are now; they have no earlier numbers."""
    for row in fields.open_all(scope.own(Child), "words"):
        words = row.words.open()
        told = ("Behov", words.needs), ("Mål", words.goals), ("Styrkor", words.strengths)
        yield piece(row, "Barnets behov, mål och styrkor", *told)


def talks(scope: Scope) -> Iterator[Found]:
    rows = scope.within(scope.own(ChildTalk), "talked_on").select_related("by")
    for row in fields.open_all(rows, "words"):
        words = row.words.open()
        title = "Samtal med barnet" if row.held else "Samtal med barnet blev inte av"
        told = ("Barnet sa", words.said), ("Barnet vill", words.wants), ("Varför inte", words.why_not)
        yield piece(row, f"{title}, {iso(row.talked_on)}, {row.by.display_name}", *told)


def visitations(scope: Scope) -> Iterator[Found]:
    for row in fields.open_all(scope.within(scope.own(Visitation), "valid_from"), "words"):
        words = row.words.open()
        yield piece(
            row,
            f"Umgänge, från {iso(row.valid_from)}: {row.get_basis_display()}",
            ("Villkor", words.terms),
            ("Risker", words.risks),
            ("Säkerhet", words.safety),
            sensitive=True,
        )


def concerns(scope: Scope) -> Iterator[Found]:
    """Our own reports in full; of those that came in, only what we made of them."""
    for row in fields.open_all(scope.within(scope.own(ConcernReport), "at__date"), "words"):
        words = row.words.open()
        yield piece(
            row,
            f"Orosanmälan, {stamp(row.at)}: {row.get_state_display()}",
            ("Om", words.about if row.direction == MADE else NOT_TOLD),
            ("Skyddsbedömning", words.assessment),
            ("Beslut och resultat", words.outcome),
            sensitive=True,
        )


def connect() -> None:
    for key, label, collect, order in (
        ("child_needs", "Barnets behov, mål och styrkor", needs, 60),
        ("child_talks", "Samtal med barnet", talks, 62),
        ("child_visits", "Barnets umgänge", visitations, 64),
        ("child_concerns", "Orosanmälningar för barnet", concerns, 66),
    ):
        register(Part(key, label, collect, order, person=False, child=True))
