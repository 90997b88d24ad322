"""A coordinated individual plan is called, made, followed up and ended; without a consent that holds it stops."""

from dataclasses import replace
from datetime import date, datetime

from audit import trail
from audit.tags import Tag
from casework import policy
from casework.cases.consents.models import Consent
from casework.cases.models import Case
from casework.cases.rules import Refused, check_open
from casework.cases.sip import rules
from casework.cases.sip.models import PartWords, Sip, SipPart, SipState, SipWords
from casework.signin.models import User
from casework.swedish import iso

TAKEN_BACK = "Samtycket är återkallat."


def call_sip(*, by: User, case: Case, consent: Consent, responsible: str, meeting_at: datetime, words: SipWords) -> Sip:
    """Calls to a plan for whom the consent is about: the person, or that child, whose key then seals it.

    `responsible` is a value of Sip.Responsible. Raises Forbidden, NotFound (a consent of another case), Refused
    (closed, a consent that does not hold, no aim or no parties).
    """
    rules.check_can_write(by, case)
    _check_facts(responsible, words)
    with trail.act(Tag.SIP_CALLED, by=by, refs=[case.ref(), consent.ref()]) as event:
        fresh = Case.objects.select_for_update().get(pk=case.pk)
        check_open(fresh)
        agreed = _agreed(fresh, consent)
        sip = Sip(
            case=fresh,
            client_id=agreed.client_id,
            child_id=agreed.child_id,
            consent=agreed,
            responsible=responsible,
            called_by=by,
            meeting_at=meeting_at,
            words=words,
        )
        sip.save()
        event.touch(sip.ref())
        return sip


def change_sip(
    *, by: User, sip: Sip, consent: Consent, responsible: str, meeting_at: datetime, words: SipWords, version: int
) -> Sip:
    """Writes over what the plan is for and who has it, and on which consent it rests. What she said of it stays.

    Raises Forbidden, NotFound, Refused (as call_sip; ended; a consent about somebody else), StaleEdit.
    """
    rules.check_can_change(by, sip)
    _check_facts(responsible, words)
    with trail.act(Tag.SIP_CHANGED, by=by, refs=[sip.case.ref(), sip.ref()]):
        fresh = _locked(sip)
        rules.check_can_change(by, fresh)
        fresh.check_version(version)
        agreed = _agreed(fresh.case, consent)
        if agreed.client_id != fresh.client_id:
            raise Refused("Samtycket gäller någon annan. Välj ett samtycke om samma person.")
        said = fresh.words.open()
        fresh.consent, fresh.responsible, fresh.meeting_at = agreed, responsible, meeting_at
        fresh.words = replace(words, her_view=said.her_view, outcome=said.outcome)
        fresh.save()
        return fresh


def hold_sip(*, by: User, sip: Sip, held_on: date, review_on: date, her_view: str) -> Sip:
    """The meeting was held and the plan is made: who does what, who has the whole, and what she says of it.

    Raises Forbidden, Refused (not planned, closed, no consent, no part, nobody has the whole, nothing of her view,
    a day ahead, followed up too early).
    """
    rules.check_can_move(by, sip, "hold")
    rules.check_passed(held_on)
    rules.check_review(review_on, held_on)
    _check_said(her_view)
    with trail.act(Tag.SIP_MOVED, by=by, refs=[sip.case.ref(), sip.ref()]):
        fresh = _locked(sip)
        rules.check_can_move(by, fresh, "hold")
        words = fresh.words.open()
        if not fresh.parts.exists():
            raise Refused("Skriv minst en del först: vem som gör vad.")
        if not words.responsible.strip():
            raise Refused("Ändra planen först: skriv vem som har det övergripande ansvaret.")
        fresh.hold()
        fresh.held_on, fresh.review_on = held_on, review_on
        fresh.words = replace(words, her_view=_added(words.her_view, held_on, her_view))
        return _saved(fresh)


def follow_up_sip(*, by: User, sip: Sip, followed_on: date, review_on: date, her_view: str) -> Sip:
    """The plan was followed up and goes on until `review_on`. What she says is put before what she said earlier.

    Raises Forbidden, Refused (not held, closed, no consent, nothing of her view, days).
    """
    rules.check_can_move(by, sip, "follow_up")
    rules.check_passed(followed_on)
    rules.check_review(review_on, followed_on)
    _check_said(her_view)
    with trail.act(Tag.SIP_MOVED, by=by, refs=[sip.case.ref(), sip.ref()]):
        fresh = _locked(sip)
        rules.check_can_move(by, fresh, "follow_up")
        words = fresh.words.open()
        fresh.follow_up()
        fresh.review_on = review_on
        fresh.words = replace(words, her_view=_added(words.her_view, followed_on, her_view))
        return _saved(fresh)


