"""Signing a support step that belongs to a step of the plan."""

from audit import trail
from audit.tags import Tag
from casework.cases.journal import actions as journal
from casework.cases.journal.actions import Step
from casework.cases.models import Case, JournalNote
from casework.cases.rules import Refused
from casework.signin.models import User
from contacts.goals import actions as goals
from contacts.goals.models import PlanStep, StepTie
from contacts.steps import rules


def log_step(
    *, by: User, case: Case, step: Step, plan_step: PlanStep | None = None, completes: bool = False
) -> JournalNote:
    """Signs a support step, ties it to `plan_step`, and ends that one when it was done by this (`completes`).

    Raises what sign_step raises, and Refused for a step of the plan that is another case's, has ended, or whose goal
    does not go on. Source: Rapp & Goscha, The Strengths Model (2011): the plan is worked on at each contact.
    """
    if plan_step is None:
        if completes:
            raise Refused("Välj vilket delmål som blev klart.")
        return journal.sign_step(by=by, case=case, step=step)
    rules.check_can_tie(by, case, plan_step)
    with trail.act(Tag.STEP_TIED, by=by, refs=[case.ref(), plan_step.ref()]) as event:
        Case.objects.select_for_update().get(pk=case.pk)
        fresh = PlanStep.objects.select_for_update(of=("self",)).select_related("goal").get(pk=plan_step.pk)
        rules.check_tieable(case, fresh)
        note = journal.sign_step(by=by, case=case, step=step)
        tie = StepTie(case=note.case, client_id=note.client_id, note=note, plan_step=fresh, completes=completes)
        tie.save()
        event.touch(tie.ref())
        if completes:
            goals.move_step(by=by, step=fresh, name="finish")
        return note
