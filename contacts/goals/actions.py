"""Goals in the person's own words, the small steps towards them, and the plan they make together.

The plan's working number opens by itself with the first goal, and with the first change after an approved number. What
is done of a plan (a step finished, a goal reached) is no change of it.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework import policy
from casework.cases.models import Case
from casework.cases.rules import Refused, check_open
from casework.policy import Permission
from casework.signin.models import User
from casework.state import StateModel, TransitionNotAllowed
from contacts.goals import readers, rules, versions
from contacts.goals.models import Goal, GoalWords, PlanState, PlanStep, PlanWords, RecoveryPlan, StepWords
from contacts.strengths.models import ApprovalWay

UNDECIDED = [PlanState.WORKING, PlanState.SUBMITTED]


def set_goal(*, by: User, case: Case, area: str, words: GoalWords, uses_natural: bool = False) -> Goal:
    """Sets a goal. It uses natural resources when its words name some, or when the caller knows it does.

    Raises Forbidden, Refused (closed case, no words). Source: Rapp & Goscha (2011), Personal Recovery Plan.
    """
    rules.check_can_write(by, case)
    _check_said(words.words, "Skriv målet med personens egna ord.")
    with trail.act(Tag.GOAL_SET, by=by, refs=[case.ref()]) as event:
        fresh = _locked(case)
        goal = Goal(
            case=fresh,
            client_id=fresh.client_id,
            number=_next(Goal.objects.filter(case=fresh)),
            area=area,
            uses_natural=uses_natural or bool(words.natural.strip()),
            words=words,
        )
        goal.save()
        event.touch(goal.ref())
        _open_number(fresh)
        return goal


def change_goal(*, by: User, goal: Goal, area: str, words: GoalWords, version: int) -> Goal:
    """Replaces a goal's words and area; what came of it stays as it was noted.

    Raises Forbidden, Refused (closed case, ended goal, no words), StaleEdit when someone saved in between.
    """
    rules.check_can_write(by, goal.case)
    _check_said(words.words, "Skriv målet med personens egna ord.")
    with trail.act(Tag.GOAL_CHANGED, by=by, refs=[goal.case.ref(), goal.ref()]):
        case = _locked(goal.case)
        fresh = Goal.objects.select_for_update().get(pk=goal.pk)
        rules.check_going_on(fresh)
        fresh.check_version(version)
        fresh.area = area
        fresh.words = replace(words, result=fresh.words.open().result)
        fresh.uses_natural = bool(words.natural.strip())
        fresh.save()
        _open_number(case)
        return fresh


def move_goal(*, by: User, goal: Goal, name: str, result: str = "") -> Goal:
    """Lets a goal rest, takes it up again, or ends it as reached or dropped, with what came of it.

    Raises Forbidden, Refused (closed case, a state that does not allow it, no answer).
    """
    rules.check_can_write(by, goal.case)
    chosen = rules.GOAL_MOVES[name]
    if chosen.asks:
        _check_said(result, f"Svara på frågan: {chosen.asks}")
    refs = [goal.case.ref(), goal.ref()]
    with trail.act(Tag.GOAL_MOVED, by=by, refs=refs, reason_code=f"goal:{name}"):
        case = _locked(goal.case)
        fresh = Goal.objects.select_for_update().get(pk=goal.pk)
        _move(fresh, name)
        if chosen.asks:
            fresh.words = replace(fresh.words.open(), result=result)
        fresh.save()
        if name != "reach":
            _open_number(case)
        return fresh


def add_step(*, by: User, case: Case, goal: Goal, words: StepWords, due_on: date | None) -> PlanStep:
    """Adds a step towards a goal of this case. Raises Forbidden, Refused (closed case, ended goal, no words)."""
    rules.check_can_write(by, case)
    _check_said(words.what, "Skriv vad som ska göras.")
    with trail.act(Tag.PLAN_STEP_SET, by=by, refs=[case.ref(), goal.ref()]) as event:
        fresh = _locked(case)
        owner = Goal.objects.select_for_update().get(pk=goal.pk, case=fresh)
        rules.check_going_on(owner)
        step = PlanStep(
            case=fresh,
            client_id=fresh.client_id,
            goal=owner,
            number=_next(PlanStep.objects.filter(goal=owner)),
            due_on=due_on,
            words=words,
        )
        step.save()
        event.touch(step.ref())
        _open_number(fresh)
        return step


def change_step(*, by: User, step: PlanStep, words: StepWords, due_on: date | None, version: int) -> PlanStep:
    """Replaces a step's words and day.

    Raises Forbidden, Refused (closed case, ended goal, no words), StaleEdit when someone saved in between.
    """
    rules.check_can_write(by, step.case)
    _check_said(words.what, "Skriv vad som ska göras.")
    with trail.act(Tag.PLAN_STEP_CHANGED, by=by, refs=[step.case.ref(), step.ref()]):
        case, fresh = _locked_step(step)
        rules.check_going_on(fresh.goal)
        fresh.check_version(version)
        fresh.words, fresh.due_on = words, due_on
        fresh.save()
        _open_number(case)
        return fresh


def move_step(*, by: User, step: PlanStep, name: str) -> PlanStep:
    """Marks a step as done, as not needed, or as one to do again. Raises Forbidden, Refused."""
    rules.check_can_write(by, step.case)
    refs = [step.case.ref(), step.ref()]
    with trail.act(Tag.PLAN_STEP_MOVED, by=by, refs=refs, reason_code=f"plan_step:{name}"):
        case, fresh = _locked_step(step)
        rules.check_going_on(fresh.goal)
        _move(fresh, name)
        fresh.save()
        if name == "drop":
            _open_number(case)
        return fresh


def submit_plan(
    *, by: User, case: Case, person_way: str, person_on: date, follow_up_on: date, remark: str = ""
) -> RecoveryPlan:
    """Hands in the working number for approval and keeps, sealed, what the plan is at this moment.

    Raises Forbidden, Refused (closed case, nothing new, no goal or step, dates that cannot be).
    """
    rules.check_can_write(by, case)
    _check_standpoint(person_way, person_on, follow_up_on)
    with trail.act(Tag.PLAN_SUBMITTED, by=by, refs=[case.ref()], reason_code=person_way) as event:
        fresh = _locked(case)
        plan = _undecided(fresh).first()
        if plan is None:
            raise Refused("Det finns inget nytt att lämna in. Ändra eller lägg till ett mål först.")
        goals = readers.sheets(fresh)
        if lacking := rules.missing(goals):
            raise Refused(f"Planen saknar något: {'; '.join(lacking).lower()}.")
        _move(plan, "submit", by=by)
        plan.person_approved_way, plan.person_approved_on, plan.follow_up_on = person_way, person_on, follow_up_on
        plan.words = PlanWords(
            goals=versions.snapshot(goals), remark=remark, returned_why=plan.words.open().returned_why
        )
        plan.version += 1
        plan.save()
        event.touch(plan.ref())
        return plan


def send_back(*, by: User, plan: RecoveryPlan, why: str, version: int | None = None) -> RecoveryPlan:
    """The sektionschef gives a plan back to be worked on, with her reason. `version` is the plan as she read it.

    Raises Forbidden, Refused (closed case, no reason, decided already, handed in anew since she read it).
    """
    policy.check_case(by, plan.case, Permission.APPROVE)
    _check_said(why, "Skriv vad som behöver ändras i planen.")
    with trail.act(Tag.PLAN_SENT_BACK, by=by, refs=[plan.case.ref(), plan.ref()]):
        fresh = _locked_plan(plan, version)
        rules.check_can_decide(by, fresh)
        fresh.send_back()
        fresh.words = replace(fresh.words.open(), returned_why=why)
        fresh.version += 1
        fresh.save()
        return fresh


def approve_plan(*, by: User, plan: RecoveryPlan, version: int | None = None) -> RecoveryPlan:
    """The sektionschef approves a plan; the one in force until now is replaced. `version` is the plan as she read it.

    What was changed while the plan waited goes into a new working number. Raises Forbidden, Refused (closed case, her
    own, decided already, handed in anew since she read it).
    """
    policy.check_case(by, plan.case, Permission.APPROVE)
    with trail.act(Tag.PLAN_APPROVED, by=by, refs=[plan.case.ref(), plan.ref()]) as event:
        fresh = _locked_plan(plan, version)
        rules.check_can_approve(by, fresh)
        for earlier in RecoveryPlan.objects.select_for_update().filter(case=fresh.case, state=PlanState.APPROVED):
            earlier.replace()
            earlier.save()
            event.touch(earlier.ref())
        fresh.approve(by=by)
        fresh.version += 1
        fresh.save()
        if not versions.same_plan(fresh.words.open().goals or [], readers.sheets(fresh.case)):
            _open_number(fresh.case)
        return fresh


def _check_said(text: str, refusal: str) -> None:
    if not text.strip():
        raise Refused(refusal)


def _check_standpoint(person_way: str, person_on: date, follow_up_on: date) -> None:
    today = timezone.localdate()
    if person_way not in ApprovalWay.values:
        raise Refused("Välj hur personen tog ställning till planen.")
    if person_on > today:
        raise Refused("Dagen då personen tog ställning kan inte ligga framåt.")
    if follow_up_on <= today:
        raise Refused("Välj en dag framåt för uppföljningen.")


def _locked(case: Case) -> Case:
    """The case first, then what lies in it: every act takes the locks in this order."""
    fresh = Case.objects.select_for_update().get(pk=case.pk)
    check_open(fresh)
    return fresh


def _locked_step(step: PlanStep) -> tuple[Case, PlanStep]:
    case = _locked(step.case)
    return case, PlanStep.objects.select_for_update(of=("self",)).select_related("goal").get(pk=step.pk)


def _locked_plan(plan: RecoveryPlan, version: int | None) -> RecoveryPlan:
    case = _locked(plan.case)
    fresh = RecoveryPlan.objects.select_for_update().get(pk=plan.pk)
    fresh.case = case
    if version not in (None, fresh.version):
        raise Refused("Planen har ändrat läge sedan du öppnade sidan. Läs den igen innan du beslutar.")
    return fresh


def _undecided(case: Case) -> QuerySet[RecoveryPlan]:
    return RecoveryPlan.objects.select_for_update().filter(case=case, state__in=UNDECIDED)


def _open_number(case: Case) -> None:
    """A working number, unless one is worked on or waits for a decision."""
    if not _undecided(case).exists():
        number = _next(RecoveryPlan.objects.filter(case=case))
        RecoveryPlan(case=case, client_id=case.client_id, number=number, words=PlanWords()).save()


def _next(rows: QuerySet[Any]) -> int:
    return (rows.order_by().aggregate(last=Max("number"))["last"] or 0) + 1


def _move(row: StateModel, name: str, **values: Any) -> None:
    try:
        getattr(row, name)(**values)
    except TransitionNotAllowed:
        label = row.get_state_display()  # type: ignore[attr-defined]
        raise Refused(f"Det går inte nu: läget är redan ”{label}”.") from None
