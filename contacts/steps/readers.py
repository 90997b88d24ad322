from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from casework import policy
from casework.cases import readers as cases
from casework.cases.codes import ACTORS, PlaceType, StepKind, StepPlace
from casework.cases.models import Case, JournalNote
from casework.cases.safety import readers as safety
from casework.crypto import fields
from casework.policy import Permission
from casework.signin.models import User
from contacts.goals import readers as goals
from contacts.goals.models import PlanStep, StepTie
from contacts.guide import readers as guide

RECENT = 30


@dataclass(frozen=True)
class OpenStep:
    """A step of the plan that can be tied; `number` counts them in the order of the list, so that one key chooses."""

    number: int
    row: PlanStep
    what: str

    def __str__(self) -> str:
        return f"{self.number} {self.what}"


@dataclass(frozen=True)
class Offers:
    """What the form of a support step offers in one case, to one writer."""

    kinds: list[tuple[str, str]] = field(default_factory=lambda: list(StepKind.choices))
    steps: list[OpenStep] = field(default_factory=list)
    avoided: list[str] = field(default_factory=list)
    pages: list[guide.ActorsPage] = field(default_factory=list)


def offers(user: User, case: Case) -> Offers:
    return Offers(recent_kinds_first(user), open_steps(case), safety.avoided(case), guide.by_actor())


def open_steps(case: Case) -> list[OpenStep]:
    """The steps of the plan that are still to be done, in its order."""
    return [OpenStep(at, row, row.said.what) for at, row in enumerate(goals.open_steps(case), start=1)]  # type: ignore[attr-defined]


def recent_choices(user: User) -> dict[str, str]:
    """The writer's latest kind, way and place; how it felt to be out is asked each time."""
    last = JournalNote.objects.filter(author=user, entry="step").order_by("-signed_at").first()
    if last is None:
        return {}
    return {"kind": last.kind, "way": last.way, "place": last.place, "place_type": last.place_type}


def recent_kinds_first(user: User) -> list[tuple[str, str]]:
    """The kinds of step, those the writer uses most on top."""
    latest = JournalNote.objects.filter(author=user, entry="step").order_by("-signed_at").values_list("kind", flat=True)
    used = [kind for kind, _ in Counter(latest[:RECENT]).most_common(3)]
    return sorted(StepKind.choices, key=lambda choice: used.index(choice[0]) if choice[0] in used else len(used))


def actors() -> tuple[str, ...]:
    return ACTORS


def note_to_change(user: Any, pk: UUID) -> JournalNote:
    """A signed step in a case this user may write in, with its words. Raises NotFound, Forbidden as policy.get_case."""
    note = cases.step_of(pk)
    if note is None:
        raise policy.NotFound("Anteckningen finns inte.")
    note.case = policy.get_case(user, note.case.number, Permission.STEP_WRITE)
    cases.with_text([note])
    cases.with_lines([note])
    return note


def ties_of(notes: Iterable[JournalNote]) -> dict[UUID, str]:
    """What each tied note says of the plan: "Delmål 1.2: Ringa banken – blev klart"."""
    ties = list(StepTie.objects.filter(note__in=list(notes)).select_related("plan_step__goal"))
    steps = fields.open_all([tie.plan_step for tie in ties], "words")
    return {tie.note_id: _line(tie, step) for tie, step in zip(ties, steps, strict=True)}


def _line(tie: StepTie, step: PlanStep) -> str:
    done = " – blev klart" if tie.completes else ""
    return f"Delmål {step.goal.number}.{step.number}: {step.words.open().what}{done}"


def warnings(step: Any, avoided: list[str]) -> list[str]:
    """What the writer is told after signing: a kind of place that the safety plan advises against, a risk met there."""
    told = []
    if step.place == StepPlace.COMMUNITY and step.place_type in avoided:
        kind = PlaceType(step.place_type).label.lower()
        told.append(f"Säkerhetsplanen avråder från {kind}. Ta upp det med sektionschefen.")
    if step.exposure in RISKS:
        told.append(f"{RISKS[step.exposure]} Tänk igenom om det behövs en ny riskbedömning.")
    return told


RISKS = {"recognised": "Någon kan ha känt igen henne.", "broken_off": "Ni avbröt."}