def end_sip(*, by: User, sip: Sip, outcome: str) -> Sip:
    """Ends a plan that was held, with what came of it. Raises Forbidden, Refused (not held, no outcome)."""
    return _over(by, sip, "end", outcome, "Skriv hur det gick.")


def cancel_sip(*, by: User, sip: Sip, outcome: str) -> Sip:
    """Calls off a plan that was not held yet, with why. Raises Forbidden, Refused (not planned, no reason)."""
    return _over(by, sip, "cancel", outcome, "Skriv varför det inte blev av.")


def stop_without_consent(*, by: User, consent: Consent) -> list[Sip]:
    """Stops every plan that rests on a consent, within the act that withdraws it: called off, or ended if it was held.

    The right to withdraw was tried there. A closed case is no hindrance.
    """
    stopped = []
    rows = Sip.objects.select_for_update().filter(consent=consent, state__in=[SipState.PLANNED, SipState.HELD])
    for sip in rows:
        sip.case = consent.case
        with trail.act(Tag.SIP_MOVED, by=by, refs=[sip.case.ref(), sip.ref()]):
            if sip.state == SipState.PLANNED:
                sip.cancel()
            else:
                sip.end()
            sip.words = replace(sip.words.open(), outcome=TAKEN_BACK)
            stopped.append(_saved(sip))
    return stopped


def add_part(*, by: User, sip: Sip, words: PartWords, due_on: date | None) -> SipPart:
    """Writes who does what, and by when. Raises Forbidden, Refused (ended, closed, no consent, nobody or nothing)."""
    rules.check_can_add(by, sip)
    if not (words.who.strip() and words.what.strip()):
        raise Refused("Skriv både vem och vad.")
    with trail.act(Tag.SIP_PART_SET, by=by, refs=[sip.case.ref(), sip.ref()]) as event:
        fresh = _locked(sip)
        rules.check_can_add(by, fresh)
        part = SipPart(sip=fresh, client_id=fresh.client_id, due_on=due_on, words=words)
        part.save()
        event.touch(part.ref())
        return part


def finish_part(*, by: User, part: SipPart, done_on: date) -> SipPart:
    """Notes that a part is done. Raises Forbidden, Refused (the plan is ended, the case closed, done, a day ahead)."""
    rules.check_can_change(by, part.sip)
    rules.check_passed(done_on)
    with trail.act(Tag.SIP_PART_SET, by=by, refs=[part.sip.case.ref(), part.sip.ref(), part.ref()]):
        sip = _locked(part.sip)
        rules.check_can_change(by, sip)
        fresh = SipPart.objects.select_for_update().get(pk=part.pk)
        if fresh.done_on is not None:
            raise Refused(f"Delen blev klar redan {fresh.done_on}.")
        fresh.sip, fresh.done_on = sip, done_on
        fresh.version += 1
        fresh.save()
        return fresh


def _over(by: User, sip: Sip, name: str, outcome: str, missing: str) -> Sip:
    rules.check_can_move(by, sip, name)
    if not outcome.strip():
        raise Refused(missing)
    with trail.act(Tag.SIP_MOVED, by=by, refs=[sip.case.ref(), sip.ref()]):
        fresh = _locked(sip)
        rules.check_can_move(by, fresh, name)
        getattr(fresh, name)()
        fresh.words = replace(fresh.words.open(), outcome=outcome)
        return _saved(fresh)


def _locked(sip: Sip) -> Sip:
    """The plan as it is now, with its consent, after its case is locked."""
    case = Case.objects.select_for_update().get(pk=sip.case_id)
    rows = Sip.objects.select_for_update(of=("self",)).select_related("consent__guardian")
    fresh = rows.get(pk=sip.pk)
    fresh.case = case
    return fresh


def _agreed(case: Case, consent: Consent) -> Consent:
    """The consent as it is now. Raises NotFound for one of another case, Refused when it does not hold."""
    rows = Consent.objects.select_for_update(of=("self",)).select_related("guardian")
    found = rows.filter(pk=consent.pk, case=case).first()
    if found is None:
        raise policy.NotFound("Samtycket finns inte i ärendet.", [case.ref()])
    rules.check_consent(found)
    return found


def _saved(sip: Sip) -> Sip:
    sip.version += 1
    sip.save()
    return sip


def _added(before: str, day: date, said: str) -> str:
    """What she says with its day, before what she said earlier: nothing of it is written over."""
    return "\n\n".join(text for text in (f"{iso(day)}: {said}", before) if text)


def _check_facts(responsible: str, words: SipWords) -> None:
    if responsible not in Sip.Responsible.values:
        raise Refused("Välj om kommunen eller regionen har huvudansvaret.")
    if not (words.aim.strip() and words.parties.strip()):
        raise Refused("Skriv vad planen ska leda till och vilka som är med.")


def _check_said(her_view: str) -> None:
    if not her_view.strip():
        raise Refused("Skriv hur hon ser på planen.")
