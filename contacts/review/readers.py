"""What the pages around a review show: the queue, what one judges by, the panel of the kontaktperson."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from casework import policy
from casework.access import visit
from casework.cases.models import Case, JournalNote
from casework.cases.panels import Held
from casework.crypto import fields
from casework.policy import Permission
from casework.signin.models import User
from contacts.assignments.models import Assignment
from contacts.closing.models import ClosingPlan, ClosingState
from contacts.goals.models import Goal, PlanState, PlanStep, RecoveryPlan, StepState
from contacts.review import board
from contacts.review.models import CaseReview
from contacts.rhythm import flags
from contacts.strengths.models import AssessmentState, StrengthsAssessment

CONTACTS = REVIEWS = 5


@dataclass(frozen=True)
class Queue:
    """The cases to go through, in order, and how many `done` today."""

    numbers: list[str]
    done: int

    @property
    def total(self) -> int:
        return self.done + len(self.numbers)

    @property
    def first(self) -> str:
        return self.numbers[0] if self.numbers else ""

    def place(self, number: str) -> int:
        """Which of `total` a case is; 0 for one that is not in the queue."""
        return self.done + self.numbers.index(number) + 1 if number in self.numbers else 0

    def after(self, number: str) -> str:
        """The case to take after this one; those that were passed by come again at the end. "" when there is none."""
        at = self.numbers.index(number) + 1 if number in self.numbers else 0
        rest = [other for other in self.numbers[at:] + self.numbers[:at] if other != number]
        return rest[0] if rest else ""


def queue(user: User) -> Queue:
    """Never gone through first, the oldest on top; then those that have waited the longest."""
    order = (F("review_on").asc(nulls_first=True), "taken_in_on", "number")
    waiting = board.latest_review(board.led(user)).filter(board.to_review()).order_by(*order)
    today = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    done = CaseReview.objects.filter(reviewer=user, reviewed_at__gte=today).order_by().values("case").distinct()
    return Queue(list(waiting.values_list("number", flat=True)), done.count())


def judging(case: Case) -> dict[str, Any]:
    """What one needs to judge a case: what is late, contacts, plan, goals in counts, load, earlier reviews."""
    standing = flags.standings([case])[case.pk]
    main = Assignment.objects.filter(case=case, state="active", kind="main").select_related("user").first()
    return {
        "flags": flags.late(standing.flags),
        "standing": standing,
        "contacts": list(JournalNote.objects.filter(case=case, entry="step").select_related("author")[:CONTACTS]),
        "assessment": StrengthsAssessment.objects.filter(case=case, state=AssessmentState.SIGNED).first(),
        "plan": RecoveryPlan.objects.filter(case=case, state=PlanState.APPROVED).first(),
        "plan_waiting": RecoveryPlan.objects.filter(case=case, state=PlanState.SUBMITTED).first(),
        "closing_waiting": ClosingPlan.objects.filter(case=case, state=ClosingState.SUBMITTED).first(),
        "goals": goals_in_counts(case),
        "main": main,
        "load": load_of(main.user) if main else None,
        "reviews": reviews(case),
        "ceilings": ceilings(),
    }


def goals_in_counts(case: Case) -> dict[str, int]:
    """How many goals in each state, and how many steps are left and late."""
    states = Counter(Goal.objects.filter(case=case).order_by().values_list("state", flat=True))
    due = PlanStep.objects.filter(case=case, state=StepState.PLANNED).order_by().values_list("due_on", flat=True)
    today = timezone.localdate()
    return {**states, "steps": len(due), "late": sum(day is not None and day < today for day in due)}


def load_of(user: User) -> dict[str, int]:
    """How many cases a kontaktperson has, in all sections, and what they weigh."""
    tasks = Assignment.objects.filter(user=user, state="active", kind="main")
    weights = board.latest_review(Case.objects.filter(pk__in=tasks.values("case"))).order_by()
    found = [weight or CaseReview.Weight.NORMAL for weight in weights.values_list("weight", flat=True)]
    return {"cases": len(found), "weight": sum(found)}


def reviews(case: Case) -> list[CaseReview]:
    """The latest reviews with their notes."""
    found = list(CaseReview.objects.filter(case=case).select_related("reviewer")[:REVIEWS])
    for review in fields.open_all(found, "words"):
        review.note = review.words.open().note
    return found


def ceilings() -> dict[str, int]:
    return {"cases": board.ceiling("ceiling_cases"), "weight": board.ceiling("ceiling_weight")}


def review_panel(user: User, case: Case, held: Held) -> dict[str, Any] | None:
    """The latest review, and those before it that nobody has read, with a button for those they are written to."""
    reads = Permission.CASE_REVIEW in held and not case.closed
    found = [review for at, review in enumerate(reviews(case)) if at == 0 or review.seen_at is None]
    if not found and not reads:
        return None
    unread = Permission.METHOD_WRITE in held and any(review.seen_at is None for review in found)
    mine = unread and Assignment.objects.filter(case=case, user=user, state=Assignment.State.ACTIVE).exists()
    return {"case": case, "reviews": found, "may_review": reads, "may_mark": mine}


def unseen(user: User) -> list[CaseReview]:
    """Reviews of one's own cases that nobody has marked as read, oldest first, with `case`; the note stays sealed."""
    own = Assignment.objects.filter(user=user, state=Assignment.State.ACTIVE).values("case")
    open_to = policy.visible_cases(user, Permission.METHOD_WRITE).filter(pk__in=own)
    found = CaseReview.objects.filter(case__in=open_to, seen_at__isnull=True).order_by("reviewed_at")
    rows = list(found.select_related("case", "reviewer").defer("words", "case__narrative"))
    visit.saw_all([review.case for review in rows])
    return rows


def review_of(case: Case, pk: UUID) -> CaseReview:
    """A review of this case. Raises NotFound."""
    review = CaseReview.objects.filter(case=case, pk=pk).first()
    if review is None:
        raise policy.NotFound("Genomgången finns inte.", [case.ref()])
    review.case = case
    return review
