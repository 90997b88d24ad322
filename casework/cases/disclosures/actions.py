"""Giving data out of a case: one proposes, and the one who may decides yes or no. What is decided never changes."""

from dataclasses import replace
from datetime import date

from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.consents.models import Consent
from casework.cases.disclosures import contents, rules
from casework.cases.disclosures.models import Disclosure, DisclosureWords
from casework.cases.insatser.models import Actor
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.clients.children.models import Child, Guardian
from casework.signin.models import User


def propose_disclosure(
    *,
    by: User,
    case: Case,
    child: Child | None = None,
    guardian: Guardian | None = None,
    provision: str,
    consent: Consent | None = None,
    actor: Actor | None = None,
    asked_on: date,
    words: DisclosureWords,
) -> Disclosure:
    """Proposes that facts about the person, or about `child`, are given out. `guardian` when the child's guardian gets
    them; `actor` when somebody in the register does. A closed case takes it too.

    Raises Forbidden, NotFound (a child of another case), Refused (provision outside the list; consent missing, not in
    force or about somebody else; no recipient, purpose or contents; not weighed; a guardian who may not know; asked
    for ahead of today).
    """
    rules.check_can_propose(by, case)
    if asked_on > timezone.localdate():
        raise Refused("Begäran kan inte ha kommit i framtiden. Ändra dagen.")
    with trail.act(Tag.DISCLOSURE_PROPOSED, by=by, refs=[case.ref()]) as event:
        fresh = Case.objects.select_for_update().get(pk=case.pk)
        if consent is not None:
            consent = Consent.objects.select_related("guardian").get(pk=consent.pk)
        rules.check_ground(fresh, child, provision, consent)
        rules.check_contents(child, provision, words)
        if guardian is not None:
            rules.check_guardian(child, Guardian.objects.get(pk=guardian.pk), words)
        disclosure = Disclosure(
            case=fresh,
            client_id=child.client_id if child else fresh.client_id,
            child=child,
            guardian=guardian,
            provision=provision,
            consent=consent,
            actor=actor,
            grave=rules.is_grave(words),
            asked_on=asked_on,
            proposed_by=by,
            words=replace(words, facts=list(contents.chosen(words.facts)), grounds=""),
        )
        disclosure.save()
        event.touch(disclosure.ref())
        return disclosure


def give_disclosure(*, by: User, disclosure: Disclosure) -> Disclosure:
    """Decides that it is given out. The consent has to be in force at this moment.

    Raises Forbidden, Refused (decided already, proposed by the same person where two are needed, consent or the
    guardian's right gone, protection unclear).
    """
    rules.check_can_give(by, disclosure)
    with trail.act(Tag.DISCLOSURE_GIVEN, by=by, refs=[disclosure.case.ref(), disclosure.ref()]):
        fresh = _locked(disclosure)
        rules.check_holds(fresh)
        rules.check_clear(fresh)
        fresh.give()
        fresh.decided_by = by
        fresh.save()
        return fresh


def refuse_disclosure(*, by: User, disclosure: Disclosure, grounds: str) -> Disclosure:
    """Decides that it is not given out, and why. Raises Forbidden, Refused (decided already, no grounds)."""
    rules.check_can_refuse(by, disclosure)
    if not grounds.strip():
        raise Refused("Skriv varför uppgifterna inte lämnas ut.")
    with trail.act(Tag.DISCLOSURE_REFUSED, by=by, refs=[disclosure.case.ref(), disclosure.ref()]):
        fresh = _locked(disclosure)
        fresh.refuse()
        fresh.decided_by = by
        fresh.words = replace(fresh.words.open(), grounds=grounds)
        fresh.save()
        return fresh


def _locked(disclosure: Disclosure) -> Disclosure:
    """The disclosure as it is now, after its case is locked. Raises Refused when it has been decided."""
    Case.objects.select_for_update().get(pk=disclosure.case_id)
    rows = Disclosure.objects.select_related("case__client", "child__client", "consent__guardian", "guardian")
    fresh = rows.select_for_update(of=("self",)).get(pk=disclosure.pk)
    rules.check_proposed(fresh)
    return fresh
