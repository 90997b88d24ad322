"""Questions about rounding off that pages ask."""

from typing import Any

from django.utils import timezone

from casework import policy
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.crypto import fields
from casework.drafts import store
from casework.drafts.models import Draft
from casework.policy import Permission
from casework.signin.models import User
from contacts.closing import rules
from contacts.closing.models import ClosingPlan, ClosingState, ClosingWords
from contacts.goals.models import Goal, GoalState
from contacts.rhythm.models import ContactRhythm
from contacts.week.models import Appointment

GOING_ON = [ClosingState.WORKING, ClosingState.SUBMITTED]


def find(case: Case) -> ClosingPlan | None:
    """The plan that is worked on or waits for an answer."""
    rows = ClosingPlan.objects.filter(case=case, state__in=GOING_ON)
    return rows.select_related("case", "submitted_by").first()


def going_on(case: Case) -> ClosingPlan:
    """The same. Raises NotFound when there is none."""
    plan = find(case)
    if plan is None:
        raise policy.NotFound("Ärendet har ingen plan för avslut.", [case.ref()])
    return plan


def waiting(case: Case) -> ClosingPlan | None:
    """The plan that waits for the sektionschef."""
    plan = find(case)
    return plan if plan is not None and plan.state == ClosingState.SUBMITTED else None


def words(plan: ClosingPlan | None) -> ClosingWords:
    if plan is None:
        return ClosingWords()
    opened: ClosingWords = plan.words.open()
    return opened


def initial(plan: ClosingPlan | None) -> dict[str, Any]:
    """What the form begins with."""
    said = words(plan)
    texts = {name: getattr(said, name) for name in ("network", "farewell", "learnt")}
    if plan is None:
        return {**texts, "version": 0}
    return {**texts, "farewell_on": plan.farewell_on, "reason": plan.reason, "version": plan.version}


def goals(case: Case) -> list[Goal]:
    """Every goal of the case with its words and what came of it."""
    found = list(Goal.objects.filter(case=case))
    for goal in fields.open_all(found, "words"):
        goal.said = goal.words.open()
    return found


def standing(case: Case, plan: ClosingPlan | None) -> dict[str, Any]:
    """The plan, what it needs before it can be handed in, the goals, and the rhythm that is agreed."""
    listed, said = goals(case), words(plan)
    rhythm = ContactRhythm.objects.filter(case=case, ended_on__isnull=True).first()
    return {
        "plan": plan,
        "said": said,
        "goals": listed,
        "missing": rules.missing(plan, said, listed),
        "rhythm": rhythm,
        "tapering": rhythm is not None and rhythm.phase == ContactRhythm.Phase.TAPERING,
    }


def earlier(case: Case) -> list[ClosingPlan]:
    """Plans that were approved or left, newest first, with their words."""
    rows = ClosingPlan.objects.filter(case=case).exclude(state__in=GOING_ON)
    found = list(rows.select_related("decided_by")[:5])
    for plan in fields.open_all(found, "words"):
        plan.said = plan.words.open()
    return found


def loose_ends(case: Case, plan: ClosingPlan, listed: list[Goal]) -> list[str]:
    """What is still open in a case that is about to close, in words for the sektionschef. None of it stops her."""
    drafts = Draft.objects.filter(case=case).exclude(slot=store.HELD).select_related("user").order_by("created_at")
    found = [f"{row.user} har ett osignerat utkast, påbörjat {timezone.localdate(row.created_at)}." for row in drafts]
    found += [f"Mål {goal.number} pågår." for goal in listed if goal.state == GoalState.ACTIVE]
    found += [f"Mål {goal.number} vilar." for goal in listed if goal.state == GoalState.PAUSED]
    if plan.farewell_on is None:
        found.append("Inget avskedsmöte är antecknat.")
    elif plan.farewell_on > timezone.localdate():
        found.append(f"Avskedsmötet är inte hållet än. Det är planerat till {plan.farewell_on}.")
    times = Appointment.objects.filter(case=case, state="planned", starts_at__gte=timezone.now()).count()
    if times:
        found.append(
            f"{'En bokad tid ställs' if times == 1 else f'{times} bokade tider ställs'} in när ärendet avslutas."
        )
    return found


def page(user: User, case: Case, plan: ClosingPlan | None) -> dict[str, Any]:
    """What else the page of the plan shows, and what `user` may do there."""
    working = plan is None or plan.state == ClosingState.WORKING
    return {
        **standing(case, plan),
        "earlier": earlier(case),
        "may_write": working and rules.can_write(user, case),
        "may_taper": rules.can_write(user, case),
        "may_leave": plan is not None and rules.can_leave(user, plan),
        "may_decide": plan is not None and rules.can_decide(user, plan),
    }


def decision(user: User, case: Case, plan: ClosingPlan | None) -> dict[str, Any]:
    """What the sektionschef reads before she decides; nothing when no plan waits."""
    if plan is None:
        return {"plan": None}
    listed = goals(case)
    return {
        "plan": plan,
        "said": words(plan),
        "goals": listed,
        "loose_ends": loose_ends(case, plan, listed),
        "may_approve": rules.can_approve(user, plan),
    }


def the_one(plan: ClosingPlan | None) -> ClosingPlan:
    """The plan that waits. Raises Refused when none does any more."""
    if plan is None:
        raise Refused("Inget avslut väntar på beslut i det här ärendet.")
    return plan


def closing_panel(user: User, case: Case, held: frozenset[Permission]) -> dict[str, Any] | None:
    """The plan that goes on, or a way to begin one in a case that is being rounded off."""
    if case.state != Case.State.CLOSING:
        return None
    plan = find(case)
    return {
        "case": case,
        "plan": plan,
        "may_write": Permission.METHOD_WRITE in held and not case.closed,
        "may_decide": Permission.APPROVE in held and not case.closed and plan is not None,
        "waits": plan is not None and plan.state == ClosingState.SUBMITTED,
    }


def slot(case: Case) -> str:
    """Where the unfinished words of a closing are kept."""
    return f"closing:{case.number}"
