"""What the pages show of a safety plan. Every opened seal ends in the page's read event by itself."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from casework.cases.codes import PlaceType
from casework.cases.models import Case
from casework.cases.safety.models import PARTS, SafetyPlan, SafetyWords
from casework.policy import Permission
from casework.signin.models import User


@dataclass(frozen=True)
class Opened:
    """A safety plan with its words."""

    plan: SafetyPlan
    words: SafetyWords

    @property
    def avoid(self) -> list[str]:
        return list(self.words.avoid or [])

    @property
    def advice(self) -> str:
        return self.words.advice

    @property
    def parts(self) -> list[tuple[str, str]]:
        """What is written of each part, with what it is called."""
        named = [(label, getattr(self.words, name)) for name, label, _ in PARTS]
        return [(label, text) for label, text in named if text]

    @property
    def labels(self) -> list[str]:
        return labels(self.avoid)

    @property
    def late(self) -> bool:
        return self.plan.review_on < timezone.localdate()

    @property
    def first_line(self) -> str:
        return self.advice.strip().split("\n", 1)[0]


def plan_of(case: Case) -> Opened | None:
    """The case's safety plan; None before there is one."""
    plan = SafetyPlan.objects.filter(case=case).select_related("written_by").first()
    if plan is None:
        return None
    return Opened(plan, plan.words.open())


def avoided(case: Case) -> list[str]:
    """The values of PlaceType where the person does not want to be seen now."""
    found = plan_of(case)
    return found.avoid if found else []


def labels(kinds: list[str]) -> list[str]:
    """What kinds of places are called, in the order of the list."""
    return [str(label) for value, label in PlaceType.choices if value in kinds]


def safety_panel(user: User, case: Case, held: frozenset[Permission]) -> dict[str, Any] | None:
    """When the plan is looked over, how much is avoided and how the advice begins."""
    writes = Permission.METHOD_WRITE in held and not case.closed
    found = plan_of(case)
    return {"case": case, "found": found, "may_write": writes} if found or writes else None
