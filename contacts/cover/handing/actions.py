"""A planned change of kontaktperson: both have the case until it is done, then only the one who takes over."""

from dataclasses import dataclass
from datetime import date

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.rules import Refused, check_open
from casework.signin.models import User
from casework.state import TransitionNotAllowed
from contacts.assignments import actions as assignments
from contacts.assignments import rules as assigning
from contacts.assignments.models import Assignment
from contacts.cover.handing import rules
from contacts.cover.models import Handover, HandoverWords


@dataclass(frozen=True)
class Checks:
    """The days on which each thing of the list was done; None as long as it is not."""

    met_on: date | None = None
    channels_on: date | None = None
    code_word_on: date | None = None
    steps_on: date | None = None


def plan_handover(
    *, by: User, case: Case, taker: User, planned_on: date, no_conflict: bool, message: str = ""
) -> Handover:
    """Plans that `taker` becomes contact person, and asks her to be deputy until then if she has no task in the case.

    Raises Forbidden, Refused (conflict not ruled out or found, no contact person, wrong colleague, one going on).
    """
    rules.check_can_plan(by, case)
    rules.check_planned_on(planned_on)
    if not no_conflict:
        raise Refused("Svara först på frågan om jäv. Den som är jävig får inte ha ärendet.")
    with trail.act(Tag.HANDOVER_PLANNED, by=by, refs=[case.ref(), taker.ref()]) as event:
        fresh = Case.objects.select_for_update().get(pk=case.pk)
        check_open(fresh)
        if Handover.objects.filter(case=fresh, state=Handover.State.PLANNED).exists():
            raise Refused("Det pågår redan en överlämning i ärendet.")
        tasks = list(Assignment.objects.filter(case=fresh, state__in=["active", "offered"]).select_related("user"))
        rules.check_taker(taker, fresh, tasks)
        assigning.check_no_tie(by, taker, fresh)
        main = next((task for task in tasks if task.kind == "main" and task.state == "active"), None)
        if main is None:
            raise Refused("Ärendet har ingen kontaktperson som kan lämna över. Utse en kontaktperson i stället.")
        handover = Handover(
            case=fresh,
            client_id=fresh.client_id,
            giver=main.user,
            taker=taker,
            planned_on=planned_on,
            planned_by=by,
            words=HandoverWords(),
        )
        if not any(task.user_id == taker.pk for task in tasks):
            assignments.offer_assignment(
                by=by, case=fresh, user=taker, kind=Assignment.Kind.DEPUTY, no_conflict=True, message=message
            )
        handover.save()
        event.touch(handover.ref())
        return handover


def check_handover(*, by: User, handover: Handover, checks: Checks, version: int) -> Handover:
    """Notes on which day each thing was done. Raises Forbidden, Refused, StaleEdit when someone saved in between."""
    rules.check_can_hand_over(by, handover)
    rules.check_checked(list(vars(checks).values()))
    with trail.act(Tag.HANDOVER_CHECKED, by=by, refs=[handover.case.ref(), handover.ref()]):
        _, fresh = _locked(handover)
        rules.check_can_hand_over(by, fresh)
        fresh.check_version(version)
        for name, day in vars(checks).items():
            setattr(fresh, name, day)
        fresh.save()
        return fresh


def complete_handover(*, by: User, handover: Handover, summary: str, missing_why: str) -> Handover:
    """The case changes contact person: one task ends, the other begins, in one act and at one moment.

    Raises Forbidden, Refused (no summary, something not ticked and no word on why, a taker who has not said yes, a case
    that somebody else has by now, a handover that is done or called off).
    """
    rules.check_can_hand_over(by, handover)
    if not summary.strip():
        raise Refused("Skriv vad den som tar över behöver veta.")
    refs = [handover.case.ref(), handover.ref(), handover.giver.ref(), handover.taker.ref()]
    with trail.act(Tag.HANDOVER_DONE, by=by, refs=refs):
        case, fresh = _locked(handover)
        if fresh.missing and not missing_why.strip():
            raise Refused(f"Det här är inte avprickat: {', '.join(fresh.missing)}. Gör det, eller skriv varför inte.")
        _step(fresh, "complete")
        fresh.words = HandoverWords(summary=summary, missing_why=missing_why if fresh.missing else "")
        fresh.version += 1
        fresh.save()
        assignments.hand_over(by=by, case=case, giver=fresh.giver, taker=fresh.taker)
        return fresh


def cancel_handover(*, by: User, handover: Handover) -> Handover:
    """Calls a handover off. A question it led to is taken back; one who has said yes stays deputy.

    Raises Forbidden, Refused.
    """
    rules.check_can_plan(by, handover.case)
    with trail.act(Tag.HANDOVER_CANCELLED, by=by, refs=[handover.case.ref(), handover.ref()]):
        case, fresh = _locked(handover)
        _step(fresh, "cancel")
        fresh.save()
        asked = Assignment.objects.filter(case=case, user=fresh.taker, state="offered", kind="deputy")
        for question in asked.filter(offered_at__gte=fresh.created_at).select_related("case", "user"):
            assignments.withdraw_assignment(by=by, assignment=question)
        return fresh


def cancel_all(*, by: User, case: Case) -> None:
    """Calls off the handover of a case that closes. Within the closing act."""
    for handover in Handover.objects.select_for_update().filter(case=case, state=Handover.State.PLANNED):
        with trail.act(Tag.HANDOVER_CANCELLED, by=by, refs=[case.ref(), handover.ref()]):
            handover.cancel()
            handover.save()


def _locked(handover: Handover) -> tuple[Case, Handover]:
    """The case first, then the handover: every act takes the locks in this order."""
    case = Case.objects.select_for_update().get(pk=handover.case_id)
    return case, Handover.objects.select_for_update().get(pk=handover.pk)


def _step(handover: Handover, name: str) -> None:
    try:
        getattr(handover, name)()
    except TransitionNotAllowed:
        raise Refused(f"Överlämningen är redan i läget ”{handover.get_state_display()}”.") from None
