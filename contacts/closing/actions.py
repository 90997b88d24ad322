"""Rounding off the support: a plan that the kontaktperson writes and the sektionschef approves, and so closes the case.

Source: Rapp & Goscha, The Strengths Model (2011), graduated disengagement.
"""

from dataclasses import dataclass, replace
from datetime import date

from audit import trail
from audit.tags import Tag
from casework.cases import actions as cases
from casework.cases.codes import ClosureReason
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.records import StaleEdit
from casework.signin.models import User
from casework.state import TransitionNotAllowed
from contacts.closing import rules
from contacts.closing.models import ClosingPlan, ClosingWords
from contacts.goals.models import Goal

GOING_ON = [ClosingPlan.State.WORKING, ClosingPlan.State.SUBMITTED]


@dataclass(frozen=True)
class Rounding:
    """What the kontaktperson writes of how the support is rounded off."""

    network: str = ""
    farewell: str = ""
    learnt: str = ""
    farewell_on: date | None = None
    reason: str = ""


def write_closing(*, by: User, case: Case, rounding: Rounding, version: int) -> ClosingPlan:
    """Writes the plan of a case that goes on or is being rounded off; opens one when there is none (version 0).

    Raises Forbidden, Refused (support that has not begun, closed case, a plan that waits for an answer, an unknown
    reason), StaleEdit when someone saved in between.
    """
    rules.check_can_write(by, case)
    if rounding.reason and rounding.reason not in ClosureReason.values:
        raise Refused("Välj ett av skälen i listan.")
    with trail.act(Tag.CLOSING_WRITTEN, by=by, refs=[case.ref()]) as event:
        fresh = Case.objects.select_for_update().get(pk=case.pk)
        rules.check_can_write(by, fresh)
        plan = ClosingPlan.objects.select_for_update().filter(case=fresh, state__in=GOING_ON).first()
        if plan is None and version:
            raise StaleEdit
        if plan is None:
            plan = ClosingPlan(case=fresh, client_id=fresh.client_id, words=ClosingWords())
        else:
            rules.check_working(plan)
            plan.check_version(version)
        plan.words = replace(
            plan.words.open(), network=rounding.network, farewell=rounding.farewell, learnt=rounding.learnt
        )
        plan.farewell_on, plan.reason = rounding.farewell_on, rounding.reason
        plan.save()
        event.touch(plan.ref())
        return plan


def submit_closing(*, by: User, plan: ClosingPlan) -> ClosingPlan:
    """Hands the closing in to the sektionschef. Raises Forbidden, Refused (something is missing, handed in already)."""
    rules.check_can_write(by, plan.case)
    with trail.act(Tag.CLOSING_SUBMITTED, by=by, refs=[plan.case.ref(), plan.ref()]):
        case, fresh = _locked(plan)
        rules.check_can_write(by, case)
        rules.check_working(fresh)
        words = fresh.words.open()
        if left := rules.missing(fresh, words, list(Goal.objects.filter(case=case))):
            raise Refused(f"Det här saknas: {', '.join(left)}.")
        fresh.words = replace(words, returned_why="")
        fresh.submit(by=by)
        fresh.version += 1
        fresh.save()
        return fresh


def send_back_closing(*, by: User, plan: ClosingPlan, why: str, version: int) -> ClosingPlan:
    """Gives a closing back to be worked on, with what has to change. Raises Forbidden, Refused, StaleEdit."""
    rules.check_can_decide(by, plan)
    if not why.strip():
        raise Refused("Skriv vad som behöver ändras.")
    with trail.act(Tag.CLOSING_SENT_BACK, by=by, refs=[plan.case.ref(), plan.ref()]):
        _, fresh = _locked(plan)
        rules.check_can_decide(by, fresh)
        fresh.check_version(version)
        fresh.words = replace(fresh.words.open(), returned_why=why)
        fresh.send_back()
        fresh.save()
        return fresh


def approve_closing(*, by: User, plan: ClosingPlan, version: int) -> ClosingPlan:
    """Approves a closing and closes its case in the same act. The plan stays as it was read.

    Raises Forbidden, Refused (one's own, answered already, closed case), StaleEdit when it is another than was read.
    """
    rules.check_can_approve(by, plan)
    refs, code = [plan.case.ref(), plan.ref()], plan.reason
    with trail.act(Tag.CLOSING_APPROVED, by=by, refs=refs, reason_code=code):
        case, fresh = _locked(plan)
        rules.check_can_approve(by, fresh)
        fresh.check_version(version)
        fresh.approve(by=by)
        fresh.save()
        if case.state != Case.State.CLOSING:
            case = cases.move_case(by=by, case=case, name="begin_closing", reason="Avslutet är godkänt.")
        cases.close_case(by=by, case=case, closure_reason=fresh.reason, note=_note(fresh.words.open()))
        return fresh


def leave_closing(*, by: User, plan: ClosingPlan, reason: str) -> ClosingPlan:
    """The support goes on after all: the plan is kept as it is, and the case is no longer being rounded off.

    Raises Forbidden, Refused (no reason, a plan that is answered).
    """
    rules.check_can_leave(by, plan)
    if not reason.strip():
        raise Refused("Skriv varför.")
    refs = [plan.case.ref(), plan.ref()]
    with trail.act(Tag.CLOSING_LEFT, by=by, refs=refs, reason=reason, owner=plan.client_id):
        case, fresh = _locked(plan)
        try:
            fresh.leave()
        except TransitionNotAllowed:
            raise Refused(f"Planen är redan i läget ”{fresh.get_state_display()}”.") from None
        fresh.version += 1
        fresh.save()
        if case.state == Case.State.CLOSING:
            cases.move_case(by=by, case=case, name="keep_open", reason=reason)
        return fresh


def _locked(plan: ClosingPlan) -> tuple[Case, ClosingPlan]:
    """The case first, then the plan: every act takes the locks in this order."""
    case = Case.objects.select_for_update().get(pk=plan.case_id)
    return case, ClosingPlan.objects.select_for_update().get(pk=plan.pk)


def _note(words: ClosingWords) -> str:
    """What the case keeps of how it ended."""
    return "\n\n".join(text for text in (words.learnt, words.network, words.farewell) if text.strip())
