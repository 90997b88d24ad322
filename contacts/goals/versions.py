"""What a plan said when it was handed in, kept as plain values, and how two such numbers differ."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from contacts.goals.models import Goal, GoalState, GoalWords, OutcomeArea, PlanStep, StepState, StepWords

Kept = dict[str, Any]

GOAL_LABELS = {
    "words": "Målet",
    "why": "Varför det är viktigt",
    "area": "Område",
    "natural": "Naturliga resurser",
    "formal": "Formella resurser",
    "state": "Läge",
}
STEP_LABELS = {
    "what": "Vad",
    "who": "Vem",
    "due_on": "Senast",
    "done_when": "Klart när",
    "comment": "Kommentar",
    "state": "Läge",
}
# What belongs to carrying a plan out; the plan itself is the same before and after.
PROGRESS = {GoalState.REACHED: GoalState.ACTIVE, StepState.DONE: StepState.PLANNED}
KEPT_STATES = {GoalState.ACTIVE, GoalState.PAUSED}


@dataclass
class Difference:
    """How a goal differs: `what` is "new", "gone" or "changed"; a line is (label, before, after)."""

    number: int
    words: str
    what: str
    lines: list[tuple[str, str, str]] = field(default_factory=list)


def snapshot(goals: list[Goal], *, also: frozenset[int] = frozenset()) -> list[Kept]:
    """The goals that go on or rest (and those numbered in `also`), with their steps, as PlanWords.goals keeps them."""
    return [_goal(goal) for goal in goals if goal.state in KEPT_STATES or goal.number in also]


def same_plan(kept: list[Kept], goals: list[Goal]) -> bool:
    """Whether the goals are still the plan that was kept, apart from what has been done of it since."""
    reached = frozenset(goal["number"] for goal in kept) & {
        goal.number for goal in goals if goal.state == GoalState.REACHED
    }
    return _substance(kept) == _substance(snapshot(goals, also=reached))


def differences(before: list[Kept], after: list[Kept]) -> list[Difference]:
    """What the later of two numbers says otherwise, goal by goal, in order."""
    old, new = ({goal["number"]: goal for goal in goals} for goals in (before, after))
    found = []
    for number in sorted(old.keys() | new.keys()):
        if number not in old:
            found.append(Difference(number, new[number]["words"], "new"))
        elif number not in new:
            found.append(Difference(number, old[number]["words"], "gone"))
        elif lines := list(_changes(old[number], new[number])):
            found.append(Difference(number, new[number]["words"], "changed", lines))
    return found


def gaps(kept: list[Kept]) -> list[str]:
    """What a plan could say and does not; worth a look, and no hindrance."""
    found = []
    for goal in kept:
        name = f"Mål {goal['number']}"
        if not goal["why"]:
            found.append(f"{name} säger inte varför det är viktigt.")
        if not goal["natural"]:
            found.append(f"{name} har inga naturliga resurser.")
        todo = [step for step in goal["steps"] if step["state"] == StepState.PLANNED]
        if not todo and goal["state"] == GoalState.ACTIVE:
            found.append(f"{name} har inget delmål att göra.")
        found += [f"Delmål {_label(goal, step)} har ingen dag." for step in todo if not step["due_on"]]
        found += [f"Delmål {_label(goal, step)} säger inte vem som gör det." for step in todo if not step["who"]]
    return found


def drawn(kept: list[Kept]) -> list[Kept]:
    """Kept goals with their codes in words, for a page."""
    return [
        {
            **goal,
            "area": _area(goal["area"]),
            "state_label": GoalState(goal["state"]).label,
            "steps": [{**step, "state_label": StepState(step["state"]).label} for step in goal["steps"]],
        }
        for goal in kept
    ]


def _goal(goal: Goal) -> Kept:
    said: GoalWords = goal.said  # type: ignore[attr-defined]  # opened by the reader
    steps = [_step(step) for step in goal.steps.all() if step.state != StepState.DROPPED]
    return {
        "number": goal.number,
        "words": said.words,
        "why": said.why,
        "area": str(goal.area),
        "natural": said.natural,
        "formal": said.formal,
        "state": str(goal.state),
        "steps": steps,
    }


def _step(step: PlanStep) -> Kept:
    said: StepWords = step.said  # type: ignore[attr-defined]
    return {
        "number": step.number,
        "what": said.what,
        "who": said.who,
        "due_on": step.due_on.isoformat() if step.due_on else "",
        "done_when": said.done_when,
        "comment": said.comment,
        "state": str(step.state),
    }


def _substance(kept: list[Kept]) -> list[Kept]:
    """Kept goals without what belongs to carrying them out."""
    return [
        {
            **goal,
            "state": PROGRESS.get(goal["state"], goal["state"]),
            "steps": [{**step, "comment": "", "state": StepState.PLANNED} for step in goal["steps"]],
        }
        for goal in kept
    ]


def _changes(before: Kept, after: Kept) -> Iterator[tuple[str, str, str]]:
    for name, label in GOAL_LABELS.items():
        if before[name] != after[name]:
            yield label, _shown(name, before[name], GoalState), _shown(name, after[name], GoalState)
    old, new = ({step["number"]: step for step in goal["steps"]} for goal in (before, after))
    for number in sorted(old.keys() | new.keys()):
        name = f"Delmål {after['number']}.{number}"
        if number not in old:
            yield name, "", new[number]["what"]
        elif number not in new:
            yield name, old[number]["what"], ""
        else:
            yield from _step_changes(name, old[number], new[number])


def _step_changes(name: str, before: Kept, after: Kept) -> Iterator[tuple[str, str, str]]:
    for key, label in STEP_LABELS.items():
        if before[key] != after[key]:
            yield f"{name}, {label.lower()}", _shown(key, before[key], StepState), _shown(key, after[key], StepState)


def _shown(name: str, value: str, states: Any) -> str:
    if name == "state":
        return str(states(value).label)
    return _area(value) if name == "area" else value


def _area(code: str) -> str:
    return str(OutcomeArea(code).label)


def _label(goal: Kept, step: Kept) -> str:
    return f"{goal['number']}.{step['number']}"
