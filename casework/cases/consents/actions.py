"""A consent is noted as it was given, and ends at once when it is withdrawn. It is never changed."""

from dataclasses import replace
from datetime import date
from typing import TypeVar

from django.db.models import QuerySet
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework import policy
from casework.cases.consents import hooks, rules
from casework.cases.consents.models import Consent, ConsentWords
from casework.cases.models import Case
from casework.cases.rules import check_open
from casework.clients.children.models import Child, Guardian
from casework.signin.models import User

R = TypeVar("R", Child, Guardian)


def note_consent(
    *,
    by: User,
    case: Case,
    given_by: str,
    child: Child | None = None,
    guardian: Guardian | None = None,
    way: str,
    given_on: date,
    until: date,
    words: ConsentWords,
) -> Consent:
    """Notes a consent to tell one recipient something, up to and including `until`. A child's lies under her own key.

    Raises Forbidden, NotFound (a child or guardian of another case), Refused (closed case; no recipient, purpose or
    contents; days; a giver who may not consent).
    """
    rules.check_can_note(by, case)
    rules.check_facts(way, given_on, until, words)
    refs = [row.ref() for row in (case, child) if row is not None]
    with trail.act(Tag.CONSENT_NOTED, by=by, refs=refs) as event:
        fresh = Case.objects.select_for_update().get(pk=case.pk)
        check_open(fresh)
        child, guardian = _locked(fresh, child, guardian)
        rules.check_giver(given_by, child, guardian, given_on, until)
        consent = Consent(
            case=fresh,
            client_id=child.client_id if child else fresh.client_id,
            child=child,
            given_by=given_by,
            guardian=guardian,
            way=way,
            given_on=given_on,
            until=until,
            noted_by=by,
            words=words,
        )
        consent.save()
        event.touch(consent.ref())
        return consent


def withdraw_consent(*, by: User, consent: Consent, why: str) -> Consent:
    """Ends a consent at once, and all that rests on it. A closed case is no hindrance: she may always take it back.

    Raises Forbidden, Refused (withdrawn already).
    """
    rules.check_can_withdraw(by, consent)
    with trail.act(Tag.CONSENT_WITHDRAWN, by=by, refs=[consent.case.ref(), consent.ref()]):
        case = Case.objects.select_for_update().get(pk=consent.case_id)
        fresh = Consent.objects.select_for_update().get(pk=consent.pk)
        fresh.case = case
        rules.check_can_withdraw(by, fresh)
        fresh.withdrawn_at, fresh.withdrawn_by = timezone.now(), by
        fresh.words = replace(fresh.words.open(), withdrawn=why)
        fresh.version += 1
        fresh.save()
        for stop in hooks.on_withdrawal:
            stop(by, fresh)
        return fresh


def _locked(case: Case, child: Child | None, guardian: Guardian | None) -> tuple[Child | None, Guardian | None]:
    """The child and her guardian as they are now: a right may have ended while the form was open. Raises NotFound."""
    children = Child.objects.select_for_update(of=("self",)).select_related("client")
    return _in(case, children, child), _in(case, Guardian.objects.select_for_update(), guardian)


def _in(case: Case, rows: QuerySet[R], row: R | None) -> R | None:
    if row is None:
        return None
    found = rows.filter(pk=row.pk, case=case).first()
    if found is None:
        raise policy.NotFound("Barnet finns inte i ärendet.", [case.ref()])
    return found
