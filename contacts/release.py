"""What the work of the kontaktperson puts in a print of the record: strengths as they were said, and goals."""

from collections import defaultdict
from collections.abc import Iterator

from casework.cases.release.parts import Part, register
from casework.cases.release.scope import Found, Scope, piece
from casework.crypto import fields
from casework.swedish import iso
from contacts.models import Goal, PlanStep, StrengthsAssessment, StrengthStatement


def strengths(scope: Scope) -> Iterator[Found]:
    """Each number with what was said in it. A number that is not signed is no part of the record yet."""
    said: dict[object, list[StrengthStatement]] = defaultdict(list)
    for statement in fields.open_all(scope.own(StrengthStatement).order_by("domain", "created_at"), "words"):
        said[statement.assessment_id].append(statement)
    signed = scope.own(StrengthsAssessment).filter(state="signed")
    for row in fields.open_all(scope.within(signed, "signed_at__date"), "words"):
        told = [_statement(statement) for statement in said[row.pk]]
        placed = any(statement.may_locate for statement in said[row.pk])
        title = f"Styrkebedömning {row.number}, {iso(row.signed_at)}"
        yield piece(row, title, *told, ("Personens egen mening", row.words.open().remark), sensitive=placed)


def _statement(row: StrengthStatement) -> tuple[str, str]:
    words, where = row.words.open(), f"{row.get_domain_display()}, {row.get_column_display().lower()}"
    return where, f"{words.text} (gäller inte längre: {words.gone_why})" if words.gone_why else words.text


def goals(scope: Scope) -> Iterator[Found]:
    """Each goal with its steps."""
    steps: dict[object, list[PlanStep]] = defaultdict(list)
    for step in fields.open_all(scope.own(PlanStep).order_by("number"), "words"):
        steps[step.goal_id].append(step)
    for row in fields.open_all(scope.within(scope.own(Goal), "started_on"), "words"):
        words = row.words.open()
        yield piece(
            row,
            f"Mål {row.number}, {iso(row.started_on)}: {row.get_state_display()}",
            ("", words.words),
            ("Varför det är viktigt", words.why),
            ("Stöd i vardagen", words.natural),
            ("Stöd från myndigheter och andra", words.formal),
            *(pair for step in steps[row.pk] for pair in _step(step)),
            ("Hur det gick", words.result),
        )


def _step(row: PlanStep) -> Iterator[tuple[str, str]]:
    words = row.words.open()
    yield f"Delmål {row.number}, {row.get_state_display().lower()}", words.what
    yield "Vem", words.who
    yield "Klart när", words.done_when
    yield "Kommentar", words.comment


def connect() -> None:
    register(Part("strengths", "Styrkebedömningar", strengths, 50))
    register(Part("goals", "Mål och delmål", goals, 52))
